import { fileName } from "#kubernetes/kfp-names.ts";
import type { Reference } from "#pipeline/binding.ts";
import { type Data, type DataMap, isMap, type Path } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { PortKind, Template, Workflow } from "#pipeline/model.ts";
import { addItem, type Draft, type Refused, removePruned } from "#document/edit-draft.ts";
import { dropOutputReaders, dropReads, itemNow, reportLeft } from "./drop-readers.ts";
import { renameReferences } from "./rename-references.ts";
import { badPortName, indexByName } from "./paths-and-names.ts";
import { callsOf, findTemplate, hooksOf, isRefused, nearestValue, note, refuse } from "#document/edit-targets.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import { flavorOf } from "../flavor/flavor-of.ts";
import type { Flavor } from "../flavor/flavor.ts";

// Inputs and outputs of a template. Names of ports occur in the template's body, in the arguments of its calls, and wherever
// an output is read; each edit here reaches all of them.

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Declares an input or output. */
export function addPort(draft: Draft, edit: Of<"add-port">): Refused | undefined {
  const found = findTemplate(draft, edit.template);
  if (isRefused(found)) return found;
  const { workflow, template } = found;
  const bad = badPortName(edit.name, template.path) ?? takenPort(template, edit.direction, edit.port, edit.name);
  if (bad) return bad;
  const port = edit.direction === "input" ? inputData(template, edit) : outputData(template, edit);
  declarePort(draft, template, edit, port, flavorOf(workflow));
  return undefined;
}

/** Writes a port's data into the template's `inputs` or `outputs`, which are made at the usual place if they are missing. */
export function declarePort(draft: Draft, template: Template, port: PortName, data: DataMap, flavor: Flavor): void {
  const block: Path = [...template.path, `${port.direction}s`];
  const list = [...block, `${port.port}s`];
  const after = flavor.keyAfterOutputs(template);
  const next = port.direction === "input" ? ["outputs", after] : [after];
  const before = draft.at(block) === undefined ? next.find((key) => draft.at([...template.path, key]) !== undefined) : undefined;
  addItem(draft, list, data, flavor.indexFor(draft.at(list), port.name), before);
}

interface PortName {
  readonly direction: "input" | "output";
  readonly port: PortKind;
  readonly name: string;
}

function inputData(template: Template, edit: Of<"add-port">): DataMap {
  const { name, value, path } = edit;
  if (edit.port === "parameter") return value === undefined ? { name } : { name, value };
  const location = path ?? (template.tasks.length > 0 || isGraph(template) ? undefined : `/tmp/inputs/${fileName(name)}/data`);
  return { name, ...(location !== undefined && { path: location }), ...locationData(value) };
}

/** Where an artifact's data comes from: a text is the data itself, a mapping is a location (s3, git, raw …). */
export function locationData(value: Data | undefined): DataMap {
  if (value === undefined || value === null) return {};
  return isMap(value) ? value : { raw: { data: typeof value === "string" ? value : JSON.stringify(value) } };
}

function outputData(template: Template, edit: Of<"add-port">): DataMap {
  const { name, value, path } = edit;
  if (isMap(value)) return { name, ...value };
  const file = path ?? `/tmp/outputs/${fileName(name)}/data`;
  const graph = isGraph(template);
  if (edit.port === "artifact") return graph ? { name, ...(typeof value === "string" && { from: value }) } : { name, path: file };
  if (graph) return { name, ...(typeof value === "string" && { valueFrom: { parameter: value } }) };
  if (template.kind === "resource") return { name, valueFrom: { jsonPath: path ?? "{}" } };
  if (template.kind === "suspend") return { name, valueFrom: { supplied: {} } };
  return { name, valueFrom: { path: file } };
}

function takenPort(template: Template, direction: "input" | "output", kind: PortKind, name: string): Refused | undefined {
  const ports = direction === "input" ? template.inputs : template.outputs;
  const other = ports.find((port) => port.name === name && port.kind === kind);
  return other && refuse("edit-port-name-taken", { name, template: template.name }, other.path);
}

