"""A value made inside a condition and used outside: the SDK drops the inner output that the condition's output refers to."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


@create_component_from_func
def make(text: str) -> str:
    return text


@dsl.pipeline(name='Output of a condition')
def pipeline(flag: str = 'yes'):
    with dsl.Condition(flag == 'yes'):
        inner = make('a')
    make(inner.output)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(pipeline, 'output_of_a_condition.yaml')
