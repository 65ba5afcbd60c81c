"""The four opened-file styles, an optional input, and a constant given to a file input."""
import kfp
from kfp import dsl
from kfp.components import (InputBinaryFile, InputPath, InputTextFile, OutputBinaryFile, OutputTextFile,
                            create_component_from_func)


def upper(text_file: InputTextFile(str), result_file: OutputTextFile(str)):
    result_file.write(text_file.read().upper())


def pack(source_file: InputBinaryFile(), packed_file: OutputBinaryFile('Archive')):
    import gzip
    packed_file.write(gzip.compress(source_file.read()))


def size(packed_path: InputPath('Archive'), note_path: InputPath(str) = None) -> int:
    import os
    return os.path.getsize(packed_path)


upper_op = create_component_from_func(upper)
pack_op = create_component_from_func(pack)
size_op = create_component_from_func(size)


@dsl.pipeline(name='Text and binary files')
def text_and_binary_files():
    raised = upper_op('some constant text')
    packed = pack_op(raised.output)
    size_op(packed.outputs['packed'])
    size_op(packed=packed.output, note='a note')


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(text_and_binary_files, 'text_and_binary_files.yaml')
