import type { Setting } from "#document/setting.ts";
import { tolerationColumns } from "./task-settings.ts";
import { kfpV1Traits, plainTraits } from "../traits.ts";
import { annotation } from "../kfp/annotation-keys.ts";

// The settings of a pipeline: fields of the WorkflowSpec and of the object's metadata.

type Row = Omit<Setting, "area" | "tab" | "group" | "within"> & Partial<Pick<Setting, "within">>;

function group(tab: Setting["tab"], name: string, rows: readonly Row[]): readonly Setting[] {
  return rows.map((row) => ({ area: "pipeline", tab, group: name, within: "spec", ...row }));
}

const text = { kind: "text", code: true } as const;
const flag = { kind: "switch" } as const;
const map = { kind: "yaml", of: "map" } as const;
const list = { kind: "yaml", of: "list" } as const;
const seconds = { kind: "integer", min: 0 } as const;

const general = group("general", "about", [
  {
    id: "description",
    within: "metadata",
    path: ["annotations", "workflows.argoproj.io/description"],
    variant: plainTraits.variant,
    shape: { kind: "text", lines: true },
    example: "Trains the model every night.",
  },
  {
    id: "kfp-description",
    within: "metadata",
    path: ["annotations", annotation.pipelineSpec],
    json: ["description"],
    variant: kfpV1Traits.variant,
    shape: { kind: "text", lines: true },
    example: "Trains the model every night.",
  },
]);

const running = [
  ...group("run", "pipeline-run", [
    {
      id: "pipeline-service-account",
      path: ["serviceAccountName"],
      shape: { ...text, rule: "name" },
      usual: "default",
      example: "pipeline-runner",
    },
    { id: "pipeline-parallelism", path: ["parallelism"], shape: { kind: "integer", min: 1 }, example: 4 },
    { id: "pipeline-deadline", path: ["activeDeadlineSeconds"], shape: { kind: "integer", min: 1 }, example: 86400 },
    { id: "ttl-completion", path: ["ttlStrategy", "secondsAfterCompletion"], shape: seconds, example: 3600 },
    { id: "ttl-success", path: ["ttlStrategy", "secondsAfterSuccess"], shape: seconds, rare: true, example: 3600 },
    { id: "ttl-failure", path: ["ttlStrategy", "secondsAfterFailure"], shape: seconds, rare: true, example: 86400 },
    {
      id: "pod-gc",
      path: ["podGC", "strategy"],
      shape: { kind: "choice", options: ["OnPodCompletion", "OnPodSuccess", "OnWorkflowCompletion", "OnWorkflowSuccess"] },
      rare: true,
      example: "OnPodSuccess",
    },
    { id: "pdb-min", path: ["podDisruptionBudget", "minAvailable"], shape: { kind: "integer", min: 0, percent: true }, example: "50%" },
    {
      id: "pdb-max",
      path: ["podDisruptionBudget", "maxUnavailable"],
      shape: { kind: "integer", min: 0, percent: true },
      rare: true,
      example: 1,
    },
    { id: "pipeline-retry", path: ["retryStrategy"], shape: map, rare: true, example: { limit: 2 } },
    { id: "pipeline-priority", path: ["priority"], shape: { kind: "integer" }, usual: "0", rare: true, example: 10 },
    { id: "suspended", path: ["suspend"], shape: flag, usual: "false", rare: true, example: true },
    { id: "archive-logs", path: ["archiveLogs"], shape: flag, rare: true, example: true },
  ]),
];

