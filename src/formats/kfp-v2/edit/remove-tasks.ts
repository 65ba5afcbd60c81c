import type { Draft, Refused } from "#document/edit-draft.ts";
import { findTask, findTemplate, isRefused, note, refuse } from "#document/edit-targets.ts";
import type { Edit } from "#pipeline/edit.ts";
import { executorsPath } from "./add-tasks.ts";
import { drop, entriesAt, fieldAt, fieldPath, removeFromSet } from "./field-operations.ts";
import { executorUses } from "./free-names.ts";
import { dropEmptyPlatform, platformOf, sectionPath } from "./platform-spec.ts";
import { dropReference } from "./remove-references.ts";
import { calleeName, callersNow, messagePath, type Spec, specOf, taskPath } from "./pipeline-spec.ts";

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/**
 * Removes a task, what read it and what waited for it; its component, its executor and the Kubernetes settings of that, if nothing else
 * uses them, and all that is inside of a graph.
 */
export function removeTask(draft: Draft, edit: Of<"remove-task">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { workflow, graph, task } = found;
  const spec = specOf(draft, workflow);
  dropReference(spec, graph.name, ({ source }) => source.of === "task" && source.task === task.name);
  for (const { key, path } of entriesAt(draft, messagePath(spec, graph.name), "dag", "tasks"))
    if (key !== task.name) removeFromSet(draft, fieldPath(draft, path, "dependentTasks"), task.name, path);
  draft.remove(taskPath(spec, graph.name, task.name));
  if (task.call.kind === "template") removeUnused(spec, task.call.name);
  return undefined;
}

/** Removes a component that no task runs any more, and then what only it used. */
export function removeUnused(spec: Spec, component: string): void {
  const { draft, workflow } = spec;
  const message = messagePath(spec, component);
  if (component === workflow.entrypoint || draft.at(message) === undefined || callersNow(spec, component).length > 0) return;
  const label = fieldAt(draft, message, "executorLabel");
  const inner = entriesAt(draft, message, "dag", "tasks").flatMap(({ value }) => calleeName(value) ?? []);
  // The SDK cannot load a file without these mappings, so they stay when they are empty.
  drop(draft, message, message.slice(0, -1));
  draft.note(note("edit-template-dropped", { template: component }, workflow.path));
  if (typeof label === "string" && executorUses(spec, label) === 0) removeExecutor(spec, label);
  for (const one of new Set(inner)) removeUnused(spec, one);
}

function removeExecutor(spec: Spec, label: string): void {
  const { draft, workflow } = spec;
  drop(draft, [...executorsPath(spec), label], executorsPath(spec));
  const platform = platformOf(draft, workflow);
  if (!platform) return;
  const section = sectionPath(platform, label);
  if (draft.at(section) === undefined) return;
  drop(draft, section, platform);
  dropEmptyPlatform(draft, platform);
}

/** Removes a component that nothing runs. */
export function removeTemplate(draft: Draft, edit: Of<"remove-template">): Refused | undefined {
  const found = findTemplate(draft, edit.template);
  if (isRefused(found)) return found;
  const { workflow, template } = found;
  if (template.name === workflow.entrypoint) return refuse("edit-root-fixed", { name: template.name }, template.path);
  const spec = specOf(draft, workflow);
  const callers = callersNow(spec, template.name);
  const names = callers.map(({ key }) => key).join(", ");
  if (callers.length > 0)
    return refuse("edit-template-called", { template: template.name, n: callers.length, callers: names }, template.path);
  removeUnused(spec, template.name);
  return undefined;
}
