"""An exit handler around loops and conditions, its own task fed by parameters."""
import kfp
from kfp import dsl
from kfp.components import OutputPath, InputPath, create_component_from_func


def fetch(source: str, data_path: OutputPath('CSV')) -> int:
    open(data_path, 'w').write(source)
    return len(source)


def clean(data_path: InputPath('CSV'), result_path: OutputPath('CSV'), strict: bool = False):
    open(result_path, 'w').write(open(data_path).read())


def report(channel: str, status: str, failures: str = ''):
    print(channel, status, failures)


fetch_op = create_component_from_func(fetch)
clean_op = create_component_from_func(clean)
report_op = create_component_from_func(report)


@dsl.pipeline(name='Handler around groups')
def handler_and_groups(sources: list = ['a', 'b'], channel: str = '#ops', strict: bool = True):
    exit_task = report_op(channel, 'ended {{workflow.status}} after {{workflow.duration}}', failures='{{workflow.failures}}')
    exit_task.set_memory_limit('200M')
    with dsl.ExitHandler(exit_task):
        with dsl.ParallelFor(sources) as source:
            fetched = fetch_op(source)
            with dsl.Condition(fetched.outputs['Output'] > 0):
                clean_op(fetched.outputs['data'], strict=strict)
        last = fetch_op('last')
        cleaned = clean_op(last.outputs['data'])
        clean_op(cleaned.output, True).after(last)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(handler_and_groups, 'handler_and_groups.yaml')
