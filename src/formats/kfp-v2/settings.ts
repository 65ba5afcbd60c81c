import { type Data, field, textField } from "#data/data.ts";
import type { FormatPresentation } from "#document/format.ts";
import type { Column, Setting } from "#document/setting.ts";
import { boundaryLabel } from "./syntax/boundary-names.ts";

// The settings of a task and of a pipeline. Paths of a task begin in its executor, or with `platform` in the executor's section of the
// platform document, which is created when first needed and removed when empty; those of the call begin in the task. A list without a form
// is edited as YAML.

type Row = Omit<Setting, "area" | "tab" | "group" | "within" | "kinds">;

function group(tab: Setting["tab"], name: string, rows: readonly Row[]): readonly Setting[] {
  return rows.map((row) => ({ area: "task", tab, group: name, within: "template", kinds: ["container"], ...row }));
}

const text = { kind: "text", code: true } as const;
const name = { ...text, rule: "name" } as const;
const flag = { kind: "switch" } as const;
const mountPath: Column = { id: "mount-path", path: ["mountPath"], shape: { ...text, rule: "mount-path" }, required: true };
const optional: Column = { id: "optional", path: ["optional"], shape: flag };

const container = group("kind", "container", [
  {
    id: "image",
    path: ["container", "image"],
    shape: { ...text, rule: "image", wraps: true },
    required: true,
    example: "python:3.12-slim",
  },
  { id: "command", path: ["container", "command"], shape: { kind: "list" }, example: ["python", "train.py"] },
  { id: "args", path: ["container", "args"], shape: { kind: "list" }, example: ["--epochs", "5"] },
]);

const compute = group("resources", "compute", [
  {
    id: "cpu-request",
    path: ["container", "resources", "resourceCpuRequest"],
    shape: { kind: "quantity", of: "cpu" },
    example: "500m",
  },
  { id: "cpu-limit", path: ["container", "resources", "resourceCpuLimit"], shape: { kind: "quantity", of: "cpu" }, example: "2" },
  {
    id: "memory-request",
    path: ["container", "resources", "resourceMemoryRequest"],
    shape: { kind: "quantity", of: "memory" },
    example: "1Gi",
  },
  {
    id: "memory-limit",
    path: ["container", "resources", "resourceMemoryLimit"],
    shape: { kind: "quantity", of: "memory" },
    example: "2Gi",
  },
]);

// The count comes first: written together with the type, the type of the file or of the user is written last.
const accelerator = group("resources", "accelerator", [
  {
    id: "accelerator-count",
    path: ["container", "resources", "accelerator", "resourceCount"],
    shape: { kind: "integer", min: 1, asText: true },
    along: { path: ["container", "resources", "accelerator", "resourceType"], value: "nvidia.com/gpu" },
    example: "1",
  },
  { id: "accelerator-type", path: ["container", "resources", "accelerator", "resourceType"], shape: text, example: "nvidia.com/gpu" },
]);

const placement = group("resources", "placement", [
  {
    id: "node-selector",
    path: ["platform", "nodeSelector", "labels"],
    shape: { kind: "map", keys: "label-key", values: "label-value" },
    example: { accelerator: "a100-40g" },
  },
  {
    id: "node-selector-json",
    path: ["platform", "nodeSelector", "nodeSelectorJson"],
    shape: { kind: "yaml", of: "map" },
    rare: true,
    example: { runtimeValue: { constant: { disk: "ssd" } } },
  },
  {
    id: "tolerations",
    path: ["platform", "tolerations"],
    // A row of a toleration from a parameter has `tolerationJson` alone, which its YAML shows.
    shape: {
      kind: "rows",
      empty: { operator: "Exists", effect: "NoSchedule" },
      columns: [
        { id: "key", path: ["key"], shape: { ...text, rule: "label-key" } },
        { id: "operator", path: ["operator"], shape: { kind: "choice", options: ["Exists", "Equal"] } },
        { id: "value", path: ["value"], shape: { ...text, rule: "label-value" } },
        { id: "effect", path: ["effect"], shape: { kind: "choice", options: ["NoSchedule", "PreferNoSchedule", "NoExecute"] } },
        { id: "seconds", path: ["tolerationSeconds"], shape: { kind: "integer", min: 0 } },
      ],
    },
    example: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
  },
  {
    id: "node-affinity",
    path: ["platform", "nodeAffinity"],
    shape: { kind: "yaml", of: "list" },
    example: [{ matchExpressions: [{ key: "zone", operator: "In", values: ["a"] }] }],
  },
  {
    id: "pod-affinity",
    path: ["platform", "podAffinity"],
    shape: { kind: "yaml", of: "list" },
    rare: true,
    example: [{ matchPodLabels: { app: "cache" }, topologyKey: "kubernetes.io/hostname" }],
  },
]);

