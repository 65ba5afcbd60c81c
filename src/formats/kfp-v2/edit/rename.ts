import { isMap, type Path } from "#data/data.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { findTask, findTemplate, findWorkflow, isRefused, refuse } from "#document/edit-targets.ts";
import type { Edit } from "#pipeline/edit.ts";
import { templateByName } from "#pipeline/resolve-call.ts";
import { isPipelineName, taskKeyOf } from "../syntax/boundary-names.ts";
import { entriesAt, fieldAt, fieldPath, put, renameKey, replaceInSet } from "./field-operations.ts";
import { badPortName, badTaskKey, executorUses, isOwn } from "./free-names.ts";
import { platformOf, sectionPath } from "./platform-spec.ts";
import { renameParameter } from "./parameters.ts";
import { renameBoundaryNames, renameInput, renameOutput } from "./rename-ports.ts";
import { callersNow, messagePath, referencesOf, type Spec, specOf, taskPath } from "./pipeline-spec.ts";

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Renames what people see: the display name of the task, in any script. */
export function renameTask(draft: Draft, edit: Of<"rename-task">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  if (edit.name.trim() === "") return refuse("edit-name-empty", {}, found.task.path);
  const path = fieldPath(draft, found.task.path, "taskInfo", "name");
  return put(draft, path, edit.name) ? undefined : refuse("edit-path-misfit", { path: "taskInfo.name" }, found.task.path);
}

/**
 * Renames the key of a task and everything that names it: dependencies, producers, selectors, settings; ports of groups that are called
 * after its outputs; its component and executor, if they are called after it and nothing else runs them.
 */
export function changeIdentifier(draft: Draft, edit: Of<"change-identifier">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { workflow, graph, task, callee } = found;
  if (edit.name === task.name) return undefined;
  const bad = badTaskKey(edit.name, task.path);
  if (bad) return bad;
  const taken = graph.tasks.find((other) => other.name === edit.name);
  if (taken) return refuse("edit-task-name-taken", { template: graph.name, name: edit.name }, taken.path);
  const spec = specOf(draft, workflow);
  renameTaskReferences(spec, graph.name, task.name, edit.name);
  for (const { name, kind } of callee?.outputs ?? [])
    renameBoundaryNames(spec, graph.name, { kind, from: { task: task.name, output: name }, to: { task: edit.name, output: name } });
  const shown = fieldPath(draft, task.path, "taskInfo", "name");
  if (draft.at(shown) === task.name) draft.set(shown, edit.name);
  if (callee && callee.name === `comp-${task.name}` && isOwn(spec, callee.name)) renameComponent(spec, callee.name, `comp-${edit.name}`);
  renameKey(draft, taskPath(spec, graph.name, task.name), edit.name);
  return undefined;
}

/** What names a task of a graph, except its key. */
function renameTaskReferences(spec: Spec, graph: string, from: string, to: string): void {
  const { draft } = spec;
  for (const one of referencesOf(spec, graph))
    if (one.source.of === "task" && one.source.task === from && one.taskPath) draft.set(one.taskPath, to);
  for (const { path } of entriesAt(draft, messagePath(spec, graph), "dag", "tasks"))
    replaceInSet(draft, fieldPath(draft, path, "dependentTasks"), from, to);
}

/** Renames a component and, if it is called after it and no other runs it, its executor; nothing happens if the name is taken. */
function renameComponent(spec: Spec, from: string, to: string): void {
  const { draft, workflow } = spec;
  const components = fieldPath(draft, workflow.specPath, "components");
  if (draft.at([...components, to]) !== undefined) return;
  const label = fieldAt(draft, [...components, from], "executorLabel");
  if (typeof label === "string" && `comp-${label.slice("exec-".length)}` === from && executorUses(spec, label) === 1)
    renameExecutor(spec, [...components, from], { from: label, to: `exec-${to.slice("comp-".length)}` });
  for (const { path } of callersNow(spec, from)) draft.set(fieldPath(draft, path, "componentRef", "name"), to);
  renameKey(draft, [...components, from], to);
}

