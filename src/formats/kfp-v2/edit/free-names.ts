import type { DataPath } from "#diagnostics/diagnostic.ts";
import { isMap } from "#data/data.ts";
import type { Refused } from "#document/edit-draft.ts";
import { refuse, uniqueName } from "#document/edit-targets.ts";
import { isTaskKey, taskKeyOf } from "../syntax/boundary-names.ts";
import { entriesAt, fieldAt, fieldPath } from "./field-operations.ts";
import { callersNow, messageNames, messagePath, type Spec } from "./pipeline-spec.ts";

/** Refuses a text that cannot be the key of a task: it becomes a name in an Argo Workflow. */
export function badTaskKey(name: string, path: DataPath): Refused | undefined {
  return isTaskKey(name) && name.length <= 100 ? undefined : refuse("edit-task-key-invalid", { name, key: taskKeyOf(name) }, path);
}

/** The names of a task, its component and its executor by the SDK's rule: `x`, `comp-x`, `exec-x`, else with `-2`, `-3` …. */
export interface TaskNames {
  readonly key: string;
  readonly component: string;
  readonly executor: string;
}

/** Free names for a new task, made from a human name: as in the SDK, all three get the same number, and are unique in the whole file. */
export function freeNames(spec: Spec, name: string): TaskNames {
  const { draft, workflow } = spec;
  const keys = new Set(
    messageNames(spec).flatMap((graph) => entriesAt(draft, messagePath(spec, graph), "dag", "tasks").map((task) => task.key)),
  );
  const components = fieldPath(draft, workflow.specPath, "components");
  const executors = fieldPath(draft, workflow.specPath, "deploymentSpec", "executors");
  const key = uniqueName(
    taskKeyOf(name),
    (one) =>
      keys.has(one) || draft.at([...components, `comp-${one}`]) !== undefined || draft.at([...executors, `exec-${one}`]) !== undefined,
  );
  return { key, component: `comp-${key}`, executor: `exec-${key}` };
}

/** Free names for a component and its executor; both get the same number. */
export function freeComponentNames(
  spec: Spec,
  key: string,
  isTaken = (one: string) => messageNames(spec).includes(one),
): { readonly component: string; readonly executor: string } {
  const executors = fieldAt(spec.draft, spec.workflow.specPath, "deploymentSpec", "executors");
  const free = uniqueName(key, (one) => isTaken(`comp-${one}`) || (isMap(executors) && Object.hasOwn(executors, `exec-${one}`)));
  return { component: `comp-${free}`, executor: `exec-${free}` };
}

/** How many components run an executor. */
export function executorUses({ draft, ...spec }: Spec, label: string): number {
  const whole = { draft, ...spec };
  return messageNames(whole).filter((name) => fieldAt(draft, messagePath(whole, name), "executorLabel") === label).length;
}

/** Whether only this one task runs the component. */
export function isOwn(spec: Spec, component: string): boolean {
  return callersNow(spec, component).length === 1;
}

/** A name that a placeholder can quote. */
export function badPortName(name: string, path: readonly (string | number)[]): Refused | undefined {
  return name !== "" && name !== "__proto__" && !/['\n{}]/.test(name) ? undefined : refuse("edit-v2-port-name", { name }, path);
}
