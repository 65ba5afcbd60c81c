"""Kubernetes objects made by tasks."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


def use(name: str):
    print(name)


use_op = create_component_from_func(use)


@dsl.pipeline(name='Kubernetes resources')
def resource_ops(value: str = 'v'):
    config = dsl.ResourceOp(
        name='make-config',
        k8s_resource={'apiVersion': 'v1', 'kind': 'ConfigMap', 'metadata': {'generateName': 'cfg-'}, 'data': {'k': value}},
        action='create',
        attribute_outputs={'data': '{.data.k}'},
    )
    use_op(config.outputs['data'])
    use_op(config.outputs['name'])
    job = dsl.ResourceOp(
        name='run-job',
        k8s_resource={'apiVersion': 'batch/v1', 'kind': 'Job', 'metadata': {'name': 'job-1'},
                      'spec': {'template': {'spec': {'restartPolicy': 'Never', 'containers': [{'name': 'm', 'image': 'alpine:3.18'}]}}}},
        action='apply', merge_strategy='merge', success_condition='status.succeeded > 0', failure_condition='status.failed > 3')
    job.after(config)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(resource_ops, 'resource_ops.yaml')
