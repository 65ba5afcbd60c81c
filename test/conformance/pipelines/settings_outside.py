"""A configuration made outside of the pipeline function."""
import kfp
from kfp import dsl
from kubernetes.client import V1LocalObjectReference, V1PodDNSConfig, V1PodDNSConfigOption

pipeline_conf = dsl.PipelineConf()
pipeline_conf.set_timeout(60)
pipeline_conf.set_dns_config(dns_config=V1PodDNSConfig(nameservers=['1.2.3.4'], options=[V1PodDNSConfigOption(name='ndots', value='2')]))
pipeline_conf.set_pod_disruption_budget(1)
pipeline_conf.set_image_pull_secrets([V1LocalObjectReference('one'), V1LocalObjectReference(name='two')])
pipeline_conf.set_default_pod_node_selector('a', 'b')
pipeline_conf.set_default_pod_node_selector(label_name='c', value='d')


@dsl.pipeline(name='Settings outside')
def settings_outside():
    dsl.ContainerOp(name='one', image='alpine:3.18', command=['date'])


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(settings_outside, 'settings_outside.yaml', pipeline_conf=pipeline_conf)
