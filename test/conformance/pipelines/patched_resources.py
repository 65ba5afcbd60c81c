"""Settings that take their value from a parameter or an output."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


def choose(kind: str) -> str:
    return '4' if kind == 'big' else '1'


def work(text: str = 'w'):
    print(text)


choose_op = create_component_from_func(choose)
work_op = create_component_from_func(work)


@dsl.pipeline(name='Settings from values')
def patched_resources(memory: str = '1Gi', kind: str = 'big', pool: str = 'a'):
    cpus = choose_op(kind)
    task = work_op()
    task.set_cpu_limit(cpus.output)
    task.set_memory_request(memory)
    other = work_op('other')
    other.set_memory_limit('2Gi')
    other.set_cpu_request(cpus.output)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(patched_resources, 'patched_resources.yaml')
