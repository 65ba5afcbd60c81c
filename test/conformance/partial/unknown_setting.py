"""Methods and arguments that no release knows."""
from kfp import dsl
from kfp.components import create_component_from_func


def step(text: str) -> str:
    return text


step_op = create_component_from_func(step)


@dsl.pipeline(name='Unknown settings')
def unknown_setting(text: str = 'a'):
    first = step_op(text)
    first.set_quantum_limit('2')  # not read
    first.set_memory_limit('1Gi')
    step_op(text, colour='red')  # not read
    step_op(first.outputs['nothing'])  # not read
