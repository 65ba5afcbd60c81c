"""A training pipeline of Kubeflow Pipelines v2: fit a line at several learning rates, keep the best, and announce it if it is good."""
from typing import List

from kfp import compiler, dsl, kubernetes


@dsl.component(base_image="python:3.12")
def make_points(points: dsl.Output[dsl.Dataset], count: int = 200, noise: float = 0.3):
    """Write points near a line, with some noise."""
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
    """Find slope and height of the line by gradient descent; the mean error is the result."""
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
    """Choose the smallest error and show it with the run."""
    metrics.log_metric("mean-error", min(errors))
    return min(errors)


@dsl.component(base_image="python:3.12")
def announce(error: float):
    """Announce the result; the token comes from a Secret."""
    import os

    print(f"Mean error {error:.3f}, sent with a token of {len(os.environ['TOKEN'])} characters")


@dsl.pipeline(name="line-training", display_name="Line training", description="Fit a line at several learning rates and announce the best.")
def line_training(count: int = 200, rates: List[float] = [0.005, 0.01, 0.02]):
    points = make_points(count=count).set_display_name("Make points")
    with dsl.ParallelFor(rates, name="Each learning rate") as rate:
        fitted = fit_line(points=points.outputs["points"], learning_rate=rate).set_display_name("Fit line")
        fitted.set_cpu_request("500m").set_cpu_limit("2").set_memory_limit("1Gi")
    best = best_error(errors=dsl.Collected(fitted.outputs["Output"])).set_display_name("Best error")
    with dsl.If(best.outputs["Output"] < 0.5, name="Good enough"):
        told = announce(error=best.outputs["Output"]).set_display_name("Announce")
        told.set_caching_options(False)
        kubernetes.use_secret_as_env(told, secret_name="announcer", secret_key_to_env={"token": "TOKEN"})


if __name__ == "__main__":
    compiler.Compiler().compile(line_training, "kfp-v2-training.yaml")
