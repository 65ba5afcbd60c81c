"""A Python if decides while compiling."""
import os

from kfp import dsl
from kfp.components import create_component_from_func


def step(text: str) -> str:
    return text


step_op = create_component_from_func(step)


@dsl.pipeline(name='Python if')
def python_if(text: str = 'a'):
    first = step_op(text)
    if os.environ.get('FULL'):  # not read
        step_op(first.output)
    step_op('end')
