"""Korean in descriptions, comments, display names and constants; names the SDK can carry."""
import kfp
from kfp import dsl
from kfp.components import InputPath, OutputPath, create_component_from_func


def write_file_op(data_output_path: OutputPath('dict')):
    """딕셔너리를 파일로 저장한다."""
    import json

    # 저장할 데이터
    data = {'값': 300, '이름': '데이터'}
    with open(data_output_path, 'w', encoding='utf-8') as out:
        json.dump(data, out, ensure_ascii=False)  # 한글 그대로


def read_file_and_multiply_op(data_input_path: InputPath('dict'), factor: int = 10) -> float:
    """파일을 읽어 곱한다."""
    import json
    with open(data_input_path, encoding='utf-8') as data:
        return json.load(data)['값'] * factor


write_op = create_component_from_func(write_file_op)
read_op = create_component_from_func(read_file_and_multiply_op)


@dsl.pipeline(name='Data Passing by File 예제', description='파일로 데이터를 전달하는 예제')
def korean_names():
    written = write_op().set_display_name('데이터 저장')
    read_op(written.outputs['data_output']).set_display_name('읽고 곱하기')


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(korean_names, 'korean_names.yaml')
