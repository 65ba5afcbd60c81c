import { type Data, isList, isMap, type Path } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import { copyTemplate } from "./copy-template.ts";
import { addItem, type Draft, type Refused } from "#document/edit-draft.ts";
import { stepReadTooEarly } from "./order.ts";
import { readsAny } from "./drop-readers.ts";
import { badTaskName, tasksPath, templatesPath } from "./paths-and-names.ts";
import { findTask, findTemplate, isRefused, nearestValue, note, refuse, uniqueName } from "#document/edit-targets.ts";
import { templateByName, templateNamed } from "#pipeline/resolve-call.ts";
import { flavorOf } from "../flavor/flavor-of.ts";

// Adds and moves calls, and changes what they run. Removing and renaming have files of their own.

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Adds a call. dag: in sorted place if the calls are sorted (KFP), else last; steps: a group of its own, or in `stage`. */
export function addTask(draft: Draft, edit: Of<"add-task">): Refused | undefined {
  const found = findTemplate(draft, edit.graph);
  if (isRefused(found)) return found;
  const { workflow, template: graph } = found;
  if (!tasksPath(graph)) return refuse("edit-not-a-graph", { template: graph.name, kind: graph.kind }, graph.path);
  const bad = badTaskName(edit.name, graph.path) ?? takenTask(graph, edit.name);
  if (bad) return bad;
  const call = callData(workflow, edit.template);
  if (isRefused(call)) return call;
  return placeCall(draft, { workflow, graph, call: { name: edit.name, ...call }, stage: edit.stage, at: edit.at });
}

/** Refuses a name that a call of this graph has already. */
export function takenTask(graph: Template, name: string): Refused | undefined {
  const other = graph.tasks.find((task) => task.name === name);
  return other && refuse("edit-task-name-taken", { name, template: graph.name }, other.path);
}

/** The template that a call names: a template of this file, or `NAME/TEMPLATE` of another object. */
function callData(workflow: Workflow, template: string): { readonly [key: string]: Data } | Refused {
  const named = workflow.templates.find((one) => one.id === template) ?? templateByName(workflow, template);
  if (named) return { template: named.name };
  const [name, inner, more] = template.split("/");
  if (name && inner && more === undefined) return { templateRef: { name, template: inner } };
  return refuse("edit-template-unknown", {
    name: template,
    ...nearestValue(
      template,
      workflow.templates.map((one) => one.name),
    ),
  });
}

interface PlacedCall {
  readonly workflow: Workflow;
  readonly graph: Template;
  readonly call: { readonly [key: string]: Data };
  readonly stage?: number | undefined;
  readonly at?: number | undefined;
}

function placeCall(draft: Draft, { workflow, graph, call, stage, at }: PlacedCall): Refused | undefined {
  const list = tasksPath(graph) as Path;
  const here = draft.at(list);
  if (graph.kind === "dag") {
    addItem(draft, list, call, at ?? flavorOf(workflow).indexFor(here, String(call.name)));
    return undefined;
  }
  const groups = isList(here) ? here.length : 0;
  if (stage === undefined || stage === groups) {
    addItem(draft, list, [call]);
    return undefined;
  }
  if (stage < 0 || stage > groups) return refuse("edit-stage-outside", { stage, n: groups }, graph.path);
  const group = [...list, stage];
  if (isList(draft.at(group))) addItem(draft, group, call, at);
  else draft.set(group, [call]);
  return undefined;
}

/** Moves a call to another place in its list; in steps also to another group, or behind the last into a new one. */
export function moveTask(draft: Draft, edit: Of<"move-task">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { graph, task } = found;
  const from = task.path;
  const list = from.slice(0, -1);
  const size = (draft.at(list) as readonly Data[]).length;
  if (graph.kind !== "steps" || edit.stage === undefined || edit.stage === task.stage) {
    if (edit.to < 0 || edit.to >= size) return refuse("edit-index-outside", { index: edit.to, n: size }, from);
    draft.move(from, [...list, edit.to]);
    return undefined;
  }
  const steps = tasksPath(graph) as Path;
  const groups = (draft.at(steps) as readonly Data[]).length;
  if (edit.stage < 0 || edit.stage > groups) return refuse("edit-stage-outside", { stage: edit.stage, n: groups }, from);
  const early = stepReadTooEarly(draft, graph, task, edit.stage);
  if (early) return early;
  // A group that was alone in its list moves as a whole: its lines then stay together.
  if (size === 1 && edit.stage === groups) {
    draft.move(list, [...steps, groups - 1]);
    return undefined;
  }
  const target = [...steps, edit.stage];
  if (edit.stage === groups) {
    draft.insert(target, []);
    draft.move(from, [...target, 0]);
    return undefined;
  }
  const there = draft.at(target);
  if (!isList(there)) return refuse("edit-stage-outside", { stage: edit.stage, n: groups }, from);
  draft.move(from, [...target, Math.max(0, Math.min(edit.to, there.length))]);
  if (size === 1) draft.remove(list);
  return undefined;
}

