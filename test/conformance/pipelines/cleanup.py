"""Objects deleted at the end, one function in two images, pairs of assignments, and a sub-graph with a limit."""
import kfp
from kfp import dsl
from kfp.dsl._resource_op import kubernetes_resource_delete_op
from kfp.components import create_component_from_func, func_to_container_op


def step(text: str = 's') -> str:
    return text


old_op = create_component_from_func(step, base_image='python:3.8')
new_op = create_component_from_func(step, base_image='python:3.11', packages_to_install=['six'])
plain_op = func_to_container_op(step)


@dsl.pipeline(name='Cleanup')
def cleanup(name: str = 'leftover'):
    disk = dsl.VolumeOp(name='disk', resource_name='disk', size='1Gi')
    config = dsl.ResourceOp(name='config', k8s_resource={'apiVersion': 'v1', 'kind': 'ConfigMap', 'metadata': {'generateName': 'c-'}})
    first, second = old_op('a'), new_op(config.output)
    used = plain_op(second.output).add_pvolumes({'/data': disk.volume})
    disk.delete().after(used)
    config.delete(flags=['--wait=true']).after(first, second)
    kubernetes_resource_delete_op(name=name, kind='Secret', namespace='other', flags=['--now'])
    with dsl.SubGraph(parallelism=2):
        with dsl.ParallelFor([1, 2, 3]) as number:
            old_op(number)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(cleanup, 'cleanup.yaml')
