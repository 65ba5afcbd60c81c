"""Loops over literal lists, mappings, parameters and outputs; nested."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


def rates() -> list:
    return [0.1, 0.2]


def train(rate: float, depth: int = 1) -> float:
    return rate * depth


def note(text):
    print(text)


rates_op = create_component_from_func(rates)
train_op = create_component_from_func(train)
note_op = create_component_from_func(note)


@dsl.pipeline(name='Loops')
def loops(names: list = ['a', 'b'], prefix: str = 'p'):
    with dsl.ParallelFor([1, 2, 3]) as depth:
        train_op(0.5, depth)
    with dsl.ParallelFor([{'rate': 0.1, 'depth': 1}, {'rate': 0.2, 'depth': 2}]) as item:
        fitted = train_op(item.rate, item.depth)
        note_op(fitted.output)
    with dsl.ParallelFor(names) as name:
        note_op(name)
    made = rates_op()
    with dsl.ParallelFor(made.output) as rate:
        train_op(rate)
        with dsl.ParallelFor(['x', 'y']) as letter:
            note_op('%s %s %s' % (prefix, letter, rate))


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(loops, 'loops.yaml')
