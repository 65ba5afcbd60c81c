/** Recognises resource templates that a ResourceOp, VolumeOp or VolumeSnapshotOp makes. docs/spec/kfp-v1.md#kubernetes-objects */
import { type Data, type DataMap, field, isMap, listField, sameData, textField } from "#data/data.ts";
import {
  claimAttributes,
  type ClaimFields,
  claimManifest,
  snapshotAttributes,
  type SnapshotFields,
  snapshotManifest,
  snapshotReady,
} from "../lower/resource-op.ts";

/** The op from which a resource template was compiled, with the manifest's parts by name. */
export type LiftedResource =
  | ({ readonly kind: "volume"; readonly action: string } & ClaimFields)
  | ({ readonly kind: "snapshot"; readonly successCondition?: string } & SnapshotFields)
  | { readonly kind: "resource"; readonly action: string; readonly manifest: Data; readonly outputs: Readonly<Record<string, string>> };

/** The op behind a resource template's data; undefined if these ops do not produce it. `parse` reads YAML text. */
export function liftResource(template: DataMap, parse: (text: string) => Data | undefined): LiftedResource | undefined {
  const resource = field(template, "resource");
  const text = textField(resource, "manifest");
  const manifest = text === undefined ? undefined : parse(text);
  const outputs = outputsOf(template);
  if (!isMap(manifest) || !outputs) return undefined;
  const action = textField(resource, "action") ?? "create";
  return (
    liftClaim(manifest, outputs, action) ??
    liftSnapshot(manifest, outputs, textField(resource, "successCondition")) ?? {
      kind: "resource",
      action,
      manifest,
      outputs: attributes(outputs, {}),
    }
  );
}

/** jsonPaths by output name without the template's name before it; undefined if some output is named otherwise. */
function outputsOf(template: DataMap): Readonly<Record<string, string>> | undefined {
  const prefix = `${textField(template, "name") ?? ""}-`;
  const entries = listField(field(template, "outputs"), "parameters").map(
    (output) => [textField(output, "name") ?? "", textField(field(output, "valueFrom"), "jsonPath")] as const,
  );
  if (entries.some(([name, path]) => !name.startsWith(prefix) || path === undefined)) return undefined;
  return Object.fromEntries(entries.map(([name, path]) => [name.slice(prefix.length), path ?? ""]));
}

/** The outputs besides name and manifest, if those and `expected` exist. */
function attributes(
  outputs: Readonly<Record<string, string>>,
  expected: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const known: Readonly<Record<string, string>> = { manifest: "{}", name: "{.metadata.name}", ...expected };
  return Object.fromEntries(Object.entries(outputs).filter(([name, path]) => !Object.hasOwn(known, name) || known[name] !== path));
}

function has(outputs: Readonly<Record<string, string>>, expected: Readonly<Record<string, string>>): boolean {
  return sameData(outputs, { manifest: "{}", name: "{.metadata.name}", ...expected });
}

function liftClaim(manifest: DataMap, outputs: Readonly<Record<string, string>>, action: string): LiftedResource | undefined {
  const spec = field(manifest, "spec");
  const name = splitName(manifest);
  if (!name || !has(outputs, claimAttributes)) return undefined;
  const fields: ClaimFields = {
    ...name,
    size: String(field(field(field(spec, "resources"), "requests"), "storage") ?? ""),
    modes: listField(spec, "accessModes").filter((mode) => typeof mode === "string"),
    storageClass: textField(spec, "storageClassName"),
    volumeName: textField(spec, "volumeName"),
    annotations: annotationsOf(manifest),
    dataSource: field(spec, "dataSource"),
  };
  return sameData(claimManifest(fields), manifest) ? { kind: "volume", action, ...fields } : undefined;
}

function liftSnapshot(
  manifest: DataMap,
  outputs: Readonly<Record<string, string>>,
  successCondition: string | undefined,
): LiftedResource | undefined {
  const spec = field(manifest, "spec");
  const name = splitName(manifest);
  if (!name || !has(outputs, snapshotAttributes)) return undefined;
  const fields: SnapshotFields = {
    ...name,
    claim: textField(field(spec, "source"), "name") ?? "",
    snapshotClass: textField(spec, "snapshotClassName"),
    apiVersion: textField(manifest, "apiVersion"),
    annotations: annotationsOf(manifest),
  };
  if (!sameData(snapshotManifest(fields), manifest)) return undefined;
  return { kind: "snapshot", ...fields, ...(successCondition !== snapshotReady && { successCondition }) };
}

function splitName(manifest: DataMap): { readonly resourceName: string; readonly uniqueName: boolean } | undefined {
  const name = textField(field(manifest, "metadata"), "name");
  if (name === undefined) return undefined;
  const unique = name.startsWith("{{workflow.name}}-");
  return { resourceName: unique ? name.slice("{{workflow.name}}-".length) : name, uniqueName: unique };
}

function annotationsOf(manifest: DataMap): DataMap | undefined {
  const annotations = field(field(manifest, "metadata"), "annotations");
  return isMap(annotations) ? annotations : undefined;
}
