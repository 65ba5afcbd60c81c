import { describe, expect, test } from "vitest";
import { type Data, valueAt } from "#data/data.ts";
import { compileBody, compileWhole } from "./build.ts";

const probe = "k8s.V1Probe(http_get=k8s.V1HTTPGetAction(path='/', port=80))";
/** A call on a task and what it makes of the template. */
const settings: readonly (readonly [call: string, path: readonly string[], value: Data])[] = [
  ["set_cpu_request('2')", ["container", "resources", "requests", "cpu"], "2"],
  ["set_cpu_limit(4)", ["container", "resources", "limits", "cpu"], "4"],
  ["set_memory_request('1G')", ["container", "resources", "requests", "memory"], "1G"],
  ["container.set_memory_limit(memory='2G')", ["container", "resources", "limits", "memory"], "2G"],
  ["set_ephemeral_storage_request('1Gi')", ["container", "resources", "requests", "ephemeral-storage"], "1Gi"],
  ["set_ephemeral_storage_limit(size='1Gi')", ["container", "resources", "limits", "ephemeral-storage"], "1Gi"],
  ["set_gpu_limit(2)", ["container", "resources", "limits", "nvidia.com/gpu"], 2],
  ["set_gpu_limit('1', vendor='amd')", ["container", "resources", "limits", "amd.com/gpu"], "1"],
  ["add_resource_request('example.com/x', '1')", ["container", "resources", "requests", "example.com/x"], "1"],
  ["add_resource_limit('example.com/x', '1')", ["container", "resources", "limits", "example.com/x"], "1"],
  ["add_env_variable(V1EnvVar('A', 'b'))", ["container", "env"], [{ name: "A", value: "b" }]],
  [
    "add_env_variable(V1EnvVar(name='A', value_from=V1EnvVarSource(secret_key_ref=V1SecretKeySelector(name='s', key='k'))))",
    ["container", "env"],
    [{ name: "A", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }],
  ],
  [
    "add_env_from(k8s.V1EnvFromSource(prefix='P_', config_map_ref=k8s.V1ConfigMapEnvSource('c')))",
    ["container", "envFrom"],
    [{ prefix: "P_", configMapRef: { name: "c" } }],
  ],
  [
    "container.add_volume_mount(V1VolumeMount(name='v', mount_path='/v', read_only=True))",
    ["container", "volumeMounts"],
    [{ name: "v", mountPath: "/v", readOnly: true }],
  ],
  ["add_volume_devices(k8s.V1VolumeDevice('/dev/x', 'v'))", ["container", "volumeDevices"], [{ devicePath: "/dev/x", name: "v" }]],
  [
    "add_port(k8s.V1ContainerPort(container_port=80, host_ip='1.2.3.4'))",
    ["container", "ports"],
    [{ containerPort: 80, hostIP: "1.2.3.4" }],
  ],
  ["set_image_pull_policy('Always')", ["container", "imagePullPolicy"], "Always"],
  ["set_security_context(k8s.V1SecurityContext(run_as_user=0))", ["container", "securityContext"], { runAsUser: 0 }],
  ["set_stdin()", ["container", "stdin"], true],
  ["set_stdin_once(False)", ["container", "stdinOnce"], false],
  ["set_tty(tty=True)", ["container", "tty"], true],
  ["set_termination_message_path('/x')", ["container", "terminationMessagePath"], "/x"],
  ["set_termination_message_policy('File')", ["container", "terminationMessagePolicy"], "File"],
  [`set_readiness_probe(${probe})`, ["container", "readinessProbe"], { httpGet: { path: "/", port: 80 } }],
  [`set_liveness_probe(${probe})`, ["container", "livenessProbe"], { httpGet: { path: "/", port: 80 } }],
  [
    "set_lifecycle(k8s.V1Lifecycle(pre_stop=k8s.V1Handler(_exec=k8s.V1ExecAction(command=['x']))))",
    ["container", "lifecycle"],
    { preStop: { exec: { command: ["x"] } } },
  ],
  ["add_volume(V1Volume(name='v', empty_dir={}))", ["volumes"], [{ name: "v", emptyDir: {} }]],
  ["add_toleration(V1Toleration(key='k', toleration_seconds=3))", ["tolerations"], [{ key: "k", tolerationSeconds: 3 }]],
  ["add_affinity(k8s.V1Affinity(node_affinity=None, pod_affinity={'a': 1}))", ["affinity"], { podAffinity: { a: 1 } }],
  ["add_node_selector_constraint('pool', 'gpu')", ["nodeSelector"], { pool: "gpu" }],
  ["add_pod_label('a', 'b')", ["metadata", "labels", "a"], "b"],
  ["add_pod_annotation(name='a', value='b')", ["metadata", "annotations", "a"], "b"],
  ["set_timeout(60)", ["activeDeadlineSeconds"], 60],
  [
    "set_retry(3, 'OnError', backoff_duration='1m', backoff_factor=2)",
    ["retryStrategy"],
    { limit: 3, retryPolicy: "OnError", backoff: { duration: "1m", factor: 2 } },
  ],
  ["add_init_container(dsl.UserContainer('i', 'a:1', command='x'))", ["initContainers"], [{ name: "i", image: "a:1", command: ["x"] }]],
  ["add_sidecar(dsl.Sidecar('s', 'a:1', args=['y', 1]))", ["sidecars"], [{ name: "s", image: "a:1", args: ["y", "1"] }]],
  ["set_display_name('이름')", ["metadata", "annotations", "pipelines.kubeflow.org/task_display_name"], "이름"],
  ["set_caching_options(False)", ["metadata", "labels", "pipelines.kubeflow.org/enable_caching"], "false"],
  [
    "execution_options.caching_strategy.max_cache_staleness = 'P1D'",
    ["metadata", "annotations", "pipelines.kubeflow.org/max_cache_staleness"],
    "P1D",
  ],
  ["image = 'b:2'", ["container", "image"], "b:2"],
  ["apply(mount_pvc('c', 'v', '/v'))", ["volumes"], [{ name: "v", persistentVolumeClaim: { claimName: "c" } }]],
  ["apply(use_k8s_secret('s', {'k': 'A'}))", ["container", "env"], [{ name: "A", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }]],
];