const volumes = group("volumes", "volumes", [
  {
    id: "claim-mounts",
    path: ["platform", "pvcMount"],
    shape: {
      kind: "rows",
      empty: {},
      asks: ["claim", "mount-path"],
      columns: [
        { id: "claim", path: ["constant"], shape: name, sourceOf: sourceBeside("pvcNameParameter") },
        mountPath,
        { id: "sub-path", path: ["subPath"], shape: { ...text, rule: "sub-path" } },
      ],
    },
    example: [{ constant: "team-data", mountPath: "/data" }],
  },
  {
    id: "secret-mounts",
    path: ["platform", "secretAsVolume"],
    shape: {
      kind: "rows",
      empty: {},
      asks: ["secret", "mount-path"],
      columns: [
        { id: "secret", path: ["secretName"], shape: name, required: true, sourceOf: sourceBeside("secretNameParameter") },
        mountPath,
        optional,
      ],
    },
    example: [{ secretName: "token", mountPath: "/secrets" }],
  },
  {
    id: "config-map-mounts",
    path: ["platform", "configMapAsVolume"],
    shape: {
      kind: "rows",
      empty: {},
      asks: ["config-map", "mount-path"],
      columns: [
        { id: "config-map", path: ["configMapName"], shape: name, required: true, sourceOf: sourceBeside("configMapNameParameter") },
        mountPath,
        optional,
      ],
    },
    example: [{ configMapName: "settings", mountPath: "/etc/settings" }],
  },
  {
    id: "empty-dir-mounts",
    path: ["platform", "emptyDirMounts"],
    shape: {
      kind: "rows",
      empty: {},
      asks: ["name", "mount-path"],
      columns: [
        { id: "name", path: ["volumeName"], shape: { ...text, rule: "container-name" }, required: true },
        mountPath,
        { id: "medium", path: ["medium"], shape: text },
        { id: "size-limit", path: ["sizeLimit"], shape: { kind: "quantity", of: "storage" } },
      ],
    },
    example: [{ volumeName: "scratch", mountPath: "/scratch" }],
  },
  {
    id: "shared-memory",
    path: ["platform", "enabledSharedMemory"],
    shape: { kind: "yaml", of: "map" },
    rare: true,
    example: { volumeName: "shm", size: "1Gi" },
  },
  {
    id: "ephemeral-volumes",
    path: ["platform", "genericEphemeralVolume"],
    shape: { kind: "yaml", of: "list" },
    rare: true,
    example: [{ volumeName: "work", mountPath: "/work", accessModes: ["ReadWriteOnce"], size: "5Gi", defaultStorageClass: true }],
  },
]);

const environment = group("env", "env", [
  {
    id: "env-values",
    path: ["container", "env"],
    shape: {
      kind: "rows",
      empty: {},
      asks: ["name", "value"],
      columns: [
        { id: "name", path: ["name"], shape: { ...text, rule: "variable" }, required: true },
        { id: "value", path: ["value"], shape: text },
      ],
    },
    example: [{ name: "MODE", value: "fast" }],
  },
  envFrom("secret-env", { list: "secretAsEnv", column: "secret", name: "secretName", key: "secretKey" }),
  envFrom("config-map-env", { list: "configMapAsEnv", column: "config-map", name: "configMapName", key: "configMapKey" }),
  {
    id: "field-env",
    path: ["platform", "fieldPathAsEnv"],
    shape: {
      kind: "rows",
      empty: {},
      asks: ["name", "path"],
      columns: [
        { id: "name", path: ["name"], shape: { ...text, rule: "variable" }, required: true },
        { id: "path", path: ["fieldPath"], shape: text, required: true },
      ],
    },
    rare: true,
    example: [{ name: "NODE", fieldPath: "spec.nodeName" }],
  },
]);

