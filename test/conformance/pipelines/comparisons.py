"""Every comparison, with parameters, outputs and constants of every type on either side."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


def measure(kind: str = 'a') -> float:
    return 0.5


def act(note: str = ''):
    print(note)


measure_op = create_component_from_func(measure)
act_op = create_component_from_func(act)


@dsl.pipeline(name='Comparisons')
def comparisons(limit: float = 0.5, mode: str = 'fast', count: int = 3):
    first = measure_op()
    second = measure_op('b')
    with dsl.Condition(first.output < limit):
        act_op('less')
    with dsl.Condition(first.output <= 0.25):
        act_op('at most')
    with dsl.Condition(first.output > second.output, 'first-wins'):
        act_op('more')
    with dsl.Condition(first.output >= count):
        act_op('at least')
    with dsl.Condition(mode == 'fast', name='fast'):
        act_op(mode)
        with dsl.Condition(count != 0):
            with dsl.Condition(second.output > -1):
                act_op('nested')
    with dsl.Condition(mode != second.output):
        act_op()


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(comparisons, 'comparisons.yaml')
