import type { RowValues } from "../field-drafts.ts";
import { type Data, type DataMap, field, isMap, textField } from "#data/data.ts";

/** The source of an environment variable's value. Kubernetes: EnvVar, EnvVarSource. */
export type EnvSource = "text" | "secret" | "config-map" | "field" | "resource" | "other";

const keys = { secret: "secretKeyRef", "config-map": "configMapKeyRef", field: "fieldRef", resource: "resourceFieldRef" } as const;

/** The sources that have a form. */
export const envSources: readonly EnvSource[] = ["text", "secret", "config-map", "field", "resource"];

/** Fields of the pod that a variable can hold. Kubernetes: downward API. */
export const podFields: readonly string[] = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "metadata.labels['app']",
  "metadata.annotations['note']",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.podIP",
];

/** Resources of the container that a variable can hold. */
export const containerFields: readonly string[] = [
  "limits.cpu",
  "limits.memory",
  "limits.ephemeral-storage",
  "requests.cpu",
  "requests.memory",
  "requests.ephemeral-storage",
];

/** The source of a variable's value; other: a source without a form, or parts that the form would hide. */
export function sourceOf(variable: Data): EnvSource {
  const from = field(variable, "valueFrom");
  if (from === undefined || from === null) return isPlain(field(variable, "value")) ? "text" : "other";
  const [first, ...more] = isMap(from) ? Object.keys(from) : [];
  const found = Object.entries(keys).find(([, key]) => key === first)?.[0];
  return more.length > 0 || !isMap(field(from, first ?? "")) || found === undefined ? "other" : (found as EnvSource);
}

/** The key below `valueFrom` of a source. */
export function sourceKey(source: Exclude<EnvSource, "text" | "other">): string {
  return keys[source];
}

/** The variable with another source. A literal that becomes a secret does not stay in the file. */
export function withSource(variable: Data, source: EnvSource): DataMap {
  const name = textField(variable, "name") ?? "";
  const rest = Object.fromEntries(
    Object.entries(isMap(variable) ? variable : {}).filter(([key]) => key !== "value" && key !== "valueFrom"),
  );
  switch (source) {
    case "secret":
    case "config-map":
      return { ...rest, valueFrom: { [keys[source]]: { name: "", key: name } } };
    case "field":
      return { ...rest, valueFrom: { fieldRef: { fieldPath: "metadata.name" } } };
    case "resource":
      return { ...rest, valueFrom: { resourceFieldRef: { resource: "limits.cpu" } } };
    default:
      return { ...rest, value: "" };
  }
}

/** A variable with the given texts: name, source, and what the source needs. Other parts are kept. */
export function variableWith(variable: Data | undefined, values: RowValues): DataMap {
  const source = (values.source ?? "text") as EnvSource;
  const started = { ...withSource(variable ?? {}, source), name: values.name ?? "" };
  if (source === "secret" || source === "config-map")
    return { ...started, valueFrom: { [keys[source]]: { name: values.ref ?? "", key: values.key ?? "" } } };
  if (source === "text") return { ...started, value: values.value ?? "" };
  const at = values.at;
  if (at === undefined) return started;
  return { ...started, valueFrom: source === "field" ? { fieldRef: { fieldPath: at } } : { resourceFieldRef: { resource: at } } };
}

function isPlain(value: Data | undefined): boolean {
  return value === undefined || value === null || typeof value !== "object";
}
