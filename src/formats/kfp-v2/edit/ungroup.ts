import { type DataMap, isMap } from "#data/data.ts";
import { diffOperations } from "#data/difference.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { callsOf, findTask, type FoundTask, isRefused, refuse, uniqueName } from "#document/edit-targets.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { PortKind, Template } from "#pipeline/model.ts";
import { constantBinding } from "../syntax/bindings.ts";
import { placeholdersIn } from "../syntax/placeholders.ts";
import { find } from "../read/fields.ts";
import { addToSet, drop, entriesAt, fieldAt, fieldPath, put, removeFromSet } from "./field-operations.ts";
import { argumentPath, messagePath, portPath, referencesOf, type Spec, specOf, taskPath } from "./pipeline-spec.ts";
import { outputReferences, referenceIn } from "./references.ts";
import { removeUnused } from "./remove-tasks.ts";
import { type Rewrite, rewriteInputs, rewriteSettings } from "./rewrite-bindings.ts";

// The content of a group goes into the graph around it: values that came in by its inputs are read directly again, and its outputs are
// those of the tasks that made them.

interface Group extends FoundTask {
  readonly callee: Template;
}

/** Takes the tasks of a group out; its condition or loop goes. */
export function ungroup(draft: Draft, edit: Extract<Edit, { kind: "ungroup" }>): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { task, callee, workflow } = found;
  if (callee?.kind !== "dag") return refuse("authoring-not-a-group", { task: task.name }, task.path);
  const calls = callsOf(draft.model, callee);
  if (calls.length > 1) return refuse("authoring-group-called", { template: callee.name, n: calls.length }, callee.path);
  if (callee.tasks.some((one) => one.call.kind === "template" && one.call.name === callee.name))
    return refuse("authoring-group-recursive", { template: callee.name }, callee.path);
  const spec = specOf(draft, workflow);
  const group: Group = { ...found, callee };
  return refusalOf(spec, group) ?? takeOut(spec, group);
}

/** The item of a loop, the list of its results, and the first of several branches have no meaning outside. */
function refusalOf(spec: Spec, { graph, task, callee }: Group): Refused | undefined {
  const items = new Set(callee.inputs.filter((one) => one.isItem).map((one) => one.name));
  const reader = referencesOf(spec, callee.name).find((one) => one.source.of === "graph" && items.has(one.source.input));
  if (reader) return refuse("authoring-item-used", { task: reader.reader ?? callee.name }, callee.path);
  const texts = task.arguments.find(({ rest }) => {
    const constant = find(find(rest, "runtimeValue", []).value, "constant", []).value;
    return typeof constant === "string" && placeholdersIn(constant).some((one) => one.kind === "input-parameter");
  });
  if (texts) return refuse("authoring-expression-crosses", { task: task.name }, task.path);
  for (const one of referencesOf(spec, graph.name)) {
    if (one.source.of !== "task" || one.source.task !== task.name) continue;
    if (one.source.isStatus)
      return refuse("edit-final-status", { task: one.reader ?? "", group: task.displayName ?? task.name }, task.path);
    const sources = sourcesOf(spec, callee.name, one.kind, one.source.output);
    if (task.loop || sources.length !== 1)
      return refuse("authoring-group-output", { output: one.source.output, template: callee.name }, callee.path);
  }
  return undefined;
}

/** The tasks and outputs that an output of a group picks. */
function sourcesOf(spec: Spec, graph: string, kind: PortKind, name: string): readonly { readonly task: string; readonly output: string }[] {
  return outputReferences(spec.draft, messagePath(spec, graph)).flatMap(({ kind: of, path, source }) =>
    of === kind && path[path.lastIndexOf("outputs") + 2] === name && source.of === "task" ? [source] : [],
  );
}

