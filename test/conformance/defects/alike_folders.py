"""Inputs whose names differ only in signs that paths cannot have: the SDK puts both files at one path."""
import kfp
from kfp import dsl
from kfp.components import load_component_from_text

two_op = load_component_from_text('''
name: Two files
inputs: [{name: 첫째}, {name: 둘째}]
implementation:
  container:
    image: alpine:3.18
    command: [diff, {inputPath: 첫째}, {inputPath: 둘째}]
''')


@dsl.pipeline(name='Alike folders')
def pipeline():
    two_op('a', 'b')


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(pipeline, 'alike_folders.yaml')
