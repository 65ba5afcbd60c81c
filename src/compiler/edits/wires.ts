import type { Reference } from "#model/binding.ts";
import { type DataMap, isMap, type Path } from "#model/data.ts";
import type { Edit, WireEnd } from "#model/edit.ts";
import type { OutputPort, PortKind, Template, Workflow } from "#model/model.ts";
import { writeReference } from "#formats/argo/references.ts";
import { connectParameter } from "./bind.ts";
import { type Draft, type Refused, removePruned } from "./draft.ts";
import { type Giving, givingOutput, judge, type Taking, takingInput, type Verdict } from "./judge.ts";
import { useOf } from "./kfp-render.ts";
import { feedStep, type Step, stepInput, stepOf } from "./kfp-step.ts";
import { orderRefusal, waitFor } from "./order.ts";
import { clearArgument } from "./arguments.ts";
import { releaseReads } from "./inputs.ts";
import { calleeOf, findTask, findTemplate, type FoundTask, isRefused, refuse, tasksPath } from "./scope.ts";
import { addTwin } from "./twins.ts";
import { undeclared } from "./undeclared.ts";
import { writeArgument } from "./write-argument.ts";

// Wires. A connection is an argument of the consuming call, and in a dag the order that it needs.

type Connect = Extract<Edit, { kind: "connect" }>;

/** The giving end of a wire, found: what to write, what it is, and who must have run before. */
export interface Source extends Giving {
  /** How it is referred to as a value and as a file; undefined where there is no such form. */
  readonly asValue?: Reference;
  readonly asFile?: Reference;
  /** The name that a KFP step gives its input for it (contract 1.6). */
  readonly reference: string;
  readonly sibling?: FoundTask;
  readonly output?: OutputPort;
}

/** Draws a wire: writes the argument, in place of another one of the input if there is one, and the order in a dag. */
export function connect(draft: Draft, edit: Connect): Refused | undefined {
  if (edit.to.task === "") return connectOutput(draft, edit);
  const found = findTask(draft, edit.to.task);
  if (isRefused(found)) return found;
  const source = findSource(draft, edit, found.workflow, found.graph);
  if (source === "pipeline-parameter") return connectParameter(draft, found, edit);
  if (isRefused(source)) return source;
  const { sibling } = source;
  const circle = sibling && orderRefusal(found.graph, sibling.task, found.task);
  if (circle) return circle;
  const target = findTarget(draft, found, edit.to, source);
  if (isRefused(target)) return target;
  const verdict = judge(source, target, edit.as);
  if (!verdict.ok) return refusedVerdict(verdict, edit, found.task.place);
  const written = writeWire(draft, found, target, source, verdict.how);
  if (written) return written;
  if (sibling) waitFor(draft, found, sibling.task.name);
  return undefined;
}

/** The refusal of a wire, with the choice that would let it pass. */
function refusedVerdict(verdict: Extract<Verdict, { ok: false }>, edit: Connect, place: Path): Refused {
  const retried: Edit = { ...edit, as: verdict.choice };
  return refuse(verdict.code, verdict.values, place, [{ code: `fix.connect-as-${verdict.choice}`, values: verdict.values, edits: [retried] }]);
}

/** The taking end: a declared input, an input of a step's component, or any name of a template that is not in this file. */
interface Target extends Taking {
  /** The Argo name of the input. */
  readonly argument: string;
  readonly step?: { readonly step: Step; readonly input: NonNullable<ReturnType<typeof stepInput>> };
}

function findTarget(draft: Draft, found: FoundTask, end: WireEnd, source: Giving): Target | Refused {
  const { task, callee } = found;
  const step = stepOf(draft, found);
  const input = step && stepInput(draft, step, end.port);
  if (step && input) {
    const use = useOf(step.callee.component?.spec ?? { inputs: [], outputs: [], implementation: { kind: "none" }, rest: {} }, input.name);
    const kind: PortKind = use.value ? "parameter" : "artifact";
    return { name: input.name, task: task.name, kind, type: input.type, argument: end.port, step: { step, input } };
  }
  if (!callee) return { name: end.port, task: task.name, kind: end.portKind ?? source.kind, argument: end.port };
  const declared =
    callee.inputs.find((one) => one.name === end.port && one.kind === (end.portKind ?? one.kind)) ??
    callee.inputs.find((one) => one.label === end.port && one.kind === (end.portKind ?? one.kind));
  if (declared) return { ...takingInput(callee, declared, task.name), argument: declared.name };
  if (callee.component && Object.hasOwn(callee.component.constants, end.port)) {
    return refuse("edit-constant-fixed", { task: task.name, input: end.port }, callee.place);
  }
  return undeclared(callee, { direction: "input", name: end.port, port: end.portKind ?? source.kind }, task.place);
}

