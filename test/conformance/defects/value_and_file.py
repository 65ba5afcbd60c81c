"""An input that a command line takes both as a value and as a file: the SDK loses the file."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func, load_component_from_text

both_op = load_component_from_text('''
name: Both
inputs: [{name: Text}]
implementation:
  container:
    image: alpine:3.18
    command: [sh, -c, 'echo "$0"; cat "$1"', {inputValue: Text}, {inputPath: Text}]
''')


@create_component_from_func
def make() -> str:
    return 'x'


@dsl.pipeline(name='Value and file')
def pipeline():
    both_op(make().output)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(pipeline, 'value_and_file.yaml')