describe("settings of a task", () => {
  test.each(settings)("%s", (call, path, value) => {
    const { template } = compileWhole(`one = dsl.ContainerOp(name='one', image='a:1', command=['c'])\none.${call}`);
    expect(valueAt(template("one"), path)).toEqual(value);
  });

  test("what is set twice is set the second time, what is added twice is there twice", () => {
    const { template } = compileWhole(
      "one = make_op()\none.set_cpu_limit('1').set_cpu_limit('2')\none.add_env_variable(V1EnvVar('A', '1')).add_env_variable(V1EnvVar('B', '2'))",
    );
    expect(valueAt(template("make"), ["container", "resources"])).toEqual({ limits: { cpu: "2" } });
    expect(valueAt(template("make"), ["container", "env"])).toEqual([
      { name: "A", value: "1" },
      { name: "B", value: "2" },
    ]);
  });

  test.each([
    "set_cpu_limit()",
    "set_quantum_limit('1')",
    "set_memory_limit('1G', '2G')",
    "add_env_variable('A')and None",
    "set_timeout(seconds=unknown())",
    "apply(lambda op: op)",
    "execution_options.caching_strategy.other = 'P1D'",
    "add_pvolumes({'/x': 'claim'})",
  ])("%s is left out", (call) => {
    const { leftOut, template } = compileBody(`one = make_op()\none.${call}`);
    expect(leftOut).toHaveLength(1);
    expect(Object.keys(template("make"))).toEqual(["name", "container", "outputs", "metadata"].filter((key) => key in template("make")));
  });

  test("a resource has no container to set", () => {
    const { leftOut } = compileBody(
      "disk = dsl.VolumeOp(name='d', resource_name='d', size='1Gi')\ndisk.set_cpu_limit('1')\ndisk.add_pod_label('a', 'b')",
    );
    expect(leftOut).toEqual(["disk.set_cpu_limit('1')"]);
  });
});

describe("settings of the pipeline", () => {
  const pipelineSettings: readonly (readonly [call: string, key: string, value: Data])[] = [
    ["set_timeout(60)", "activeDeadlineSeconds", 60],
    ["set_parallelism(2)", "parallelism", 2],
    ["set_ttl_seconds_after_finished(0)", "ttlStrategy", { secondsAfterCompletion: 0 }],
    ["set_image_pull_secrets([k8s.V1LocalObjectReference(name='r')])", "imagePullSecrets", [{ name: "r" }]],
    ["set_pod_disruption_budget('50%')", "podDisruptionBudget", { minAvailable: "50%" }],
    ["set_default_pod_node_selector('a', 'b')", "nodeSelector", { a: "b" }],
    ["set_dns_config(k8s.V1PodDNSConfig(nameservers=['1.1.1.1']))", "dnsConfig", { nameservers: ["1.1.1.1"] }],
  ];
  test.each(pipelineSettings)("%s", (call, key, value) => {
    expect(compileWhole(`make_op()\ndsl.get_pipeline_conf().${call}`).spec[key]).toEqual(value);
  });

  test("the pull policy goes to every container that has none", () => {
    const { template } = compileWhole(
      "make_op()\nmake_op().set_image_pull_policy('Never')\ndsl.get_pipeline_conf().set_image_pull_policy('Always')",
    );
    expect([template("make"), template("make-2")].map((one) => valueAt(one, ["container", "imagePullPolicy"]))).toEqual([
      "Always",
      "Never",
    ]);
  });

  test.each(["set_image_pull_policy('Sometimes')", "set_timeout('x')", "add_op_transformer(make_op)", "set_nothing(1)"])(
    "%s is left out",
    (call) => {
      expect(compileBody(`make_op()\ndsl.get_pipeline_conf().${call}`).leftOut).toHaveLength(1);
    },
  );
});
