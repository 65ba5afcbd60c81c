"""A recursive graph component."""
from kfp import dsl
from kfp.components import create_component_from_func


def toss() -> str:
    return 'tails'


toss_op = create_component_from_func(toss)


@dsl.graph_component
def again(result):  # not read
    with dsl.Condition(result == 'tails'):
        again(toss_op().output)


@dsl.pipeline(name='Recursion')
def recursion():
    first = toss_op()
    again(first.output)  # not read
