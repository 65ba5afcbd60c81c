"""A loop inside a condition over the output of a task outside: the SDK refers to a task that is not there."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


@create_component_from_func
def make() -> list:
    return [1, 2]


@create_component_from_func
def show(text: str):
    print(text)


@dsl.pipeline(name='Loop over an outer output')
def pipeline(flag: str = 'yes'):
    made = make()
    with dsl.Condition(flag == 'yes'):
        with dsl.ParallelFor(made.output) as item:
            show(item)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(pipeline, 'loop_over_outer_output.yaml')
