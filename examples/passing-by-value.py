"""Passing data by value: small results travel as text from one step to the next."""
from typing import NamedTuple

import kfp
from kfp.components import create_component_from_func


@create_component_from_func
def split_amount(amount: int, parts: int = 3) -> NamedTuple("Split", [("share", float), ("rest", int)]):
    """Divide an amount into equal shares."""
    return (amount / parts, amount % parts)


@create_component_from_func
def describe(share: float, rest: int, unit: str = "coins") -> str:
    """Say the result in words."""
    text = f"Everybody gets {share:.2f} {unit}; {rest} would be left over."
    print(text)
    return text


@create_component_from_func
def shout(text: str):
    """Print a text in capitals."""
    print(text.upper())


@kfp.dsl.pipeline(name="Passing data by value", description="Numbers and text travel as values.")
def passing_by_value(amount: int = 100):
    split = split_amount(amount)
    words = describe(split.outputs["share"], split.outputs["rest"])
    shout(words.output)


if __name__ == "__main__":
    kfp.compiler.Compiler().compile(passing_by_value, "passing-by-value.yaml")
