"""A claim that exists, and Kubernetes volumes of other kinds."""
import kfp
from kfp import dsl
from kubernetes.client import V1ConfigMapVolumeSource, V1EmptyDirVolumeSource, V1SecretVolumeSource, V1Volume, V1VolumeMount


@dsl.pipeline(name='Existing claim')
def existing_claim():
    claim = dsl.PipelineVolume(pvc='mypvc')
    first = dsl.ContainerOp(name='first', image='alpine:3.18', command=['ls', '/mnt'], pvolumes={'/mnt': claim})
    second = dsl.ContainerOp(name='second', image='alpine:3.18', command=['ls', '/mnt'], pvolumes={'/mnt': first.pvolume})
    named = dsl.PipelineVolume(pvc='datasets', name='data')
    third = dsl.ContainerOp(name='third', image='alpine:3.18', command=['ls'], arguments=['-l', '/data'])
    third.add_pvolumes({'/data': named})
    third.add_volume(V1Volume(name='keys', secret=V1SecretVolumeSource(secret_name='team-keys')))
    third.add_volume_mount(V1VolumeMount(name='keys', mount_path='/keys', read_only=True))
    third.add_volume(V1Volume(name='scratch', empty_dir=V1EmptyDirVolumeSource()))
    third.container.add_volume_mount(V1VolumeMount(name='scratch', mount_path='/scratch', sub_path='a'))
    third.add_volume(V1Volume(name='settings', config_map=V1ConfigMapVolumeSource(name='settings')))
    third.after(second)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(existing_claim, 'existing_claim.yaml')
