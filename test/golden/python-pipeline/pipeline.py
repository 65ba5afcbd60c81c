# A pipeline in Python: two functions, a wire by value and a condition, as the SDK 1.8 compiles them.
import kfp
from kfp import dsl
from kfp.components import create_component_from_func

def flip() -> str:
    import random
    return random.choice(['heads', 'tails'])

def tell(side: str):
    print(side)

flip_op = create_component_from_func(flip, base_image='python:3.9')
tell_op = create_component_from_func(tell, base_image='python:3.9')

@dsl.pipeline(name='Flip a coin', description='Once.')
def coin():
    flipped = flip_op()
    with dsl.Condition(flipped.output == 'heads'):
        tell_op(flipped.output).set_memory_limit('1Gi')
