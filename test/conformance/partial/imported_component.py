"""A component imported from another module."""
from kfp import dsl
from kfp.components import create_component_from_func
from team.components import train_op


def step(text: str) -> str:
    return text


step_op = create_component_from_func(step)


@dsl.pipeline(name='Imported component')
def imported_component(text: str = 'a'):
    first = step_op(text)
    train_op(first.output)  # not read
    step_op(first.output)
