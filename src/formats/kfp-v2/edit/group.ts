import { type DataMap, isMap } from "#data/data.ts";
import { diffOperations } from "#data/difference.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { findTask, type FoundTask, isRefused, refuse, uniqueName } from "#document/edit-targets.ts";
import type { GroupKind } from "#pipeline/authoring-edit.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { PortKind, Task, Template, Workflow } from "#pipeline/model.ts";
import { boundaryNameOf, boundaryNameOfInput, taskKeyOf } from "../syntax/boundary-names.ts";
import { outputSource } from "../syntax/bindings.ts";
import { find } from "../read/fields.ts";
import { putComponent } from "./add-tasks.ts";
import { bindingOf, collected, passedDefinition, type Value } from "./group-ports.ts";
import { producersOf } from "./dependencies.ts";
import { entriesAt, fieldPath, put, replaceInSet } from "./field-operations.ts";
import { executorUses, isOwn } from "./free-names.ts";
import { type Around, conditionControl, type GroupControl, loopControl } from "./group-control.ts";
import { sortedKeys } from "./lower-component.ts";
import { messageNames, messagePath, portPath, referencesOf, type Spec, specOf, taskPath } from "./pipeline-spec.ts";
import { rewriteInputs, rewriteSettings } from "./rewrite-bindings.ts";

// Tasks of one graph become the content of a group: a component of their own, which one task runs in their place. Values that they read
// from outside come in by inputs, values that others read from them go out by outputs, all called as the SDK calls them.

type GroupTasks = Extract<Edit, { kind: "group-tasks" }>;

interface Selection {
  readonly workflow: Workflow;
  readonly graph: Template;
  readonly tasks: readonly FoundTask[];
  readonly chosen: ReadonlySet<string>;
}

/** Puts tasks into a group: a condition, a loop, an exit handler, or a pipeline of its own. */
export function groupTasks(draft: Draft, edit: GroupTasks): Refused | undefined {
  const selection = selectionOf(draft, edit.tasks);
  if ("refusal" in selection) return selection;
  const spec = specOf(draft, selection.workflow);
  const exit = edit.as.kind === "exit-handler" ? exitOf(selection, edit.as.exit) : undefined;
  if (exit && "refusal" in exit) return exit;
  const bad = refusalOf(spec, selection);
  if (bad) return bad;
  const names = groupNames(spec, selection, edit);
  const control = controlOf({ spec, ...selection }, edit.as, names.number);
  if ("refusal" in control) return control;
  const between = taskBetween(selection, control);
  if (between) return refuse("authoring-group-circle", { task: between.name }, between.path);
  const crossing = crossingOut(spec, selection, edit.as);
  if (crossing) return crossing;
  draw({ spec, selection, key: names.key, title: edit.name ?? names.key, control, isLoop: edit.as.kind === "loop" });
  if (exit) makeExit(spec, selection.graph.name, { exit: exit.name, group: names.key });
  return undefined;
}

function selectionOf(draft: Draft, ids: readonly string[]): Selection | Refused {
  const tasks: FoundTask[] = [];
  for (const id of ids) {
    const one = findTask(draft, id);
    if (isRefused(one)) return one;
    if (!tasks.some((other) => other.task.id === one.task.id)) tasks.push(one);
  }
  const [first] = tasks;
  if (!first) return refuse("authoring-no-tasks", {});
  const other = tasks.find((one) => one.graph.id !== first.graph.id);
  if (other) return refuse("authoring-different-graphs", { a: first.task.name, b: other.task.name }, other.task.path);
  return { workflow: first.workflow, graph: first.graph, tasks, chosen: new Set(tasks.map((one) => one.task.name)) };
}

/** An exit task stays with what it waits for; settings that refer to the graph move with their task, so no other may run it. */
function refusalOf(spec: Spec, { tasks, chosen }: Selection): Refused | undefined {
  for (const { task, callee } of tasks) {
    if (task.runsAlways && task.order.after.some((one) => !chosen.has(one.task)))
      return refuse("authoring-exit-selected", { exit: task.displayName ?? task.name }, task.path);
    const reads = (task.otherReferences ?? []).some((one) => one.kind !== "task-output" || !chosen.has(one.task));
    if (reads && callee?.executor && (!isOwn(spec, callee.name) || executorUses(spec, callee.executor.label) > 1))
      return refuse("authoring-template-shared", { template: callee.name, n: 2 }, task.path);
  }
  return undefined;
}

