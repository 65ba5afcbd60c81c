"""Texts with references, however Python joins them, and constants of the module."""
import kfp
from kfp import dsl
from kfp.components import InputPath, create_component_from_func

BUCKET = 'gs://bucket'
VERSION = 3
TAGS = ['a', 'b']
LIMITS = {'cpu': '2', 'rate': 0.5}


def step(text: str, more: list = [], settings: dict = {}) -> str:
    return text


def look(text_path: InputPath(), number: float = 1.5):
    print(open(text_path).read(), number)


step_op = create_component_from_func(step)
look_op = create_component_from_func(look)


@dsl.pipeline(name='Texts')
def texts(name: str = 'n', count: int = 2):
    first = step_op(f'{BUCKET}/{name}/v{VERSION}')
    second = step_op('%s/%s' % (first.output, count), TAGS, LIMITS)
    third = step_op('{}-{}'.format(name, second.output), more=[name, 'fixed', count])
    fourth = step_op(BUCKET + '/' + str(third.output) + '/end', settings={'name': name, 'deep': {'list': [first.output, 1, None, True]}})
    step_op(str(fourth.output))
    look_op(f'file with {name}\nand "quotes" \\ {{braces}}')
    look_op(fourth.output, number=2)
    look_op('''several
lines, 한글, \u00e9, 100%''', 1e-7)
    step_op(''
            'joined '
            'pieces')
    step_op(r'raw \n text', more=(1, 2), settings=dict_constant)


dict_constant = {'k': [1.0, 1e20, -3, 'x'], 'z': 'last', 'a': {'b': False}}

if __name__ == '__main__':
    kfp.compiler.Compiler().compile(texts, 'texts.yaml')
