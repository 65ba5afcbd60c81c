"""Order without data: after, also across groups."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


def step(text: str = 'step'):
    print(text)


step_op = create_component_from_func(step)


@dsl.pipeline(name='Order')
def order(go: str = 'yes'):
    first = step_op()
    second = step_op('two').after(first)
    third = step_op('three')
    third.after(first, second)
    with dsl.Condition(go == 'yes'):
        inner = step_op('inner')
        step_op('inner two').after(inner)
        step_op('inner three').after(third)
    last = step_op('last')
    last.after(inner)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(order, 'order.yaml')
