import { type Data, type DataMap, field, isMap, listField, textField } from "#data/data.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { findTask, findTemplate, findWorkflow, isRefused, nearestValue, note, refuse } from "#document/edit-targets.ts";
import type { FoundTemplate } from "#pipeline/find-by-id.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Template } from "#pipeline/model.ts";
import { calleeOf } from "#pipeline/resolve-call.ts";
import { referencesInSettings } from "../read/bindings.ts";
import { constantBinding } from "../syntax/bindings.ts";
import { taskKeyOf } from "../syntax/boundary-names.ts";
import { typedValue } from "../syntax/values.ts";
import { controlUse } from "./arguments.ts";
import { fieldPath, put } from "./field-operations.ts";
import { loweredFrom } from "./component-spec.ts";
import { type LoweredComponent, sortedKeys } from "./lower-component.ts";
import { freeNames } from "./free-names.ts";
import { dropReference } from "./remove-references.ts";
import { argumentPath, callersNow, type Spec, specOf, taskPath } from "./pipeline-spec.ts";

// New tasks, and new components for tasks.

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Adds a task made from a component, with a component and an executor of its own. */
export function addComponent(draft: Draft, edit: Of<"add-component">): Refused | undefined {
  const site = findGraph(draft, edit.graph);
  if (isRefused(site)) return site;
  const lowered = loweredFrom(edit.spec);
  if ("refusal" in lowered) return lowered;
  const title = edit.name !== undefined && edit.name.trim() !== "" ? edit.name.trim() : componentTitle(edit.spec);
  const given = constants(lowered, edit.arguments ?? {}, title);
  if ("refusal" in given) return given as Refused;
  const spec = specOf(draft, site.workflow);
  const names = freeNames(spec, title);
  putComponent(spec, names.component, { ...lowered.component, executorLabel: names.executor });
  put(draft, [...executorsPath(spec), names.executor], lowered.executor);
  const fallbacks = [...lowered.inputs].flatMap(([name, port]): [string, Data][] =>
    port.kind === "parameter" && port.fallback !== undefined && lowered.mentioned.has(name) && !Object.hasOwn(given, port.name)
      ? [[port.name, constantBinding(port.fallback)]]
      : [],
  );
  const parameters = { ...Object.fromEntries(fallbacks), ...(given as DataMap) };
  const task: DataMap = {
    cachingOptions: { enableCache: true },
    componentRef: { name: names.component },
    ...(Object.keys(parameters).length > 0 ? { inputs: { parameters } } : {}),
    taskInfo: { name: taskKeyOf(title) === title ? names.key : title },
  };
  put(draft, taskPath(spec, site.template.name, names.key), sortedKeys(task));
  return undefined;
}

function componentTitle(spec: DataMap): string {
  return typeof spec.name === "string" && spec.name.trim() !== "" ? spec.name : "Component";
}

/** The constants of an edit as bindings by the names of the new ports. */
function constants(lowered: LoweredComponent, given: Readonly<Record<string, Data>>, title: string): DataMap | Refused {
  const bindings: Record<string, Data> = {};
  for (const [name, value] of Object.entries(given)) {
    const port = lowered.inputs.get(name);
    if (!port) return refuse("edit-port-unknown", { name, template: title, ...nearestValue(name, [...lowered.inputs.keys()]) });
    if (port.kind === "artifact") return refuse("edit-artifact-constant", { input: name, task: title });
    const typed = typedValue(value, port.type);
    if (!typed.ok) return refuse("edit-constant-type", { input: name, type: port.type, expected: typed.expected });
    bindings[port.name] = constantBinding(typed.value);
  }
  return bindings;
}

/** Adds a component; `components` is created before `deploymentSpec` where the file has none. */
export function putComponent({ draft, workflow }: Spec, name: string, data: DataMap): void {
  put(draft, [...fieldPath(draft, workflow.specPath, "components"), name], sortedKeys(data));
}

/** Path of the executors. */
export function executorsPath({ draft, workflow }: Spec) {
  return fieldPath(draft, workflow.specPath, "deploymentSpec", "executors");
}

/** A graph by its template. */
export function findGraph(draft: Draft, graph: string): FoundTemplate | Refused {
  const found = findTemplate(draft, graph);
  if (isRefused(found)) return found;
  return found.template.kind === "dag"
    ? found
    : refuse("edit-not-a-graph", { template: found.template.name, kind: found.template.kind }, found.template.path);
}

/**
 * Adds a component that runs a container, with an executor of its own; a script becomes a container that runs the source. Refused for what
 * Argo alone can run.
 */
export function addTemplate(draft: Draft, edit: Of<"add-template">): Refused | undefined {
  const workflow = findWorkflow(draft, edit.workflow);
  if (isRefused(workflow)) return workflow;
  const name = textField(edit.data, "name");
  if (name === undefined || name.trim() === "") return refuse("edit-template-unnamed", {}, workflow.path);
  const container = containerOf(edit.data);
  if (!container) return refuse("edit-template-of-argo", { name }, workflow.path);
  const spec = specOf(draft, workflow);
  const names = freeNames(spec, name);
  putComponent(spec, names.component, { executorLabel: names.executor });
  put(draft, [...executorsPath(spec), names.executor], sortedKeys({ container }));
  return undefined;
}

