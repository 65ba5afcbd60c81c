"""Conditions and loops that cannot be read, with what depends on them."""
from kfp import dsl
from kfp.components import create_component_from_func


def step(text: str) -> str:
    return text


step_op = create_component_from_func(step)


@dsl.pipeline(name='Groups unread')
def groups_unread(text: str = 'a', limit: int = 3):
    first = step_op(text)
    with dsl.Condition(first.output in ('a', 'b')):  # not read
        lost = step_op('never')
    step_op(lost.output)  # not read
    with dsl.ParallelFor(sorted(['b', 'a'])) as letter:  # not read
        step_op(letter)
    with dsl.Condition(first.output == 'a'):
        kept = step_op('kept')
        with dsl.ParallelFor([str(n) for n in range(3)]) as number:  # not read
            step_op(number).after(kept)
    with dsl.ParallelFor([{'name': 'x'}, {'name': 'y'}]) as item:
        step_op(item.name)
        step_op(item.size)  # not read
    with dsl.Condition(limit > 2 and text == 'a'):  # not read
        step_op('both')
