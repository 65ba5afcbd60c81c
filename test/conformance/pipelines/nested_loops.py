"""Loops inside loops: over lists, mappings, a parameter and an output, with items of outer loops used inside."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


def list_files(folder: str) -> list:
    return [folder + '/a', folder + '/b']


def convert(path: str, codec: str, level: int = 1) -> str:
    return '%s.%s.%d' % (path, codec, level)


def publish(what: str, where: str):
    print(what, where)


list_files_op = create_component_from_func(list_files)
convert_op = create_component_from_func(convert)
publish_op = create_component_from_func(publish)


@dsl.pipeline(name='Nested loops')
def nested_loops(folders: list = ['x', 'y'], target: str = 'gs://t', codec: str = 'zip'):
    with dsl.ParallelFor([{'codec': 'gz', 'level': 1}, {'codec': 'bz2', 'level': 9}]) as how:
        with dsl.ParallelFor(['in', 'out']) as place:
            made = convert_op(place, how.codec, how.level)
            publish_op(made.output, target)
        convert_op('single', how.codec)
    with dsl.ParallelFor(folders) as folder:
        files = list_files_op(folder)
        with dsl.ParallelFor([1, 2]) as level:
            done = convert_op(folder, codec, level)
            publish_op('%s at %s' % (done.output, folder), target)
    found = list_files_op('top')
    with dsl.ParallelFor(found.output) as path:
        converted = convert_op(path, codec)
        with dsl.Condition(converted.output != ''):
            publish_op(converted.output, path)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(nested_loops, 'nested_loops.yaml')
