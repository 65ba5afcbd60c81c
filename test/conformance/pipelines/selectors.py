"""Settings whose values come at run time, where Argo takes them and where a patch must carry them."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func
from kubernetes.client import V1EnvVar, V1Toleration


def choose(what: str) -> str:
    return what


def work(text: str = 'w'):
    print(text)


choose_op = create_component_from_func(choose)
work_op = create_component_from_func(work)


@dsl.pipeline(name='Selectors')
def selectors(pool: str = 'gpu', gpus: int = 1, image: str = 'python:3.9', tries: int = 2, label: str = 'team'):
    key = choose_op('pool')
    first = work_op()
    first.add_node_selector_constraint('pool', pool)
    first.add_node_selector_constraint('zone', 'a')
    first.add_resource_limit('nvidia.com/gpu', gpus)
    first.set_ephemeral_storage_limit('1Gi')
    second = work_op('second')
    second.add_node_selector_constraint(key.output, 'x')
    second.add_env_variable(V1EnvVar(name='WHAT', value=key.output))
    second.add_pod_annotation('pool', 'runs in %s' % pool)
    second.add_pod_label('label', label)
    second.add_toleration(V1Toleration(key='pool', operator='Equal', value=pool))
    second.set_retry(tries)
    dsl.ContainerOp(name='third', image=image, command=['python', '-V']).set_display_name('On %s' % image)
    fourth = work_op('fourth')
    fourth.container.set_memory_limit(key.output)
    fourth.container.set_memory_request(key.output)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(selectors, 'selectors.yaml')
