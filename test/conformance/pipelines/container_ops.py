"""Container steps written directly: arguments with references, declared output files, order."""
import kfp
from kfp import dsl


@dsl.pipeline(name='Container steps')
def container_ops(message: str = 'hello', times: int = 2):
    first = dsl.ContainerOp(
        name='first',
        image='alpine:3.18',
        command=['sh', '-c'],
        arguments=['echo "$0" $1 > /tmp/out.txt', message, times],
        file_outputs={'text': '/tmp/out.txt', 'copy': '/tmp/copy.txt'},
    )
    second = dsl.ContainerOp(name='Second step', image='alpine:3.18', command=['echo'], arguments=['got', first.outputs['text']])
    third = dsl.ContainerOp(name='third', image='alpine:3.18', command='date')
    third.after(first)
    third.after(second)
    dsl.ContainerOp(name='first', image='alpine:3.18', arguments=['--flag=%s' % first.outputs['copy'], 3])


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(container_ops, 'container_ops.yaml')
