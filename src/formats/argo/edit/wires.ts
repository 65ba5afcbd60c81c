import type { Reference } from "#pipeline/binding.ts";
import { type DataMap, isMap } from "#data/data.ts";
import type { Edit, WireEnd } from "#pipeline/edit.ts";
import type { GraphPort } from "#pipeline/graph.ts";
import { inputPort, outputPort } from "#pipeline/graph-node.ts";
import { typeText } from "#components/type-names.ts";
import type { OutputPort, PortKind, Template, Workflow } from "#pipeline/model.ts";
import { writeReference } from "../syntax/references.ts";
import { clearArgument } from "./arguments.ts";
import { connectParameter } from "./bind-input.ts";
import { type Draft, type Refused, removePruned } from "#document/edit-draft.ts";
import { releaseReads } from "./inputs.ts";
import { judgeWire } from "./judge-wire.ts";
import { inputUse } from "../kfp/edit/render.ts";
import { feedStep, freeName, type Step, stepInput, stepOf } from "../kfp/edit/step.ts";
import { orderRefusal, waitFor } from "./order.ts";
import { tasksPath } from "./paths-and-names.ts";
import { findTask, findTemplate, type FoundTask, isRefused, refuse } from "#document/edit-targets.ts";
import type { FoundTemplate } from "#pipeline/find-by-id.ts";
import { findSource, type Source } from "./find-source.ts";
import { addTwin } from "../kfp/edit/output-twins.ts";
import { undeclared } from "./undeclared.ts";
import { writeArgument } from "./write-argument.ts";
import { flavorOf } from "../flavor/flavor-of.ts";
import type { Flavor } from "../flavor/flavor.ts";

// Wires. A connection is an argument of the consuming call, and in a dag the order that it needs.

type Connect = Extract<Edit, { kind: "connect" }>;

/** Draws a wire: writes the argument, in place of another one of the input if there is one, and the order in a dag. */
export function connect(draft: Draft, edit: Connect): Refused | undefined {
  if (edit.to.task === "") return connectOutput(draft, edit);
  const found = findTask(draft, edit.to.task);
  if (isRefused(found)) return found;
  const { workflow, graph, task } = found;
  const source = findSource(draft, edit.from, workflow, graph);
  if (source !== "pipeline-parameter" && isRefused(source)) return source;
  const target = findTarget(draft, found, edit.to, source === "pipeline-parameter" ? "parameter" : source.port.kind);
  if (isRefused(target)) return target;
  if (source === "pipeline-parameter") {
    const from = { port: parameterPort(workflow, edit.from.port), pipeline: true };
    const bad = judgeWire(draft, edit, { workflow, template: graph }, { from, to: { task: task.id, port: target.port } });
    return bad ?? connectParameter(draft, found, edit);
  }
  const { sibling } = source;
  const from = { ...(sibling && { task: sibling.task.id }), port: source.port };
  const bad =
    judgeWire(draft, edit, { workflow, template: graph }, { from, to: { task: task.id, port: target.port } }) ??
    (sibling && orderRefusal(graph, sibling.task, task));
  if (bad) return bad;
  const unwritten = writeWire(draft, found, target, source);
  if (unwritten) return unwritten;
  if (sibling) waitFor(draft, found, sibling.task.name);
  return undefined;
}

/** A pipeline parameter as a port. */
function parameterPort(workflow: Workflow, name: string): GraphPort {
  const type = workflow.parameters.find((one) => one.name === name)?.type;
  return { name, label: name, kind: "parameter", required: false, ...(type !== undefined && { type }) };
}

/** The taking end: a declared input, an input of a step's component, or any name of a template that is not in this file. */
interface Target {
  readonly port: GraphPort;
  readonly step?: { readonly step: Step; readonly input: NonNullable<ReturnType<typeof stepInput>> };
}

function findTarget(draft: Draft, found: FoundTask, end: WireEnd, given: PortKind): Target | Refused {
  const { task, callee } = found;
  const step = stepOf(draft, found);
  const input = step && stepInput(draft, step, end.port);
  if (step && input) {
    const kind: PortKind = inputUse(step.spec, input.name).value ? "parameter" : "artifact";
    const type = typeText(input.type);
    return {
      port: { name: end.port, label: input.name, kind, required: false, ...(type !== undefined && { type }) },
      step: { step, input },
    };
  }
  if (!callee) return { port: { name: end.port, label: end.port, kind: end.portKind ?? given, required: false } };
  const fits = callee.inputs.filter((one) => one.kind === (end.portKind ?? one.kind));
  const declared = fits.find((one) => one.name === end.port) ?? fits.find((one) => one.label === end.port);
  if (declared) return { port: inputPort(declared) };
  if (callee.component && Object.hasOwn(callee.component.constants, end.port)) {
    return refuse("edit-constant-fixed", { task: task.name, input: end.port }, callee.path);
  }
  return undeclared(callee, { direction: "input", name: end.port, port: end.portKind ?? given }, task.path);
}

