"""A function that changes every task, and a setting by a helper of the script."""
from kfp import dsl
from kfp.components import create_component_from_func


def step(text: str) -> str:
    return text


step_op = create_component_from_func(step)


def add_label(op):
    op.add_pod_label('a', 'b')
    return op


@dsl.pipeline(name='Transformers')
def transformers(text: str = 'a'):
    dsl.get_pipeline_conf().add_op_transformer(add_label)  # not read
    step_op(text).apply(add_label)  # not read
    step_op('plain').set_cpu_limit('1')
