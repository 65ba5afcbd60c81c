"""One volume at two paths: the SDK writes the volume twice, and Kubernetes refuses the pod."""
import kfp
from kfp import dsl


@dsl.pipeline(name='Volume at two paths')
def pipeline():
    disk = dsl.VolumeOp(name='disk', resource_name='disk', size='1Gi')
    dsl.ContainerOp(name='use', image='alpine:3.18', command=['ls'], pvolumes={'/a': disk.volume, '/b': disk.volume})


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(pipeline, 'volume_at_two_paths.yaml')