function renameExecutor({ draft, workflow }: Spec, component: Path, { from, to }: { readonly from: string; readonly to: string }): void {
  if (!renameKey(draft, [...fieldPath(draft, workflow.specPath, "deploymentSpec", "executors"), from], to)) return;
  draft.set(fieldPath(draft, component, "executorLabel"), to);
  const platform = platformOf(draft, workflow);
  if (platform !== undefined) renameKey(draft, sectionPath(platform, from), to);
}

/** Renames a component and all references to it. */
export function renameTemplate(draft: Draft, edit: Of<"rename-template">): Refused | undefined {
  const found = findTemplate(draft, edit.template);
  if (isRefused(found)) return found;
  const { workflow, template } = found;
  if (edit.name === template.name) return undefined;
  if (template.name === workflow.entrypoint) return refuse("edit-root-fixed", { name: template.name }, template.path);
  if (edit.name.trim() === "" || edit.name === "__proto__") return refuse("edit-name-empty", {}, template.path);
  const taken = templateByName(workflow, edit.name);
  if (taken) return refuse("edit-template-name-taken", { name: edit.name }, taken.path);
  renameComponent(specOf(draft, workflow), template.name, edit.name);
  return undefined;
}

/** Renames a port of a component. A parameter of `root` is the pipeline's; a port of a Python function is its parameter and stays. */
export function renamePort(draft: Draft, edit: Of<"rename-port">): Refused | undefined {
  const found = findTemplate(draft, edit.template);
  if (isRefused(found)) return found;
  const { workflow, template } = found;
  const ports = edit.direction === "input" ? template.inputs : template.outputs;
  const port = ports.find((one) => one.kind === edit.port && (one.name === edit.name || one.label === edit.name));
  if (!port) return refuse("edit-port-unknown", { template: template.name, name: edit.name, nearest: ports[0]?.name ?? "" }, template.path);
  if (port.name === edit.to) return undefined;
  if (template.name === workflow.entrypoint && edit.direction === "input" && edit.port === "parameter")
    return renameParameter(draft, { kind: "rename-parameter", name: port.name, to: edit.to, workflow: workflow.path[0] as number });
  if (template.pythonFunction !== undefined) return refuse("edit-port-of-program", { name: port.name, template: template.name }, port.path);
  const bad = badPortName(edit.to, port.path);
  if (bad) return bad;
  if (ports.some((one) => one.name === edit.to))
    return refuse("edit-port-name-taken", { template: template.name, name: edit.to }, port.path);
  const spec = specOf(draft, workflow);
  const names = { from: port.name, to: edit.to };
  if (edit.direction === "input") renameInput(spec, template.name, edit.port, names);
  else renameOutput(spec, template.name, edit.port, names);
  return undefined;
}

/** Names the pipeline: the name that the server takes, made of the given text, and the text itself as display name if it is another. */
export function renameWorkflow(draft: Draft, edit: Of<"rename-workflow">): Refused | undefined {
  const workflow = findWorkflow(draft, edit.workflow);
  if (isRefused(workflow)) return workflow;
  if (edit.name.trim() === "") return refuse("edit-name-empty", {}, workflow.path);
  const info = fieldPath(draft, workflow.specPath, "pipelineInfo");
  if (!isMap(draft.at(workflow.specPath))) return refuse("edit-path-misfit", { path: "pipelineInfo" }, workflow.path);
  const name = isPipelineName(edit.name) ? edit.name : pipelineNameOf(edit.name);
  put(draft, [...info, "name"], name);
  const shown = fieldPath(draft, info, "displayName");
  if (name !== edit.name) put(draft, shown, edit.name);
  else if (draft.at(shown) !== undefined) draft.remove(shown);
  return undefined;
}

function pipelineNameOf(human: string): string {
  const key = taskKeyOf(human).slice(0, 128);
  return key === "task" && !/task/i.test(human) ? "pipeline" : key;
}