/** Takes a port out, and with it the arguments that fed it or the reads that it fed. */
export function removePort(draft: Draft, edit: Of<"remove-port">): Refused | undefined {
  const found = findPort(draft, edit);
  if (isRefused(found)) return found;
  const { workflow, template, path } = found;
  removePruned(draft, path, template.path);
  if (edit.direction === "output") {
    dropOutputReaders(draft, workflow, template, { name: edit.name, kind: edit.port });
    return undefined;
  }
  for (const call of callsOf(draft.model, template)) {
    const argument = call.task.arguments.find((one) => one.name === edit.name && one.kind === edit.port);
    const here = argument && itemNow(draft, argument.path, argument.name);
    if (!here) continue;
    removePruned(draft, here, call.task.path);
    draft.note(note("edit-argument-dropped", { task: call.task.name, input: edit.name }, call.task.path));
  }
  for (const { owner, name, hook } of hooksOf(draft.model, template)) {
    const argument = hook.arguments.find((one) => one.name === edit.name && one.kind === edit.port);
    const here = argument && itemNow(draft, argument.path, argument.name);
    if (!here) continue;
    removePruned(draft, here, hook.path);
    draft.note(note("edit-argument-dropped", { task: name, input: edit.name }, owner));
  }
  dropReads(draft, workflow, template, isInput(edit));
  if (template.tasks.length === 0) reportLeft(draft, template.path, template.name, isInput(edit));
  return undefined;
}

/** Gives a port another name, in the template, its calls, and wherever it is read. */
export function renamePort(draft: Draft, edit: Of<"rename-port">): Refused | undefined {
  const found = findPort(draft, edit);
  if (isRefused(found)) return found;
  if (edit.to === edit.name) return undefined;
  const { workflow, template, path } = found;
  const bad = badPortName(edit.to, path) ?? takenPort(template, edit.direction, edit.port, edit.to);
  if (bad) return bad;
  draft.set([...path, "name"], edit.to);
  const calls = callsOf(draft.model, template);
  if (edit.direction === "output")
    renameReferences(draft, template.path, { kind: "output", port: edit.port, from: edit.name, to: edit.to });
  if (edit.direction === "input") {
    renameReferences(draft, template.path, { kind: "input", port: edit.port, from: edit.name, to: edit.to });
    for (const { arguments: given } of [...calls.map((call) => call.task), ...hooksOf(draft.model, template).map((one) => one.hook)]) {
      const argument = given.find((one) => one.name === edit.name && one.kind === edit.port);
      if (argument) draft.set([...argument.path, "name"], edit.to);
    }
    keepFeed(draft, workflow, template, edit, path);
    return undefined;
  }
  for (const { graph, task } of calls) {
    renameReferences(draft, graph.path, { kind: "task-output", task: task.name, port: edit.port, from: edit.name, to: edit.to });
  }
  return undefined;
}

/**
 * Argo feeds the inputs of the entrypoint and of the exit handler from the workflow's arguments of equal name. An input that is now
 * called otherwise names its parameter; one that cannot is reported.
 */
function keepFeed(draft: Draft, workflow: Workflow, template: Template, edit: Of<"rename-port">, path: Path): void {
  const fed = workflow.entrypoint === template.name || workflow.onExit === template.name;
  if (!fed || indexByName(draft.at([...workflow.specPath, "arguments", `${edit.port}s`]), edit.name) < 0) return;
  const given = ["value", "default", "valueFrom"].some((key) => draft.at([...path, key]) !== undefined);
  if (edit.port === "parameter" && !given) draft.set([...path, "value"], `{{workflow.parameters.${edit.name}}}`);
  else draft.note(note("edit-feed-lost", { input: edit.to, parameter: edit.name }, path));
}

function isInput(port: PortName): (reference: Reference) => boolean {
  return (reference) => reference.kind === "graph-input" && reference.name === port.name && reference.port === port.port;
}

function findPort(
  draft: Draft,
  edit: PortName & { readonly template: string },
): { readonly workflow: Workflow; readonly template: Template; readonly path: Path } | Refused {
  const found = findTemplate(draft, edit.template);
  if (isRefused(found)) return found;
  const ports = edit.direction === "input" ? found.template.inputs : found.template.outputs;
  const port = ports.find((one) => one.name === edit.name && one.kind === edit.port);
  if (port) return { ...found, path: port.path };
  const names = ports.filter((one) => one.kind === edit.port).map((one) => one.name);
  return refuse(
    "edit-port-unknown",
    { name: edit.name, template: found.template.name, ...nearestValue(edit.name, names) },
    found.template.path,
  );
}
