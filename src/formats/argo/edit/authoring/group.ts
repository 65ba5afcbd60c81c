import type { AuthoringEdit, GroupKind } from "#pipeline/authoring-edit.ts";
import type { Reference } from "#pipeline/binding.ts";
import { type Data, type DataMap, isMap, type Path } from "#data/data.ts";
import type { Task } from "#pipeline/model.ts";
import { referencesInData } from "../../syntax/references.ts";
import { diffOperations } from "#data/difference.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { tasksPath, templatesPath } from "../paths-and-names.ts";
import { isRefused, note, refuse } from "#document/edit-targets.ts";
import { BoundaryPorts } from "./group-ports.ts";
import { controlOf, type Control } from "./control-groups.ts";
import { takeExit, exitRefusal } from "./exit-handler.ts";
import { circleThrough, formulaAcross, saysDepends, waitsFor, withOrder } from "./group-order.ts";
import { withReferences } from "./replace-references.ts";
import { type Selection, selectionOf } from "./selection.ts";
import { flavorOf } from "../../flavor/flavor-of.ts";
import type { GroupNameWish } from "../../flavor/flavor.ts";

// Puts tasks of one graph into a group: a dag template of their own, called once in their place. docs/spec/kfp-v1.md#control-flow

type GroupTasks = Extract<AuthoringEdit, { kind: "group-tasks" }>;

/** Groups tasks: the boundary's ports are made, orders lifted to siblings, the lines of the tasks move with their comments. */
export function groupTasks(draft: Draft, edit: GroupTasks): Refused | undefined {
  const selection = selectionOf(draft, edit.tasks);
  if (isRefused(selection)) return selection as Refused;
  const found = selection as Selection;
  const bad = refusalOf(found) ?? (edit.as.kind === "exit-handler" ? exitRefusal(draft, found, edit.as.exit) : undefined);
  if (bad) return bad;
  const control = controlOf(draft, found, edit.as);
  if (isRefused(control)) return control as Refused;
  const between = circleThrough(found.graph, found.chosen, siblingsRead((control as Control).call));
  if (between) return refuse("authoring-group-circle", { task: between.name }, between.path);
  return draw(draft, found, edit, control as Control);
}

function refusalOf({ graph, chosen }: Selection): Refused | undefined {
  if (graph.kind !== "dag") return refuse("authoring-steps-group", { template: graph.name }, graph.path);
  return formulaAcross(graph.tasks, chosen);
}

/** Makes the group, once every reason to refuse it has been checked. */
function draw(draft: Draft, selection: Selection, edit: GroupTasks, control: Control): Refused | undefined {
  const { workflow, graph, tasks, chosen } = selection;
  const flavor = flavorOf(workflow);
  const names = flavor.groupNames(workflow, { kind: prefixes[edit.as.kind], own: edit.name, isLiteral: control.literal });
  const inner = new BoundaryPorts(flavor);
  const outer = new BoundaryPorts(flavor);
  let crossing: Task | undefined;
  const inside = new Map(
    tasks.map((task) => [
      task,
      withReferences(
        draft.at(task.path) as Data,
        (one) => fromOutside(inner, chosen, one),
        () => (crossing ??= task),
      ),
    ]),
  );
  const readers: Task[] = [];
  const outside = graph.tasks
    .filter((task) => !chosen.has(task.name))
    .map((task): readonly [Task, Data] => {
      const before = draft.at(task.path) as Data;
      const after = withReferences(
        before,
        (one) => fromGroup(outer, chosen, names.group, one),
        () => (crossing ??= task),
      );
      if (after !== before) readers.push(task);
      return [task, after];
    });
  const outputsPath = [...graph.path, "outputs"];
  const outputs = draft.at(outputsPath);
  const given =
    outputs === undefined
      ? undefined
      : withReferences(
          outputs,
          (one) => fromGroup(outer, chosen, names.group, one),
          () => (crossing ??= tasks[0]),
        );
  if (crossing) return refuse("authoring-expression-crosses", { task: crossing.name }, crossing.path);
  const results = resultsOutside({ selection, as: edit.as, readers, graphReads: given !== outputs, group: names.group });
  if (results && "refusal" in results) return results;
  (results ?? []).forEach((one) => draft.note(one));

  const how = { flavor, depends: saysDepends(graph) };
  const call = withOrder(
    { name: names.group, template: names.group, ...nonEmpty("arguments", control.withItem(inner.arguments())), ...control.call },
    [...tasks.flatMap(waitsFor).filter((name) => !chosen.has(name)), ...siblingsRead(control.call)],
    how,
  );
  // Wherever a place is still that of the model, the change is made first; then the tasks move.
  for (const [task, data] of outside) {
    const waits = waitsFor(task);
    const ordered = withOrder(
      data as DataMap,
      waits.map((name) => (chosen.has(name) ? names.group : name)),
      { ...how, keep: waits },
    );
    draft.take(diffOperations(draft.at(task.path) as Data, ordered, task.path));
  }
  if (given !== undefined && outputs !== undefined) draft.take(diffOperations(outputs, given, outputsPath));
  for (const [task, data] of inside) {
    const waits = waitsFor(task);
    const ordered = withOrder(
      data as DataMap,
      waits.filter((name) => chosen.has(name)),
      { ...how, depends: task.order.style === "depends", keep: waits },
    );
    draft.take(diffOperations(draft.at(task.path) as Data, ordered, task.path));
  }
  const template: DataMap = {
    name: names.group,
    ...control.template,
    ...nonEmpty("inputs", control.withItemInput(inner.inputs())),
    ...nonEmpty("outputs", outer.outputs()),
    // A block list takes the tasks' lines unchanged; this first item is removed once they are in.
    dag: { tasks: [{ name: names.group, template: names.group }] },
  };
  const exit = edit.as.kind === "exit-handler" ? takeExit(draft, selection, edit.as.exit) : undefined;
  moveIn(draft, selection, { call, template, removed: exit });
  return undefined;
}

