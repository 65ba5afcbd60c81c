"""Files given to container steps without a component."""
import kfp
from kfp import dsl
from kfp.dsl import InputArgumentPath


@dsl.pipeline(name='Files of containers')
def files_of_containers(text: str = 'some text'):
    make = dsl.ContainerOp(
        name='make', image='alpine:3.18', command=['sh', '-c', 'echo 1 > /tmp/one; echo 2 > /tmp/two'],
        file_outputs={'one': '/tmp/one', 'Output two': '/tmp/two', 'mlpipeline-ui-metadata': '/ui.json'})
    dsl.ContainerOp(
        name='read', image='alpine:3.18', command=['cat'],
        arguments=[InputArgumentPath(make.outputs['one']), InputArgumentPath(make.outputs['Output two'], input='second', path='/in/second.txt'),
                   InputArgumentPath('constant', 'third'), '--text', text])
    dsl.ContainerOp(
        name='show', image='alpine:3.18', command=['cat', '/fixed/one', '/fixed/text'],
        artifact_argument_paths=[InputArgumentPath(make.outputs['one'], input='one', path='/fixed/one'),
                                 InputArgumentPath(text, input='text', path='/fixed/text')])
    single = dsl.ContainerOp(name='single', image='alpine:3.18', command=['date'], file_outputs={'when': '/tmp/when'})
    dsl.ContainerOp(name='use', image='alpine:3.18', command=['echo', single.output, make.outputs['one']])


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(files_of_containers, 'files_of_containers.yaml')
