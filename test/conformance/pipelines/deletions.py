"""Kubernetes objects deleted, patched and made of references; a claim deleted by its operator."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


def tell(text: str) -> str:
    return text


tell_op = create_component_from_func(tell)


@dsl.pipeline(name='Deletions')
def deletions(name: str = 'old', replicas: int = 2):
    told = tell_op(name)
    dsl.ResourceOp(name='delete', k8s_resource={'apiVersion': 'v1', 'kind': 'ConfigMap', 'metadata': {'name': name}}, action='delete')
    patched = dsl.ResourceOp(
        name='Scale it', action='patch',
        k8s_resource={'apiVersion': 'apps/v1', 'kind': 'Deployment', 'metadata': {'name': told.output, 'labels': {name: 'x'}},
                      'spec': {'replicas': replicas, 'paused': False, 'ratio': 0.5, 'nothing': None, 'text': 'yes'}},
        flags=['--type=merge'], set_owner_reference=True, success_condition='status.replicas == %s' % replicas)
    tell_op(patched.output)
    many = dsl.ResourceOp(k8s_resource={'apiVersion': 'v1', 'kind': 'Secret', 'metadata': {'generateName': 's-'}, 'stringData': {'a': 'line 1\nline 2\n'}},
                          name='many', attribute_outputs={'first': '{.data.a}', 'name': '{.metadata.uid}'})
    tell_op(many.outputs['first'])
    tell_op('{}/{}'.format(many.outputs['name'], many.outputs['manifest']))
    many.add_pod_label('x', 'y').set_timeout(5)
    many.set_retry(1)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(deletions, 'deletions.yaml')
