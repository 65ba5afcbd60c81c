"""A Python loop makes tasks: it would have to be run to know them."""
from kfp import dsl
from kfp.components import create_component_from_func


def step(n: int) -> int:
    return n


step_op = create_component_from_func(step)


@dsl.pipeline(name='Python loop')
def python_loop(start: int = 1):
    first = step_op(start)
    for number in range(3):  # not read
        step_op(number)
    step_op(first.output)
