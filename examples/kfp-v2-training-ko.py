"""Kubeflow Pipelines v2 학습 파이프라인: 여러 학습률로 직선을 맞추고, 가장 좋은 결과가 충분히 좋으면 알립니다."""
from typing import List

from kfp import compiler, dsl, kubernetes


@dsl.component(base_image="python:3.12")
def make_points(points: dsl.Output[dsl.Dataset], count: int = 200, noise: float = 0.3):
    """직선 가까이에 잡음이 섞인 점을 씁니다."""
    import csv
    import random

    random.seed(7)
    with open(points.path, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["x", "y"])
        for index in range(count):
            x = index / count * 10
            rows.writerow([x, 1.5 * x + 2 + random.gauss(0, noise)])


@dsl.component(base_image="python:3.12")
def fit_line(points: dsl.Input[dsl.Dataset], model: dsl.Output[dsl.Model], learning_rate: float, steps: int = 500) -> float:
    """경사 하강법으로 직선의 기울기와 높이를 찾고 평균 오차를 돌려줍니다."""
    import csv
    import json

    with open(points.path) as file:
        rows = [(float(row["x"]), float(row["y"])) for row in csv.DictReader(file)]
    slope, height = 0.0, 0.0
    for _ in range(steps):
        errors = [(x, slope * x + height - y) for x, y in rows]
        slope -= learning_rate * sum(error * x for x, error in errors) / len(rows)
        height -= learning_rate * sum(error for _, error in errors) / len(rows)
    with open(model.path, "w") as file:
        json.dump({"slope": slope, "height": height}, file)
    return sum(abs(slope * x + height - y) for x, y in rows) / len(rows)


@dsl.component(base_image="python:3.12")
def best_error(errors: List[float], metrics: dsl.Output[dsl.Metrics]) -> float:
    """가장 작은 오차를 골라 실행과 함께 보여 줍니다."""
    metrics.log_metric("mean-error", min(errors))
    return min(errors)


@dsl.component(base_image="python:3.12")
def announce(error: float):
    """결과를 알립니다. 토큰은 Secret에서 가져옵니다."""
    import os

    print(f"평균 오차 {error:.3f}, {len(os.environ['TOKEN'])}자 토큰으로 보냅니다")


@dsl.pipeline(name="line-training", display_name="직선 학습", description="여러 학습률로 직선을 맞추고 가장 좋은 결과를 알립니다.")
def line_training(count: int = 200, rates: List[float] = [0.005, 0.01, 0.02]):
    points = make_points(count=count).set_display_name("점 만들기")
    with dsl.ParallelFor(rates, name="학습률마다") as rate:
        fitted = fit_line(points=points.outputs["points"], learning_rate=rate).set_display_name("직선 맞추기")
        fitted.set_cpu_request("500m").set_cpu_limit("2").set_memory_limit("1Gi")
    best = best_error(errors=dsl.Collected(fitted.outputs["Output"])).set_display_name("가장 작은 오차")
    with dsl.If(best.outputs["Output"] < 0.5, name="충분히 좋으면"):
        told = announce(error=best.outputs["Output"]).set_display_name("알리기")
        told.set_caching_options(False)
        kubernetes.use_secret_as_env(told, secret_name="announcer", secret_key_to_env={"token": "TOKEN"})


if __name__ == "__main__":
    compiler.Compiler().compile(line_training, "kfp-v2-training-ko.yaml")
