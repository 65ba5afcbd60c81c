"""Where and how a task runs: tolerations, affinity, retry, timeout, caching, labels, annotations, side containers."""
import kfp
from kfp import dsl
from kubernetes.client import (V1Affinity, V1NodeAffinity, V1NodeSelector, V1NodeSelectorRequirement, V1NodeSelectorTerm,
                               V1SecurityContext, V1Toleration)


@dsl.pipeline(name='Placement', description='Where a task runs')
def placement():
    first = dsl.ContainerOp(name='first', image='alpine:3.18', command=['sh', '-c', 'date'])
    first.add_toleration(V1Toleration(key='nvidia.com/gpu', operator='Exists', effect='NoSchedule'))
    first.add_toleration(V1Toleration(key='spot', operator='Equal', value='true', effect='NoExecute', toleration_seconds=60))
    first.add_affinity(V1Affinity(node_affinity=V1NodeAffinity(
        required_during_scheduling_ignored_during_execution=V1NodeSelector(node_selector_terms=[
            V1NodeSelectorTerm(match_expressions=[V1NodeSelectorRequirement(key='pool', operator='In', values=['a', 'b'])])]))))
    second = dsl.ContainerOp(name='second', image='alpine:3.18', command=['sh', '-c', 'date'])
    second.set_retry(3)
    second.set_timeout(600)
    second.add_pod_label('team', 'data')
    second.add_pod_annotation('note', 'second task')
    second.set_caching_options(enable_caching=False)
    second.execution_options.caching_strategy.max_cache_staleness = 'P0D'
    third = dsl.ContainerOp(name='third', image='alpine:3.18', command=['sh', '-c', 'date'])
    third.set_retry(num_retries=5, policy='OnError', backoff_duration='30s', backoff_factor=2.0, backoff_max_duration='1h')
    third.set_security_context(V1SecurityContext(run_as_user=0))
    third.add_sidecar(dsl.Sidecar('cache', 'redis:6'))
    third.add_init_container(dsl.UserContainer('prepare', 'alpine:3.18', command='sleep 1'))
    third.after(first, second)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(placement, 'placement.yaml')
