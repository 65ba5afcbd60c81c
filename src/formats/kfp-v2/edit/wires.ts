import { kfpV2FitRules } from "../fit.ts";
import type { DataMap } from "#data/data.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { findTask, findTemplate, type FoundTask, isRefused, nearestValue, refuse } from "#document/edit-targets.ts";
import type { Edit, WireEnd } from "#pipeline/edit.ts";
import { type Fit, type FitEnd, judge } from "#pipeline/port-compatibility.ts";
import type { GraphNode, GraphPort } from "#pipeline/graph.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import { inputPort, outputPort } from "#pipeline/graph-node.ts";
import type { InputPort, OutputPort, PortKind, Template, Workflow } from "#pipeline/model.ts";
import { templateByName } from "#pipeline/resolve-call.ts";
import { outputSource } from "../syntax/bindings.ts";
import { boundaryNameOf } from "../syntax/boundary-names.ts";
import { clearArgument, findInput } from "./arguments.ts";
import { bindingOf, collected, passIn, passedDefinition, surface, type Value } from "./group-ports.ts";
import { fieldPath, put } from "./field-operations.ts";
import { groupsAround } from "./groups-around.ts";
import { oneOf } from "./one-of.ts";
import { cycleRefusal } from "./dependencies.ts";
import { findParameter } from "./parameters.ts";
import { dropOutput } from "./remove-references.ts";
import { argumentPath, messagePath, type Spec, specOf } from "./pipeline-spec.ts";

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** The giving end of a wire. */
interface Source {
  readonly workflow: Workflow;
  readonly graph: Template;
  /** Undefined: an input of the graph. */
  readonly producer?: FoundTask;
  readonly port: GraphPort;
  readonly definition: DataMap;
  readonly isItem?: boolean;
}

/** The taking end: an input of a task, or an output of a graph. */
interface Target {
  readonly graph: Template;
  readonly consumer?: FoundTask;
  readonly port: GraphPort;
}

/** Draws a wire within a graph or across group boundaries, adding ports to the groups on its way. */
export function connect(draft: Draft, edit: Of<"connect">): Refused | undefined {
  const target = findTarget(draft, edit);
  if (isRefused(target)) return target;
  const source = findSource(draft, edit.from, target);
  if (isRefused(source)) return source;
  if (!target.consumer && !source.producer && source.graph.id === target.graph.id)
    return refuse("edit-not-an-output", { name: edit.from.port, template: target.graph.name }, target.graph.path);
  const way = wayBetween(draft, source, target);
  if (isRefused(way)) return way;
  const bad = judged(draft, { edit, source, target, way });
  if (bad) return bad;
  const spec = specOf(draft, source.workflow);
  const value = leave(spec, source, way.up, edit.as === "one-of");
  if (isRefused(value)) return value;
  return arrive(spec, value, { target, way });
}

/** The groups that a wire leaves and enters, outermost first, and the graph where both sides meet. */
interface Way {
  readonly meeting: Template;
  readonly up: readonly FoundTask[];
  readonly down: readonly FoundTask[];
}

function wayBetween(draft: Draft, source: Source, target: Target): Way | Refused {
  const { workflow } = source;
  if (source.graph.id === target.graph.id) return { meeting: source.graph, up: [], down: [] };
  const [from, to] = [groupsAround(draft, workflow, source.graph), groupsAround(draft, workflow, target.graph)];
  if ("refusal" in from) return from;
  if ("refusal" in to) return to;
  let shared = 0;
  while (from[shared] && from[shared]?.task.id === to[shared]?.task.id) shared++;
  const meeting = from[shared]?.graph ?? to[shared]?.graph ?? source.graph;
  const [up, down] = [from.slice(shared), to.slice(shared)];
  // An input of a group is a value of the graph around it only on its way in.
  if (!source.producer && up.length > 0)
    return refuse("edit-other-graph", { from: source.graph.name, to: target.graph.name }, target.graph.path);
  if (!target.consumer && down.length > 0)
    return refuse("edit-not-an-output", { name: source.port.name, template: target.graph.name }, target.graph.path);
  return { meeting, up, down };
}

/** Surfaces the value of a producer, group by group, up to the graph where the ends meet. */
function leave(spec: Spec, source: Source, up: readonly FoundTask[], isChoice: boolean): Value | Refused {
  const { port, producer } = source;
  const { kind } = port;
  let value: Value = {
    kind,
    source: producer ? { task: producer.task.name, output: port.name } : { input: port.name },
    definition: passedDefinition(source.definition, kind),
  };
  for (let index = up.length - 1; index >= 0; index--) {
    const group = up[index] as FoundTask;
    const from = value.source as { readonly task: string; readonly output: string };
    const definition = group.task.loop ? collected(value.definition, kind) : value.definition;
    const graph = group.callee?.name ?? "";
    const output = surface(spec, graph, { from: [from], kind, definition, name: boundaryNameOf(from.task, from.output) });
    value = { kind, source: { task: group.task.name, output }, definition };
    const choice = up[index - 1];
    if (!group.task.when || !isChoice || !choice) continue;
    const chosen = oneOf(spec, { choice, branch: group.task.name, value, port });
    if (isRefused(chosen)) return chosen;
    value = chosen;
    index--;
  }
  return value;
}

