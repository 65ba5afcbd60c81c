/**
 * The operators of the SDK that are not components: ContainerOp, VolumeOp, ResourceOp, VolumeSnapshotOp. docs/spec/kfp-v1.md#containers,
 * #kubernetes-objects
 */
import { fileName, reservedArtifact } from "#kubernetes/kfp-names.ts";
import { type Data, type DataMap, isMap, textField } from "#data/data.ts";
import type { Operator, Value } from "#python/pipeline-tree.ts";
import type { ContainerOp, PlanMount } from "#pipeline/pipeline-plan.ts";
import { namedArguments } from "./arguments.ts";
import type { OpBase } from "./op-draft.ts";
import { fieldName } from "./kubernetes-objects.ts";
import { dataOf, type Resolve, sourceOf, textOf, wordsOf } from "./values.ts";
import { volumeOf, type VolumeScope } from "./volumes.ts";

/**
 * The parameters of the operators, in their order (SDK 1.8: dsl/_container_op.py, _volume_op.py, _resource_op.py, _volume_snapshot_op.py).
 */
export const operatorParameters: Readonly<Record<Operator, readonly string[]>> = {
  ContainerOp: [
    "name",
    "image",
    "command",
    "arguments",
    "init_containers",
    "sidecars",
    "container_kwargs",
    "artifact_argument_paths",
    "file_outputs",
    "output_artifact_paths",
    "is_exit_handler",
    "pvolumes",
  ],
  VolumeOp: [
    "resource_name",
    "size",
    "storage_class",
    "modes",
    "annotations",
    "data_source",
    "volume_name",
    "generate_unique_name",
    "name",
    "action",
    "k8s_resource",
    "success_condition",
    "failure_condition",
    "attribute_outputs",
  ],
  ResourceOp: [
    "k8s_resource",
    "action",
    "merge_strategy",
    "success_condition",
    "failure_condition",
    "set_owner_reference",
    "attribute_outputs",
    "flags",
    "name",
  ],
  VolumeSnapshotOp: [
    "resource_name",
    "pvc",
    "snapshot_class",
    "annotations",
    "volume",
    "api_version",
    "name",
    "success_condition",
    "k8s_resource",
  ],
  kubernetes_resource_delete_op: ["name", "kind", "namespace", "flags"],
};

/** The required arguments of each operator. */
export function neededBy(operator: Operator): readonly string[] {
  switch (operator) {
    case "ContainerOp":
      return ["image"];
    case "VolumeOp":
      return ["resource_name", "size"];
    case "ResourceOp":
      return ["k8s_resource"];
    case "VolumeSnapshotOp":
      return ["resource_name", "volume"];
    case "kubernetes_resource_delete_op":
      return ["name", "kind"];
  }
}

/** The result of an operator's call; `outputs` and `single` as in a draft. */
export interface Made {
  readonly base: OpBase;
  readonly outputs: readonly string[];
  readonly single?: string;
  readonly overlay: DataMap;
  readonly mounts: readonly PlanMount[];
}

/** Reports that one argument is not understood. */
type LeaveOut = (parameter: string) => void;

/** The op that the call of an operator creates; undefined if a required argument is missing. */
export function operatorOf(
  operator: Operator,
  named: ReadonlyMap<string, Value>,
  scope: VolumeScope,
  leaveOut: LeaveOut,
): Made | undefined {
  const read = new Reader(named, scope, leaveOut);
  switch (operator) {
    case "ContainerOp":
      return containerOp(read);
    case "VolumeOp":
      return named.has("k8s_resource") ? resourceOp(read, { size: "{.status.capacity.storage}" }) : volumeOp(read);
    case "ResourceOp":
      return resourceOp(read, {});
    case "VolumeSnapshotOp":
      return snapshotOp(read);
    case "kubernetes_resource_delete_op":
      return deleteOp(read);
  }
}

/** Reads arguments by name; one that is there and cannot be read is reported, once, and then absent. */
class Reader {
  constructor(
    readonly named: ReadonlyMap<string, Value>,
    readonly scope: VolumeScope,
    readonly leaveOut: LeaveOut,
  ) {}

