"""Order and data between groups on different levels."""
import kfp
from kfp import dsl
from kfp.components import InputPath, OutputPath, create_component_from_func


def make(text: str, data_path: OutputPath()) -> str:
    open(data_path, 'w').write(text)
    return text


def take(data_path: InputPath(), text: str = '') -> str:
    return text


make_op = create_component_from_func(make)
take_op = create_component_from_func(take)


@dsl.pipeline(name='Order between groups')
def group_order(flag: str = 'on', names: list = ['a']):
    start = make_op('start')
    with dsl.Condition(flag == 'on'):
        one = make_op('one')
        with dsl.ParallelFor(names) as name:
            inner = take_op(one.outputs['data'], name)
            take_op(start.outputs['data'], inner.output).after(one)
        with dsl.ParallelFor([1, 2], 1):
            take_op(start.outputs['data'], one.outputs['Output'])
    with dsl.ParallelFor(names, parallelism=3) as name:
        with dsl.Condition(name == 'a'):
            late = take_op(start.outputs['data'], flag)
            late.after(start)
    end = make_op('end').after(inner, late)
    take_op(end.outputs['data'], '{{workflow.name}}')


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(group_order, 'group_order.yaml')
