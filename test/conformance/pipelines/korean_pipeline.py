"""학습 파이프라인: 변수, 상수, 목록, 설명이 한글이다."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func

기본값 = '서울'


def prepare(도시: str, 개수: int = 3) -> list:
    """데이터를 준비한다.

    Args:
        도시: 도시의 이름.
    """
    return [도시] * 개수  # 같은 값


def train(items: list, 이름: str = '모델') -> float:
    return len(items) / 10


def notify(text: str):
    print('결과:', text)


prepare_op = create_component_from_func(prepare)
train_op = create_component_from_func(train)
notify_op = create_component_from_func(notify)


@dsl.pipeline(name='학습 Training 파이프라인', description='한국어 설명')
def korean_pipeline(city: str = '부산', limit: float = 0.2):
    """한국어로 쓴 파이프라인."""
    준비 = prepare_op(city, 2)
    준비.set_display_name('데이터 준비')
    다른_준비 = prepare_op(기본값)
    점수 = train_op(준비.output, '첫째 모델').set_display_name('학습')
    with dsl.Condition(점수.output > limit, '좋음 good'):
        notify_op('점수 %s' % 점수.output)
    with dsl.ParallelFor(['가', '나', '다']) as 글자:
        notify_op(글자)
    notify_op(다른_준비.output.ignore_type())


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(korean_pipeline, 'korean_pipeline.yaml')
