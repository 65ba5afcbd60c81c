"""The helpers that the SDK brings along, applied to tasks."""
import kfp
from kfp import aws, azure, dsl, gcp, onprem
from kfp.components import create_component_from_func
from kfp.dsl.extensions.kubernetes import use_secret
from kfp.onprem import mount_pvc
from kubernetes.client import V1Toleration


def work(name: str = 'w'):
    print(name)


work_op = create_component_from_func(work)


@dsl.pipeline(name='Helpers')
def helpers():
    first = work_op('first')
    first.apply(mount_pvc('claim', 'data', '/data'))
    first.apply(use_secret('tls', '/etc/tls', env_variable='TLS_KEY', secret_file_path_in_volume='tls.key'))
    second = work_op('second').apply(mount_pvc())
    second.apply(aws.use_aws_secret('s3', 'id', 'key', aws_region='eu-west-1')).set_cpu_limit('1')
    work_op('third').apply(azure.use_azure_secret())
    fourth = work_op('fourth')
    fourth.apply(gcp.use_gcp_secret('user-gcp-sa'))
    fourth.apply(gcp.use_preemptible_nodepool(V1Toleration(effect='NoSchedule', key='spot', operator='Exists'), hard_constraint=True))
    fifth = work_op('fifth').apply(gcp.use_tpu(tpu_cores=8, tpu_resource='v2', tf_version='1.12'))
    fifth.apply(gcp.add_gpu_toleration()).apply(gcp.use_preemptible_nodepool())
    sixth = work_op('sixth').set_memory_request('1G')
    sixth.apply(onprem.add_default_resource_spec(memory_limit='2G', cpu_limit='1', cpu_request='500m'))
    work_op('seventh').apply(use_secret(secret_name='plain', secret_volume_mount_path='/plain'))


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(helpers, 'helpers.yaml')
