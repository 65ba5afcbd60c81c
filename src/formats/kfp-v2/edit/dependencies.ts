import type { Draft, Refused } from "#document/edit-draft.ts";
import { findTask, type FoundTask, isRefused, nearestValue, note, refuse } from "#document/edit-targets.ts";
import { referencesIn } from "#pipeline/binding.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Task, Template } from "#pipeline/model.ts";
import { addToSet, fieldPath, removeFromSet } from "./field-operations.ts";

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Lets a task wait for another one of the same graph. */
export function addDependency(draft: Draft, edit: Of<"add-dependency">): Refused | undefined {
  const pair = findPair(draft, edit);
  if (isRefused(pair)) return pair;
  const { found, on } = pair;
  if (on.name === found.task.name) return refuse("edit-itself", { task: on.name }, found.task.path);
  const bad = cycleRefusal(found.graph, on.name, found.task) ?? awaitedExit(found.graph, on.name, found.task);
  if (bad) return bad;
  addToSet(draft, fieldPath(draft, found.task.path, "dependentTasks"), on.name);
  return undefined;
}

/** Removes a dependency of a task. If a wire still orders the two, that is reported. */
export function removeDependency(draft: Draft, edit: Of<"remove-dependency">): Refused | undefined {
  const pair = findPair(draft, edit, true);
  if (isRefused(pair)) return pair;
  const { found, on } = pair;
  const isMount = (found.task.otherReferences ?? []).some((one) => one.kind === "task-output" && one.task === on.name);
  if (isMount) return refuse("edit-order-of-setting", { task: found.task.name, on: on.name }, found.task.path);
  removeFromSet(draft, fieldPath(draft, found.task.path, "dependentTasks"), on.name, found.task.path);
  if (producersOf(found.task).has(on.name)) draft.note(note("edit-order-by-wire", { task: found.task.name, on: on.name }, found.task.path));
  return undefined;
}

/** The siblings whose outputs a task reads. */
export function producersOf(task: Task): ReadonlySet<string> {
  const references = [...task.arguments.flatMap((one) => referencesIn(one.binding)), ...(task.otherReferences ?? [])];
  return new Set(references.flatMap((one) => (one.kind === "task-output" ? [one.task] : [])));
}

/** Why a task cannot wait for `from`: that waits, by an order or a wire, for the task itself. */
export function cycleRefusal(graph: Template, from: string, task: Task): Refused | undefined {
  const before = new Map(graph.tasks.map((one) => [one.name, [...one.order.after.map(({ task: name }) => name), ...producersOf(one)]]));
  const came = new Map<string, string | undefined>([[from, undefined]]);
  const queue = [from];
  for (let here = queue.shift(); here !== undefined; here = queue.shift()) {
    if (here === task.name) {
      const path: string[] = [];
      for (let step: string | undefined = here; step !== undefined; step = came.get(step)) path.push(step);
      return refuse("edit-cycle", { a: from, b: task.name, path: [...path.reverse(), from].join(" → ") }, task.path);
    }
    for (const next of before.get(here) ?? []) {
      if (came.has(next)) continue;
      came.set(next, here);
      queue.push(next);
    }
  }
  return undefined;
}

/** An exit task becomes a hook of what it waits for, so nothing can wait for it. */
function awaitedExit(graph: Template, on: string, task: Task): Refused | undefined {
  const other = graph.tasks.find((one) => one.name === on);
  return other?.runsAlways ? refuse("edit-exit-awaited", { task: task.name, on }, task.path) : undefined;
}

function findPair(
  draft: Draft,
  edit: { readonly task: string; readonly on: string },
  mayBeGone = false,
): { readonly found: FoundTask; readonly on: { readonly name: string } } | Refused {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { graph } = found;
  const on = graph.tasks.find((task) => task.id === edit.on) ?? graph.tasks.find((task) => task.name === edit.on);
  if (on) return { found, on };
  if (mayBeGone && found.task.order.after.some((one) => one.task === edit.on)) return { found, on: { name: edit.on } };
  const elsewhere = findTask(draft, edit.on);
  if (!isRefused(elsewhere)) return refuse("edit-other-graph", { from: elsewhere.task.name, to: found.task.name }, found.task.path);
  const names = graph.tasks.map((task) => task.name);
  return refuse("edit-task-unknown", { name: edit.on, ...nearestValue(edit.on, names) }, found.task.path);
}
