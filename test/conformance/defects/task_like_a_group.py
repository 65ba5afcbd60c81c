"""A task that is called like a group: the SDK gives both templates one name."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


@create_component_from_func
def condition_1() -> str:
    return 'x'


@dsl.pipeline(name='Task like a group')
def pipeline():
    first = condition_1()
    with dsl.Condition(first.output == 'x'):
        condition_1()


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(pipeline, 'task_like_a_group.yaml')