/** Hands the value into the groups around the consumer and writes its argument, or the source of the graph's output. */
function arrive(spec: Spec, value: Value, { target, way }: { readonly target: Target; readonly way: Way }): Refused | undefined {
  const { draft } = spec;
  const { port, consumer } = target;
  let here = value;
  for (const group of way.down) {
    const name = passIn(spec, { graph: group.graph.name, task: group.task.name, group: group.callee?.name ?? "" }, here);
    here = { ...here, source: { input: name } };
  }
  if (consumer) {
    const path = argumentPath(draft, consumer.task.path, port.kind, port.name);
    const binding = bindingOf(here);
    return put(draft, path, binding) ? undefined : refuse("edit-path-misfit", { path: path.join(".") }, consumer.task.path);
  }
  if ("input" in here.source)
    return refuse("edit-not-an-output", { name: here.source.input, template: target.graph.name }, target.graph.path);
  const path = [...fieldPath(draft, messagePath(spec, target.graph.name), "dag", "outputs", `${port.kind}s`), port.name];
  return put(draft, path, outputSource(port.kind, [here.source]))
    ? undefined
    : refuse("edit-path-misfit", { path: path.join(".") }, target.graph.path);
}

/** Asks the one check behind every way to draw a wire, at the graph where the ends meet. */
function judged(
  draft: Draft,
  { edit, source, target, way }: { readonly edit: Of<"connect">; readonly source: Source; readonly target: Target; readonly way: Way },
): Refused | undefined {
  const { workflow } = source;
  const graph = graphOf(draft.model, workflow, way.meeting.id);
  const nodeOf = (found: FoundTask | undefined) => graph.nodes.find((one) => one.id === found?.task.id);
  const boxes = way.up.map(({ graph: around, task }) => graphOf(draft.model, workflow, around.id).nodes.find((one) => one.id === task.id));
  const left = boxes.filter((one): one is GraphNode => one !== undefined);
  const [giving, taking] = [nodeOf(way.up[0] ?? source.producer), nodeOf(way.down[0] ?? target.consumer)];
  const from: FitEnd = {
    ...(source.producer && giving ? { node: giving } : {}),
    port: source.port,
    side: source.producer ? "output" : "input",
    ...(source.isItem ? { source: "item" } : {}),
    left,
  };
  const to: FitEnd = { ...(taking ? { node: taking } : {}), port: target.port, side: target.consumer ? "input" : "output" };
  const path = target.consumer?.task.path ?? target.graph.path;
  const fit = judge(from, to, { rules: kfpV2FitRules, graph });
  const bad = refusalOf(fit, edit, path);
  if (bad) return bad;
  const [producer, consumer] = [way.up[0] ?? source.producer, way.down[0] ?? target.consumer];
  if (!producer || !consumer) return undefined;
  // A dependency in the opposite direction, which no wire shows, would close a cycle, too.
  return cycleRefusal(way.meeting, producer.task.name, consumer.task) ?? exitRefusal(producer, consumer, target);
}

function exitRefusal(producer: FoundTask, consumer: FoundTask, { port }: Target): Refused | undefined {
  if (producer.task.runsAlways)
    return refuse("edit-exit-awaited", { task: consumer.task.name, on: producer.task.name }, consumer.task.path);
  const watched = consumer.task.runsAlways && consumer.callee?.inputs.some(({ type }) => type === "TASK_FINAL_STATUS");
  return watched
    ? refuse(
        "exit-handler-input",
        { from: producer.task.name, out: port.label, to: consumer.task.name, in: port.label },
        consumer.task.path,
      )
    : undefined;
}

function refusalOf(fit: Fit, edit: Of<"connect">, path: FoundTask["task"]["path"]): Refused | undefined {
  if (fit.fit === "yes") return undefined;
  if (fit.fit === "no") return refuse(fit.code, fit.values, path);
  if (edit.as !== undefined && fit.choices.includes(edit.as)) return undefined;
  const fixes = fit.choices.map((choice) => ({
    code: `fix.connect-as-${choice}`,
    values: fit.values,
    edits: [{ ...edit, as: choice } satisfies Edit],
  }));
  return refuse(fit.code, fit.values, path, fixes);
}

