"""A training run: data on a claim, GPUs, a secret, metrics, a condition on the result."""
import kfp
from kfp import dsl
from kfp.components import InputPath, OutputPath, create_component_from_func
from kubernetes.client import V1EnvVar, V1EnvVarSource, V1SecretKeySelector


def train(rows_path: InputPath('CSV'), epochs: int, rate: float, model_path: OutputPath('Model'),
          mlpipeline_metrics_path: OutputPath('Metrics')) -> float:
    """Trains a model."""
    import json
    open(model_path, 'w').write('model')
    json.dump({'metrics': [{'name': 'accuracy', 'numberValue': 0.9}]}, open(mlpipeline_metrics_path, 'w'))
    return 0.9


def deploy(model_path: InputPath('Model'), where: str):
    print(where)


train_op = create_component_from_func(train, base_image='pytorch/pytorch:1.13.1', packages_to_install=['pandas==1.5.3'])
deploy_op = create_component_from_func(deploy)


@dsl.pipeline(name='GPU training', description='Trains on a GPU and deploys what is good enough')
def gpu_training(epochs: int = 10, rate: float = 0.01, target: str = 'production'):
    disk = dsl.VolumeOp(name='make disk', resource_name='training-data', size='50Gi', modes=dsl.VOLUME_MODE_RWO)
    load = dsl.ContainerOp(name='load', image='curlimages/curl:8.1.0', command=['sh', '-c', 'curl -o /data/rows.csv https://example.com/rows.csv; cp /data/rows.csv /tmp/rows'],
                           file_outputs={'rows': '/tmp/rows'}, pvolumes={'/data': disk.volume})
    trained = train_op(load.output, epochs, rate)
    trained.set_gpu_limit(1).set_cpu_request('4').set_memory_request('16G').set_memory_limit('32G')
    trained.add_node_selector_constraint('cloud.google.com/gke-accelerator', 'nvidia-tesla-t4')
    trained.add_pvolumes({'/data': load.pvolume})
    trained.add_env_variable(V1EnvVar(name='HUB_TOKEN', value_from=V1EnvVarSource(
        secret_key_ref=V1SecretKeySelector(name='hub', key='token'))))
    trained.set_retry(2, policy='OnError')
    trained.set_caching_options(False)
    with dsl.Condition(trained.outputs['Output'] > 0.8, 'good enough'):
        deploy_op(trained.outputs['model'], target).set_display_name('Deploy to %s' % target)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(gpu_training, 'gpu_training.yaml')