  read<T>(parameter: string, how: (value: Value, resolve: Resolve) => T | undefined): T | undefined {
    const value = this.named.get(parameter);
    if (!value || (value.kind === "constant" && value.value.kind === "none")) return undefined;
    const read = how(value, this.scope.resolve);
    if (read === undefined) this.leaveOut(parameter);
    return read;
  }
  text = (parameter: string): string | undefined => this.read(parameter, textOf);
  /** Text that must be known before the pipeline runs, such as names. */
  constantText = (parameter: string): string | undefined => this.read(parameter, (value) => textOf(value, () => undefined));
  data = (parameter: string): Data | undefined => this.read(parameter, dataOf);
  map = (parameter: string): DataMap | undefined => this.read(parameter, (value, resolve) => mapOf(dataOf(value, resolve)));
  list = (parameter: string): readonly Data[] | undefined => this.read(parameter, (value, resolve) => listOf(dataOf(value, resolve)));
  texts = (parameter: string): Readonly<Record<string, string>> | undefined =>
    this.read(parameter, (value, resolve) => {
      const map = mapOf(dataOf(value, resolve));
      return map && Object.values(map).every((one) => typeof one === "string") ? (map as Readonly<Record<string, string>>) : undefined;
    });
  flag = (parameter: string): boolean | undefined =>
    this.read(parameter, (value) => (value.kind === "constant" && value.value.kind === "bool" ? value.value.value : undefined));
}

function mapOf(data: Data | undefined): DataMap | undefined {
  return isMap(data) ? data : undefined;
}

function listOf(data: Data | undefined): readonly Data[] | undefined {
  return Array.isArray(data) ? data : undefined;
}

function containerOp(read: Reader): Made | undefined {
  const image = read.text("image");
  if (image === undefined) return undefined;
  const files: NonNullable<ContainerOp["files"]>[number][] = [];
  const words = (parameter: string) => read.read(parameter, (value, resolve) => withFiles(value, resolve, files) ?? undefined);
  read.read("artifact_argument_paths", (value, resolve) => withFiles(value, resolve, files) ?? undefined);
  const [command, args] = [words("command"), words("arguments")];
  const fileOutputs = read.texts("file_outputs") ?? {};
  const artifactPaths = { ...read.texts("output_artifact_paths") };
  const outputs = Object.keys(fileOutputs).filter((name) => reservedArtifact(name) === undefined);
  const [initContainers, sidecars, own] = [read.list("init_containers"), read.list("sidecars"), read.map("container_kwargs")];
  const container = own && Object.fromEntries(Object.entries(own).map(([name, value]) => [fieldName(name), value]));
  return {
    base: {
      kind: "container",
      image,
      name: read.constantText("name"),
      ...(command && { command }),
      ...(args && { args }),
      ...(Object.keys(fileOutputs).length > 0 && { fileOutputs }),
      ...(Object.keys(artifactPaths).length > 0 && { artifactPaths }),
      ...(files.length > 0 && { files }),
    },
    outputs,
    single: outputs.length === 1 ? outputs[0] : undefined,
    overlay: { ...(container && { container }), ...(initContainers && { initContainers }), ...(sidecars && { sidecars }) },
    mounts: read.read("pvolumes", (value) => mountsOf(value, read.scope)) ?? [],
  };
}

/** A list of text, with `InputArgumentPath(…)` in it as files with their paths. */
function withFiles(
  value: Value,
  resolve: Resolve,
  files: NonNullable<ContainerOp["files"]>[number][],
): readonly string[] | null | undefined {
  if (value.kind !== "list" || !value.items.some(isFile)) return wordsOf(value, resolve);
  const words = value.items.map((item) => {
    if (!isFile(item)) return textOf(item, resolve);
    const named = namedArguments(item.arguments, ["argument", "input", "path"]);
    const given = named?.get("argument");
    const source = given && sourceOf(given, undefined, resolve);
    const input = textOf(named?.get("input"), resolve) ?? `input-${files.length}`;
    const path = textOf(named?.get("path"), resolve) ?? `/tmp/inputs/${fileName(input)}/data`;
    if (source) files.push({ input, path, source });
    return source && path;
  });
  return words.every((word) => word !== undefined) ? words : undefined;
}

function isFile(value: Value): value is Extract<Value, { readonly kind: "object" }> {
  return value.kind === "object" && value.name === "InputArgumentPath";
}

