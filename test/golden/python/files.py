"""Data passing by file: one function writes a file, the next one reads it."""
import kfp
from kfp import dsl
from kfp.components import InputPath, OutputPath, create_component_from_func


@create_component_from_func
def write_file_op(data_output_path: OutputPath('dict')):
    import json

    # 딕셔너리를 만든다
    data = {'a': 300, 'b': 10}
    with open(data_output_path, 'w') as output:
        json.dump(data, output)


@create_component_from_func
def read_file_and_multiply_op(data_input_path: InputPath('dict')) -> float:
    import json

    with open(data_input_path) as source:
        data = json.load(source)
    return data['a'] * data['b']


@dsl.pipeline(name='Data Passing by File Example')
def tutorial_file():
    written = write_file_op()
    read_file_and_multiply_op(written.outputs['data_output'])


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(tutorial_file, 'tutorial_file.yaml')
