"""A component fetched from an address, and one from a file beside the script."""
from kfp import dsl
from kfp.components import create_component_from_func, load_component_from_file, load_component_from_url

remote_op = load_component_from_url('https://example.com/component.yaml')  # not read
local_op = load_component_from_file('component.yaml')  # not read


def step(text: str) -> str:
    return text


step_op = create_component_from_func(step)


@dsl.pipeline(name='From address')
def from_url(text: str = 'a'):
    first = step_op(text)
    remote_op(first.output)  # not read
    local_op(first.output)  # not read
