import type { Column, Setting } from "#document/setting.ts";

// The settings of a task, in the order in which the panel shows them. Paths are those of Argo's Template and of the Kubernetes
// Container in it. To add a field: one row here, its sentences in messages/sections/settings.ts, then regenerate docs/settings.md (see test/editor/settings).

type Row = Omit<Setting, "area" | "tab" | "group" | "within"> & Partial<Pick<Setting, "within">>;

function group(tab: Setting["tab"], name: string, within: Setting["within"], rows: readonly Row[]): readonly Setting[] {
  return rows.map((row) => ({ area: "task", tab, group: name, within, ...row }));
}

function podGroup(tab: Setting["tab"], name: string, rows: readonly Row[]): readonly Setting[] {
  return group(tab, name, "template", rows).map((setting) => ({ kinds: pods, ...setting }));
}

/** The kinds of template that run a pod of their own: settings of pods and nodes are offered for these only. */
const pods = ["container", "script", "resource", "data", "containerSet"] as const;

const text = { kind: "text", code: true } as const;
const flag = { kind: "switch" } as const;
const map = { kind: "yaml", of: "map" } as const;
const list = { kind: "yaml", of: "list" } as const;
const pullPolicies = { kind: "choice", options: ["Always", "IfNotPresent", "Never"] } as const;

/** Columns of a toleration. Kubernetes: Toleration. */
export const tolerationColumns: readonly Column[] = [
  { id: "key", path: ["key"], shape: { kind: "text", rule: "label-key", code: true } },
  { id: "operator", path: ["operator"], shape: { kind: "choice", options: ["Exists", "Equal"] } },
  { id: "value", path: ["value"], shape: { kind: "text", rule: "label-value", code: true } },
  { id: "effect", path: ["effect"], shape: { kind: "choice", options: ["NoSchedule", "PreferNoSchedule", "NoExecute"] } },
  { id: "seconds", path: ["tolerationSeconds"], shape: { kind: "integer", min: 0 } },
];

/** Columns of a container beside the main one. Kubernetes: Container. */
const containerColumns: readonly Column[] = [
  { id: "name", path: ["name"], shape: { kind: "text", rule: "container-name", code: true }, required: true },
  { id: "image", path: ["image"], shape: { kind: "text", rule: "image", code: true }, required: true },
  { id: "command", path: ["command"], shape: { kind: "list" } },
  { id: "args", path: ["args"], shape: { kind: "list" } },
];

const resources = group("resources", "compute", "body", [
  { id: "cpu-request", path: ["resources", "requests", "cpu"], shape: { kind: "quantity", of: "cpu" }, example: "500m" },
  { id: "cpu-limit", path: ["resources", "limits", "cpu"], shape: { kind: "quantity", of: "cpu" }, example: "2" },
  { id: "memory-request", path: ["resources", "requests", "memory"], shape: { kind: "quantity", of: "memory" }, example: "1Gi" },
  { id: "memory-limit", path: ["resources", "limits", "memory"], shape: { kind: "quantity", of: "memory" }, example: "2Gi" },
  {
    id: "storage-request",
    path: ["resources", "requests", "ephemeral-storage"],
    shape: { kind: "quantity", of: "storage" },
    example: "1Gi",
  },
  { id: "storage-limit", path: ["resources", "limits", "ephemeral-storage"], shape: { kind: "quantity", of: "storage" }, example: "4Gi" },
]);

const gpu = group("resources", "gpu", "body", [
  { id: "gpu-limit", path: ["resources", "limits", "*gpu"], shape: { kind: "integer", min: 1 }, usual: "0", example: 1 },
]);

