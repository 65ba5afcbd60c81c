"""Data passing by value: parameters of the pipeline and returned values."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


@create_component_from_func
def add_op(a: float, b: float) -> float:
    return a + b


@create_component_from_func
def multiply_op(a: float, b: float = 2.0) -> float:
    return a * b


@dsl.pipeline(name='Data Passing by Value Example')
def tutorial_value(a: float = 1.5, b: float = 7):
    added = add_op(a, 4)
    multiplied = multiply_op(added.output, b)
    add_op(added.output, multiplied.output)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(tutorial_value, 'tutorial_value.yaml')
