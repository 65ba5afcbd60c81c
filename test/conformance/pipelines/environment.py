"""Environment: literals, secrets, config maps, pod fields, whole secrets, and the helper for secrets."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func
from kfp.onprem import use_k8s_secret
from kubernetes import client as k8s_client
from kubernetes.client import V1ConfigMapKeySelector, V1EnvFromSource, V1EnvVar, V1EnvVarSource, V1ObjectFieldSelector, V1SecretEnvSource, V1SecretKeySelector


def work(name: str):
    import os
    print(name, sorted(os.environ))


work_op = create_component_from_func(work)


@dsl.pipeline(name='Secrets and environment')
def environment(name: str = 'x'):
    task = work_op(name)
    task.add_env_variable(V1EnvVar(name='MODE', value='fast'))
    task.container.add_env_variable(V1EnvVar(
        name='TOKEN', value_from=V1EnvVarSource(secret_key_ref=V1SecretKeySelector(name='my-secret', key='token'))))
    task.container.add_env_variable(k8s_client.V1EnvVar(
        name='LEVEL',
        value_from=k8s_client.V1EnvVarSource(config_map_key_ref=V1ConfigMapKeySelector(name='settings', key='level', optional=True))))
    task.add_env_variable(V1EnvVar(name='NODE', value_from=V1EnvVarSource(field_ref=V1ObjectFieldSelector(field_path='spec.nodeName'))))
    task.container.add_env_from(V1EnvFromSource(secret_ref=V1SecretEnvSource(name='all-of-it'), prefix='S_'))
    other = work_op('constant')
    other.apply(use_k8s_secret(secret_name='s3', k8s_secret_key_to_env={'user': 'S3_USER', 'password': 'S3_PASSWORD'}))


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(environment, 'environment.yaml')
