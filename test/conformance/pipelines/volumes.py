"""A volume created by the pipeline, mounted by argument and by method, with order carried by the volume."""
import kfp
from kfp import dsl


@dsl.pipeline(name='Volumes')
def volumes(size: str = '1Gi'):
    made = dsl.VolumeOp(name='v1', resource_name='mypvc', size='1Gi', modes=dsl.VOLUME_MODE_RWM)
    sized = dsl.VolumeOp(name='Second disk', resource_name='other', size=size, modes=dsl.VOLUME_MODE_RWO,
                         storage_class='fast')
    write = dsl.ContainerOp(name='write', image='library/bash:4.4.23', command=['sh', '-c'], arguments=['echo 1 > /mnt/file'],
                            pvolumes={'/mnt': made.volume})
    read = dsl.ContainerOp(name='read', image='library/bash:4.4.23', command=['sh', '-c'], arguments=['cat /mnt/file'],
                           pvolumes={'/mnt': write.pvolume, '/other': sized.volume})
    last = dsl.ContainerOp(name='last', image='library/bash:4.4.23', command=['ls', '/data'])
    last.add_pvolumes({'/data': read.pvolumes['/mnt']})
    third = dsl.ContainerOp(name='third', image='library/bash:4.4.23', command=['ls', '/data'])
    third.add_pvolumes({'/data': made.volume.after(read, write)})


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(volumes, 'volumes.yaml')
