"""Compute settings: CPU, memory, scratch disk, GPUs of two vendors, any resource name."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


def train(learning_rate: float, num_layers: int, optimizer: str = 'adam') -> float:
    return learning_rate * num_layers


train_op = create_component_from_func(train, base_image='example.com/train:2')


@dsl.pipeline(name='Resource settings')
def resources(learning_rate: float = 0.01, num_layers: int = 3, optimizer: str = 'sgd'):
    first = (train_op(learning_rate, num_layers, optimizer)
             .set_cpu_request('2').set_cpu_limit('4')
             .set_memory_request('1G').set_memory_limit('2G')
             .set_gpu_limit(1))
    first.set_ephemeral_storage_request('1Gi').set_ephemeral_storage_limit('10Gi')
    second = train_op(first.output, 4)
    second.set_gpu_limit('2', vendor='amd')
    second.container.set_cpu_limit('500m')
    second.add_resource_limit('example.com/fpga', '1')
    second.add_resource_request('hugepages-2Mi', '4Mi')
    third = train_op(0.1, 5, 'rmsprop')
    third.add_node_selector_constraint('cloud.google.com/gke-accelerator', 'nvidia-tesla-p4')
    third.set_display_name('Third training')
    third.set_image_pull_policy('Always')


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(resources, 'resources.yaml')
