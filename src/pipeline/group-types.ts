import type { Binding, Reference } from "./binding.ts";
import { indexOfModel, type TaskEntry } from "./model-index.ts";
import { calleeOf, entrypointOf } from "./resolve-call.ts";
import type { InputPort, Model, OutputPort, PortKind, Task, Template, Workflow } from "./model.ts";

/**
 * Types of a group's ports. Only components declare types; the inputs and outputs of the conditions, loops and sub-DAGs around them have
 * the type of what flows through: an input that of its first caller's argument, an output that of its source.
 */
export interface GroupTypes {
  /** By `kind:name`; only ports whose type is known. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
}

interface Place {
  readonly workflow: Workflow;
  readonly template: Template;
}

const known = new WeakMap<Model, Map<string, string | undefined>>();
const none: GroupTypes = { inputs: new Map(), outputs: new Map() };

/** The types that flow through a dag's or steps' ports; none where groups declare their own, or nothing has a type. */
export function groupTypes(model: Model, path: Place): GroupTypes {
  const { workflow, template } = path;
  if (!workflow.traits.infersGroupTypes || (template.kind !== "dag" && template.kind !== "steps")) return none;
  const types = (ports: readonly (InputPort | OutputPort)[], find: (port: InputPort | OutputPort) => string | undefined) =>
    new Map(
      ports.flatMap((port): [string, string][] => (find(port) === undefined ? [] : [[`${port.kind}:${port.name}`, find(port) as string]])),
    );
  return {
    inputs: types(template.inputs, (port) => inputType(model, path, port.kind, port.name)),
    outputs: types(template.outputs, (port) => outputType(model, path, port.kind, port.name)),
  };
}

function inputType(model: Model, path: Place, kind: PortKind, name: string): string | undefined {
  return remembered(model, `${path.template.id} in ${kind}:${name}`, () => {
    const { workflow, template } = path;
    const port = portOf(template.inputs, kind, name);
    if (port?.type !== undefined) return port.type;
    const parameter =
      entrypointOf(model, workflow)?.template === template ? workflow.parameters.find((one) => one.name === name) : undefined;
    if (parameter) return parameter.type;
    for (const caller of indexOfModel(model).callers.get(template.id) ?? []) {
      const argument = caller.task.arguments.find((one) => one.name === name && one.kind === kind);
      const type = argument && bindingType(model, caller, argument.binding);
      if (type !== undefined) return type;
    }
    return undefined;
  });
}

function outputType(model: Model, path: Place, kind: PortKind, name: string): string | undefined {
  return remembered(model, `${path.template.id} out ${kind}:${name}`, () => {
    // An output read as a value where only its file is declared has the file's type.
    const port = portOf(path.template.outputs, kind, name) ?? path.template.outputs.find((one) => one.name === name);
    return port?.type ?? (port?.source && bindingType(model, path, port.source));
  });
}

function bindingType(model: Model, path: Place | TaskEntry, binding: Binding): string | undefined {
  return binding.kind === "reference" ? referenceType(model, path, binding.reference) : undefined;
}

function referenceType(model: Model, { workflow, template }: Place, reference: Reference): string | undefined {
  switch (reference.kind) {
    case "pipeline-parameter":
      return workflow.parameters.find((one) => one.name === reference.name)?.type;
    case "graph-input":
      return inputType(model, { workflow, template }, reference.port, reference.name);
    case "task-output": {
      const task = tasksByName(template).get(reference.task);
      const callee = task && calleeOf(model, workflow, task.call);
      return callee && reference.port && outputType(model, callee, reference.port, reference.output);
    }
    default:
      return undefined;
  }
}

const deepest = 200;
let depth = 0;

/** Each lookup is answered once per model; one that comes back to itself (recursion) or is very deep has no answer. */
function remembered(model: Model, key: string, find: () => string | undefined): string | undefined {
  let answers = known.get(model);
  if (answers === undefined) known.set(model, (answers = new Map()));
  if (answers.has(key)) return answers.get(key);
  if (depth > deepest) return undefined;
  answers.set(key, undefined);
  depth++;
  const type = find();
  depth--;
  answers.set(key, type);
  return type;
}

function portOf<Port extends { readonly kind: PortKind; readonly name: string }>(
  ports: readonly Port[],
  kind: PortKind,
  name: string,
): Port | undefined {
  return ports.find((port) => port.kind === kind && port.name === name);
}

const byName = new WeakMap<Template, ReadonlyMap<string, Task>>();

function tasksByName(template: Template): ReadonlyMap<string, Task> {
  let tasks = byName.get(template);
  if (tasks === undefined) byName.set(template, (tasks = new Map(template.tasks.toReversed().map((task) => [task.name, task]))));
  return tasks;
}
