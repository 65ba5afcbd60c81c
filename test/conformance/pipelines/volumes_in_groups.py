"""Volumes used inside loops and conditions, after one another, and claims of every making."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func
from kubernetes.client import (V1ObjectMeta, V1PersistentVolumeClaim, V1PersistentVolumeClaimSpec, V1ResourceRequirements,
                               V1TypedLocalObjectReference)


def step(name: str = 's') -> str:
    return name


step_op = create_component_from_func(step)


@dsl.pipeline(name='Volumes in groups')
def volumes_in_groups(claim: str = 'shared', big: str = 'yes'):
    disk = dsl.VolumeOp(name='Data disk', resource_name='data', size='10Gi', modes=['ReadWriteMany'], annotations={'owner': 'team'},
                        generate_unique_name=False)
    own = dsl.VolumeOp(name='own', k8s_resource=V1PersistentVolumeClaim(
        api_version='v1', kind='PersistentVolumeClaim', metadata=V1ObjectMeta(name='own-claim'),
        spec=V1PersistentVolumeClaimSpec(access_modes=['ReadWriteOnce'], resources=V1ResourceRequirements(requests={'storage': '1Gi'}))))
    copy = dsl.VolumeOp(name='copy', resource_name='copy', size='10Gi', volume_name='pv-1',
                        data_source=V1TypedLocalObjectReference(api_group='snapshot.storage.k8s.io', kind='VolumeSnapshot', name='old'))
    first = step_op('first').add_pvolumes({'/data': disk.volume, '/own': own.volume})
    with dsl.ParallelFor([1, 2]) as number:
        step_op(number).add_pvolumes({'/data': first.pvolumes['/data']})
    with dsl.Condition(big == 'yes'):
        inner = step_op('inner').add_pvolumes({'/data': disk.volume.after(first)})
        step_op(inner.output).add_pvolumes({'/data': inner.pvolume, '/copy': copy.volume})
    shared = dsl.PipelineVolume(pvc=claim)
    one = step_op('one').add_pvolumes({'/shared': shared})
    step_op('two').add_pvolumes({'/shared': one.pvolume.after(first)})
    dsl.VolumeSnapshotOp(name='Snap', resource_name='snap', pvc='existing', snapshot_class='fast', annotations={'a': 'b'}).after(one)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(volumes_in_groups, 'volumes_in_groups.yaml')
