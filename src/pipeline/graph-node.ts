import type { Binding, Reference } from "./binding.ts";
import { inputKind, isPythonFunction, outputNature } from "#components/component-ports.ts";
import { type DataMap, field, textField } from "#data/data.ts";
import type { GraphNode, GraphPort } from "./graph.ts";
import type { GroupTypes } from "./group-types.ts";
import type { Argument, Call, Hook, InputPort, Loop, OutputPort, PortKind, Task, TaskId, Template } from "./model.ts";
import { typeText } from "#components/type-names.ts";
import { isDrawnAsGraph } from "./template-kinds.ts";
import { isCreatedClaim, mountedInputs } from "./volume-ports.ts";

/** Builds the box of a call: its title, its ports, its line of detail. Used by graph-of.ts only. */

/** The inputs of a box besides its call. */
export interface NodeContext {
  readonly callee?: Template;
  /** The call leads out of this file rather than nowhere. */
  readonly external: boolean;
  readonly recursive: boolean;
  readonly uses: number;
  /** Outputs of this call to which something in the graph refers. */
  readonly referred: readonly OutputRef[];
  /** Types that flow through the ports of a group. */
  readonly types?: GroupTypes;
}

/** A referenced output: a declared one, or result, exitCode, ip … without a kind. */
export interface OutputRef {
  readonly output: string;
  readonly port?: PortKind;
}

/** The box of a task or step. */
export function nodeOfTask(task: Task, context: NodeContext): GraphNode {
  const loop = task.loop && describeLoop(task.loop);
  return {
    ...nodeOfCall(task.id, task.name, task.path, task.call, task.arguments, context),
    ...(task.when === undefined ? {} : { when: task.when }),
    ...(loop === undefined ? {} : { loop }),
    ...(task.displayName === undefined ? {} : { title: task.displayName }),
    ...(task.runsAlways ? { runsAlways: true } : {}),
    ...(task.stage === undefined ? {} : { stage: task.stage }),
  };
}

/** The box of a hook or exit handler; `owner` is "" for the workflow's own. */
export function nodeOfHook(id: TaskId, hook: Hook, owner: TaskId | "", context: NodeContext): GraphNode {
  const name = hook.call.kind === "template" ? hook.call.name : hook.name;
  return { ...nodeOfCall(id, name, hook.path, hook.call, hook.arguments, context), hook: { owner, name: hook.name } };
}

/** The box of a leaf template shown by itself (an entrypoint that is not a graph). */
export function nodeOfTemplate(template: Template, uses: number): GraphNode {
  const context: NodeContext = { callee: template, external: false, recursive: false, uses, referred: [] };
  return nodeOfCall(template.id as string as TaskId, template.name, template.path, { kind: "template", name: template.name }, [], context);
}

function nodeOfCall(
  id: TaskId,
  name: string,
  path: GraphNode["path"],
  call: Call,
  args: readonly Argument[],
  context: NodeContext,
): GraphNode {
  const { callee } = context;
  return {
    id,
    name,
    title: titleOf(callee) ?? name,
    path,
    ...(callee === undefined ? {} : { template: callee.id }),
    calls: calledName(call),
    kind: callee?.kind ?? (context.external ? "external" : "missing"),
    subtitle: callee === undefined ? "" : subtitleOf(callee),
    inputs: inputsOf(callee, args).map((port) => withType(port, context.types?.inputs)),
    outputs: outputsOf(callee, context.referred).map((port) => withType(port, context.types?.outputs)),
    ...(callee?.pythonFunction !== undefined || (callee?.component && isPythonFunction(callee.component.spec)) ? { python: true } : {}),
    group: isDrawnAsGraph(callee),
    recursive: context.recursive,
    uses: context.uses,
  };
}

/** The display name, which a template without a component may also have (KFP: set_display_name), else the component's name. */
export function titleOf(callee: Template | undefined): string | undefined {
  const displayName = callee?.displayName;
  // A display name with a reference in it is filled in at run time; until then the component's name is more useful.
  return (displayName && !displayName.includes("{{") ? displayName : undefined) ?? (callee?.component?.spec.name || undefined);
}

