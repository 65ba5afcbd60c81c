"""나눠 돌리고 결정하기: 여러 설정을 나란히 시험하고, 오차를 재어 그 결과에 따라 다음 단계를 고릅니다."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


@create_component_from_func
def try_depth(depth: int, rows: int):
    """깊이 하나를 시험하고 결과를 알립니다."""
    error = abs(depth - 5) / 10 + 100 / rows
    print(f"깊이 {depth}: 오차 {error:.3f}")


@create_component_from_func
def measure(rows: int) -> float:
    """오차를 잽니다."""
    return 100 / rows


@create_component_from_func
def publish(error: float):
    """모델을 내보냅니다."""
    print(f"오차 {error:.3f}로 내보냈습니다")


@create_component_from_func
def ask_for_rows(error: float):
    """데이터가 더 필요하다고 알립니다."""
    print(f"오차 {error:.3f}가 큽니다. 데이터를 더 모으세요")


@create_component_from_func
def tidy_up():
    """무슨 일이 있었든 마지막에 실행됩니다."""
    print("정리했습니다")


@dsl.pipeline(name="나눠 돌리고 결정하기", description="여러 설정을 나란히 시험하고, 결과에 따라 내보내거나 데이터를 더 청합니다.")
def fan_out(rows: int = 1000):
    with dsl.ExitHandler(tidy_up()):
        with dsl.ParallelFor([3, 5, 8], parallelism=2) as depth:
            try_depth(depth, rows)
        measured = measure(rows)
        with dsl.Condition(measured.output < 0.2, name="good-enough"):
            publish(measured.output)
        with dsl.Condition(measured.output >= 0.2, name="too-few-rows"):
            ask_for_rows(measured.output)


if __name__ == "__main__":
    kfp.compiler.Compiler().compile(fan_out, "fan-out-ko.yaml")