const placement = podGroup("resources", "placement", [
  {
    id: "node-selector",
    path: ["nodeSelector"],
    shape: { kind: "map", keys: "label-key", values: "label-value" },
    inherits: ["nodeSelector"],
    example: { accelerator: "a100-40g" },
  },
  {
    id: "tolerations",
    path: ["tolerations"],
    shape: { kind: "rows", columns: tolerationColumns, empty: { operator: "Exists", effect: "NoSchedule" } },
    inherits: ["tolerations"],
    example: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
  },
  {
    id: "affinity",
    path: ["affinity"],
    shape: { kind: "affinity" },
    inherits: ["affinity"],
    example: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: "zone", operator: "In", values: ["a"] }] }],
        },
      },
    },
  },
  {
    id: "priority-class",
    path: ["priorityClassName"],
    shape: { ...text, rule: "name" },
    inherits: ["podPriorityClassName"],
    rare: true,
    example: "batch-low",
  },
  {
    id: "scheduler",
    path: ["schedulerName"],
    shape: text,
    inherits: ["schedulerName"],
    usual: "default-scheduler",
    rare: true,
    example: "volcano",
  },
]);

const volumes = [
  ...group("volumes", "volumes", "body", [
    { id: "volume-mounts", path: ["volumeMounts"], shape: { kind: "volumes" }, example: [{ name: "data", mountPath: "/data" }] },
  ]),
  ...podGroup("volumes", "more-volumes", [
    {
      id: "volumes",
      path: ["volumes"],
      shape: {
        kind: "rows",
        columns: [{ id: "name", path: ["name"], shape: { kind: "text", rule: "container-name", code: true }, required: true }],
        empty: { name: "volume", emptyDir: {} },
      },
      rare: true,
      example: [{ name: "data", persistentVolumeClaim: { claimName: "team" } }],
    },
    {
      id: "volume-devices",
      within: "body",
      kinds: ["container", "script"],
      path: ["volumeDevices"],
      shape: {
        kind: "rows",
        columns: [
          { id: "name", path: ["name"], shape: text, required: true },
          { id: "device-path", path: ["devicePath"], shape: { ...text, rule: "path" }, required: true },
        ],
        empty: {},
        asks: ["name", "device-path"],
      },
      rare: true,
      example: [{ name: "disk", devicePath: "/dev/xvda" }],
    },
  ]),
];

const environment = group("env", "env", "body", [
  { id: "env", path: ["env"], shape: { kind: "env" }, example: [{ name: "MODE", value: "fast" }] },
  {
    id: "env-from",
    path: ["envFrom"],
    shape: {
      kind: "rows",
      empty: {},
      asks: ["secret", "config-map"],
      asksOne: true,
      columns: [
        { id: "secret", path: ["secretRef", "name"], shape: { ...text, rule: "name" } },
        { id: "config-map", path: ["configMapRef", "name"], shape: { ...text, rule: "name" } },
        { id: "prefix", path: ["prefix"], shape: text },
      ],
    },
    example: [{ secretRef: { name: "team" }, prefix: "TEAM_" }],
  },
]);

const program = group("kind", "container", "body", [
  { id: "image", path: ["image"], shape: { ...text, rule: "image", wraps: true }, required: true, example: "python:3.12-slim" },
  { id: "command", path: ["command"], shape: { kind: "list" }, example: ["python", "-c"] },
  { id: "args", path: ["args"], shape: { kind: "list" }, example: ["--fast"] },
  {
    id: "source",
    path: ["source"],
    shape: { kind: "text", lines: true, code: true },
    kinds: ["script"],
    required: true,
    example: "print(1)\n",
  },
  { id: "pull-policy", path: ["imagePullPolicy"], shape: pullPolicies, usual: "IfNotPresent", example: "Always" },
  { id: "working-dir", path: ["workingDir"], shape: { ...text, rule: "path" }, rare: true, example: "/work" },
]);