function calledName(call: Call): string {
  if (call.kind === "template") return call.name;
  if (call.kind === "reference") return `${call.name}/${call.template}`;
  return call.kind === "inline" ? call.template.name : "";
}

function inputsOf(callee: Template | undefined, args: readonly Argument[]): readonly GraphPort[] {
  const given = new Map(args.map((argument) => [`${argument.kind}:${argument.name}`, argument.binding]));
  const mounted = callee && mountedInputs(callee);
  const ports = (callee?.inputs ?? []).map((input) => {
    const port = inputPort(input, given.get(`${input.kind}:${input.name}`));
    const volume = input.kind === "parameter" ? mounted?.get(input.name) : undefined;
    return volume === undefined ? port : { ...port, volume };
  });
  const declared = new Set((callee?.inputs ?? []).map((input) => `${input.kind}:${input.name}`));
  const guessed = args
    .filter((argument) => !argument.isUndeclared && !declared.has(`${argument.kind}:${argument.name}`))
    .map((argument): GraphPort => ({
      name: argument.name,
      label: argument.name,
      kind: argument.kind,
      required: false,
      binding: argument.binding,
    }));
  return [...ports, ...inlinedPorts(callee), ...guessed];
}

/** A port with the type that flows through it, unless it declares one. */
export function withType(port: GraphPort, types: ReadonlyMap<string, string> | undefined): GraphPort {
  const type = port.type === undefined ? types?.get(`${port.kind}:${port.name}`) : undefined;
  return type === undefined ? port : { ...port, type };
}

/** A template's input as a port. */
export function inputPort(input: InputPort, binding?: Binding): GraphPort {
  return {
    name: input.name,
    label: input.label,
    kind: input.kind,
    ...(input.type === undefined ? {} : { type: input.type }),
    ...(input.description === undefined ? {} : { description: input.description }),
    required: input.required,
    ...(input.isList ? { isList: true } : {}),
    ...(binding === undefined ? {} : { binding }),
    ...(input.fallback === undefined ? {} : { fallback: input.fallback }),
  };
}

/** KFP writes constants straight into the program's arguments: the component's input has no input in Argo. docs/spec/kfp-v1.md#inputs */
function inlinedPorts(callee: Template | undefined): readonly GraphPort[] {
  const component = callee?.component;
  if (callee === undefined || component === undefined) return [];
  const shown = new Set(callee.inputs.map((input) => input.label));
  return component.spec.inputs
    .filter((input) => !shown.has(input.name))
    .map((input): GraphPort => {
      const value = Object.hasOwn(component.constants, input.name) ? component.constants[input.name] : undefined;
      const type = typeText(input.type);
      return {
        name: input.name,
        label: input.name,
        kind: inputKind(component.spec, input.name),
        ...(type === undefined ? {} : { type }),
        ...(input.description === undefined ? {} : { description: input.description }),
        required: false,
        ...(value === undefined ? {} : { inlined: value }),
      };
    });
}

function outputsOf(callee: Template | undefined, referred: readonly OutputRef[]): readonly GraphPort[] {
  const declared = (callee?.outputs ?? []).map((output) => outputPort(output, callee));
  const known = new Set(declared.map((port) => `${port.kind}:${port.name}`));
  const further: GraphPort[] = [];
  for (const { output, port } of referred) {
    const kind = port ?? "parameter";
    if (known.has(`${kind}:${output}`)) continue;
    known.add(`${kind}:${output}`);
    further.push({ name: output, label: output, kind, required: false });
  }
  return [...declared, ...further];
}