/** Finds the giving end in the graph in which the consumer stands. */
export function findSource(draft: Draft, edit: { readonly from: WireEnd }, workflow: Workflow, graph: Template): Source | "pipeline-parameter" | Refused {
  const { from } = edit;
  if (from.task === "") return graphInput(draft, from, workflow, graph);
  const task = graph.tasks.find((one) => one.id === from.task) ?? graph.tasks.find((one) => one.name === from.task);
  if (!task) {
    const elsewhere = findTask(draft, from.task);
    return isRefused(elsewhere) ? elsewhere : refuse("edit-other-graph", { from: elsewhere.task.name, to: graph.name }, graph.place);
  }
  const callee = calleeOf(draft.model, workflow, task);
  const sibling: FoundTask = callee ? { workflow, graph, task, callee } : { workflow, graph, task };
  const of = graph.kind === "steps" ? "steps" : "tasks";
  const reference = (name: string, port?: PortKind): Reference => ({ kind: "task-output", task: task.name, of, output: name, ...(port && { port }) });
  const base = { task: task.name, sibling };
  const named = callee?.outputs.filter((one) => one.name === from.port || one.label === from.port) ?? [];
  const output = named.find((one) => one.kind === from.portKind) ?? named.find((one) => one.kind === "parameter") ?? named[0];
  if (callee && output) {
    const giving = givingOutput(workflow, callee, output, task.name);
    const has = (kind: PortKind) => callee.outputs.some((one) => one.name === output.name && one.kind === kind);
    return {
      ...giving,
      ...base,
      output,
      reference: output.name,
      ...((has("parameter") || workflow.dialect === "kfp") && { asValue: reference(output.name, "parameter") }),
      ...(has("artifact") && { asFile: reference(output.name, "artifact") }),
    };
  }
  if (plainResults.has(from.port)) return { ...base, name: from.port, kind: "parameter", both: false, reference: from.port, asValue: reference(from.port) };
  if (callee) return undeclared(callee, { direction: "output", name: from.port, port: from.portKind ?? "parameter" }, task.place);
  const kind = from.portKind ?? "parameter";
  return { ...base, name: from.port, kind, both: false, reference: from.port, [kind === "parameter" ? "asValue" : "asFile"]: reference(from.port, kind) };
}

/** What every call gives without declaring it. Argo: docs/variables.md. */
const plainResults = new Set(["result", "exitCode", "status", "id", "ip", "startedAt", "finishedAt", "hostNodeName"]);

function graphInput(draft: Draft, from: WireEnd, workflow: Workflow, graph: Template): Source | "pipeline-parameter" | Refused {
  if (from.graph !== undefined) {
    const named = findTemplate(draft, from.graph);
    if (isRefused(named)) return named;
    if (named.template.id !== graph.id) return refuse("edit-other-graph", { from: named.template.name, to: graph.name }, graph.place);
  }
  const named = graph.inputs.filter((one) => one.name === from.port || one.label === from.port);
  const input = named.find((one) => one.kind === (from.portKind ?? "parameter")) ?? (from.portKind === undefined ? named[0] : undefined);
  if (!input) {
    const entry = workflow.entrypoint === graph.name || workflow.dialect === "argo";
    if (entry && from.portKind !== "artifact" && workflow.parameters.some((one) => one.name === from.port)) return "pipeline-parameter";
    return undeclared(graph, { direction: "input", name: from.port, port: from.portKind ?? "parameter" }, graph.place);
  }
  const parameter = workflow.entrypoint === graph.name ? workflow.parameters.find((one) => one.name === input.name) : undefined;
  if (parameter && workflow.dialect === "kfp" && input.kind === "parameter") return "pipeline-parameter";
  const reference: Reference = { kind: "graph-input", port: input.kind, name: input.name };
  const both = named.length > 1;
  return {
    name: input.label,
    task: graph.name,
    kind: input.kind,
    both,
    reference: input.name,
    type: input.type,
    ...((input.kind === "parameter" || both) && { asValue: { ...reference, port: "parameter" } as Reference }),
    ...((input.kind === "artifact" || both) && { asFile: { ...reference, port: "artifact" } as Reference }),
  };
}

