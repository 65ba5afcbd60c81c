"""Arguments unpacked from a mapping."""
from kfp import dsl
from kfp.components import create_component_from_func


def step(text: str, more: str = '') -> str:
    return text + more


step_op = create_component_from_func(step)
SETTINGS = {'more': 'x'}


@dsl.pipeline(name='Star arguments')
def star_arguments(text: str = 'a'):
    step_op(text, **SETTINGS)  # not read
    words = ['a']
    step_op(*words)  # not read
    step_op(text)
