"""Constants that are reckoned, taken out of mappings and lists, or written as JSON."""
import json

import kfp
from kfp import dsl
from kfp.components import create_component_from_func

HOUR = 60 * 60
CONFIG = {'image': 'python:3.9', 'memory': '2G', 'layers': [16, 32], 'deep': {'rate': 0.5}}
SIZES = ['small', 'large']


def step(text: str, seconds: int = 24 * 3600, rate: float = 1 / 4) -> str:
    return text


step_op = create_component_from_func(step)


@dsl.pipeline(name='Reckoned')
def reckoned(limit: int = 2 ** 10, share: float = 3 * 0.5, offset: int = -7 // 2):
    dsl.get_pipeline_conf().set_timeout(2 * HOUR)
    first = step_op(SIZES[0], HOUR // 7, 10 - 0.5)
    first.set_timeout(HOUR + 1).set_memory_limit(CONFIG['memory'])
    step_op(SIZES[-1] + '/' + CONFIG['image'], CONFIG['layers'][1] % 5, CONFIG['deep']['rate'])
    step_op(json.dumps({'b': [1, None, True], 'a': '한'}), limit, share)
    step_op(json.dumps({'b': 1, 'a': {'d': 2, 'c': 3}}, sort_keys=True), offset)
    with dsl.ParallelFor(CONFIG['layers']) as layer:
        step_op(layer)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(reckoned, 'reckoned.yaml')