/** Writes the argument, and in a KFP file what it needs at both ends. */
function writeWire(draft: Draft, found: FoundTask, target: Target, source: Source): Refused | undefined {
  const { workflow, task } = found;
  const flavor = flavorOf(workflow);
  const before = draft.at(task.path);
  const name = target.port.name;
  if (target.port.kind === "parameter") {
    const value = valueOf(draft, source, flavor);
    if (isRefused(value)) return value;
    if (target.step) feedStep(draft, target.step.step, target.step.input, { kind: "value", name: source.name, value: value.text });
    else writeArgument(draft, task.path, "parameter", { name, value: value.text }, flavor);
  } else {
    const data: DataMap | undefined = source.asFile
      ? { from: writeReference(source.asFile) }
      : source.asValue
        ? { raw: { data: writeReference(source.asValue) } }
        : undefined;
    if (!data) return refuse("edit-no-file", { out: source.port.label, from: source.owner }, task.path);
    const { step, input } = target.step ?? {};
    if (step && input) feedStep(draft, step, input, { kind: "file", name: freeName(step.callee, source.name, input.name), data });
    else writeArgument(draft, task.path, "artifact", { name, ...data }, flavor);
  }
  releaseReads(draft, found, before);
  return undefined;
}

/** The reference to a source as a value; a file which is read as one becomes an output parameter of its producer, too. */
function valueOf(draft: Draft, source: Source, flavor: Flavor): { readonly text: string } | Refused {
  const { output, sibling } = source;
  const producer = sibling?.callee;
  const declared = !output || !producer || producer.outputs.some((one) => one.kind === "parameter" && one.name === output.name);
  if (!declared && !addTwin(draft, producer, output.name, flavor))
    return refuse("edit-no-value", { out: source.port.label, from: source.owner }, producer.path);
  const reference: Reference | undefined = source.asValue ?? (source.asFile && { ...source.asFile, port: "parameter" });
  return reference ? { text: writeReference(reference) } : refuse("edit-no-value", { out: source.port.label, from: source.owner });
}

/** Feeds an output of the graph itself. */
function connectOutput(draft: Draft, edit: Connect): Refused | undefined {
  const graph = findGraph(draft, edit.to);
  if (isRefused(graph)) return graph;
  const { workflow, template } = graph;
  const source = findSource(draft, edit.from, workflow, template);
  if (source === "pipeline-parameter")
    return refuse("edit-not-an-output", { name: edit.from.port, template: template.name }, template.path);
  if (isRefused(source)) return source;
  const output = findOutput(template, edit.to);
  if (!output)
    return undeclared(template, { direction: "output", name: edit.to.port, port: edit.to.portKind ?? source.port.kind }, template.path);
  const from = { ...(source.sibling && { task: source.sibling.task.id }), port: source.port };
  const bad = judgeWire(draft, edit, graph, { from, to: { port: outputPort(output, template) } });
  if (bad) return bad;
  if (output.kind === "parameter") {
    const value = valueOf(draft, source, flavorOf(workflow));
    if (isRefused(value)) return value;
    const path = [...output.path, "valueFrom"];
    const old = draft.at(path);
    if (isMap(old) && old.parameter !== undefined) draft.set([...path, "parameter"], value.text);
    else draft.set(path, { parameter: value.text });
    return undefined;
  }
  if (!source.asFile) return refuse("edit-no-file", { out: source.port.label, from: source.owner }, output.path);
  draft.set([...output.path, "from"], writeReference(source.asFile));
  if (draft.at([...output.path, "fromExpression"]) !== undefined) draft.remove([...output.path, "fromExpression"]);
  return undefined;
}

function findGraph(draft: Draft, end: WireEnd): FoundTemplate | Refused {
  const found = findTemplate(draft, end.graph ?? "");
  if (isRefused(found)) return found;
  return tasksPath(found.template)
    ? found
    : refuse("edit-not-a-graph", { template: found.template.name, kind: found.template.kind }, found.template.path);
}

function findOutput(template: Template, end: WireEnd): OutputPort | undefined {
  return template.outputs.find((one) => (one.name === end.port || one.label === end.port) && one.kind === (end.portKind ?? one.kind));
}

/** Takes a wire away: the argument goes, and in a KFP file the order that came with it. */
export function disconnect(draft: Draft, edit: Extract<Edit, { kind: "disconnect" }>): Refused | undefined {
  if (edit.to.task !== "")
    return clearArgument(draft, {
      kind: "clear-argument",
      task: edit.to.task,
      input: edit.to.port,
      ...(edit.to.portKind && { portKind: edit.to.portKind }),
    });
  const graph = findGraph(draft, edit.to);
  if (isRefused(graph)) return graph;
  const output = findOutput(graph.template, edit.to);
  if (!output)
    return undeclared(
      graph.template,
      { direction: "output", name: edit.to.port, port: edit.to.portKind ?? "parameter" },
      graph.template.path,
    );
  for (const key of ["valueFrom", "from", "fromExpression"]) {
    if (draft.at([...output.path, key]) !== undefined) removePruned(draft, [...output.path, key], output.path);
  }
  return undefined;
}