/** A template's output as a port. */
export function outputPort(output: OutputPort, template?: Template): GraphPort {
  const component = template?.component;
  const nature = component?.spec.outputs.some((one) => one.name === output.label) ? outputNature(component.spec, output.label) : undefined;
  return {
    name: output.name,
    label: output.label,
    kind: output.kind,
    ...(output.type === undefined ? {} : { type: output.type }),
    ...(output.description === undefined ? {} : { description: output.description }),
    required: false,
    ...(output.isList ? { isList: true } : {}),
    ...(nature === undefined ? {} : { nature }),
    ...(output.twin ? { twin: true } : {}),
    ...(isCreatedClaim(output, template) ? { volume: "" } : {}),
  };
}

/** One line about a template: its image, its resources, its waiting time. */
export function subtitleOf(template: Template): string {
  const body = template.kind === "unknown" ? undefined : field(template.rest, template.kind);
  switch (template.kind) {
    case "container":
    case "script":
      return oneLine(textField(body, "image"));
    case "containerSet": {
      const containers = field(body, "containers");
      return Array.isArray(containers) ? oneLine([...new Set(containers.map((one) => textField(one, "image") ?? ""))].join(", ")) : "";
    }
    case "resource":
      return oneLine(
        [textField(body, "action"), /^kind:\s*["']?([\w{}.=-]+)/m.exec(textField(body, "manifest") ?? "")?.[1]].filter(Boolean).join(" "),
      );
    case "http":
      return oneLine(`${textField(body, "method") ?? "GET"} ${textField(body, "url") ?? ""}`);
    case "suspend": {
      const duration = field(body, "duration");
      return typeof duration === "string" || typeof duration === "number" ? String(duration) : "";
    }
    case "importer":
      return oneLine(textField(field(body, "artifactUri"), "constant"));
    case "claim":
      return oneLine(textField(field(template.rest, "container"), "image"));
    case "plugin":
      return oneLine(Object.keys((body as DataMap | null | undefined) ?? {})[0]);
    default:
      return "";
  }
}

function describeLoop(loop: Loop): NonNullable<GraphNode["loop"]> {
  switch (loop.kind) {
    case "items":
      return { kind: "items", count: loop.items.length, text: oneLine(loop.text ?? JSON.stringify(loop.items.slice(0, 20))) };
    case "param":
      return { kind: "param", text: oneLine(bindingLabel(loop.source)) };
    case "sequence": {
      const count = sequenceCount(loop.raw);
      const { start = 0, end, count: times } = loop.raw;
      const text = times === undefined ? `${String(start)}…${String(end ?? "")}` : String(times);
      return { kind: "sequence", ...(count === undefined ? {} : { count }), text: oneLine(text) };
    }
  }
}

/** A short text for a binding, for a badge: `train.model`, `learning-rate`. */
function bindingLabel(binding: Binding): string {
  switch (binding.kind) {
    case "constant":
      return typeof binding.value === "string" ? binding.value : JSON.stringify(binding.value ?? "");
    case "reference":
      return referenceLabel(binding.reference);
    case "text":
      return binding.parts.map((part) => (typeof part === "string" ? part : referenceLabel(part))).join("");
    case "expression":
      return binding.source;
    case "location":
      return "";
    case "one-of":
      return binding.references.map(referenceLabel).join(", ");
  }
}

function referenceLabel(reference: Reference): string {
  switch (reference.kind) {
    case "task-output":
      return `${reference.task}.${reference.output}`;
    case "expression":
      return reference.source;
    case "item":
      return reference.key === undefined ? "item" : `item.${reference.key}`;
    default:
      return reference.name;
  }
}

function sequenceCount(raw: DataMap): number | undefined {
  const whole = (key: string) => (/^-?\d+$/.test(String(raw[key])) ? Number(raw[key]) : undefined);
  const count = whole("count");
  const end = whole("end");
  const start = raw.start === undefined ? 0 : whole("start");
  return count ?? (end === undefined || start === undefined ? undefined : Math.abs(end - start) + 1);
}

function oneLine(text: string | undefined): string {
  const line = (text ?? "").slice(0, 400).replace(/\s+/g, " ").trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
