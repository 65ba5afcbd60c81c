"""Parameters of a pipeline: defaults, types, descriptions, names that must be cleaned."""
from typing import Dict, List, Optional

import kfp
from kfp import dsl
from kfp.components import create_component_from_func


def use(text: str = None, number: int = None, flag: bool = None, data: dict = None, items: list = None):
    print(text, number, flag, data, items)


use_op = create_component_from_func(use)


@dsl.pipeline(description='With every kind of parameter')
def parameters_of_all_kinds(
        text: str = '한글 "quoted"',
        number: int = 0,
        ratio: float = 1e-05,
        flag: bool = True,
        data: dict = {'b': 1, 'a': [True, None]},
        items: List[str] = ['x'],
        nothing: str = None,
        maybe: Optional[int] = 4,
        mapping: Dict[str, float] = {'k': 0.5},
        custom: 'Model' = 'm',
        private_1: str = 'p',
        UPPER: str = 'yes',
        untyped='on'):
    """Says what each one is for.

    Args:
        text: Some text.
        number: How many.
    """
    use_op(text, number, flag, data)
    use_op(untyped, maybe)
    use_op(nothing)
    use_op(UPPER, 3, False, {'x': None}, ['y', 2.5])
    use_op(text=private_1, items=items.ignore_type())
    use_op(custom.ignore_type(), data=mapping.ignore_type())


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(parameters_of_all_kinds, 'parameters.yaml')