/** Writes the argument, and in a KFP file what it needs at both ends. */
function writeWire(draft: Draft, found: FoundTask, target: Target, source: Source, how: "plain" | "read-file" | "pass-value"): Refused | undefined {
  const { workflow, task } = found;
  const kfp = workflow.dialect === "kfp";
  const file = target.kind === "artifact";
  if (!file && source.output && source.sibling?.callee) {
    const declared = source.sibling.callee.outputs.some((one) => one.kind === "parameter" && one.name === source.output?.name);
    if (!declared && !addTwin(draft, source.sibling.callee, source.output.name, kfp)) {
      return refuse("edit-no-value", { out: source.name, from: source.task }, task.place);
    }
  }
  const value = source.asValue ?? (how === "read-file" ? ({ ...(source.asFile as Reference), port: "parameter" } as Reference) : undefined);
  const reads = value && writeReference(value);
  const data: DataMap | undefined = source.asFile ? { from: writeReference(source.asFile) } : reads === undefined ? undefined : { raw: { data: reads } };
  if (target.step) {
    const { step, input } = target.step;
    const before = draft.at(task.place);
    const name = freeName(step.callee, source.reference, input.name, file);
    if (!file && reads !== undefined) feedStep(draft, step, input, { kind: "value", name, value: reads });
    else if (file && data) feedStep(draft, step, input, { kind: "file", name, data });
    releaseReads(draft, found, before);
    return undefined;
  }
  const before = draft.at(task.place);
  if (file && data) writeArgument(draft, task.place, "artifact", { name: target.argument, ...data }, kfp);
  else if (reads !== undefined) writeArgument(draft, task.place, "parameter", { name: target.argument, value: reads }, kfp);
  releaseReads(draft, found, before);
  return undefined;
}

/** Two files of one step fed by one output need two names (contract 5.1). */
function freeName(template: Template, reference: string, input: string, file: boolean): string {
  if (!file) return reference;
  const taken = (name: string) => template.inputs.some((one) => one.kind === "artifact" && one.name === name && one.label !== input);
  if (!taken(reference)) return reference;
  for (let count = 2; ; count++) if (!taken(`${reference}-${count}`)) return `${reference}-${count}`;
}

/** Feeds an output of the graph itself. */
function connectOutput(draft: Draft, edit: Connect): Refused | undefined {
  const graph = findGraph(draft, edit.to);
  if (isRefused(graph)) return graph;
  const { workflow, template } = graph;
  const source = findSource(draft, edit, workflow, template);
  if (source !== "pipeline-parameter" && isRefused(source)) return source;
  const output = findOutput(template, edit.to);
  if (!output) return undeclared(template, { direction: "output", name: edit.to.port, port: edit.to.portKind ?? (source === "pipeline-parameter" ? "parameter" : source.kind) }, template.place);
  if (source === "pipeline-parameter") return refuse("edit-not-an-output", { name: edit.from.port, template: template.name }, output.place);
  const verdict = judge(source, { name: output.label, task: template.name, kind: output.kind }, edit.as);
  if (!verdict.ok) return refusedVerdict(verdict, edit, output.place);
  if (output.kind === "parameter" && source.output && source.sibling?.callee && !source.sibling.callee.outputs.some((one) => one.kind === "parameter" && one.name === source.output?.name)) {
    if (!addTwin(draft, source.sibling.callee, source.output.name, workflow.dialect === "kfp")) return refuse("edit-no-value", { out: source.name, from: source.task }, output.place);
  }
  const reference = output.kind === "parameter" ? source.asValue : source.asFile;
  if (!reference) return refuse("edit-value-into-file", { out: source.name, from: source.task, in: output.label, to: template.name }, output.place);
  if (output.kind === "artifact") {
    draft.set([...output.place, "from"], writeReference(reference));
    if (draft.at([...output.place, "fromExpression"]) !== undefined) draft.remove([...output.place, "fromExpression"]);
    return undefined;
  }
  const from = [...output.place, "valueFrom"];
  const old = draft.at(from);
  if (isMap(old) && old.parameter !== undefined) draft.set([...from, "parameter"], writeReference(reference));
  else draft.set(from, { parameter: writeReference(reference) });
  return undefined;
}

function findGraph(draft: Draft, end: WireEnd) {
  const found = findTemplate(draft, end.graph ?? "");
  if (isRefused(found)) return found;
  return tasksPath(found.template) ? found : refuse("edit-not-a-graph", { template: found.template.name, kind: found.template.kind }, found.template.place);
}

function findOutput(template: Template, end: WireEnd): OutputPort | undefined {
  return template.outputs.find((one) => (one.name === end.port || one.label === end.port) && one.kind === (end.portKind ?? one.kind));
}

/** Takes a wire away: the argument goes, and in a KFP file the order that came with it. */
export function disconnect(draft: Draft, edit: Extract<Edit, { kind: "disconnect" }>): Refused | undefined {
  if (edit.to.task !== "") return clearArgument(draft, { kind: "clear-argument", task: edit.to.task, input: edit.to.port, portKind: edit.to.portKind });
  const graph = findGraph(draft, edit.to);
  if (isRefused(graph)) return graph;
  const output = findOutput(graph.template, edit.to);
  if (!output) return undeclared(graph.template, { direction: "output", name: edit.to.port, port: edit.to.portKind ?? "parameter" }, graph.template.place);
  for (const key of ["valueFrom", "from", "fromExpression"]) {
    if (draft.at([...output.place, key]) !== undefined) removePruned(draft, [...output.place, key], output.place);
  }
  return undefined;
}
