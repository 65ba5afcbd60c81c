"""A loop with a limit, a loop over a parameter's keys, a condition inside a loop."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


def check(name: str, size: int) -> str:
    return 'big' if size > 10 else 'small'


def handle(name: str, kind: str):
    print(name, kind)


check_op = create_component_from_func(check)
handle_op = create_component_from_func(handle)


@dsl.pipeline(name='Loop with a limit')
def loop_parallelism(things: list = [{'name': 'a', 'size': 1}, {'name': 'b', 'size': 20}]):
    with dsl.ParallelFor(things, parallelism=2) as thing:
        checked = check_op(thing.name, thing.size)
        with dsl.Condition(checked.output == 'big'):
            handle_op(thing.name, checked.output)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(loop_parallelism, 'loop_parallelism.yaml')
