"""One output as two files of one task: the SDK gives both the same name, and Argo refuses the file."""
import kfp
from kfp import dsl
from kfp.components import InputPath, create_component_from_func


@create_component_from_func
def make() -> str:
    return 'x'


@create_component_from_func
def compare(left_path: InputPath(), right_path: InputPath()):
    print(open(left_path).read() == open(right_path).read())


@dsl.pipeline(name='Same output twice')
def pipeline():
    made = make()
    compare(made.output, made.output)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(pipeline, 'same_output_twice.yaml')
