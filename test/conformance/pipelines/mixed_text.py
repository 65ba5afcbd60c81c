"""Text that mixes references and literals, for values and for files."""
import kfp
from kfp import dsl
from kfp.components import InputPath, create_component_from_func


def name_of(prefix: str) -> str:
    return prefix + '-1'


def write(text: str, body_path: InputPath(str)):
    print(text, open(body_path).read())


name_of_op = create_component_from_func(name_of)
write_op = create_component_from_func(write)


@dsl.pipeline(name='Mixed text')
def mixed_text(user: str = 'kim', host: str = 'example.com'):
    named = name_of_op('run')
    write_op(text='%s@%s' % (user, host), body='Dear %s, see %s' % (user, named.output))
    write_op(text=f'{named.output}.txt', body='plain')


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(mixed_text, 'mixed_text.yaml')
