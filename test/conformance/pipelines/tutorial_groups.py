"""A condition, a loop and an exit handler around tasks."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


@create_component_from_func
def toss_op() -> str:
    return 'heads'


@create_component_from_func
def say_op(text: str):
    print(text)


@dsl.pipeline(name='Groups')
def tutorial_groups(word: str = 'hello'):
    done = say_op('done')
    with dsl.ExitHandler(done):
        toss = toss_op()
        with dsl.Condition(toss.output == 'heads'):
            say_op(word)
        with dsl.ParallelFor(['a', 'b']):
            say_op(toss.output)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(tutorial_groups, 'tutorial_groups.yaml')
