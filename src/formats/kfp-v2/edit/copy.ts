import { type DataMap, isMap } from "#data/data.ts";
import { find } from "../read/fields.ts";
import { executorsPath, putComponent } from "./add-tasks.ts";
import { fieldAt, fieldPath, put } from "./field-operations.ts";
import { freeComponentNames } from "./free-names.ts";
import { platformOf, sectionPath } from "./platform-spec.ts";
import { calleeName, messagePath, type Spec } from "./pipeline-spec.ts";

/**
 * Copies a component under a free name made of `key`, with its executor and the Kubernetes settings of that, and with everything inside
 * of a graph, as the SDK writes each use of a pipeline. Returns the copy's name.
 */
export function copyComponent(spec: Spec, name: string, key: string): string {
  return copyOnce(spec, { name, key }, new Map());
}

/** `copies`: what is copied already, so that a component that contains itself has an end. */
function copyOnce(spec: Spec, { name, key }: { readonly name: string; readonly key: string }, copies: Map<string, string>): string {
  const { draft } = spec;
  const data = draft.at(messagePath(spec, name));
  const names = freeComponentNames(spec, key);
  copies.set(name, names.component);
  if (!isMap(data)) return name;
  const label = fieldAt(draft, messagePath(spec, name), "executorLabel");
  if (typeof label === "string") {
    copyExecutor(spec, label, names.executor);
    const field = find(data, "executorLabel", []).key;
    putComponent(spec, names.component, { ...data, [field]: names.executor });
    return names.component;
  }
  const dag = find(data, "dag", []);
  const tasks = find(dag.value, "tasks", []);
  if (!isMap(dag.value) || !isMap(tasks.value)) {
    putComponent(spec, names.component, data);
    return names.component;
  }
  // The name is taken before the inner components look for theirs.
  putComponent(spec, names.component, data);
  for (const [inner, task] of Object.entries(tasks.value)) {
    const component = isMap(task) ? calleeName(task) : undefined;
    if (component === undefined || draft.at(messagePath(spec, component)) === undefined) continue;
    const copy = copies.get(component) ?? copyOnce(spec, { name: component, key: component.replace(/^comp-/, "") }, copies);
    put(
      draft,
      fieldPath(draft, [...fieldPath(draft, messagePath(spec, names.component), "dag", "tasks"), inner], "componentRef", "name"),
      copy,
    );
  }
  return names.component;
}

/** Copies an executor and its Kubernetes settings. */
export function copyExecutor(spec: Spec, label: string, name: string): void {
  const { draft, workflow } = spec;
  const executor = draft.at([...executorsPath(spec), label]);
  if (executor !== undefined) put(draft, [...executorsPath(spec), name], executor);
  const platform = platformOf(draft, workflow);
  const section = platform && draft.at(sectionPath(platform, label));
  if (platform && section !== undefined) put(draft, sectionPath(platform, name), section as DataMap);
}
