"""Statements that only running can decide."""
from kfp import dsl
from kfp.components import create_component_from_func


def step(text: str) -> str:
    return text


step_op = create_component_from_func(step)


@dsl.pipeline(name='Try and while')
def try_and_while(text: str = 'a'):
    first = step_op(text)
    try:  # not read
        step_op(first.output)
    except Exception:
        pass
    while False:  # not read
        step_op('never')
    with open('/tmp/x') as file:  # not read
        step_op(file.read())
    step_op('last')
