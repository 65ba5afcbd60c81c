"""A volume, a snapshot of it, and a volume made from the snapshot."""
import kfp
from kfp import dsl


@dsl.pipeline(name='Snapshots')
def snapshots():
    disk = dsl.VolumeOp(name='disk', resource_name='disk', size='2Gi', modes=dsl.VOLUME_MODE_RWO)
    fill = dsl.ContainerOp(name='fill', image='alpine:3.18', command=['sh', '-c', 'echo 1 > /d/x'], pvolumes={'/d': disk.volume})
    snap = dsl.VolumeSnapshotOp(name='snap', resource_name='snap', volume=fill.pvolume)
    again = dsl.VolumeOp(name='again', resource_name='again', size='2Gi', data_source=snap.snapshot, modes=dsl.VOLUME_MODE_RWO)
    dsl.ContainerOp(name='look', image='alpine:3.18', command=['ls', '/d'], pvolumes={'/d': again.volume})


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(snapshots, 'snapshots.yaml')
