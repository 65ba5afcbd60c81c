"""A helper of the script makes tasks; its calls are not followed."""
from kfp import dsl
from kfp.components import create_component_from_func


def step(text: str) -> str:
    return text


step_op = create_component_from_func(step)


def twice(text):
    once = step_op(text)
    return step_op(once.output)


@dsl.pipeline(name='Helper function')
def helper_function(text: str = 'a'):
    made = twice(text)  # not read
    step_op(made.output)  # not read
    step_op('alone')
