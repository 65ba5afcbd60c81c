"""Fan out and decide: several settings are tried side by side, the error is measured, and what follows depends on it."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


@create_component_from_func
def try_depth(depth: int, rows: int):
    """Try one depth and tell how it went."""
    error = abs(depth - 5) / 10 + 100 / rows
    print(f"depth {depth}: error {error:.3f}")


@create_component_from_func
def measure(rows: int) -> float:
    """Measure the error."""
    return 100 / rows


@create_component_from_func
def publish(error: float):
    """Publish the model."""
    print(f"published with error {error:.3f}")


@create_component_from_func
def ask_for_rows(error: float):
    """Say that more rows are needed."""
    print(f"error {error:.3f} is too high: collect more rows")


@create_component_from_func
def tidy_up():
    """Runs at the end, whatever happened."""
    print("tidied up")


@dsl.pipeline(name="Fan out and decide", description="Try settings side by side, then publish or ask for more.")
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
    kfp.compiler.Compiler().compile(fan_out, "fan-out.yaml")
