import { type Data, type DataMap, isList, isMap } from "#data/data.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { findTemplate, isRefused, nearestValue, note, refuse } from "#document/edit-targets.ts";
import type { FoundTemplate } from "#pipeline/find-by-id.ts";
import type { Edit } from "#pipeline/edit.ts";
import { templateByName } from "#pipeline/resolve-call.ts";
import { badPortName } from "./free-names.ts";
import { drop, put } from "./field-operations.ts";
import { sortedKeys } from "./lower-component.ts";
import { addParameter, removeParameter } from "./parameters.ts";
import { argumentPath, callersNow, isGraph, messagePath, portPath, specOf } from "./pipeline-spec.ts";
import { dropOutput, dropReference } from "./remove-references.ts";

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Declares a port: a parameter with the type of its value, else STRING, or an artifact of any type. An output of a graph comes with a wire. */
export function addPort(draft: Draft, edit: Of<"add-port">): Refused | undefined {
  const found = findTemplate(draft, edit.template);
  if (isRefused(found)) return found;
  const { workflow, template } = found;
  const fixed = ownedByProgram(found);
  if (fixed) return fixed;
  if (template.name === workflow.entrypoint && edit.direction === "input" && edit.port === "parameter") {
    const value = edit.value === undefined ? {} : { value: edit.value };
    return addParameter(draft, { kind: "add-parameter", name: edit.name, ...value, workflow: workflow.path[0] as number });
  }
  const bad = badPortName(edit.name, template.path);
  if (bad) return bad;
  const ports = edit.direction === "input" ? template.inputs : template.outputs;
  if (ports.some((one) => one.name === edit.name))
    return refuse("edit-port-name-taken", { template: template.name, name: edit.name }, template.path);
  const spec = specOf(draft, workflow);
  const message = messagePath(spec, template.name);
  if (edit.direction === "output" && isGraph(spec, message))
    return refuse("edit-output-by-wire", { name: edit.name, template: template.name }, template.path);
  const path = portPath(draft, message, { side: edit.direction, kind: edit.port, name: edit.name });
  return put(draft, path, definition(edit)) ? undefined : refuse("edit-path-misfit", { path: path.join(".") }, template.path);
}

function definition({ port, direction, value }: Of<"add-port">): DataMap {
  if (port === "artifact") return { artifactType: { schemaTitle: "system.Artifact", schemaVersion: "0.0.1" } };
  const isGiven = value !== undefined && value !== null && direction === "input";
  return sortedKeys({ parameterType: typeOf(value), ...(isGiven ? { defaultValue: value, isOptional: true } : {}) });
}

function typeOf(value: Data | undefined): string {
  if (typeof value === "number") return Number.isInteger(value) ? "NUMBER_INTEGER" : "NUMBER_DOUBLE";
  if (typeof value === "boolean") return "BOOLEAN";
  if (isList(value)) return "LIST";
  return isMap(value) ? "STRUCT" : "STRING";
}

/** The ports of a Python function are its parameters. */
function ownedByProgram({ template }: FoundTemplate): Refused | undefined {
  return template.pythonFunction === undefined
    ? undefined
    : refuse("edit-port-of-program", { name: template.pythonFunction, template: template.name }, template.path);
}

/** Removes a port, with the arguments that fed it or everything that read it. */
export function removePort(draft: Draft, edit: Of<"remove-port">): Refused | undefined {
  const found = findTemplate(draft, edit.template);
  if (isRefused(found)) return found;
  const { workflow, template } = found;
  const ports = edit.direction === "input" ? template.inputs : template.outputs;
  const port = ports.find((one) => one.kind === edit.port && (one.name === edit.name || one.label === edit.name));
  const names = ports.map((one) => one.name);
  if (!port)
    return refuse("edit-port-unknown", { template: template.name, name: edit.name, ...nearestValue(edit.name, names) }, template.path);
  const fixed = ownedByProgram(found);
  if (fixed) return fixed;
  if ("isItem" in port && port.isItem) return refuse("authoring-item-used", { task: template.name }, port.path);
  if (template.name === workflow.entrypoint && edit.direction === "input" && edit.port === "parameter")
    return removeParameter(draft, { kind: "remove-parameter", name: port.name, workflow: workflow.path[0] as number });
  const spec = specOf(draft, workflow);
  const message = messagePath(spec, template.name);
  if (edit.direction === "input") {
    const used = callersNow(spec, template.name).find(({ key, graph }) => isControlled(found, { key, graph }, port.name));
    if (used) return refuse("edit-read-by-loop", { task: used.key, input: port.name }, port.path);
    dropReference(spec, template.name, (one) => one.kind === port.kind && one.source.of === "graph" && one.source.input === port.name);
    for (const { path } of callersNow(spec, template.name)) drop(draft, argumentPath(draft, path, port.kind, port.name), path);
    drop(draft, portPath(draft, message, { side: "input", kind: port.kind, name: port.name }), message);
    return undefined;
  }
  if (isGraph(spec, message)) {
    dropOutput(spec, template.name, port.kind, port.name);
    return undefined;
  }
  drop(draft, portPath(draft, message, { side: "output", kind: port.kind, name: port.name }), message);
  for (const { graph, key } of callersNow(spec, template.name))
    dropReference(
      spec,
      graph,
      (one) => one.kind === port.kind && one.source.of === "task" && one.source.task === key && one.source.output === port.name,
    );
  draft.note(note("edit-output-dropped", { output: port.name, template: template.name }, template.path));
  return undefined;
}

/** Whether the condition or the loop of a task reads this input of it. */
function isControlled(
  { workflow }: FoundTemplate,
  { key, graph }: { readonly key: string; readonly graph: string },
  input: string,
): boolean {
  const task = templateByName(workflow, graph)?.tasks.find((one) => one.name === key);
  const list = task?.loop?.kind === "param" ? task.loop.input : undefined;
  return list === input || (task?.when?.text.includes(`'${input}'`) ?? false);
}