/** `{"/mnt": volume}` as mounts, in order; undefined if one of them is not understood. */
export function mountsOf(value: Value, scope: VolumeScope): readonly PlanMount[] | undefined {
  if (value.kind === "constant") return value.value.kind === "dict" && value.value.entries.length === 0 ? [] : undefined;
  if (value.kind !== "map") return undefined;
  const mounts = value.entries.map(([path, inner]) => {
    const [mountPath, volume] = [textOf(path, scope.resolve), volumeOf(inner, scope)];
    return mountPath === undefined || !volume ? undefined : { mountPath, volume };
  });
  return mounts.every((mount) => mount !== undefined) ? mounts : undefined;
}

function volumeOp(read: Reader): Made | undefined {
  const [resourceName, size] = [read.text("resource_name"), read.text("size")];
  if (resourceName === undefined || size === undefined) return undefined;
  const modes = read.list("modes");
  return {
    base: {
      kind: "volume",
      name: read.constantText("name"),
      resourceName,
      size,
      modes: modes?.map(String),
      storageClass: read.text("storage_class"),
      volumeName: read.text("volume_name"),
      annotations: read.map("annotations"),
      dataSource: read.data("data_source"),
      uniqueName: read.flag("generate_unique_name"),
      action: read.text("action"),
    },
    outputs: ["name", "manifest", "size"],
    single: "name",
    overlay: {},
    mounts: [],
  };
}

function resourceOp(read: Reader, attributes: Readonly<Record<string, string>>): Made | undefined {
  const manifest = read.data("k8s_resource");
  if (manifest === undefined) return undefined;
  const own = read.texts("attribute_outputs") ?? {};
  const action = read.text("action");
  const flags = read.list("flags");
  const names = Object.keys(own);
  const outputs = action === "delete" ? [] : [...new Set(["name", "manifest", ...Object.keys(attributes), ...names])];
  return {
    base: {
      kind: "resource",
      name: read.constantText("name"),
      manifest,
      action,
      mergeStrategy: read.text("merge_strategy"),
      successCondition: read.text("success_condition"),
      failureCondition: read.text("failure_condition"),
      setOwnerReference: read.flag("set_owner_reference"),
      flags: flags?.map(String),
      outputs: { ...attributes, ...own },
    },
    outputs,
    single: action === "delete" ? undefined : names.length === 1 ? names[0] : "name",
    overlay: {},
    mounts: [],
  };
}

function snapshotOp(read: Reader): Made | undefined {
  const resourceName = read.text("resource_name");
  const claim = read.text("pvc");
  const volume = claim === undefined ? read.read("volume", (value) => volumeOf(value, read.scope)) : ({ kind: "claim", claim } as const);
  if (resourceName === undefined || !volume) return undefined;
  return {
    base: {
      kind: "snapshot",
      name: read.constantText("name"),
      resourceName,
      volume,
      snapshotClass: read.text("snapshot_class"),
      apiVersion: read.text("api_version"),
      annotations: read.map("annotations"),
      successCondition: read.text("success_condition"),
    },
    outputs: ["name", "manifest", "size"],
    single: "name",
    overlay: {},
    mounts: [],
  };
}

/** The step that `task.delete()` and `kubernetes_resource_delete_op(…)` create (SDK 1.8: dsl/_resource_op.py). */
function deleteOp(read: Reader): Made | undefined {
  const [name, kind] = [read.text("name"), read.read("kind", (value, resolve) => kindMade(value, read.scope) ?? textOf(value, resolve))];
  if (name === undefined || kind === undefined) return undefined;
  const namespace = read.text("namespace");
  const given = read.list("flags")?.map(String) ?? (read.named.get("kind")?.kind === "output" ? ["--wait=false"] : []);
  const command = [
    "kubectl",
    "delete",
    kind,
    name,
    "--ignore-not-found",
    "--output",
    "name",
    ...(namespace === undefined ? [] : ["--namespace", namespace]),
    ...given,
  ];
  return {
    base: { kind: "container", name: "kubernetes_resource_delete", image: "gcr.io/cloud-builders/kubectl", command },
    outputs: [],
    overlay: {},
    mounts: [],
  };
}

/** The kind of object that a task creates, according to its manifest. */
function kindMade(value: Value, scope: VolumeScope): string | undefined {
  const base = value.kind === "output" && value.output === "manifest" ? scope.draft(value.task)?.base : undefined;
  switch (base?.kind) {
    case "volume":
      return "PersistentVolumeClaim";
    case "snapshot":
      return "VolumeSnapshot";
    case "resource":
      return textField(base.manifest, "kind");
    default:
      return undefined;
  }
}
