"""Names that are taken away or come from nowhere, deletions, assertions, nested functions and lambdas."""
from kfp import dsl
from kfp.components import create_component_from_func


def step(text: str) -> str:
    return text


step_op = create_component_from_func(step)


@dsl.pipeline(name='Shadowed names')
def shadowed_names(text: str = 'a'):
    def inner(word):  # not read
        return step_op(word)
    made = inner(text)  # not read
    other = (lambda word: step_op(word))(text)  # not read
    assert text != ''  # not read
    first = step_op(text)
    del first  # not read
    step_op(first.output)  # not read
    second, third = step_op('b'), step_op('c')
    fourth, *rest = [step_op('d')]  # not read
    step_op(second.output).after(third)
    unknown_op(text)  # not read
    step_op('end')
