"""Data passing by file: one step writes a file, the next one reads it."""
import kfp
from kfp.components import InputPath, OutputPath, create_component_from_func


@create_component_from_func
def write_prices(prices_path: OutputPath("dict")):
    """Write the prices of a small shop."""
    import json

    prices = {"apple": 3, "pear": 4, "melon": 12}
    with open(prices_path, "w") as file:
        json.dump(prices, file)


@create_component_from_func
def total_of_basket(prices_path: InputPath("dict"), count: int = 2) -> float:
    """Read the prices and say what a basket with some of each costs."""
    import json

    with open(prices_path) as file:
        prices = json.load(file)
    # Every kind of fruit goes into the basket the same number of times.
    total = float(sum(prices.values()) * count)
    print(f"The basket costs {total}")
    return total


@kfp.dsl.pipeline(name="Passing data by file", description="A dictionary travels as a file.")
def passing_by_file():
    written = write_prices()
    total_of_basket(written.outputs["prices"])


if __name__ == "__main__":
    kfp.compiler.Compiler().compile(passing_by_file, "passing-by-file.yaml")
