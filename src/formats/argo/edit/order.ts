import type { Edit } from "#pipeline/edit.ts";
import type { Template, Task } from "#pipeline/model.ts";
import type { Path } from "#data/data.ts";
import { isList } from "#data/data.ts";
import { andDepends, withoutInDepends } from "../syntax/depends.ts";
import { referencesInData } from "../syntax/references.ts";
import { addItem, type Draft, type Refused } from "#document/edit-draft.ts";
import { sortedIndex, tasksPath } from "./paths-and-names.ts";
import { findTask, type FoundTask, isRefused, nearestValue, note, refuse } from "#document/edit-targets.ts";

// Dependencies: in a dag the consumer's `dependencies` or `depends`, in steps the order of the groups.

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Lets a task wait for another one. In steps the groups order already; what they do not order is refused. */
export function addDependency(draft: Draft, edit: Of<"add-dependency">): Refused | undefined {
  const pair = findPair(draft, edit);
  if (isRefused(pair)) return pair;
  const { found, on } = pair;
  const bad = orderRefusal(found.graph, on, found.task);
  if (bad) return bad;
  waitFor(draft, found, on.name);
  return undefined;
}

/** Removes a dependency of a task. If a wire between the two now lacks its order, that is reported. */
export function removeDependency(draft: Draft, edit: Of<"remove-dependency">): Refused | undefined {
  const pair = findPair(draft, edit, true);
  if (isRefused(pair)) return pair;
  const { found, on } = pair;
  if (found.graph.kind === "steps") return refuse("edit-steps-order", { task: found.task.name, on: on.name }, found.task.path);
  noLongerWaitFor(draft, found.task, on.name);
  if (readsFrom(draft, found.task.path, on.name))
    draft.note(note("edit-order-missing", { task: found.task.name, on: on.name }, found.task.path));
  return undefined;
}

function findPair(
  draft: Draft,
  edit: { readonly task: string; readonly on: string },
  mayBeGone = false,
): { readonly found: FoundTask; readonly on: { readonly name: string } & Partial<Task> } | Refused {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { graph } = found;
  const on = graph.tasks.find((task) => task.id === edit.on) ?? graph.tasks.find((task) => task.name === edit.on);
  if (on) return { found, on };
  // The list may still contain a name that no call has any more; it can be removed.
  if (mayBeGone && found.task.order.after.some((one) => one.task === edit.on)) return { found, on: { name: edit.on } };
  const elsewhere = findTask(draft, edit.on);
  if (!isRefused(elsewhere)) return refuse("edit-other-graph", { from: elsewhere.task.name, to: found.task.name }, found.task.path);
  return refuse(
    "edit-task-unknown",
    {
      name: edit.on,
      ...nearestValue(
        edit.on,
        graph.tasks.map((task) => task.name),
      ),
    },
    found.task.path,
  );
}

/** Why `from` cannot come before `to`: itself, a cycle, or steps in the opposite order. */
export function orderRefusal(graph: Template, from: { readonly name: string; readonly stage?: number }, to: Task): Refused | undefined {
  if (from.name === to.name) return refuse("edit-itself", { task: to.name }, to.path);
  if (graph.kind === "steps") {
    return (from.stage ?? 0) < (to.stage ?? 0) ? undefined : refuse("edit-step-order", { from: from.name, to: to.name }, to.path);
  }
  const circle = pathBack(graph, from.name, to.name);
  return circle && refuse("edit-cycle", { a: circle[0] as string, b: to.name, path: [...circle, circle[0]].join(" → ") }, to.path);
}

/** The names from `from` back along what it waits for to `to`, if it waits for that: then `to` cannot wait for `from`. */
function pathBack(graph: Template, from: string, to: string): readonly string[] | undefined {
  const waits = new Map(graph.tasks.map((task) => [task.name, task.order.after.map((one) => one.task)]));
  const came = new Map<string, string>([[from, ""]]);
  const queue = [from];
  for (let here = queue.shift(); here !== undefined; here = queue.shift()) {
    if (here === to) {
      const path: string[] = [];
      for (let step = here; step !== ""; step = came.get(step) ?? "") path.push(step);
      return path.reverse();
    }
    for (const next of waits.get(here) ?? []) {
      if (came.has(next)) continue;
      came.set(next, here);
      queue.push(next);
    }
  }
  return undefined;
}

/** Writes that a task waits for another; returns whether anything had to be written. `path`: the current path of the call. */
export function waitFor(draft: Draft, { graph, task }: FoundTask, on: string, path: Path = task.path): boolean {
  if (graph.kind !== "dag" || task.order.after.some((one) => one.task === on)) return false;
  const { style, formula } = task.order;
  if (style === "depends") {
    draft.set([...path, "depends"], andDepends(formula ?? "", on));
    return true;
  }
  const key = draft.at([...path, "arguments"]) === undefined ? undefined : "arguments";
  // Argo refuses a dag in which some calls say `depends` and others `dependencies`.
  if (style === "none" && graph.tasks.some((other) => other.order.style === "depends")) draft.set([...path, "depends"], on, key);
  else {
    const list = [...path, "dependencies"];
    addItem(draft, list, on, sortedIndex(draft.at(list), on), key);
  }
  return true;
}

/** Takes a name out of what a task waits for; an emptied list or formula goes altogether. */
export function noLongerWaitFor(draft: Draft, task: Task, on: string, path: Path = task.path): void {
  const list = draft.at([...path, "dependencies"]);
  if (isList(list)) {
    if (list.length > 0 && list.every((name) => name === on)) draft.remove([...path, "dependencies"]);
    else for (let index = list.length - 1; index >= 0; index--) if (list[index] === on) draft.remove([...path, "dependencies", index]);
  }
  const formula = draft.at([...path, "depends"]);
  if (typeof formula !== "string") return;
  const left = withoutInDepends(formula, on);
  if (left === undefined) draft.remove([...path, "depends"]);
  else draft.set([...path, "depends"], left);
}

/** Whether anything in the call at this place reads an output of the named sibling. */
export function readsFrom(draft: Pick<Draft, "at">, path: Path, name: string): boolean {
  return referencesInData(draft.at(path)).some(({ reference }) => reference.kind === "task-output" && reference.task === name);
}

/** Why a step cannot go to another group: it would read from, or be read by, a step that is not earlier or later. */
export function stepReadTooEarly(draft: Draft, graph: Template, task: Task, stage: number): Refused | undefined {
  const stageOf = (name: string) => graph.tasks.find((other) => other.name === name)?.stage ?? -1;
  const reads = referencesInData(draft.at(task.path)).flatMap(({ reference }) =>
    reference.kind === "task-output" ? [reference.task] : [],
  );
  const early = reads.find((name) => stageOf(name) >= stage);
  if (early !== undefined) return refuse("edit-step-order", { from: early, to: task.name }, task.path);
  const reader = graph.tasks.find((other) => other !== task && (other.stage ?? 0) <= stage && readsFrom(draft, other.path, task.name));
  return reader && refuse("edit-step-order", { from: task.name, to: reader.name }, reader.path);
}

/** Takes a name out of a dag's `target`, which lists task names apart by blanks. */
export function dropTarget(draft: Draft, graph: Template, name: string): void {
  const path = [...(tasksPath(graph) ?? []).slice(0, -1), "target"];
  const target = graph.kind === "dag" ? draft.at(path) : undefined;
  if (typeof target !== "string") return;
  const names = target.split(/\s+/).filter((one) => one !== "");
  if (!names.includes(name)) return;
  const left = names.filter((one) => one !== name).join(" ");
  if (left === "") draft.remove(path);
  else draft.set(path, left);
}