/** A task outside that runs after some of the chosen ones and before others. */
function taskBetween({ graph, chosen }: Selection, control: GroupControl): Task | undefined {
  const before = new Map(
    graph.tasks.map((task) => [task.name, new Set([...task.order.after.map((one) => one.task), ...producersOf(task)])]),
  );
  const reach = (starts: Iterable<string>): ReadonlySet<string> => {
    const seen = new Set<string>();
    const open = [...starts];
    for (let here = open.pop(); here !== undefined; here = open.pop())
      for (const next of before.get(here) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    return seen;
  };
  const operands = control.inputs.flatMap(({ value }) => (value && "task" in value.source ? [value.source.task] : []));
  const upstream = new Set([...reach([...chosen, ...operands]), ...operands]);
  return graph.tasks.find(
    (task) => !chosen.has(task.name) && upstream.has(task.name) && [...reach([task.name])].some((one) => chosen.has(one)),
  );
}

/** Values of a condition may be absent outside; values of a loop are lists there. */
function crossingOut(spec: Spec, { graph, chosen }: Selection, as: GroupKind): Refused | undefined {
  if (as.kind !== "condition" && as.kind !== "loop") return undefined;
  const crossing = referencesOf(spec, graph.name).find(
    (one) =>
      one.source.of === "task" &&
      chosen.has(one.source.task) &&
      (one.reader === undefined || !chosen.has(one.reader)) &&
      !one.source.isStatus,
  );
  if (!crossing || crossing.source.of !== "task") return undefined;
  const values = { task: crossing.reader ?? graph.name, from: crossing.source.task, group: crossing.source.task };
  return refuse(as.kind === "loop" ? "authoring-loop-result" : "authoring-condition-output", values, graph.path);
}

function controlOf(around: Around, as: GroupKind, number: number): GroupControl | Refused {
  if (as.kind === "condition") return conditionControl(around, as);
  if (as.kind === "loop") return loopControl(around, as, number);
  return { fields: {}, inputs: [] };
}

const kinds = /^(?:condition|condition-branches|for-loop|exit-handler)-(\d+)$/;

/** The key of the group and the number before it: the SDK counts all groups of a pipeline, and the items of static loops, together. */
function groupNames(spec: Spec, { tasks }: Selection, edit: GroupTasks): { readonly key: string; readonly number: number } {
  const keys = messageNames(spec).flatMap((name) => entriesAt(spec.draft, messagePath(spec, name), "dag", "tasks").map(({ key }) => key));
  const number = Math.max(0, ...keys.map((key) => Number(kinds.exec(key)?.[1] ?? 0))) + 1;
  const components = fieldPath(spec.draft, spec.workflow.specPath, "components");
  const free = (key: string) => uniqueName(key, (one) => keys.includes(one) || spec.draft.at([...components, `comp-${one}`]) !== undefined);
  switch (edit.as.kind) {
    case "condition":
      return { key: free(`condition-${number}`), number };
    case "loop": {
      const isStatic = "items" in edit.as.over || "text" in edit.as.over;
      return { key: free(`for-loop-${isStatic ? number + 1 : number}`), number };
    }
    case "exit-handler":
      return { key: free(`exit-handler-${number}`), number };
    case "sub-dag": {
      const areBranches = tasks.every(({ task }) => task.when !== undefined && task.loop === undefined);
      if (areBranches && edit.name === undefined) return { key: free(`condition-branches-${number}`), number };
      return { key: free(taskKeyOf(edit.name ?? "group")), number };
    }
  }
}

interface Drawing {
  readonly spec: Spec;
  readonly selection: Selection;
  readonly key: string;
  readonly title: string;
  readonly control: GroupControl;
  readonly isLoop: boolean;
}

function draw({ spec, selection, key, title, control, isLoop }: Drawing): void {
  const { draft } = spec;
  const { graph, chosen } = selection;
  const message = messagePath(spec, graph.name);
  const ports = new GroupPorts(spec, graph.name);
  for (const { name, definition, value } of control.inputs) ports.declare(name, definition, value);
  // What the tasks read from outside.
  const inside: Record<string, DataMap> = {};
  const waits = new Set<string>();
  for (const { task, callee } of selection.tasks) {
    const data = draft.at(task.path);
    if (!isMap(data)) continue;
    const rewrite: Parameters<typeof rewriteInputs>[1] = ({ kind, source }) => {
      if (source.of === "task" && (chosen.has(source.task) || source.isStatus)) return "keep";
      return { value: ports.passIn(kind, source.of === "task" ? { task: source.task, output: source.output } : { input: source.input }) };
    };
    const dependent = find(data, "dependentTasks", []);
    const names = Array.isArray(dependent.value) ? (dependent.value as readonly string[]) : [];
    names.filter((one) => !chosen.has(one)).forEach((one) => waits.add(one));
    const left = names.filter((one) => chosen.has(one));
    const { [dependent.key]: _, ...rest } = rewriteInputs(data, rewrite);
    inside[task.name] = left.length > 0 ? insertKey(rest, dependent.key, left) : rest;
    if (!callee?.executor) continue;
    for (const { data: settings, path } of spec.settings(data))
      draft.take(diffOperations(settings, rewriteSettings(settings, rewrite), path));
  }
  for (const { value } of control.inputs) if (value && "task" in value.source) waits.add(value.source.task);
  const outputs = surfaced(spec, { selection, key, isLoop });
  // The group in place of its tasks.
  for (const name of chosen) draft.remove(taskPath(spec, graph.name, name));
  for (const { key: other, path } of entriesAt(draft, message, "dag", "tasks"))
    if (!chosen.has(other)) for (const name of chosen) replaceInSet(draft, fieldPath(draft, path, "dependentTasks"), name, key);
  const task: DataMap = {
    componentRef: { name: `comp-${key}` },
    ...(waits.size > 0 ? { dependentTasks: [...waits].sort() } : {}),
    ...ports.given(),
    ...control.fields,
    taskInfo: { name: title },
  };
  putComponent(spec, `comp-${key}`, {
    dag: { ...(outputs ? { outputs: outputs.sources } : {}), tasks: inside },
    ...ports.definitions(),
    ...(outputs ? { outputDefinitions: outputs.definitions } : {}),
  });
  put(draft, taskPath(spec, graph.name, key), sortedKeys(task));
}

function insertKey(data: DataMap, key: string, value: readonly string[]): DataMap {
  return Object.fromEntries(Object.entries({ ...data, [key]: value }).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** The inputs of a new group: each value that comes in has one, under the SDK's name. */
class GroupPorts {
  readonly #spec: Spec;
  readonly #graph: string;
  readonly #ports = new Map<string, { readonly kind: PortKind; readonly definition: DataMap; readonly value?: Value }>();

  constructor(spec: Spec, graph: string) {
    this.#spec = spec;
    this.#graph = graph;
  }

  declare(name: string, definition: DataMap, value: Value | undefined): void {
    this.#ports.set(name, { kind: "parameter", definition, ...(value ? { value } : {}) });
  }

  /** The value inside that represents one of the graph around. */
  passIn(kind: PortKind, source: Value["source"]): Value {
    const key = JSON.stringify([kind, source]);
    const known = [...this.#ports].find(([, one]) => one.value && JSON.stringify([one.kind, one.value.source]) === key);
    const definition = this.#definitionOf(kind, source);
    const wanted = "input" in source ? boundaryNameOfInput(source.input) : boundaryNameOf(source.task, source.output);
    const name = known?.[0] ?? uniqueName(wanted, (one) => this.#ports.has(one));
    if (!known) this.#ports.set(name, { kind, definition, value: { kind, source, definition } });
    return { kind, source: { input: name }, definition };
  }

  #definitionOf(kind: PortKind, source: Value["source"]): DataMap {
    const { draft } = this.#spec;
    if ("input" in source)
      return passedDefinition(
        draft.at(portPath(draft, messagePath(this.#spec, this.#graph), { side: "input", kind, name: source.input })),
        kind,
      );
    const task = draft.at(taskPath(this.#spec, this.#graph, source.task));
    const component = find(find(task, "componentRef", []).value, "name", []).value;
    if (typeof component !== "string") return passedDefinition(undefined, kind);
    return passedDefinition(
      draft.at(portPath(draft, messagePath(this.#spec, component), { side: "output", kind, name: source.output })),
      kind,
    );
  }

  /** `inputs` of the task that runs the group. */
  given(): DataMap {
    const of = (kind: PortKind) =>
      Object.fromEntries([...this.#ports].flatMap(([name, one]) => (one.kind === kind && one.value ? [[name, bindingOf(one.value)]] : [])));
    return filled("inputs", of);
  }

  /** `inputDefinitions` of the group. */
  definitions(): DataMap {
    const of = (kind: PortKind) =>
      Object.fromEntries([...this.#ports].flatMap(([name, one]) => (one.kind === kind ? [[name, one.definition]] : [])));
    return filled("inputDefinitions", of);
  }
}

function filled(key: string, of: (kind: PortKind) => DataMap): DataMap {
  const [artifacts, parameters] = [of("artifact"), of("parameter")];
  const both = {
    ...(Object.keys(artifacts).length > 0 ? { artifacts } : {}),
    ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
  };
  return Object.keys(both).length > 0 ? { [key]: both } : {};
}

/** The outputs of a new group: what others read from the chosen tasks, who then read it from the group. */
function surfaced(
  spec: Spec,
  { selection, key, isLoop }: { readonly selection: Selection; readonly key: string; readonly isLoop: boolean },
): { readonly sources: DataMap; readonly definitions: DataMap } | undefined {
  const { draft } = spec;
  const { graph, chosen, tasks } = selection;
  const sources: Record<PortKind, Record<string, DataMap>> = { parameter: {}, artifact: {} };
  const definitions: Record<PortKind, Record<string, DataMap>> = { parameter: {}, artifact: {} };
  for (const one of referencesOf(spec, graph.name)) {
    const { kind, source } = one;
    if (source.of !== "task" || !chosen.has(source.task) || (one.reader !== undefined && chosen.has(one.reader))) continue;
    if (one.taskPath) draft.set(one.taskPath, key);
    if (source.isStatus || !one.namePath) continue;
    const name = boundaryNameOf(source.task, source.output);
    const output = tasks
      .find(({ task }) => task.name === source.task)
      ?.callee?.outputs.find((port) => port.kind === kind && port.name === source.output);
    const definition = passedDefinition(output?.rest, kind);
    sources[kind][name] = outputSource(kind, [{ task: source.task, output: source.output }]);
    definitions[kind][name] = isLoop ? collected(definition, kind) : definition;
    draft.set(one.namePath, name);
  }
  const made = { ...filled("sources", (kind) => sources[kind]), ...filled("definitions", (kind) => definitions[kind]) };
  return isMap(made.sources) && isMap(made.definitions) ? { sources: made.sources, definitions: made.definitions } : undefined;
}

/** The exit task of a new exit handler: a sibling of the pipeline's own graph that reads nothing from the tasks. */
function exitOf({ workflow, graph, chosen }: Selection, id: string): Task | Refused {
  const exit = graph.tasks.find((one) => one.id === id) ?? graph.tasks.find((one) => one.name === id);
  if (!exit) return refuse("edit-task-unknown", { name: id, nearest: graph.tasks[0]?.name ?? "" }, graph.path);
  if (graph.name !== workflow.entrypoint) return refuse("authoring-exit-nested", {}, graph.path);
  if (chosen.has(exit.name)) return refuse("authoring-exit-selected", { exit: exit.displayName ?? exit.name }, exit.path);
  if (exit.runsAlways) return refuse("authoring-exit-twice", { exit: exit.displayName ?? exit.name }, exit.path);
  const [needed] = producersOf(exit);
  if (needed !== undefined) return refuse("authoring-exit-needs", { exit: exit.displayName ?? exit.name, task: needed }, exit.path);
  const reader = graph.tasks.find((one) => producersOf(one).has(exit.name) || one.order.after.some((before) => before.task === exit.name));
  return reader ? refuse("edit-exit-awaited", { task: reader.name, on: exit.name }, reader.path) : exit;
}

function makeExit(spec: Spec, graph: string, { exit, group }: { readonly exit: string; readonly group: string }): void {
  const { draft } = spec;
  const path = taskPath(spec, graph, exit);
  const dependent = fieldPath(draft, path, "dependentTasks");
  if (JSON.stringify(draft.at(dependent)) !== JSON.stringify([group])) put(draft, dependent, [group]);
  put(draft, fieldPath(draft, path, "triggerPolicy", "strategy"), "ALL_UPSTREAM_TASKS_COMPLETED");
}