/** Copies a call with its incoming wires; in a KFP file the copy gets a template of its own, as the SDK does. */
export function duplicateTask(draft: Draft, edit: Of<"duplicate-task">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { workflow, graph, task } = found;
  const flavor = flavorOf(workflow);
  const own =
    flavor.hasCompiledSteps && task.call.kind === "template" && found.callee && !found.callee.tasks.length ? found.callee : undefined;
  const taken = (name: string) =>
    graph.tasks.some((other) => other.name === name) || (own !== undefined && workflow.templates.some((other) => other.name === name));
  if (edit.name !== undefined) {
    const bad = badTaskName(edit.name, task.path) ?? takenTask(graph, edit.name);
    if (bad) return bad;
  }
  const name = edit.name ?? uniqueName(task.name.replace(/-\d+$/, "") || task.name, taken);
  const call = draft.at(task.path);
  if (!isMap(call)) return refuse("edit-task-unknown", { name: task.name, nearest: "" }, task.path);
  let copied: { readonly [key: string]: Data } = { ...call, name };
  if (own) {
    const template = uniqueName(name, (other) => workflow.templates.some((one) => one.name === other));
    copied = { ...copied, template };
    draft.insert(...copyTemplate(draft, workflow, own, template));
  }
  // Templates may have been inserted before this one, so the call's path is looked up again.
  const list = nowAt(draft, workflow, task.path).slice(0, -1);
  const index = task.path.at(-1) as number;
  draft.insert([...list, indexOfCopy(draft.at(list), flavor.indexFor(draft.at(list), name), index + 1)], copied);
  return undefined;
}

/** Where the copy goes: the index that its flavor wants, unless that is before the original only because the list is not sorted. */
function indexOfCopy(list: Data | undefined, wanted: number | undefined, behind: number): number {
  if (wanted === undefined) return behind;
  return isList(list) && wanted === list.length ? Math.max(wanted, behind) : wanted;
}

/** The current path of a value in a template, after templates were inserted before it. */
export function nowAt(draft: Draft, workflow: Workflow, path: Path): Path {
  const depth = templatesPath(workflow).length;
  const index = path[depth];
  if (typeof index !== "number") return path;
  const moved = draft.operations.filter(
    (operation) => operation.op === "insert" && operation.path.length === depth + 1 && (operation.path[depth] as number) <= index,
  ).length;
  return [...path.slice(0, depth), index + moved, ...path.slice(depth + 1)];
}

/** Makes a call run another template. Arguments that the new one does not take are dropped and reported. */
export function retargetTask(draft: Draft, edit: Of<"retarget-task">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { workflow, task } = found;
  const call = callData(workflow, edit.template);
  if (isRefused(call)) return call;
  const target = templateNamed(draft.model, workflow, String(call.template ?? ""))?.template;
  if (target) {
    const gone = task.arguments.filter((one) => !target.inputs.some((input) => input.name === one.name && input.kind === one.kind));
    for (const one of [...gone].reverse()) {
      removeArgument(draft, task.path, one.path);
      draft.note(note("edit-argument-dropped", { task: task.name, input: one.name }, task.path));
    }
  }
  const gives = (name: string) => target === undefined || target.outputs.some((output) => output.name === name);
  for (const output of found.callee?.outputs ?? []) {
    const read = found.graph.tasks.find((other) =>
      readsAny(draft.at(other.path), (one) => one.kind === "task-output" && one.task === task.name && one.output === output.name),
    );
    if (read && !gives(output.name))
      draft.note(note("edit-output-missing", { task: task.name, output: output.name, reader: read.name }, read.path));
  }
  const key = Object.keys(call)[0] as string;
  const old = ["template", "templateRef", "inline"].filter((one) => draft.at([...task.path, one]) !== undefined);
  draft.set([...task.path, key], call[key] as Data, old[0]);
  for (const one of old) if (one !== key) draft.remove([...task.path, one]);
  return undefined;
}

/** Removes an argument of a call, with the lists that this leaves empty. */
export function removeArgument(draft: Draft, task: Path, argument: Path): void {
  let path = argument;
  while (path.length > task.length + 1) {
    const parent = draft.at(path.slice(0, -1));
    const size = isList(parent) ? parent.length : isMap(parent) ? Object.keys(parent).length : 0;
    if (size > 1) break;
    path = path.slice(0, -1);
  }
  draft.remove(path);
}
