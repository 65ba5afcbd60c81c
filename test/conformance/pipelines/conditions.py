"""Conditions on outputs and parameters, every operator, nested."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


def toss() -> str:
    import random
    return 'heads' if random.randint(0, 1) == 0 else 'tails'


def draw(low: int, high: int) -> int:
    import random
    return random.randint(low, high)


def say(text: str):
    print(text)


toss_op = create_component_from_func(toss)
draw_op = create_component_from_func(draw)
say_op = create_component_from_func(say)


@dsl.pipeline(name='Conditions')
def conditions(force: bool = False, limit: int = 5):
    flip = toss_op()
    with dsl.Condition(flip.output == 'heads'):
        number = draw_op(0, 9)
        with dsl.Condition(number.output > limit):
            say_op('heads and %s' % number.output)
        with dsl.Condition(number.output <= 5):
            say_op('heads, small')
    with dsl.Condition(flip.output != 'heads', name='is tails'):
        say_op(flip.output)
    with dsl.Condition(force == True):
        say_op('forced')


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(conditions, 'conditions.yaml')
