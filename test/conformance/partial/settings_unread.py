"""Settings whose values only running can tell, among others that are plain."""
import os

from kfp import dsl
from kfp.components import create_component_from_func
from kubernetes.client import V1EnvVar
from team.settings import add_team_defaults, node_pool

MEMORY = os.environ['MEMORY']
CPU = os.environ.get('CPU', '2')


def step(text: str) -> str:
    return text


step_op = create_component_from_func(step)


@dsl.pipeline(name='Settings unread')
def settings_unread(text: str = 'a'):
    first = step_op(text)
    first.set_memory_limit(MEMORY)  # not read
    first.set_cpu_limit(CPU)
    first.set_memory_request('500M')
    first.add_env_variable(V1EnvVar(name='USER', value=os.getlogin()))  # not read
    first.add_env_variable(V1EnvVar(name='MODE', value='fast'))
    first.add_node_selector_constraint('pool', node_pool)  # not read
    first.apply(add_team_defaults())  # not read
    conf = dsl.get_pipeline_conf()
    conf.set_timeout(int(os.environ['TIMEOUT']))  # not read
    conf.set_parallelism(3)
    conf.data_passing_method = None  # not read
    second = step_op(first.output)
    second.container.image = os.environ.get('IMAGE')  # not read
    second.execution_options.caching_strategy.max_cache_staleness = 'P1D'