function findTarget(draft: Draft, edit: Of<"connect">): Target | Refused {
  const { to } = edit;
  if (to.task === "") {
    const found = findTemplate(draft, to.graph ?? "");
    if (isRefused(found)) return found;
    if (found.template.kind !== "dag")
      return refuse("edit-not-a-graph", { template: found.template.name, kind: found.template.kind }, found.template.path);
    const output = portNamed(found.template.outputs, to);
    if (!output) return unknownPort(found.template, "output", to.port);
    return { graph: found.template, port: outputPort(output, found.template) };
  }
  const consumer = findTask(draft, to.task);
  if (isRefused(consumer)) return consumer;
  const input = findInput(consumer, to.port, to.portKind);
  if (isRefused(input)) return input;
  const declared = consumer.callee?.inputs.find((one) => one.name === input.name && one.kind === input.kind);
  const port = declared ? inputPort(declared) : { name: input.name, label: input.name, kind: input.kind, required: false };
  return { graph: consumer.graph, consumer, port };
}

/** The giving end. A bare name means a sibling of the consumer first; a graph's own input may be a parameter of the pipeline. */
function findSource(draft: Draft, from: WireEnd, target: Target): Source | Refused {
  const around = target.consumer ?? findTemplate(draft, target.graph.id);
  if (isRefused(around)) return around;
  const { workflow } = around;
  if (from.task === "") return graphInput(draft, from, { workflow, graph: target.graph });
  const sibling = target.graph.tasks.find((one) => one.name === from.task);
  const producer = findTask(draft, sibling?.id ?? from.task);
  if (isRefused(producer)) return producer;
  const { callee } = producer;
  if (!callee) return refuse("edit-template-elsewhere", { task: producer.task.name }, producer.task.path);
  const output = portNamed(callee.outputs, from);
  if (!output) return unknownPort(callee, "output", from.port);
  return { workflow, graph: producer.graph, producer, port: outputPort(output, callee), definition: output.rest };
}

function graphInput(
  draft: Draft,
  from: WireEnd,
  { workflow, graph }: { readonly workflow: Workflow; readonly graph: Template },
): Source | Refused {
  const named = from.graph === undefined ? undefined : findTemplate(draft, from.graph);
  if (isRefused(named)) return named;
  const root = templateByName(workflow, workflow.entrypoint);
  for (const one of new Set([named?.template ?? graph, ...(root ? [root] : [])])) {
    const input = portNamed(one.inputs, from);
    if (input) return { workflow, graph: one, port: inputPort(input), definition: input.rest, ...(input.isItem ? { isItem: true } : {}) };
  }
  return unknownPort(named?.template ?? graph, "input", from.port);
}

function portNamed<Port extends InputPort | OutputPort>(ports: readonly Port[], end: WireEnd): Port | undefined {
  const fits = ports.filter((one) => one.kind === (end.portKind ?? one.kind));
  return fits.find((one) => one.name === end.port) ?? fits.find((one) => one.label === end.port);
}

function unknownPort(template: Template, direction: "input" | "output", name: string): Refused {
  const ports = direction === "input" ? template.inputs : template.outputs;
  const names = ports.map((one) => one.name);
  return refuse("port-undeclared", { template: template.name, direction, name, ...nearestValue(name, names) }, template.path);
}

/** Takes a wire away: the argument, or the output of a graph with what read it. */
export function disconnect(draft: Draft, edit: Of<"disconnect">): Refused | undefined {
  const { to } = edit;
  if (to.task !== "") return clearArgument(draft, { kind: "clear-argument", task: to.task, input: to.port, ...kindOf(to) });
  const found = findTemplate(draft, to.graph ?? "");
  if (isRefused(found)) return found;
  const output = portNamed(found.template.outputs, to);
  if (!output) return unknownPort(found.template, "output", to.port);
  dropOutput(specOf(draft, found.workflow), found.template.name, output.kind, output.name);
  return undefined;
}

function kindOf({ portKind }: { readonly portKind?: PortKind }): { readonly portKind?: PortKind } {
  return portKind ? { portKind } : {};
}

/** Feeds an input from a parameter of the pipeline, through the groups around the task. */
export function bindParameter(draft: Draft, edit: Of<"bind-parameter">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const parameter = findParameter(draft, { name: edit.parameter, workflow: found.workflow.path[0] as number });
  if (isRefused(parameter)) return parameter;
  const root = templateByName(found.workflow, found.workflow.entrypoint);
  return connect(draft, {
    kind: "connect",
    from: { task: "", port: edit.parameter, portKind: "parameter", ...(root ? { graph: root.id } : {}) },
    to: { task: found.task.id, port: edit.input, ...kindOf(edit) },
  });
}