/** The container of a template: image, command, arguments and environment; undefined if it runs none. */
function containerOf(template: Data): DataMap | undefined {
  const [container, script] = [field(template, "container"), field(template, "script")];
  const from = isMap(container) ? container : isMap(script) ? script : undefined;
  const image = textField(from, "image");
  if (!from || image === undefined) return undefined;
  const source = textField(script, "source");
  const command = [...listField(from, "command"), ...(source === undefined ? [] : ["-c"])];
  const args = source === undefined ? listField(from, "args") : [source];
  const env = listField(from, "env");
  return {
    image,
    ...(command.length > 0 ? { command } : {}),
    ...(args.length > 0 ? { args } : {}),
    ...(env.length > 0 ? { env } : {}),
  };
}

/** Adds a task that runs a component of the file; `template` may leave out the `comp-` of the component's name. */
export function addTask(draft: Draft, edit: Of<"add-task">): Refused | undefined {
  const site = findGraph(draft, edit.graph);
  if (isRefused(site)) return site;
  const named = findTemplate(draft, `comp-${edit.template}`);
  const found =
    site.workflow.templates.some((one) => one.name === edit.template) || isRefused(named) ? findTemplate(draft, edit.template) : named;
  if (isRefused(found)) return found;
  if (edit.name.trim() === "") return refuse("edit-name-empty", {}, site.template.path);
  const bad =
    badCallee(found.template, found.workflow.entrypoint) ?? recursion(draft, site, found.template) ?? foreignSettings(site, found.template);
  if (bad) return bad;
  const spec = specOf(draft, site.workflow);
  // The component of a new task has its name already.
  const wanted = taskKeyOf(edit.name);
  const isNew = found.template.name === `comp-${wanted}` && callersNow(spec, found.template.name).length === 0;
  const isFree = !site.template.tasks.some((task) => task.name === wanted);
  const key = isNew && isFree ? wanted : freeNames(spec, edit.name).key;
  const caching: DataMap = found.template.kind === "dag" ? {} : { cachingOptions: { enableCache: true } };
  const task: DataMap = {
    ...caching,
    componentRef: { name: found.template.name },
    taskInfo: { name: taskKeyOf(edit.name) === edit.name ? key : edit.name },
  };
  put(draft, taskPath(spec, site.template.name, key), task);
  return undefined;
}

function badCallee(template: Template, entrypoint: string | undefined): Refused | undefined {
  return template.name === entrypoint ? refuse("edit-root-fixed", { name: template.name }, template.path) : undefined;
}

/** Kubernetes settings read values of the graph around the task: a component whose settings do so runs only where they exist. */
function foreignSettings({ template: graph }: FoundTemplate, callee: Template): Refused | undefined {
  const missing = referencesInSettings(callee.platform?.data).find((one) =>
    one.kind === "task-output"
      ? !graph.tasks.some((task) => task.name === one.task)
      : one.kind === "graph-input" && !graph.inputs.some((input) => input.name === one.name && input.kind === one.port),
  );
  const name = missing?.kind === "task-output" ? missing.task : missing?.kind === "graph-input" ? missing.name : "";
  return missing && refuse("edit-settings-elsewhere", { template: callee.name, name, graph: graph.name }, graph.path);
}

/** A component that contains itself would run without an end. */
function recursion(draft: Draft, { workflow, template }: FoundTemplate, callee: Template): Refused | undefined {
  const open = [callee];
  const seen = new Set<Template>(open);
  for (let here = open.pop(); here; here = open.pop()) {
    if (here === template) return refuse("edit-recursive", { template: callee.name, graph: template.name }, template.path);
    for (const { call } of here.tasks) {
      const next = calleeOf(draft.model, workflow, call)?.template;
      if (!next || seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return undefined;
}

/** Lets a task run another component. Arguments that it does not take are dropped, each with a note. */
export function retargetTask(draft: Draft, edit: Of<"retarget-task">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const target = findTemplate(draft, edit.template);
  if (isRefused(target)) return target;
  const { workflow, graph, task } = found;
  const bad =
    badCallee(target.template, workflow.entrypoint) ??
    recursion(draft, { workflow, template: graph }, target.template) ??
    foreignSettings({ workflow, template: graph }, target.template);
  if (bad) return bad;
  const spec = specOf(draft, workflow);
  put(draft, fieldPath(draft, task.path, "componentRef", "name"), target.template.name);
  for (const { name, kind } of task.arguments) {
    if (target.template.inputs.some((one) => one.name === name && one.kind === kind)) continue;
    if (controlUse(draft, task.path, { name, kind })) continue;
    dropArgument(spec, [...task.path], { name, kind });
    draft.note(note("edit-argument-dropped", { task: task.name, input: name }, task.path));
  }
  dropMissingOutputs(spec, { graph: graph.name, task: task.name }, target.template.outputs);
  return undefined;
}

/** Takes an argument of a task away, with the maps that it leaves empty. */
export function dropArgument(
  { draft }: Spec,
  task: readonly (string | number)[],
  port: { readonly name: string; readonly kind: "parameter" | "artifact" },
): void {
  const path = argumentPath(draft, task, port.kind, port.name);
  if (draft.at(path) === undefined) return;
  draft.remove(path);
  for (const empty of [path.slice(0, -1), path.slice(0, -2)]) {
    const left = draft.at(empty);
    if (isMap(left) && Object.keys(left).length === 0) draft.remove(empty);
  }
}

/** Takes away what read an output of a task that there is no more. */
export function dropMissingOutputs(
  spec: Spec,
  { graph, task }: { readonly graph: string; readonly task: string },
  outputs: readonly { readonly name: string; readonly kind: string }[],
): void {
  dropReference(
    spec,
    graph,
    ({ kind, source }) =>
      source.of === "task" &&
      source.task === task &&
      source.isStatus !== true &&
      !outputs.some((one) => one.name === source.output && one.kind === kind),
  );
}
