import type { Column } from "#document/setting.ts";
import { flag, group, list, map, pods, text } from "./setting-groups.ts";
import { kfpV1Traits, plainTraits } from "../traits.ts";
import { annotation, label } from "../kfp/annotation-keys.ts";

/** Columns of a container beside the main one. Kubernetes: Container. */
const containerColumns: readonly Column[] = [
  { id: "name", path: ["name"], shape: { kind: "text", rule: "container-name", code: true }, required: true },
  { id: "image", path: ["image"], shape: { kind: "text", rule: "image", code: true }, required: true },
  { id: "command", path: ["command"], shape: { kind: "list" } },
  { id: "args", path: ["args"], shape: { kind: "list" } },
];

/** How often, how long and in which order it runs. */
export const running = [
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
      path: ["metadata", "labels", label.caching],
      variant: kfpV1Traits.variant,
      kinds: pods,
      shape: { kind: "switch", asText: true },
      usual: "true",
      example: "false",
    },
    {
      id: "cache-age",
      path: ["metadata", "annotations", annotation.cacheStaleness],
      variant: kfpV1Traits.variant,
      kinds: pods,
      shape: { kind: "duration", form: "iso" },
      example: "P30D",
    },
    {
      id: "memoize",
      path: ["memoize"],
      variant: plainTraits.variant,
      shape: map,
      rare: true,
      example: { key: "k", cache: { configMap: { name: "cache" } } },
    },
  ]),
  ...group("run", "labels", "template", [
    {
      id: "display-name",
      path: ["metadata", "annotations", annotation.displayName],
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

/** Rights of the main container. */
export const security = group("run", "security", "body", [
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

/** Ports and probes of the main container. */
export const serving = group("run", "ports", "body", [
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

/** Containers beside the main one. */
export const beside = group("run", "beside", "template", [
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

/** Settings that few tasks need. */
export const advanced = [
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