function takeOut(spec: Spec, group: Group): Refused | undefined {
  const { draft } = spec;
  const { graph, task, callee } = group;
  const around = messagePath(spec, graph.name);
  const others = new Set(graph.tasks.filter((one) => one !== task).map((one) => one.name));
  const keys = new Map<string, string>();
  for (const { name } of callee.tasks) {
    const key = uniqueName(name, (one) => others.has(one) || [...keys.values()].includes(one));
    keys.set(name, key);
  }
  const waits = task.order.after.map((one) => one.task);
  const moved = callee.tasks.flatMap((one): (readonly [string, DataMap])[] => {
    const data = draft.at(one.path);
    if (!isMap(data)) return [];
    const rewrite = rewriteFor(spec, group, keys);
    for (const { data: settings, path } of spec.settings(data))
      draft.take(diffOperations(settings, rewriteSettings(settings, rewrite), path));
    const dependent = find(data, "dependentTasks", []);
    const inner = one.order.after.map((before) => keys.get(before.task) ?? before.task);
    const after = [...new Set(inner.length > 0 ? inner : waits)].sort();
    const { [dependent.key]: _, ...rest } = rewriteInputs(data, rewrite);
    const made =
      after.length > 0 ? Object.entries({ ...rest, [dependent.key]: after }).sort(([a], [b]) => (a < b ? -1 : 1)) : Object.entries(rest);
    return [[keys.get(one.name) ?? one.name, Object.fromEntries(made)]];
  });
  for (const one of referencesOf(spec, graph.name)) {
    if (one.source.of !== "task" || one.source.task !== task.name || !one.taskPath || !one.namePath) continue;
    const [source] = sourcesOf(spec, callee.name, one.kind, one.source.output);
    if (!source) continue;
    draft.set(one.taskPath, keys.get(source.task) ?? source.task);
    draft.set(one.namePath, source.output);
  }
  const awaited = new Set(callee.tasks.flatMap((one) => one.order.after.map((before) => before.task)));
  const last = callee.tasks.filter((one) => !awaited.has(one.name)).map((one) => keys.get(one.name) ?? one.name);
  for (const { key, path } of entriesAt(draft, around, "dag", "tasks")) {
    const list = fieldPath(draft, path, "dependentTasks");
    const before = draft.at(list);
    if (key === task.name || !Array.isArray(before) || !before.includes(task.name)) continue;
    for (const one of last) addToSet(draft, list, one);
    removeFromSet(draft, list, task.name, path);
    // What ran after an exit handler is a task like any other.
    if (callee.groupKind === "exit-handler") drop(draft, fieldPath(draft, path, "triggerPolicy", "strategy"), path);
  }
  // The keys of the tasks inside may be those of the group.
  draft.remove(taskPath(spec, graph.name, task.name));
  for (const [key, data] of moved) put(draft, taskPath(spec, graph.name, key), data);
  // The component goes without what it contained.
  const tasks = fieldPath(draft, messagePath(spec, callee.name), "dag", "tasks");
  draft.set(tasks, {});
  removeUnused(spec, callee.name);
  return undefined;
}

/** Inside, an input of the group becomes what the task that ran the group gave it; a task has its new key. */
function rewriteFor(spec: Spec, { task, callee }: Group, keys: ReadonlyMap<string, string>): Rewrite {
  const { draft } = spec;
  return ({ kind, source }) => {
    if (source.of === "task") {
      const key = keys.get(source.task) ?? source.task;
      if (key === source.task || source.isStatus) return "keep";
      return { value: { kind, source: { task: key, output: source.output }, definition: {} } };
    }
    const given = draft.at(argumentPath(draft, task.path, kind, source.input));
    if (isMap(given)) return { binding: bindingWithoutSelector(given) };
    const fallback = fieldAt(
      draft,
      portPath(draft, messagePath(spec, callee.name), { side: "input", kind, name: source.input }),
      "defaultValue",
    );
    return fallback === undefined ? "remove" : { binding: constantBinding(fallback) };
  };
}

function bindingWithoutSelector(binding: DataMap): DataMap {
  return referenceIn(binding, []) || find(binding, "runtimeValue", []).value !== undefined ? binding : {};
}
