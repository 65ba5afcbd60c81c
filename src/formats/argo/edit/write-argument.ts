import type { DataMap, Path } from "#data/data.ts";
import type { PortKind } from "#pipeline/model.ts";
import { diffOperations } from "#data/difference.ts";
import { addItem, type Draft } from "#document/edit-draft.ts";
import { indexByName } from "./paths-and-names.ts";
import type { Flavor } from "../flavor/flavor.ts";

/** Fields of an artifact argument that say where it comes from; the others (optional, archive, mode) stay when it changes. */
const sources = new Set([
  "from",
  "fromExpression",
  "raw",
  "s3",
  "git",
  "http",
  "gcs",
  "oss",
  "azure",
  "hdfs",
  "artifactory",
  "plugin",
  "value",
  "valueFrom",
]);

/** Writes an argument of a call: in place of the one of this name, else where the flavor has it. */
export function writeArgument(draft: Draft, task: Path, kind: PortKind, item: DataMap, flavor: Flavor): void {
  const list = [...task, "arguments", `${kind}s`];
  const index = indexByName(draft.at(list), String(item.name));
  if (index >= 0) {
    const old = draft.at([...list, index]) as DataMap;
    const kept = Object.fromEntries(Object.entries(old).filter(([key]) => !sources.has(key)));
    draft.take(diffOperations(old, { ...kept, ...item }, [...list, index]));
    return;
  }
  const before = kind === "parameter" ? "artifacts" : undefined;
  addItem(draft, list, item, flavor.indexFor(draft.at(list), String(item.name)), before);
}
