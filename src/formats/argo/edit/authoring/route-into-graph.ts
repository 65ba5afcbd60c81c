import type { Edit, WireEnd } from "#pipeline/edit.ts";
import type { PortKind, Template, Workflow } from "#pipeline/model.ts";
import { takenKind } from "../wires-across-groups.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { callsOf, findTask, findTemplate, type FoundTask, isRefused, refuse, uniqueName } from "#document/edit-targets.ts";
import { itemEdits } from "./loop-item.ts";
import { onlyReference } from "./replace-references.ts";
import { flavorOf } from "../../flavor/flavor-of.ts";

// Wires from a graph's own input that need more than an argument: the input of a graph further out, the item of a loop that nothing
// has used yet, a value that comes in as text and is wanted as a file. Each becomes the edits that a hand would make.

type Connect = Extract<Edit, { kind: "connect" }>;

/** The edits that a wire from a graph's input amounts to; undefined if it is a plain one. */
export function routeEdits(draft: Draft, edit: Connect): readonly Edit[] | Refused | undefined {
  if (edit.from.task !== "" || edit.to.task === "") return undefined;
  const to = findTask(draft, edit.to.task);
  if (isRefused(to)) return undefined;
  const { workflow } = to;
  const from: WireEnd = { ...edit.from, graph: edit.from.graph ?? to.graph.id };
  const source = findTemplate(draft, from.graph as string);
  if (isRefused(source)) return undefined;
  const kind = takenKind(draft, to, edit.to) ?? edit.to.portKind ?? from.portKind ?? "parameter";
  if (source.template.id !== to.graph.id) return downward(draft, edit, { from, source: source.template, to, kind });
  const { keepsNamesAcrossGroups } = flavorOf(workflow);
  const portKind = keepsNamesAcrossGroups ? kind : "parameter";
  const declare = itemEdits(draft, from, portKind);
  if (declare) return [...declare, { ...edit, from: { ...from, portKind } }];
  const origin = keepsNamesAcrossGroups ? originOf(draft, workflow, to.graph, from, kind) : undefined;
  return origin && [{ ...edit, from: origin }];
}

/** A wire into groups below the graph whose input it starts from: an input of every group on the way. KFP keeps the name. */
function downward(
  draft: Draft,
  edit: Connect,
  wire: { readonly from: WireEnd; readonly source: Template; readonly to: FoundTask; readonly kind: PortKind },
): readonly Edit[] | Refused | undefined {
  const { source, to, kind } = wire;
  const groups: FoundTask[] = [];
  for (let graph = to.graph; graph.id !== source.id;) {
    const [call, ...others] = callsOf(draft.model, graph);
    if (!call || groups.some((one) => one.task.id === call.task.id))
      return refuse("edit-other-graph", { from: source.name, to: to.graph.name }, to.task.path);
    if (others.length > 0) return refuse("edit-group-shared", { template: graph.name, n: others.length + 1 }, graph.path);
    groups.unshift(call);
    graph = call.graph;
  }
  const edits: Edit[] = [];
  let here: WireEnd = wire.from;
  for (const group of groups) {
    const template = group.callee as Template;
    const known = passedAlready(group, here.port, kind);
    const name = known ?? uniqueName(wire.from.port, (one) => template.inputs.some((input) => input.name === one && input.kind === kind));
    if (known === undefined) {
      edits.push({ kind: "add-port", template: template.id, direction: "input", port: kind, name });
      edits.push({ kind: "connect", from: here, to: { task: group.task.id, port: name, portKind: kind } });
    }
    here = { task: "", graph: template.id, port: name, portKind: kind };
  }
  return [...edits, { ...edit, from: here }];
}

/** The input of a group that brings an input of the graph around it already. */
function passedAlready(group: FoundTask, input: string, kind: PortKind): string | undefined {
  return group.task.arguments.find((one) => one.kind === kind && one.binding.kind === "reference" && isInput(one.binding.reference, input))
    ?.name;
}

function isInput(reference: { readonly kind: string; readonly name?: string }, name: string): boolean {
  return (reference.kind === "graph-input" || reference.kind === "pipeline-parameter") && reference.name === name;
}

/**
 * Where a group's input that is there as text only, and wanted as a file, or the other way round, comes from outside: the wire is
 * drawn from there, which brings it in as what is wanted. Undefined if it is there as wanted, or comes from nowhere.
 */
function originOf(draft: Draft, workflow: Workflow, graph: Template, from: WireEnd, kind: PortKind): WireEnd | undefined {
  const named = graph.inputs.filter((input) => input.name === from.port);
  if (named.length === 0 || named.some((input) => input.kind === kind) || graph.name === workflow.entrypoint) return undefined;
  const [call, ...others] = callsOf(draft.model, graph);
  if (!call || others.length > 0) return undefined;
  const argument = call.task.arguments.find((one) => one.name === from.port);
  const reference = argument && onlyReference(referenceText(draft.at(argument.path)));
  if (reference?.kind === "graph-input" || reference?.kind === "pipeline-parameter")
    return { task: "", graph: call.graph.id, port: reference.name };
  if (reference?.kind !== "task-output") return undefined;
  const task = call.graph.tasks.find((one) => one.name === reference.task);
  return task && { task: task.id, port: reference.output };
}

function referenceText(argument: unknown): string | undefined {
  const fields = argument as { readonly value?: unknown; readonly from?: unknown } | undefined;
  const text = fields?.value ?? fields?.from;
  return typeof text === "string" ? text : undefined;
}