const prefixes: Readonly<Record<GroupKind["kind"], GroupNameWish["kind"]>> = {
  "sub-dag": "subgraph",
  condition: "condition",
  loop: "for-loop",
  "exit-handler": "exit-handler",
};

/** Inside, what comes from outside is an input of the group. */
function fromOutside(boundary: BoundaryPorts, chosen: ReadonlySet<string>, reference: Reference): string | undefined {
  const outside = reference.kind === "graph-input" || (reference.kind === "task-output" && !chosen.has(reference.task));
  if (!outside) return undefined;
  const { kind, name } = boundary.port(reference);
  return `{{inputs.${kind}s.${name}}}`;
}

/** Outside, what comes from a chosen task is an output of the group. */
function fromGroup(boundary: BoundaryPorts, chosen: ReadonlySet<string>, group: string, reference: Reference): string | undefined {
  if (reference.kind !== "task-output" || !chosen.has(reference.task)) return undefined;
  const { kind, name } = boundary.port(reference);
  return `{{tasks.${group}.outputs.${kind}s.${name}}}`;
}

/** Results of a loop cannot be read outside it; those of a condition may be missing, which is reported. */
function resultsOutside(group: {
  readonly selection: Selection;
  readonly as: GroupKind;
  readonly readers: readonly Task[];
  readonly graphReads: boolean;
  readonly group: string;
}): Refused | ReturnType<typeof note>[] | undefined {
  const { selection, as, readers, graphReads } = group;
  const [reader] = readers;
  const from = selection.tasks.map((task) => task.name).join(", ");
  if (as.kind === "loop" && (reader || graphReads))
    return refuse("authoring-loop-result", { task: reader?.name ?? selection.graph.name, from }, reader?.path ?? selection.graph.path);
  return as.kind === "condition"
    ? readers.map((task) => note("authoring-condition-output", { task: task.name, group: group.group }, task.path))
    : undefined;
}

/** The siblings that a condition or a loop reads: the group waits for them. */
function siblingsRead(control: DataMap): readonly string[] {
  return referencesInData(control).flatMap(({ reference }) => (reference.kind === "task-output" ? [reference.task] : []));
}

function nonEmpty(key: string, value: DataMap): DataMap {
  return Object.keys(value).length > 0 ? { [key]: value } : {};
}

/** Adds the call and the template, and moves the tasks' lines into it. */
function moveIn(
  draft: Draft,
  { workflow, graph, tasks }: Selection,
  made: { readonly call: DataMap; readonly template: DataMap; readonly removed?: Task },
): void {
  const flavor = flavorOf(workflow);
  const list = tasksPath(graph) as Path;
  const indexOf = (task: Task) => task.path.at(-1) as number;
  const at = flavor.indexFor(draft.at(list), String(made.call["name"])) ?? Math.min(...tasks.map(indexOf));
  draft.insert([...list, at], made.call);
  const templates = templatesPath(workflow);
  const all = draft.at(templates);
  const index = flavor.indexFor(all, String(made.template["name"])) ?? (Array.isArray(all) ? all.length : 0);
  draft.insert([...templates, index], made.template);
  const depth = templates.length;
  const shift = (path: Path): Path =>
    typeof path[depth] === "number" && (path[depth] as number) >= index
      ? [...path.slice(0, depth), (path[depth] as number) + 1, ...path.slice(depth + 1)]
      : path;
  const here = shift(list);
  const removed = made.removed;
  const going = [...tasks, ...(removed ? [removed] : [])].sort((a, b) => indexOf(b) - indexOf(a));
  for (const task of going) {
    const dataPath = [...here, indexOf(task) + (indexOf(task) >= at ? 1 : 0)];
    if (!isMap(draft.at(dataPath))) continue;
    if (task === removed) draft.remove(dataPath);
    else draft.move(dataPath, [...templates, index, "dag", "tasks", 0]);
  }
  draft.remove([...templates, index, "dag", "tasks", tasks.length]);
}
