import type { DataPath } from "#diagnostics/diagnostic.ts";
import { type Data, isList, isMap, type Path, textField } from "#data/data.ts";
import { type Refused } from "#document/edit-draft.ts";
import { refuse } from "#document/edit-targets.ts";
import type { Template, Workflow } from "#pipeline/model.ts";

// Where Argo keeps what an edit changes, and the names that it accepts.

/** The path of the list of calls of a graph template: its dag's tasks or its steps; undefined for leaves. */
export function tasksPath(graph: Template): Path | undefined {
  if (graph.kind === "dag") return [...graph.path, "dag", "tasks"];
  return graph.kind === "steps" ? [...graph.path, "steps"] : undefined;
}

/** The path of a workflow's templates. */
export function templatesPath(workflow: Workflow): Path {
  return [...workflow.specPath, "templates"];
}

/** The index of the first item with this name in a list of the data; -1 if there is none. */
export function indexByName(list: Data | undefined, name: string): number {
  return isList(list) ? list.findIndex((item) => isMap(item) && item.name === name) : -1;
}

/** Where an item of this name goes in a list which is sorted by name (code points); the end of one which is not. */
export function sortedIndex(list: Data | undefined, name: string): number {
  if (!isList(list)) return 0;
  const names = list.map((item) => (typeof item === "string" ? item : (textField(item, "name") ?? "")));
  const sorted = names.every((here, index) => index === 0 || (names[index - 1] as string) <= here);
  const later = sorted ? names.findIndex((here) => here > name) : -1;
  return later < 0 ? names.length : later;
}

// Argo: workflow/validate/validate.go. Names of templates, tasks and steps, and those of parameters and artifacts.
const taskName = /^[a-zA-Z0-9][-a-zA-Z0-9]*$/;
const portName = /^[-a-zA-Z0-9_]+$/;

/** Refuses a name that Argo would refuse for a template, task or step. */
export function badTaskName(name: string, path: DataPath): Refused | undefined {
  return taskName.test(name) && name.length <= 128 ? undefined : refuse("edit-name-invalid", { name }, path);
}

/** Refuses a name that Argo would refuse for a parameter or artifact. */
export function badPortName(name: string, path: DataPath): Refused | undefined {
  return portName.test(name) && name.length <= 128 ? undefined : refuse("edit-port-name-invalid", { name }, path);
}
