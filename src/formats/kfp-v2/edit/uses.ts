import { type Data, type DataMap, isMap } from "#data/data.ts";
import type { PortKind } from "#pipeline/model.ts";
import { conditionReads, inputsInText } from "../syntax/renaming.ts";
import { isBoundaryName } from "../syntax/boundary-names.ts";
import { find, findText } from "../read/fields.ts";
import { entriesAt, fieldAt, fieldPath } from "./field-operations.ts";
import { calleeName, isGraph, messageNames, messagePath, type ReadSpec, referencesOf } from "./pipeline-spec.ts";

/** What is read in a pipeline spec, to find what an edit has left unused. */
export interface Uses {
  /** Inputs and outputs of graphs with names of the SDK's making, and undeclared inputs of tasks, that something reads. */
  readonly read: ReadonlySet<string>;
  /** The siblings that each task reads from. */
  readonly producers: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The key of a port of a graph in `Uses.read`. */
export function portKey(graph: string, side: "input" | "output", kind: PortKind, name: string): string {
  return JSON.stringify([graph, side, kind, name]);
}

/** The key of a task, for `Uses.producers`, and with a name of an undeclared input in `Uses.read`. */
export function taskKey(graph: string, task: string, undeclared?: string): string {
  return JSON.stringify([graph, task, ...(undeclared === undefined ? [] : [undeclared])]);
}

const known = new WeakMap<DataMap, { readonly platform: Data | undefined; readonly uses: Uses }>();

/** Everything that is read. Remembered with the data: what an edit leaves is what the next one begins with. */
export function usesOf(spec: ReadSpec): Uses {
  const data = spec.draft.at(spec.workflow.specPath);
  const platform = spec.platform === undefined ? undefined : spec.draft.at(spec.platform);
  const found = isMap(data) ? known.get(data) : undefined;
  if (found && found.platform === platform) return found.uses;
  const uses = collectUses(spec);
  if (isMap(data)) known.set(data, { platform, uses });
  return uses;
}

function collectUses(spec: ReadSpec): Uses {
  const read = new Set<string>();
  const producers = new Map<string, Set<string>>();
  for (const graph of messageNames(spec)) {
    if (!isGraph(spec, messagePath(spec, graph))) continue;
    const tasks = entriesAt(spec.draft, messagePath(spec, graph), "dag", "tasks");
    const callees = new Map(tasks.map(({ key, value }) => [key, calleeName(value) ?? ""]));
    for (const { kind, source, reader } of referencesOf(spec, graph)) {
      if (source.of === "graph") {
        read.add(portKey(graph, "input", kind, source.input));
        continue;
      }
      read.add(portKey(callees.get(source.task) ?? "", "output", kind, source.output));
      if (reader === undefined) continue;
      const key = taskKey(graph, reader);
      producers.set(key, (producers.get(key) ?? new Set()).add(source.task));
    }
    for (const { key, value } of tasks) readsOfTask(spec, { graph, key, value, read });
  }
  return { read, producers };
}

/** What a task reads of its own inputs: in its condition, its iterator, texts with placeholders, and its program. */
function readsOfTask(
  spec: ReadSpec,
  { graph, key, value, read }: { readonly graph: string; readonly key: string; readonly value: Data; readonly read: Set<string> },
): void {
  const component = calleeName(isMap(value) ? value : {}) ?? "";
  const inputs = find(value, "inputs", []).value;
  const names = (["parameter", "artifact"] as const).flatMap((kind) => {
    const map = find(inputs, `${kind}s`, []).value;
    return Object.keys(isMap(map) ? map : {}).flatMap((name) => (isBoundaryName(name) ? [{ kind, name }] : []));
  });
  if (names.length === 0) return;
  const parameters = find(inputs, "parameters", []).value;
  const texts = Object.values(isMap(parameters) ? parameters : {}).flatMap((binding) => {
    const constant = find(find(binding, "runtimeValue", []).value, "constant", []).value;
    return typeof constant === "string" ? inputsInText(constant) : [];
  });
  const condition = findText(find(value, "triggerPolicy", []).value, "condition") ?? "";
  for (const { kind, name } of names) {
    const iterator = find(value, `${kind}Iterator`, []).value;
    const list = findText(find(iterator, "items", []).value, kind === "parameter" ? "inputParameter" : "inputArtifact");
    const isRead =
      list === name ||
      (kind === "parameter" && texts.includes(name)) ||
      (condition !== "" && conditionReads(condition, kind, name)) ||
      programMentions(spec, component, name);
    if (!isRead) continue;
    read.add(portKey(component, "input", kind, name));
    read.add(taskKey(graph, key, name));
  }
  for (const kind of ["parameter", "artifact"] as const) {
    const item = findText(find(value, `${kind}Iterator`, []).value, "itemInput");
    if (item !== undefined) read.add(portKey(component, "input", kind, item));
  }
}

function programMentions(spec: ReadSpec, component: string, name: string): boolean {
  const label = fieldAt(spec.draft, messagePath(spec, component), "executorLabel");
  if (typeof label !== "string") return false;
  const executor = spec.draft.at([...fieldPath(spec.draft, spec.workflow.specPath, "deploymentSpec", "executors"), label]);
  return mentions(executor, `['${name}']`);
}

function mentions(data: Data | undefined, text: string): boolean {
  if (typeof data === "string") return data.includes(text);
  if (typeof data !== "object" || data === null) return false;
  return Object.values(data).some((one) => mentions(one as Data, text));
}
