"""Settings of the whole pipeline through its configuration."""
import kfp
from kfp import dsl
from kubernetes.client import V1LocalObjectReference


@dsl.pipeline(name='Pipeline settings')
def pipeline_settings():
    conf = dsl.get_pipeline_conf()
    conf.set_timeout(3600)
    conf.set_parallelism(4)
    conf.set_ttl_seconds_after_finished(86400)
    conf.set_image_pull_secrets([V1LocalObjectReference(name='registry')])
    conf.set_image_pull_policy('IfNotPresent')
    conf.set_default_pod_node_selector('pool', 'cpu')
    conf.set_pod_disruption_budget(min_available='50%')
    dsl.ContainerOp(name='one', image='alpine:3.18', command=['date'])
    dsl.ContainerOp(name='two', image='alpine:3.18', command=['date']).set_image_pull_policy('Always')


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(pipeline_settings, 'pipeline_settings.yaml')
