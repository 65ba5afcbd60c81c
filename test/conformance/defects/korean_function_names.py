"""Names without Latin letters: the SDK gives such templates empty names, and tasks overwrite one another."""
import kfp
from kfp import dsl
from kfp.components import InputPath, create_component_from_func


@create_component_from_func
def 데이터_준비(도시: str = '서울') -> str:
    return 도시


@create_component_from_func
def 데이터_정리(첫째_path: InputPath(), 둘째_path: InputPath()) -> str:
    return open(첫째_path).read() + open(둘째_path).read()


@dsl.pipeline(name='데이터 파이프라인')
def pipeline(city: str = '부산'):
    one = 데이터_준비(city)
    two = 데이터_준비()
    데이터_정리(one.output, two.output)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(pipeline, 'korean_function_names.yaml')
