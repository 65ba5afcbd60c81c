"""Values computed while compiling, and a comprehension."""
import datetime

from kfp import dsl
from kfp.components import create_component_from_func


def step(text: str) -> str:
    return text


step_op = create_component_from_func(step)
TODAY = datetime.date.today().isoformat()


@dsl.pipeline(name='Computed values')
def computed_values(text: str = 'a'):
    step_op(text)
    step_op(TODAY)  # not read
    many = [step_op(word) for word in ('a', 'b')]  # not read
    step_op('fixed')
