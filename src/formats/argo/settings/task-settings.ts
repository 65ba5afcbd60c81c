import type { Column, Setting } from "#document/setting.ts";
import { flag, group, map, podGroup, pullPolicies, text } from "./setting-groups.ts";
import { advanced, beside, running, security, serving } from "./task-run-settings.ts";

// The settings of a task in the order in which the panel shows them; those of its run are in task-run-settings.ts. Paths are those of
// Argo's Template and of the Kubernetes Container in it. To add one, see CONTRIBUTING.md.

/** Columns of a toleration. Kubernetes: Toleration. */
export const tolerationColumns: readonly Column[] = [
  { id: "key", path: ["key"], shape: { kind: "text", rule: "label-key", code: true } },
  { id: "operator", path: ["operator"], shape: { kind: "choice", options: ["Exists", "Equal"] } },
  { id: "value", path: ["value"], shape: { kind: "text", rule: "label-value", code: true } },
  { id: "effect", path: ["effect"], shape: { kind: "choice", options: ["NoSchedule", "PreferNoSchedule", "NoExecute"] } },
  { id: "seconds", path: ["tolerationSeconds"], shape: { kind: "integer", min: 0 } },
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
