"""Decorator form, packages to install, own images, and the older conversion function."""
import kfp
from kfp import dsl
from kfp.components import OutputPath, create_component_from_func, func_to_container_op


@create_component_from_func
def plain(text: str) -> str:
    return text


def frame(rows: int, table_path: OutputPath('CSV')):
    import pandas
    pandas.DataFrame({'x': range(rows)}).to_csv(table_path, index=False)


def join(left: str, right: str = '') -> str:
    """Joins two texts.

    Joins them with a blank in between.
    """
    return left + ' ' + right


@func_to_container_op
def shout(text: str) -> str:
    return text.upper() + '!'


frame_op = create_component_from_func(frame, base_image='python:3.8-slim', packages_to_install=['pandas==1.1.5', 'numpy<1.22'])
join_op = func_to_container_op(join, base_image='python:3.10')


@dsl.pipeline(name='Packages and images')
def packages(rows: int = 3, word: str = 'hello'):
    frame_op(rows)
    first = plain(word)
    second = join_op(first.output, 'world')
    shout(second.output)
    join_op(left='alone')


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(packages, 'packages.yaml')