/** The source of a name that is no constant, from its own key, or from the item for old claims: `token`, `createpvc · name`. */
function sourceBeside(key: string): (item: Data) => string | undefined {
  return (item) => {
    const parameter = field(item, key) ?? item;
    const input = textField(parameter, "componentInputParameter");
    if (input !== undefined) return boundaryLabel(input, []);
    const output = field(parameter, "taskOutputParameter");
    const [task, name] = [textField(output, "producerTask"), textField(output, "outputParameterKey")];
    return task === undefined || name === undefined ? textField(field(parameter, "runtimeValue"), "constant") : `${task} · ${name}`;
  };
}

/** One variable from a Secret or a ConfigMap; further variables of the same one are in the row's YAML. */
function envFrom(
  id: string,
  { list, column, name: nameKey, key }: { readonly list: string; readonly column: string; readonly name: string; readonly key: string },
): Row {
  return {
    id,
    path: ["platform", list],
    shape: {
      kind: "rows",
      empty: {},
      asks: [column, "key", "name"],
      columns: [
        { id: column, path: [nameKey], shape: name, required: true, sourceOf: sourceBeside(`${nameKey}Parameter`) },
        { id: "key", path: ["keyToEnv", 0, key], shape: { ...text, rule: "data-key" }, required: true },
        { id: "name", path: ["keyToEnv", 0, "envVar"], shape: { ...text, rule: "variable" }, required: true },
        optional,
      ],
    },
    example: [{ [nameKey]: "access", keyToEnv: [{ [key]: "token", envVar: "TOKEN" }] }],
  };
}

const importer = group("kind", "importer", [
  // A constant excludes a parameter, so both are edited as one value.
  {
    id: "importer-uri",
    path: ["importer", "artifactUri"],
    shape: { kind: "yaml", of: "map" },
    required: true,
    example: { constant: "s3://team/data.csv" },
  },
  { id: "importer-type", path: ["importer", "typeSchema", "schemaTitle"], shape: text, required: true, example: "system.Dataset" },
  { id: "importer-again", path: ["importer", "reimport"], shape: flag, usual: "false", example: true },
  { id: "importer-workspace", path: ["importer", "downloadToWorkspace"], shape: flag, usual: "false", rare: true, example: true },
  {
    id: "importer-metadata",
    path: ["importer", "metadata"],
    shape: { kind: "yaml", of: "map" },
    rare: true,
    example: { source: "export" },
  },
]).map((setting): Setting => ({ ...setting, kinds: ["importer"] }));

/** Whatever a task may run has a cache and retries. */
const call = ["container", "importer", "claim", "dag"] as const;

const run: readonly Setting[] = [
  ...group("run", "cache", [
    { id: "task-cache", path: ["cachingOptions", "enableCache"], shape: flag, usual: "false", example: true },
    { id: "cache-key", path: ["cachingOptions", "cacheKey"], shape: text, rare: true, example: "v1" },
  ]),
  ...group("run", "retry", [
    { id: "retry-limit", path: ["retryPolicy", "maxRetryCount"], shape: { kind: "integer", min: 0 }, usual: "0", example: 3 },
    { id: "retry-wait", path: ["retryPolicy", "backoffDuration"], shape: text, usual: "0s", example: "30s" },
    { id: "retry-whole", path: ["retryPolicy"], shape: { kind: "yaml", of: "map" }, rare: true, example: { maxRetryCount: 3 } },
  ]),
].map((setting) => ({ ...setting, within: "call", kinds: call }));