const pods = [
  ...group("placement", "images", [
    {
      id: "pull-secrets",
      path: ["imagePullSecrets"],
      shape: {
        kind: "rows",
        columns: [{ id: "secret", path: ["name"], shape: { ...text, rule: "name" }, required: true }],
        empty: {},
        asks: ["name"],
      },
      example: [{ name: "ghcr-pull" }],
    },
    {
      id: "default-pull-policy",
      path: ["templateDefaults", "container", "imagePullPolicy"],
      shape: { kind: "choice", options: ["Always", "IfNotPresent", "Never"] },
      usual: "IfNotPresent",
      example: "Always",
    },
  ]),
  ...group("placement", "pipeline-placement", [
    {
      id: "pipeline-node-selector",
      path: ["nodeSelector"],
      shape: { kind: "map", keys: "label-key", values: "label-value" },
      example: { pool: "batch" },
    },
    {
      id: "pipeline-tolerations",
      path: ["tolerations"],
      shape: { kind: "rows", columns: tolerationColumns, empty: { operator: "Exists", effect: "NoSchedule" } },
      example: [{ key: "batch", operator: "Exists" }],
    },
    { id: "pipeline-affinity", path: ["affinity"], shape: { kind: "affinity" }, rare: true, example: { podAntiAffinity: {} } },
    { id: "pipeline-priority-class", path: ["podPriorityClassName"], shape: { ...text, rule: "name" }, rare: true, example: "batch-low" },
    { id: "pipeline-scheduler", path: ["schedulerName"], shape: text, usual: "default-scheduler", rare: true, example: "volcano" },
  ]),
  ...group("placement", "network", [
    {
      id: "dns-policy",
      path: ["dnsPolicy"],
      shape: { kind: "choice", options: ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"] },
      usual: "ClusterFirst",
      example: "Default",
    },
    { id: "dns-servers", path: ["dnsConfig", "nameservers"], shape: { kind: "list" }, example: ["10.0.0.10"] },
    { id: "dns-searches", path: ["dnsConfig", "searches"], shape: { kind: "list" }, rare: true, example: ["team.svc.cluster.local"] },
    { id: "dns-options", path: ["dnsConfig", "options"], shape: list, rare: true, example: [{ name: "ndots", value: "2" }] },
    { id: "host-network", path: ["hostNetwork"], shape: flag, usual: "false", rare: true, example: true },
    { id: "pipeline-host-aliases", path: ["hostAliases"], shape: list, rare: true, example: [{ ip: "10.0.0.1", hostnames: ["db"] }] },
  ]),
];

const volumes = group("volumes", "pipeline-volumes", [
  {
    id: "pipeline-volumes",
    path: ["volumes"],
    shape: {
      kind: "rows",
      columns: [{ id: "name", path: ["name"], shape: { kind: "text", rule: "container-name", code: true }, required: true }],
      empty: { name: "data", persistentVolumeClaim: { claimName: "claim" } },
    },
    example: [{ name: "datasets", persistentVolumeClaim: { claimName: "team-datasets" } }],
  },
  {
    id: "claim-templates",
    path: ["volumeClaimTemplates"],
    shape: {
      kind: "rows",
      empty: { metadata: { name: "workspace" }, spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } } },
      columns: [
        { id: "name", path: ["metadata", "name"], shape: { kind: "text", rule: "container-name", code: true }, required: true },
        { id: "size", path: ["spec", "resources", "requests", "storage"], shape: { kind: "quantity", of: "storage" }, required: true },
        { id: "access-modes", path: ["spec", "accessModes"], shape: { kind: "list" } },
        { id: "storage-class", path: ["spec", "storageClassName"], shape: { ...text, rule: "name" } },
      ],
    },
    example: [{ metadata: { name: "workspace" }, spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "20Gi" } } } }],
  },
  {
    id: "claim-gc",
    path: ["volumeClaimGC", "strategy"],
    shape: { kind: "choice", options: ["OnWorkflowCompletion", "OnWorkflowSuccess"] },
    usual: "OnWorkflowSuccess",
    rare: true,
    example: "OnWorkflowCompletion",
  },
]);

const labels = [
  ...group("general", "pipeline-labels", [
    {
      id: "pipeline-labels",
      within: "metadata",
      path: ["labels"],
      shape: { kind: "map", keys: "label-key", values: "label-value" },
      example: { team: "search" },
    },
    {
      id: "pipeline-annotations",
      within: "metadata",
      path: ["annotations"],
      shape: { kind: "map", keys: "annotation-key" },
      example: { owner: "search@example.com" },
    },
    {
      id: "pod-labels",
      path: ["podMetadata", "labels"],
      shape: { kind: "map", keys: "label-key", values: "label-value" },
      rare: true,
      example: { team: "search" },
    },
    {
      id: "pod-annotations",
      path: ["podMetadata", "annotations"],
      shape: { kind: "map", keys: "annotation-key" },
      rare: true,
      example: { "sidecar.istio.io/inject": "false" },
    },
    { id: "namespace", within: "metadata", path: ["namespace"], shape: { ...text, rule: "name" }, rare: true, example: "kubeflow" },
  ]),
];

const advanced = group("run", "pipeline-advanced", [
  { id: "pipeline-security", path: ["securityContext"], shape: map, rare: true, example: { runAsNonRoot: true } },
  { id: "pipeline-mount-token", path: ["automountServiceAccountToken"], shape: flag, usual: "true", rare: true, example: false },
  { id: "template-defaults", path: ["templateDefaults"], shape: map, rare: true, example: { timeout: "1h" } },
  {
    id: "pipeline-pod-spec-patch",
    path: ["podSpecPatch"],
    shape: { kind: "text", lines: true, code: true },
    rare: true,
    example: '{"terminationGracePeriodSeconds": 5}',
  },
  {
    id: "artifact-repository",
    path: ["artifactRepositoryRef"],
    shape: map,
    rare: true,
    example: { configMap: "artifact-repositories", key: "default" },
  },
  { id: "artifact-gc", path: ["artifactGC"], shape: map, rare: true, example: { strategy: "OnWorkflowDeletion" } },
  { id: "pipeline-synchronization", path: ["synchronization"], shape: map, rare: true, example: { mutexes: [{ name: "one" }] } },
  {
    id: "pipeline-metrics",
    path: ["metrics"],
    shape: map,
    rare: true,
    example: { prometheus: [{ name: "runs", help: "runs", counter: { value: "1" } }] },
  },
  { id: "workflow-metadata", path: ["workflowMetadata"], shape: map, rare: true, example: { labels: { team: "search" } } },
  { id: "hooks", path: ["hooks"], shape: map, rare: true, example: { exit: { template: "main" } } },
  { id: "pipeline-executor", path: ["executor"], shape: map, rare: true, example: { serviceAccountName: "executor" } },
]);

/** The settings of a pipeline. Name, entrypoint and parameters have edits of their own and are shown above these in the panel. */
export const pipelineSettings: readonly Setting[] = [...general, ...running, ...pods, ...volumes, ...labels, ...advanced];
