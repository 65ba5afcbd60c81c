import type { Reference } from "#pipeline/binding.ts";
import type { WireEnd } from "#pipeline/edit.ts";
import type { GraphPort } from "#pipeline/graph.ts";
import { inputPort, outputPort } from "#pipeline/graph-node.ts";
import type { OutputPort, PortKind, Template, Workflow } from "#pipeline/model.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { findTask, findTemplate, type FoundTask, isRefused, refuse } from "#document/edit-targets.ts";
import { calleeOf } from "#pipeline/resolve-call.ts";
import { undeclared } from "./undeclared.ts";
import { flavorOf } from "../flavor/flavor-of.ts";

/** The giving end of a wire: its port, how it is referred to as a value and as a file, and who must have run before. */
export interface Source {
  readonly port: GraphPort;
  /** The name by which a sentence speaks of what holds the port. */
  readonly owner: string;
  /** The name that a KFP step gives its input for it (docs/spec/kfp-v1.md#output-names). */
  readonly name: string;
  readonly asValue?: TaskOrInput;
  readonly asFile?: TaskOrInput;
  readonly sibling?: FoundTask;
  readonly output?: OutputPort;
}

type TaskOrInput = Extract<Reference, { kind: "task-output" | "graph-input" }>;

/** Finds the producing end in the consumer's graph; pipeline parameters are separate, since they are routed differently. */
export function findSource(draft: Draft, from: WireEnd, workflow: Workflow, graph: Template): Source | "pipeline-parameter" | Refused {
  if (from.task === "") return graphInput(draft, from, workflow, graph);
  const task = graph.tasks.find((one) => one.id === from.task) ?? graph.tasks.find((one) => one.name === from.task);
  if (!task) {
    const elsewhere = findTask(draft, from.task);
    return isRefused(elsewhere) ? elsewhere : refuse("edit-other-graph", { from: elsewhere.task.name, to: graph.name }, graph.path);
  }
  const callee = calleeOf(draft.model, workflow, task.call)?.template;
  const sibling: FoundTask = callee ? { workflow, graph, task, callee } : { workflow, graph, task };
  const of = graph.kind === "steps" ? "steps" : "tasks";
  const reference = (name: string, port?: PortKind): TaskOrInput => ({
    kind: "task-output",
    task: task.name,
    of,
    output: name,
    ...(port && { port }),
  });
  const base = { owner: task.name, sibling };
  const output = callee && findOutput(callee, from);
  if (callee && output) {
    const has = (kind: PortKind) => callee.outputs.some((one) => one.name === output.name && one.kind === kind);
    return {
      ...base,
      port: outputPort(output, callee),
      output,
      name: output.name,
      ...(has("parameter") && { asValue: reference(output.name, "parameter") }),
      ...(has("artifact") && { asFile: reference(output.name, "artifact") }),
    };
  }
  if (plainResults.has(from.port))
    return { ...base, port: plainPort(from.port, "parameter"), name: `${task.name}-${from.port}`, asValue: reference(from.port) };
  if (callee) return undeclared(callee, { direction: "output", name: from.port, port: from.portKind ?? "parameter" }, task.path);
  const kind = from.portKind ?? "parameter";
  return {
    ...base,
    port: plainPort(from.port, kind),
    name: from.port,
    [kind === "parameter" ? "asValue" : "asFile"]: reference(from.port, kind),
  };
}

/** What every call gives without declaring it. Argo: docs/variables.md. */
const plainResults = new Set(["result", "exitCode", "status", "id", "ip", "startedAt", "finishedAt", "hostNodeName"]);

function plainPort(name: string, kind: PortKind): GraphPort {
  return { name, label: name, kind, required: false };
}

/** Of a KFP output, which is listed as a file and perhaps as a value, the value; else what the wire's end says. */
function findOutput(callee: Template, end: WireEnd): OutputPort | undefined {
  const named = callee.outputs.filter((one) => one.name === end.port);
  const found = named.length > 0 ? named : callee.outputs.filter((one) => one.label === end.port);
  return found.find((one) => one.kind === end.portKind) ?? found.find((one) => one.kind === "parameter") ?? found[0];
}

function graphInput(draft: Draft, from: WireEnd, workflow: Workflow, graph: Template): Source | "pipeline-parameter" | Refused {
  if (from.graph !== undefined) {
    const named = findTemplate(draft, from.graph);
    if (isRefused(named)) return named;
    if (named.template.id !== graph.id) return refuse("edit-other-graph", { from: named.template.name, to: graph.name }, graph.path);
  }
  const named = graph.inputs.filter((one) => one.name === from.port || one.label === from.port);
  const input = named.find((one) => one.kind === (from.portKind ?? "parameter")) ?? (from.portKind === undefined ? named[0] : undefined);
  const parameter = workflow.parameters.some((one) => one.name === from.port);
  const entry = workflow.entrypoint === graph.name;
  // The entrypoint's inputs in a KFP file are the pipeline's parameters.
  if (parameter && entry && flavorOf(workflow).passesParametersAsInputs && input?.kind !== "artifact") return "pipeline-parameter";
  if (!input) {
    if (parameter && from.portKind !== "artifact") return "pipeline-parameter";
    return undeclared(graph, { direction: "input", name: from.port, port: from.portKind ?? "parameter" }, graph.path);
  }
  const reference = (port: PortKind): TaskOrInput => ({ kind: "graph-input", port, name: input.name });
  return {
    port: inputPort(input),
    owner: graph.name,
    name: input.name,
    ...(named.some((one) => one.kind === "parameter") && { asValue: reference("parameter") }),
    ...(named.some((one) => one.kind === "artifact") && { asFile: reference("artifact") }),
  };
}