const pod: readonly Setting[] = [
  ...group("run", "time", [
    {
      id: "task-deadline",
      path: ["platform", "activeDeadlineSeconds"],
      shape: { kind: "integer", min: 1, asText: true },
      example: "3600",
    },
  ]),
  ...group("run", "images", [
    {
      id: "pull-policy",
      path: ["platform", "imagePullPolicy"],
      shape: { kind: "choice", options: ["Always", "IfNotPresent", "Never"] },
      example: "Always",
    },
    {
      id: "image-pull-secrets",
      path: ["platform", "imagePullSecret"],
      shape: {
        kind: "rows",
        empty: {},
        asks: ["secret"],
        columns: [{ id: "secret", path: ["secretName"], shape: name, required: true, sourceOf: sourceBeside("secretNameParameter") }],
      },
      rare: true,
      example: [{ secretName: "registry" }],
    },
  ]),
  ...group("run", "labels", [
    {
      id: "labels",
      path: ["platform", "podMetadata", "labels"],
      shape: { kind: "map", keys: "label-key", values: "label-value" },
      example: { team: "vision" },
    },
    {
      id: "annotations",
      path: ["platform", "podMetadata", "annotations"],
      shape: { kind: "map", keys: "annotation-key" },
      example: { note: "nightly" },
    },
  ]),
  ...group("run", "security", [
    {
      id: "run-as-user",
      path: ["platform", "securityContext", "runAsUser"],
      shape: { kind: "integer", min: 0, asText: true },
      rare: true,
      example: "1000",
    },
    {
      id: "run-as-group",
      path: ["platform", "securityContext", "runAsGroup"],
      shape: { kind: "integer", min: 0, asText: true },
      rare: true,
      example: "1000",
    },
    { id: "run-as-non-root", path: ["platform", "securityContext", "runAsNonRoot"], shape: flag, rare: true, example: true },
  ]),
  ...group("run", "pod-more", [
    {
      id: "init-containers-v2",
      path: ["platform", "initContainers"],
      shape: { kind: "yaml", of: "list" },
      rare: true,
      otherServers: true,
      example: [{ name: "wait", image: "busybox:1.36", command: ["sleep", "5"] }],
    },
    {
      id: "config-passthroughs",
      path: ["component", "taskConfigPassthroughs"],
      shape: { kind: "yaml", of: "list" },
      rare: true,
      example: [{ field: "ENV", applyToTask: true }],
    },
  ]),
];

const pipeline: readonly Setting[] = [
  {
    area: "pipeline",
    tab: "general",
    group: "about",
    within: "spec",
    id: "pipeline-description",
    path: ["pipelineInfo", "description"],
    shape: { kind: "text", lines: true },
    example: "Trains every night",
  },
  {
    area: "pipeline",
    tab: "run",
    group: "pipeline-run",
    within: "spec",
    id: "pipeline-root",
    path: ["defaultPipelineRoot"],
    shape: text,
    example: "s3://team/runs",
  },
  ...ofRun([
    { id: "pipeline-deadline", path: ["activeDeadlineSeconds"], shape: { kind: "integer", min: 1 }, example: 86400 },
    { id: "ttl-completion", path: ["resourceTtlOnCompletion"], shape: { kind: "integer", min: 1 }, example: 3600 },
    { id: "ttl-success", path: ["resourceTtlOnSuccess"], shape: { kind: "integer", min: 1 }, rare: true, example: 3600 },
    { id: "ttl-failure", path: ["resourceTtlOnFailure"], shape: { kind: "integer", min: 1 }, rare: true, example: 604800 },
    {
      id: "workspace",
      path: ["workspace"],
      shape: { kind: "yaml", of: "map" },
      rare: true,
      example: { size: "10Gi", kubernetes: { pvcSpecPatch: { accessModes: ["ReadWriteOnce"] } } },
    },
    { id: "ttl-any", path: ["resourceTtl"], shape: { kind: "integer", min: 1 }, rare: true, otherServers: true, example: 3600 },
    { id: "semaphore", path: ["semaphoreKey"], shape: text, rare: true, otherServers: true, example: "gpu" },
    { id: "mutex", path: ["mutexName"], shape: text, rare: true, otherServers: true, example: "nightly" },
  ]),
];

/** Settings of the whole run, in the platform document. Servers that do not know one of them ignore that document. */
function ofRun(rows: readonly Row[]): readonly Setting[] {
  return rows.map(({ path, ...row }) => ({
    area: "pipeline",
    tab: "run",
    group: "pipeline-run",
    within: "spec",
    path: ["platform", "pipelineConfig", ...path],
    ...row,
  }));
}

/** What the panels show for pipeline specs. */
export const kfpV2Presentation: FormatPresentation = {
  format: "kfp-v2",
  templateFields: ["component", "container", "customJob", "importer", "platform", "resolver"],
  settings: [...container, ...importer, ...compute, ...accelerator, ...placement, ...volumes, ...environment, ...run, ...pod, ...pipeline],
};