const kinds = [
  ...group("kind", "suspend", "template", [
    { id: "suspend-duration", path: ["suspend", "duration"], kinds: ["suspend"], shape: { kind: "duration", form: "go" }, example: "10m" },
  ]),
  ...group("kind", "http", "template", [
    {
      id: "http-url",
      path: ["http", "url"],
      kinds: ["http"],
      shape: { ...text, wraps: true },
      required: true,
      example: "https://example.com/hook",
    },
    {
      id: "http-method",
      path: ["http", "method"],
      kinds: ["http"],
      shape: { kind: "choice", options: ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"], open: true },
      usual: "GET",
      example: "POST",
    },
    { id: "http-body", path: ["http", "body"], kinds: ["http"], shape: { kind: "text", lines: true, code: true }, example: "{}" },
    {
      id: "http-headers",
      path: ["http", "headers"],
      kinds: ["http"],
      shape: {
        kind: "rows",
        columns: [
          { id: "name", path: ["name"], shape: text, required: true },
          { id: "value", path: ["value"], shape: text },
        ],
        empty: {},
        asks: ["name", "value"],
      },
      example: [{ name: "Accept", value: "application/json" }],
    },
    { id: "http-timeout", path: ["http", "timeoutSeconds"], kinds: ["http"], shape: { kind: "integer", min: 1 }, usual: "30", example: 60 },
    { id: "http-success", path: ["http", "successCondition"], kinds: ["http"], shape: text, example: "response.statusCode == 200" },
  ]),
  ...group("kind", "resource", "template", [
    {
      id: "resource-action",
      path: ["resource", "action"],
      kinds: ["resource"],
      shape: { kind: "choice", options: ["get", "create", "apply", "delete", "replace", "patch"] },
      required: true,
      example: "apply",
    },
    {
      id: "resource-manifest",
      path: ["resource", "manifest"],
      kinds: ["resource"],
      shape: { kind: "text", lines: true, code: true },
      example: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  generateName: cfg-\n",
    },
    { id: "resource-success", path: ["resource", "successCondition"], kinds: ["resource"], shape: text, example: "status.succeeded > 0" },
    { id: "resource-failure", path: ["resource", "failureCondition"], kinds: ["resource"], shape: text, example: "status.failed > 3" },
    {
      id: "resource-merge",
      path: ["resource", "mergeStrategy"],
      kinds: ["resource"],
      shape: { kind: "choice", options: ["strategic", "merge", "json"] },
      usual: "strategic",
      example: "merge",
    },
    { id: "resource-owner", path: ["resource", "setOwnerReference"], kinds: ["resource"], shape: flag, usual: "false", example: true },
    { id: "resource-flags", path: ["resource", "flags"], kinds: ["resource"], shape: { kind: "list" }, example: ["--wait=false"] },
  ]),
  ...group("kind", "other-kinds", "template", [
    {
      id: "container-set",
      required: true,
      path: ["containerSet"],
      kinds: ["containerSet"],
      shape: map,
      example: { containers: [{ name: "main", image: "alpine:3.20" }] },
    },
    {
      id: "data",
      required: true,
      path: ["data"],
      kinds: ["data"],
      shape: map,
      example: { source: { artifactPaths: { name: "in", s3: { bucket: "b" } } }, transformation: [{ expression: "data" }] },
    },
    { id: "plugin", required: true, path: ["plugin"], kinds: ["plugin"], shape: map, example: { hello: {} } },
  ]),
];

const running = [
  ...group("run", "retry", "template", [
    { id: "retry-limit", path: ["retryStrategy", "limit"], shape: { kind: "integer", min: 0 }, usual: "0", example: 3 },
    {
      id: "retry-policy",
      path: ["retryStrategy", "retryPolicy"],
      shape: { kind: "choice", options: ["OnFailure", "OnError", "OnTransientError", "Always"] },
      usual: "OnFailure",
      example: "Always",
    },
    { id: "retry-duration", path: ["retryStrategy", "backoff", "duration"], shape: { kind: "duration", form: "go" }, example: "30s" },
    { id: "retry-factor", path: ["retryStrategy", "backoff", "factor"], shape: { kind: "integer", min: 1 }, example: 2 },
    {
      id: "retry-max-duration",
      path: ["retryStrategy", "backoff", "maxDuration"],
      shape: { kind: "duration", form: "go" },
      example: "10m",
    },
    { id: "retry-expression", path: ["retryStrategy", "expression"], shape: text, rare: true, example: "lastRetry.exitCode != 2" },
  ]),
  ...group("run", "time", "template", [
    { id: "deadline", path: ["activeDeadlineSeconds"], shape: { kind: "integer", min: 1 }, example: 3600 },
    { id: "timeout", path: ["timeout"], kinds: pods, shape: { kind: "duration", form: "go" }, example: "1h" },
  ]),
  ...group("run", "cache", "template", [
    {
      id: "cache",
      path: ["metadata", "labels", "pipelines.kubeflow.org/enable_caching"],
      forSdk: true,
      kinds: pods,
      shape: { kind: "switch", asText: true },
      usual: "true",
      example: "false",
    },
    {
      id: "cache-age",
      path: ["metadata", "annotations", "pipelines.kubeflow.org/max_cache_staleness"],
      forSdk: true,
      kinds: pods,
      shape: { kind: "duration", form: "iso" },
      example: "P30D",
    },
    {
      id: "memoize",
      path: ["memoize"],
      forSdk: false,
      shape: map,
      rare: true,
      example: { key: "k", cache: { configMap: { name: "cache" } } },
    },
  ]),
  ...group("run", "labels", "template", [
    {
      id: "display-name",
      path: ["metadata", "annotations", "pipelines.kubeflow.org/task_display_name"],
      shape: { kind: "text" },
      rare: true,
      example: "데이터 준비",
    },
    {
      id: "labels",
      path: ["metadata", "labels"],
      shape: { kind: "map", keys: "label-key", values: "label-value" },
      example: { team: "search" },
    },
    {
      id: "annotations",
      path: ["metadata", "annotations"],
      shape: { kind: "map", keys: "annotation-key" },
      example: { "sidecar.istio.io/inject": "false" },
    },
  ]),
  ...group("run", "identity", "template", [
    {
      id: "service-account",
      path: ["serviceAccountName"],
      shape: { ...text, rule: "name" },
      inherits: ["serviceAccountName"],
      usual: "default",
      example: "pipeline-runner",
    },
    {
      id: "mount-token",
      path: ["automountServiceAccountToken"],
      shape: flag,
      inherits: ["automountServiceAccountToken"],
      usual: "true",
      rare: true,
      example: false,
    },
  ]),
];

const security = group("run", "security", "body", [
  { id: "run-as-user", path: ["securityContext", "runAsUser"], shape: { kind: "integer", min: 0 }, rare: true, example: 1000 },
  { id: "run-as-group", path: ["securityContext", "runAsGroup"], shape: { kind: "integer", min: 0 }, rare: true, example: 1000 },
  { id: "run-as-non-root", path: ["securityContext", "runAsNonRoot"], shape: flag, usual: "false", rare: true, example: true },
  { id: "read-only-root", path: ["securityContext", "readOnlyRootFilesystem"], shape: flag, usual: "false", rare: true, example: true },
  {
    id: "privilege-escalation",
    path: ["securityContext", "allowPrivilegeEscalation"],
    shape: flag,
    usual: "true",
    rare: true,
    example: false,
  },
  { id: "privileged", path: ["securityContext", "privileged"], shape: flag, usual: "false", rare: true, example: true },
  {
    id: "capabilities-add",
    path: ["securityContext", "capabilities", "add"],
    shape: { kind: "list" },
    rare: true,
    example: ["SYS_PTRACE"],
  },
  { id: "capabilities-drop", path: ["securityContext", "capabilities", "drop"], shape: { kind: "list" }, rare: true, example: ["ALL"] },
  {
    id: "pod-security",
    within: "template",
    path: ["securityContext"],
    shape: map,
    inherits: ["securityContext"],
    rare: true,
    example: { fsGroup: 2000 },
  },
]);

const serving = group("run", "ports", "body", [
  {
    id: "ports",
    path: ["ports"],
    rare: true,
    example: [{ containerPort: 8080, name: "http" }],
    shape: {
      kind: "rows",
      empty: {},
      asks: ["port"],
      columns: [
        { id: "port", path: ["containerPort"], shape: { kind: "integer", min: 1, max: 65535 }, required: true },
        { id: "name", path: ["name"], shape: { ...text, rule: "port-name" } },
        { id: "protocol", path: ["protocol"], shape: { kind: "choice", options: ["TCP", "UDP", "SCTP"] } },
      ],
    },
  },
  {
    id: "readiness-probe",
    path: ["readinessProbe"],
    shape: { kind: "probe" },
    rare: true,
    example: { httpGet: { path: "/ready", port: 8080 } },
  },
  {
    id: "liveness-probe",
    path: ["livenessProbe"],
    shape: { kind: "probe" },
    rare: true,
    example: { exec: { command: ["true"] }, periodSeconds: 5 },
  },
  { id: "startup-probe", path: ["startupProbe"], shape: { kind: "probe" }, rare: true, example: { tcpSocket: { port: 8080 } } },
  { id: "lifecycle", path: ["lifecycle"], shape: map, rare: true, example: { preStop: { exec: { command: ["sleep", "5"] } } } },
]);

const beside = group("run", "beside", "template", [
  {
    id: "sidecars",
    path: ["sidecars"],
    kinds: pods,
    shape: { kind: "rows", columns: containerColumns, empty: {}, asks: ["name", "image"] },
    rare: true,
    example: [{ name: "proxy", image: "nginx:1.27" }],
  },
  {
    id: "init-containers",
    path: ["initContainers"],
    kinds: pods,
    shape: { kind: "rows", columns: containerColumns, empty: {}, asks: ["name", "image"] },
    rare: true,
    example: [{ name: "prepare", image: "alpine:3.20", command: ["true"] }],
  },
]);

const advanced = [
  ...group("run", "advanced", "template", [
    { id: "daemon", path: ["daemon"], kinds: ["container", "script"], shape: flag, usual: "false", rare: true, example: true },
    {
      id: "pod-spec-patch",
      path: ["podSpecPatch"],
      shape: { kind: "text", lines: true, code: true },
      inherits: ["podSpecPatch"],
      rare: true,
      example: '{"terminationGracePeriodSeconds": 5}',
    },
    {
      id: "host-aliases",
      path: ["hostAliases"],
      shape: list,
      inherits: ["hostAliases"],
      rare: true,
      example: [{ ip: "10.0.0.1", hostnames: ["db"] }],
    },
    { id: "synchronization", path: ["synchronization"], shape: map, rare: true, example: { mutexes: [{ name: "one" }] } },
    {
      id: "metrics",
      path: ["metrics"],
      shape: map,
      rare: true,
      example: { prometheus: [{ name: "runs", help: "runs", counter: { value: "1" } }] },
    },
    { id: "archive-location", path: ["archiveLocation"], shape: map, rare: true, example: { archiveLogs: true } },
    { id: "executor", path: ["executor"], shape: map, inherits: ["executor"], rare: true, example: { serviceAccountName: "executor" } },
    {
      id: "plain-annotations",
      path: ["annotations"],
      shape: { kind: "map", keys: "annotation-key" },
      rare: true,
      example: { "workflows.argoproj.io/display-name": "Prepare" },
    },
    { id: "task-parallelism", path: ["parallelism"], kinds: ["dag", "steps"], shape: { kind: "integer", min: 1 }, example: 2 },
    { id: "fail-fast", path: ["failFast"], kinds: ["dag", "steps"], shape: flag, usual: "true", example: false },
  ]),
  ...group("run", "terminal", "body", [
    { id: "stdin", path: ["stdin"], shape: flag, usual: "false", rare: true, example: true },
    { id: "tty", path: ["tty"], shape: flag, usual: "false", rare: true, example: true },
    {
      id: "termination-path",
      path: ["terminationMessagePath"],
      shape: { ...text, rule: "path" },
      usual: "/dev/termination-log",
      rare: true,
      example: "/tmp/end",
    },
    {
      id: "termination-policy",
      path: ["terminationMessagePolicy"],
      shape: { kind: "choice", options: ["File", "FallbackToLogsOnError"] },
      usual: "File",
      rare: true,
      example: "FallbackToLogsOnError",
    },
  ]),
];

/** The settings of a task. */
export const taskSettings: readonly Setting[] = [
  ...program,
  ...kinds,
  ...resources,
  ...gpu,
  ...placement,
  ...volumes,
  ...environment,
  ...running,
  ...beside,
  ...serving,
  ...security,
  ...advanced,
];
