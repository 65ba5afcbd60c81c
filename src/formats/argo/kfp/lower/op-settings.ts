/**
 * Settings over what an op makes: merging, metadata, and the fields that Argo cannot template. docs/spec/kfp-v1.md#template-metadata,
 * #step-settings
 */
import { type Data, type DataMap, field, isList, isMap } from "#data/data.ts";
import { byCodePoint, pythonJson } from "#components/python-text.ts";
import { label } from "../annotation-keys.ts";
import { without } from "./op.ts";

const appended = new Set(["env", "envFrom", "volumes", "volumeMounts", "initContainers", "sidecars"]);

/** Puts settings over a template's fields: maps merge, lists of things to have are appended, everything else replaces. */
export function overlaid(base: DataMap, overlay: DataMap): DataMap {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(overlay)) {
    if (key === "__proto__") continue;
    const old = merged.get(key);
    if (isMap(old) && isMap(value)) merged.set(key, overlaid(old, value));
    else if (isList(old) && isList(value) && appended.has(key)) merged.set(key, [...old, ...value]);
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

/** The labels of every container and resource template; those given already stay. */
export function withLabels(fields: DataMap, sdkVersion: string, caching: boolean | undefined): DataMap {
  const given = field(field(fields, "metadata"), "labels");
  const labels = {
    [label.sdkVersion]: sdkVersion,
    [label.sdkType]: "kfp",
    [label.caching]: caching === false ? "false" : "true",
    ...(isMap(given) && given),
  };
  return overlaid(fields, { metadata: { labels } });
}

/** Environment from field references, in the SDK's order; asked for by the label `add-pod-env`. */
const podEnvironment: readonly (readonly [string, string])[] = [
  ["KFP_POD_NAME", "metadata.name"],
  ["KFP_POD_UID", "metadata.uid"],
  ["KFP_NAMESPACE", "metadata.namespace"],
  ["WORKFLOW_ID", "metadata.labels['workflows.argoproj.io/workflow']"],
  ["KFP_RUN_ID", "metadata.labels['pipeline/runid']"],
  ["ENABLE_CACHING", "metadata.labels['pipelines.kubeflow.org/enable_caching']"],
];

/** Adds the pod's identity to the container's environment if the label `add-pod-env: 'true'` asks for it. */
export function withPodEnvironment(fields: DataMap): DataMap {
  const container = field(fields, "container");
  if (!isMap(container) || field(field(field(fields, "metadata"), "labels"), "add-pod-env") !== "true") return fields;
  const env = podEnvironment.map(([name, fieldPath]) => ({ name, valueFrom: { fieldRef: { fieldPath } } }));
  return overlaid(fields, { container: { env } });
}

/** Volumes sorted by name, each once: Kubernetes refuses a name given twice. */
export function withSortedVolumes(fields: DataMap): DataMap {
  const volumes = field(fields, "volumes");
  if (!isList(volumes)) return fields;
  const seen = new Set<string>();
  const once = volumes.filter((volume) => {
    const text = pythonJson(volume);
    return !seen.has(text) && seen.add(text);
  });
  const name = (volume: Data) => String(field(volume, "name") ?? "");
  return { ...fields, volumes: [...once].sort((a, b) => byCodePoint(name(a), name(b))) };
}

const isReference = (value: unknown) => typeof value === "string" && /^\{\{inputs\.parameters\.[^}]*\}\}$/.test(value);
const startsAsReference = (value: unknown) => typeof value === "string" && value.startsWith("{{inputs.parameters.") && value.endsWith("}}");
const patchable = new Set(["cpu", "memory", "amd.com/gpu", "nvidia.com/gpu", "ephemeral-storage"]);

/** Moves run-time values out of fields that Argo does not template into `podSpecPatch`. */
export function withPodSpecPatch(fields: DataMap): DataMap {
  const selector = field(fields, "nodeSelector");
  const container = field(fields, "container");
  const resources = field(container, "resources");
  const [selectorPatch, selectorLeft] = split(selector, (key, value) => startsAsReference(key) || startsAsReference(value));
  const groups = isMap(resources) ? Object.entries(resources) : [];
  const parts = groups.map(
    ([group, values]) =>
      [group, values, split(values, (key, value) => (patchable.has(key) || isReference(key)) && isReference(value))] as const,
  );
  const patched = parts.filter(([, , [patch]]) => patch !== undefined);
  if (!selectorPatch && patched.length === 0) return fields;
  const patch: Data = {
    ...(selectorPatch && { nodeSelector: selectorPatch }),
    ...(patched.length > 0 && {
      containers: [{ name: "main", resources: Object.fromEntries(patched.map(([group, , [moved]]) => [group, moved as DataMap])) }],
    }),
  };
  const left = parts.flatMap(([group, values, [moved, rest]]) =>
    moved === undefined ? [[group, values] as const] : Object.keys(rest).length > 0 ? [[group, rest] as const] : [],
  );
  return {
    ...fields,
    ...(selectorPatch && { nodeSelector: selectorLeft }),
    ...(patched.length > 0 && isMap(container) && { container: { ...container, resources: Object.fromEntries(left) } }),
    podSpecPatch: pythonJson(patch),
  };
}

/** The entries of a mapping that move, if any, and those that stay. */
function split(map: Data | undefined, moves: (key: string, value: Data) => boolean): readonly [DataMap | undefined, DataMap] {
  if (!isMap(map)) return [undefined, {}];
  const moved = Object.entries(map).filter(([key, value]) => moves(key, value));
  const patch = moved.length > 0 ? Object.fromEntries(moved) : undefined;
  return [patch, moved.reduce((left, [key]) => without(left, key), map)];
}
