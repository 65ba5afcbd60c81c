import { type Data, type DataMap, field, isMap } from "#data/data.ts";
import type { PortKind } from "#pipeline/model.ts";
import { conditionReads, inputsInText } from "../syntax/renaming.ts";
import { isBoundaryName } from "../syntax/boundary-names.ts";
import { find, findText } from "../read/fields.ts";
import { entriesAt, fieldAt, fieldPath } from "./field-operations.ts";
import { calleeName, isGraph, messageNames, messagePath, type ReadSpec } from "./pipeline-spec.ts";
import { type FoundReference, outputReferences, settingReferences, taskReferences } from "./references.ts";

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

/** The graph and the task of a key without an input. */
export function taskOfKey(key: string): { readonly graph: string; readonly task: string } {
  const [graph = "", task = ""] = JSON.parse(key) as readonly string[];
  return { graph, task };
}

/**
 * Whether an edit can have changed what is read. Most edits of settings cannot: they leave the graphs as they were, and the programs
 * and settings that they change refer to nothing.
 */
export function changesReads(before: ReadSpec, now: ReadSpec): boolean {
  const graphs = (spec: ReadSpec) => ["root", "components"].map((name) => fieldAt(spec.draft, spec.workflow.specPath, name));
  if (graphs(before).some((one, index) => one !== graphs(now)[index])) return true;
  const [old, fresh] = [executorsIn(before), executorsIn(now)];
  return old.some((executors, index) =>
    [...new Set([...Object.keys(executors), ...Object.keys(fresh[index] ?? {})])].some((label) => {
      const [a, b] = [field(executors, label), field(fresh[index], label)];
      return a !== b && [a, b].some((one) => reference.test(JSON.stringify(one ?? null)));
    }),
  );
}

/** Names of the SDK's making, and the fields by which settings refer to tasks and inputs, in both spellings. */
const reference = /pipelinechannel--|task_?output|component_?input|task_?final_?status/i;

/** The executors of the pipeline spec, and those of its platform spec. */
function executorsIn({ draft, workflow, platform }: ReadSpec): readonly DataMap[] {
  const found = [
    fieldAt(draft, workflow.specPath, "deploymentSpec", "executors"),
    platform && fieldAt(draft, fieldPath(draft, platform, "platforms"), "kubernetes", "deploymentSpec", "executors"),
  ];
  return found.map((one) => (isMap(one) ? one : {}));
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
  const programs = programsIn(spec);
  for (const graph of messageNames(spec)) {
    const message = messagePath(spec, graph);
    if (!isGraph(spec, message)) continue;
    const tasks = entriesAt(spec.draft, message, "dag", "tasks");
    const callees = new Map(tasks.map(({ key, value }) => [key, calleeName(value) ?? ""]));
    const readFrom = ({ kind, source }: Pick<FoundReference, "kind" | "source">) =>
      read.add(
        source.of === "graph"
          ? portKey(graph, "input", kind, source.input)
          : portKey(callees.get(source.task) ?? "", "output", kind, source.output),
      );
    for (const reference of outputReferences(spec.draft, message)) readFrom(reference);
    for (const { key, value } of tasks) {
      const component = callees.get(key) ?? "";
      const found = readsOfTask(value, { program: programs(component), settings: spec.settings(value).map(({ data }) => data) });
      for (const reference of found.references) {
        readFrom(reference);
        if (reference.source.of === "graph") continue;
        const reader = taskKey(graph, key);
        producers.set(reader, (producers.get(reader) ?? new Set()).add(reference.source.task));
      }
      for (const { kind, name } of found.inputs) read.add(portKey(component, "input", kind, name)).add(taskKey(graph, key, name));
      for (const { kind, name } of found.items) read.add(portKey(component, "input", kind, name));
    }
  }
  return { read, producers };
}

/** What one task reads: outputs of its siblings and inputs of its graph, inputs of its own, and what takes the item of its loop. */
interface TaskReads {
  readonly references: readonly Pick<FoundReference, "kind" | "source">[];
  readonly inputs: readonly { readonly kind: PortKind; readonly name: string }[];
  readonly items: readonly { readonly kind: PortKind; readonly name: string }[];
}

/** What the reads of a task depend on besides its data: the executor that it runs and its Kubernetes settings. */
interface TaskPrograms {
  readonly program: Data | undefined;
  readonly settings: readonly Data[];
}

const readsOfTasks = new WeakMap<DataMap, TaskPrograms & { readonly reads: TaskReads }>();

/** Remembered with the task's data, since an edit leaves nearly all tasks as they were. */
function readsOfTask(task: DataMap, programs: TaskPrograms): TaskReads {
  const before = readsOfTasks.get(task);
  const { program, settings } = programs;
  if (
    before?.program === program &&
    before?.settings.length === settings.length &&
    before.settings.every((one, at) => one === settings[at])
  )
    return before.reads;
  const reads: TaskReads = {
    references: [...taskReferences(task, [], ""), ...settings.flatMap((data) => settingReferences(data, [], ""))].map(
      ({ kind, source }) => ({ kind, source }),
    ),
    inputs: inputsRead(task, program),
    items: (["parameter", "artifact"] as const).flatMap((kind) => {
      const name = findText(find(task, `${kind}Iterator`, []).value, "itemInput");
      return name === undefined ? [] : [{ kind, name }];
    }),
  };
  readsOfTasks.set(task, { ...programs, reads });
  return reads;
}

/** The inputs of the SDK's making that a task reads itself: in its condition, its iterator, texts with placeholders, and its program. */
function inputsRead(task: DataMap, program: Data | undefined): TaskReads["inputs"] {
  const inputs = find(task, "inputs", []).value;
  const names = (["parameter", "artifact"] as const).flatMap((kind) => {
    const map = find(inputs, `${kind}s`, []).value;
    return Object.keys(isMap(map) ? map : {}).flatMap((name) => (isBoundaryName(name) ? [{ kind, name }] : []));
  });
  if (names.length === 0) return [];
  const parameters = find(inputs, "parameters", []).value;
  const texts = Object.values(isMap(parameters) ? parameters : {}).flatMap((binding) => {
    const constant = find(find(binding, "runtimeValue", []).value, "constant", []).value;
    return typeof constant === "string" ? inputsInText(constant) : [];
  });
  const condition = findText(find(task, "triggerPolicy", []).value, "condition") ?? "";
  return names.filter(({ kind, name }) => {
    const iterator = find(task, `${kind}Iterator`, []).value;
    const list = findText(find(iterator, "items", []).value, kind === "parameter" ? "inputParameter" : "inputArtifact");
    return (
      list === name ||
      (kind === "parameter" && texts.includes(name)) ||
      (condition !== "" && conditionReads(condition, kind, name)) ||
      mentions(program, `['${name}']`)
    );
  });
}

/** The executors of a pipeline by the component that runs them. */
function programsIn({ draft, workflow }: ReadSpec): (component: string) => Data | undefined {
  const components = draft.at(fieldPath(draft, workflow.specPath, "components"));
  const executors = draft.at(fieldPath(draft, workflow.specPath, "deploymentSpec", "executors"));
  return (component) => {
    const label = findText(field(components, component), "executorLabel");
    return label === undefined ? undefined : field(executors, label);
  };
}

function mentions(data: Data | undefined, text: string): boolean {
  if (typeof data === "string") return data.includes(text);
  if (typeof data !== "object" || data === null) return false;
  return Object.values(data).some((one) => mentions(one as Data, text));
}
