import { type DataMap, isMap } from "#data/data.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { findTask, isRefused, refuse, uniqueName } from "#document/edit-targets.ts";
import type { Edit } from "#pipeline/edit.ts";
import { taskKeyOf } from "../syntax/boundary-names.ts";
import { copyComponent, copyExecutor } from "./copy.ts";
import { fieldPath, put } from "./field-operations.ts";
import { executorUses, freeComponentNames, freeNames, isOwn } from "./free-names.ts";
import { messagePath, type Spec, specOf, taskPath } from "./pipeline-spec.ts";

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Copies a task with its incoming wires; a component of its own is copied with it, a shared one is run by both. */
export function duplicateTask(draft: Draft, edit: Of<"duplicate-task">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { workflow, graph, task, callee } = found;
  if (edit.name?.trim() === "") return refuse("edit-name-empty", {}, task.path);
  const spec = specOf(draft, workflow);
  const data = draft.at(task.path);
  if (!isMap(data)) return refuse("edit-path-misfit", { path: task.path.join(".") }, task.path);
  const { key } = freeNames(spec, edit.name ?? task.name);
  const shown =
    edit.name === undefined
      ? copiedName(
          graph.tasks.map((one) => one.displayName),
          task.displayName,
          key,
        )
      : edit.name;
  const component = callee && isOwn(spec, callee.name) ? copyComponent(spec, callee.name, key) : callee?.name;
  const copy: DataMap = {
    ...data,
    ...(component === undefined ? {} : { componentRef: { name: component } }),
    taskInfo: { ...(isMap(data.taskInfo) ? data.taskInfo : {}), name: taskKeyOf(shown) === shown ? key : shown },
  };
  put(draft, taskPath(spec, graph.name, key), copy);
  return undefined;
}

/** The display name of a copy: that of the original with a number, where it has one of its own. */
function copiedName(taken: readonly (string | undefined)[], shown: string | undefined, key: string): string {
  return shown === undefined ? key : uniqueName(shown, (one) => taken.includes(one));
}

/** Gives a task a component and an executor of its own, so that changing them changes no other task. */
export function makeSeparate(draft: Draft, edit: Of<"make-separate">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { workflow, task, callee } = found;
  if (!callee || task.call.kind !== "template") return refuse("edit-not-shared", { task: task.name }, task.path);
  const spec = specOf(draft, workflow);
  if (!isOwn(spec, callee.name)) {
    const component = copyComponent(spec, callee.name, edit.name ?? task.name);
    put(draft, fieldPath(draft, task.path, "componentRef", "name"), component);
    return undefined;
  }
  return separateExecutor(spec, callee.name, callee.executor?.label)
    ? undefined
    : refuse("edit-not-shared", { task: task.name }, task.path);
}

/** A component that shares its executor with others gets a copy. */
function separateExecutor(spec: Spec, component: string, label: string | undefined): boolean {
  if (label === undefined || executorUses(spec, label) < 2) return false;
  const { executor } = freeComponentNames(spec, component.replace(/^comp-/, ""), () => false);
  copyExecutor(spec, label, executor);
  return put(spec.draft, fieldPath(spec.draft, messagePath(spec, component), "executorLabel"), executor);
}
