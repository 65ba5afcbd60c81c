"""Resources, a volume and a secret."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func
from kubernetes.client import V1EnvVar, V1EnvVarSource, V1SecretKeySelector


@create_component_from_func
def training_op(learning_rate: float, num_layers: int, optimizer: str):
    print(learning_rate, num_layers, optimizer)


@create_component_from_func
def test(where: str = '/mnt'):
    import os
    print(os.listdir(where))


@dsl.pipeline(name='Resource example')
def tutorial_resources(learning_rate: float = 0.1, num_layers: int = 3, optimizer: str = 'ftrl'):
    volume = dsl.VolumeOp(name='v1', resource_name='mypvc', size='1Gi', modes=dsl.VOLUME_MODE_RWM)
    training = training_op(learning_rate, num_layers, optimizer)
    training.set_cpu_request('2').set_cpu_limit('4').set_memory_request('1G').set_memory_limit('2G').set_gpu_limit(1)
    tested = test()
    tested.add_pvolumes({'/mnt': volume.volume})
    tested.add_env_variable(V1EnvVar(name='example_env', value_from=V1EnvVarSource(
        secret_key_ref=V1SecretKeySelector(name='my-secret', key='token'))))


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(tutorial_resources, 'tutorial_resources.yaml')
