"""Types and defaults of parameters and inputs, in every spelling."""
from typing import Dict, List, Optional

import kfp
from kfp import dsl
from kfp.components import InputPath, OutputPath, create_component_from_func


def typed(a: str, b: int = 3, c: float = 0.5, d: bool = True, e: list = [1, 'x'], f: dict = {'k': 1}, g: Optional[str] = None,
          h: 'GCSPath' = 'gs://x', i: List[int] = [1], j: Dict[str, int] = {'a': 1}, k=None, l='free') -> bool:
    return True


def untyped(x, out_path: OutputPath(), model_path: OutputPath('TFModel'), y_path: InputPath() = None):
    open(out_path, 'w').write(str(x))
    open(model_path, 'w').write('m')


typed_op = create_component_from_func(typed)
untyped_op = create_component_from_func(untyped)


@dsl.pipeline(name='Types and defaults')
def types_and_defaults(a: str, b: int = 1, c: float = 1.5, d: bool = False, e: list = ['p'], f: dict = {'q': 'r'}, g='text', h: 'GCSPath' = 'gs://y'):
    first = typed_op(a=a, b=b, c=c, d=d, e=e, f=f, g=g, h=h)
    second = typed_op('only', g='given', i=[2, 3], k='some')
    made = untyped_op(first.output)
    untyped_op(second.output, made.outputs['out'])


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(types_and_defaults, 'types_and_defaults.yaml')
