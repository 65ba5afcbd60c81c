"""A small training pipeline: make data, fit a line to it, judge the fit, and say so. It needs nothing but Python."""
import kfp
from kfp.components import InputPath, OutputPath, create_component_from_func


@create_component_from_func
def make_points(points_path: OutputPath("CSV"), count: int = 200, noise: float = 0.3):
    """Write points near a line, with some noise."""
    import csv
    import random

    random.seed(7)
    with open(points_path, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["x", "y"])
        for index in range(count):
            x = index / count * 10
            rows.writerow([x, 1.5 * x + 2 + random.gauss(0, noise)])


@create_component_from_func
def fit_line(points_path: InputPath("CSV"), model_path: OutputPath("Model"), steps: int = 500, learning_rate: float = 0.02):
    """Find slope and height of the line by gradient descent."""
    import csv
    import json

    with open(points_path) as file:
        points = [(float(row["x"]), float(row["y"])) for row in csv.DictReader(file)]
    slope, height = 0.0, 0.0
    for _ in range(steps):
        errors = [(x, slope * x + height - y) for x, y in points]
        slope -= learning_rate * sum(error * x for x, error in errors) / len(points)
        height -= learning_rate * sum(error for _, error in errors) / len(points)
    with open(model_path, "w") as file:
        json.dump({"slope": slope, "height": height}, file)


@create_component_from_func
def judge_line(points_path: InputPath("CSV"), model_path: InputPath("Model"), mlpipeline_metrics_path: OutputPath("Metrics")) -> float:
    """Say how far the points are from the line, on average."""
    import csv
    import json

    with open(model_path) as file:
        model = json.load(file)
    with open(points_path) as file:
        points = [(float(row["x"]), float(row["y"])) for row in csv.DictReader(file)]
    error = sum(abs(model["slope"] * x + model["height"] - y) for x, y in points) / len(points)
    with open(mlpipeline_metrics_path, "w") as file:
        json.dump({"metrics": [{"name": "mean-error", "numberValue": error, "format": "RAW"}]}, file)
    return error


@create_component_from_func
def announce(error: float):
    """Print the result."""
    print(f"Mean error: {error:.3f}")


@kfp.dsl.pipeline(name="Small training", description="Fit a line to points and say how good it is.")
def small_training(count: int = 200, learning_rate: float = 0.02):
    points = make_points(count=count)
    fitted = fit_line(points.outputs["points"], learning_rate=learning_rate)
    fitted.set_cpu_request("1").set_cpu_limit("2").set_memory_limit("1Gi")
    judged = judge_line(points.outputs["points"], fitted.outputs["model"])
    announce(judged.outputs["Output"])


if __name__ == "__main__":
    kfp.compiler.Compiler().compile(small_training, "small-training.yaml")
