"""NamedTuple results in call form and class form, fields of every value type."""
from typing import NamedTuple

import kfp
from kfp import dsl
from kfp.components import create_component_from_func


def statistics(values: list) -> NamedTuple('Statistics', [('mean', float), ('count', int), ('ok', bool), ('names', list), ('about', dict), ('note', str)]):
    from collections import namedtuple
    result = namedtuple('Statistics', ['mean', 'count', 'ok', 'names', 'about', 'note'])
    return result(sum(values) / len(values), len(values), True, ['a', 'b'], {'x': 1}, '끝')


class Pair(NamedTuple):
    first: str
    second: int


def split(text: str) -> Pair:
    return (text, len(text))


def use(mean: float, count: int, ok: bool, names: list, about: dict, note: str = 'nothing'):
    print(mean, count, ok, names, about, note)


statistics_op = create_component_from_func(statistics)
split_op = create_component_from_func(split)
use_op = create_component_from_func(use)


@dsl.pipeline(name='Named outputs')
def named_outputs(values: list = [1, 2, 3.5]):
    found = statistics_op(values)
    halves = split_op(found.outputs['note'])
    use_op(found.outputs['mean'], halves.outputs['second'], found.outputs['ok'], found.outputs['names'], found.outputs['about'],
           halves.outputs['first'])
    use_op(1, 2, False, ['x', 1], {'k': [True, None], 'a': '가'})


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(named_outputs, 'named_outputs.yaml')
