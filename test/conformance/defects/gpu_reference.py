"""A GPU count that comes at run time: the SDK takes the vendor for the whole name of the resource, `nvidia`."""
import kfp
from kfp import dsl


@dsl.pipeline(name='GPU reference')
def pipeline(gpus: int = 1):
    dsl.ContainerOp(name='train', image='alpine:3.18', command=['true']).set_gpu_limit(gpus)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(pipeline, 'gpu_reference.yaml')
