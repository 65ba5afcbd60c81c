"""Everything that can be said of a container: probes, ports, hooks, devices, side containers, keyword arguments."""
import kfp
from kfp import dsl
from kubernetes import client as k8s
from kubernetes.client import V1EnvVar, V1VolumeMount


@dsl.pipeline(name='Container fields')
def container_fields(tag: str = 'latest', message: str = 'hi'):
    main = dsl.ContainerOp(
        'main', 'busybox:%s' % tag, ['sh', '-c'], ['echo "$0"', message],
        init_containers=[dsl.UserContainer('prepare', 'busybox:%s' % tag, command=['echo', message], args='x', mirror_volume_mounts=True)],
        sidecars=[dsl.Sidecar('proxy', f'proxy:{tag}', args=['--port', '80'], env=[V1EnvVar('A', 'b')])],
        container_kwargs={'env': [V1EnvVar(name='FIRST', value=message)], 'working_dir': '/work', 'image_pull_policy': 'Always'},
    )
    main.container.add_env_variable(V1EnvVar('SECOND', '2'))
    main.container.add_port(k8s.V1ContainerPort(container_port=8080, host_ip='127.0.0.1', name='web'))
    main.container.set_readiness_probe(k8s.V1Probe(http_get=k8s.V1HTTPGetAction(path='/ok', port=8080), period_seconds=5))
    main.container.set_liveness_probe(k8s.V1Probe(_exec=k8s.V1ExecAction(command=['true']), initial_delay_seconds=3))
    main.container.set_lifecycle(k8s.V1Lifecycle(pre_stop=k8s.V1LifecycleHandler(_exec=k8s.V1ExecAction(command=['sleep', '1']))))
    main.container.set_stdin().set_tty()
    main.container.set_stdin_once(False)
    main.container.set_termination_message_path('/tmp/why').set_termination_message_policy('FallbackToLogsOnError')
    main.container.set_security_context(k8s.V1SecurityContext(
        run_as_user=1000, capabilities=k8s.V1Capabilities(add=['SYS_TIME'], drop=['ALL']), se_linux_options=k8s.V1SELinuxOptions(level='s0')))
    main.container.add_volume_devices(k8s.V1VolumeDevice(device_path='/dev/xvda', name='block'))
    main.add_volume(k8s.V1Volume(name='block', host_path=k8s.V1HostPathVolumeSource('/dev/xvda', 'BlockDevice')))
    main.add_volume(k8s.V1Volume(name='info', downward_api=k8s.V1DownwardAPIVolumeSource(
        items=[k8s.V1DownwardAPIVolumeFile(path='labels', field_ref=k8s.V1ObjectFieldSelector(field_path='metadata.labels'))])))
    main.container.add_volume_mount(V1VolumeMount('/info', None, 'info', True))
    other = dsl.ContainerOp(name='other', image='busybox', command='echo', arguments=message)
    other.add_pod_label('add-pod-env', 'true')
    other.add_sidecar(dsl.Sidecar(name='logs', image='busybox:%s' % tag, command='tail -f /dev/null'))
    other.set_retry(2, 'Always')


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(container_fields, 'container_fields.yaml')
