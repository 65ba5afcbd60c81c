import type { Edit, WireEnd } from "#pipeline/edit.ts";
import type { PortKind, Template, Workflow } from "#pipeline/model.ts";
import { writeReference } from "../syntax/references.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { inputUse } from "../kfp/edit/render.ts";
import { stepInput, stepOf } from "../kfp/edit/step.ts";
import { callsOf, findTask, type FoundTask, hooksOf, isRefused, refuse, uniqueName } from "#document/edit-targets.ts";
import { findSource, type Source } from "./find-source.ts";
import { flavorOf } from "../flavor/flavor-of.ts";

// A wire between two graphs crosses the boundaries of groups (docs/spec/interaction.md#group-boundary): upwards by an output of each group,
// downwards by an input. It is drawn as the edits that a hand would make: declare the boundary's port, connect to it, go on from there.

type Connect = Extract<Edit, { kind: "connect" }>;

/** The edits that make up a wire across group boundaries; undefined if both ends are in one graph. */
export function crossingEdits(draft: Draft, edit: Connect): readonly Edit[] | Refused | undefined {
  if (edit.from.task === "" || edit.to.task === "") return undefined;
  const [from, to] = [findTask(draft, edit.from.task), findTask(draft, edit.to.task)];
  if (isRefused(from) || isRefused(to) || from.graph.id === to.graph.id) return undefined;
  const ways = commonWays(draft, from, to);
  if (isRefused(ways)) return ways;
  const source = findSource(draft, edit.from, from.workflow, from.graph);
  if (source === "pipeline-parameter") return undefined;
  if (isRefused(source)) return source;
  return drawn({ draft, edit, source, ...ways, to });
}

interface Crossing {
  readonly draft: Draft;
  readonly edit: Connect;
  readonly source: Source;
  /** The groups around the producer that are left, innermost first, and those around the consumer that are entered, outermost first. */
  readonly up: readonly FoundTask[];
  readonly down: readonly FoundTask[];
  readonly to: FoundTask;
}

/** The edits, hop by hop. In a KFP file the boundary speaks as the consumer needs it, in a raw one as the producer gives it. */
function drawn({ draft, edit, source, up, down, to }: Crossing): readonly Edit[] {
  const { keepsNamesAcrossGroups: keepsNames } = flavorOf(to.workflow);
  const kind = keepsNames ? (takenKind(draft, to, edit.to) ?? source.port.kind) : source.port.kind;
  const wanted = keepsNames ? source.name : edit.to.port.replace(/[^-_0-9A-Za-z]+/g, "-");
  const edits: Edit[] = [];
  const as = edit.as && { as: edit.as };
  let here: WireEnd = edit.from;
  let first = true;
  for (const [index, group] of up.entries()) {
    const template = group.callee as Template;
    const known = index === 0 ? givenAlready(template, source, kind) : undefined;
    const name = known ?? freePort(template, "output", kind, wanted);
    if (known === undefined) {
      edits.push({ kind: "add-port", template: template.id, direction: "output", port: kind, name });
      edits.push({
        kind: "connect",
        from: here,
        to: { task: "", graph: template.id, port: name, portKind: kind },
        ...(first && keepsNames && as),
      });
    }
    here = { task: group.task.id, port: name, portKind: kind };
    first = false;
  }
  for (const [index, group] of down.entries()) {
    const template = group.callee as Template;
    const known = index === 0 && up.length === 0 ? passedAlready(group, source, kind) : undefined;
    const name = known ?? freePort(template, "input", kind, wanted);
    if (known === undefined) {
      edits.push({ kind: "add-port", template: template.id, direction: "input", port: kind, name });
      edits.push({ kind: "connect", from: here, to: { task: group.task.id, port: name, portKind: kind }, ...(first && keepsNames && as) });
    }
    here = { task: "", graph: template.id, port: name, portKind: kind };
    first = false;
  }
  return [...edits, { kind: "connect", from: here, to: edit.to, ...((!keepsNames || edit.as === "ignore-type") && as) }];
}

function freePort(template: Template, direction: "input" | "output", kind: PortKind, wanted: string): string {
  const ports = direction === "input" ? template.inputs : template.outputs;
  return uniqueName(wanted, (name) => ports.some((port) => port.name === name && port.kind === kind));
}

/** The group's output that gives this source already. */
function givenAlready(template: Template, source: Source, kind: PortKind): string | undefined {
  const text = referenceText(source, kind);
  return template.outputs.find(
    (one) => one.kind === kind && one.source?.kind === "reference" && writeReference(one.source.reference) === text,
  )?.name;
}

function referenceText(source: Source, kind: PortKind): string | undefined {
  const reference = kind === "parameter" ? source.asValue : source.asFile;
  return reference && writeReference(reference);
}

/** The group's input that brings this source in already. */
function passedAlready(group: FoundTask, source: Source, kind: PortKind): string | undefined {
  const text = referenceText(source, kind);
  return group.task.arguments.find(
    (one) => one.kind === kind && one.binding.kind === "reference" && writeReference(one.binding.reference) === text,
  )?.name;
}

/** As what a call takes an input: as a value or as a file; undefined if it is not known. */
export function takenKind(draft: Draft, to: FoundTask, end: WireEnd): PortKind | undefined {
  const step = stepOf(draft, to);
  const input = step && stepInput(draft, step, end.port);
  if (step && input) return inputUse(step.spec, input.name).value ? "parameter" : "artifact";
  return to.callee?.inputs.find((one) => (one.name === end.port || one.label === end.port) && one.kind === (end.portKind ?? one.kind))
    ?.kind;
}

/**
 * The groups between two graphs and the nearest one that holds both; refused where a group's definition serves several calls
 * (docs/spec/interaction.md#shared-group).
 */
function commonWays(
  draft: Draft,
  from: FoundTask,
  to: FoundTask,
): { readonly up: readonly FoundTask[]; readonly down: readonly FoundTask[] } | Refused {
  const [outward, inward] = [groupsAround(draft, from.workflow, from.graph), groupsAround(draft, to.workflow, to.graph)];
  const graphsAround = (start: Template, groups: readonly FoundTask[]) => [start.id, ...groups.map((group) => group.graph.id)];
  const [sources, targets] = [graphsAround(from.graph, outward), graphsAround(to.graph, inward)];
  const up = sources.findIndex((id) => targets.includes(id));
  const shared =
    [from.graph, to.graph].find((graph) => callsOf(draft.model, graph).length > 1) ??
    [...outward, ...inward].map((group) => group.graph).find((graph) => callsOf(draft.model, graph).length > 1);
  if (up < 0 && shared) return refuse("edit-group-shared", { template: shared.name, n: callsOf(draft.model, shared).length }, shared.path);
  if (up < 0) return refuse("edit-other-graph", { from: from.task.name, to: to.graph.name }, to.task.path);
  return { up: outward.slice(0, up), down: inward.slice(0, targets.indexOf(sources[up] as Template["id"])).reverse() };
}

/** The calls that lead to a graph, the innermost first, as far as each definition serves one call alone. */
function groupsAround(draft: Draft, workflow: Workflow, graph: Template): readonly FoundTask[] {
  const groups: FoundTask[] = [];
  for (let here = graph; ;) {
    const calls = callsOf(draft.model, here);
    const [only] = calls;
    // What the workflow itself runs, or a hook, has no single boundary either.
    const runBare = here.name === workflow.entrypoint || here.name === workflow.onExit || hooksOf(draft.model, here).length > 0;
    if (
      !only ||
      runBare ||
      calls.length > 1 ||
      only.workflow !== workflow ||
      only.graph.id === here.id ||
      groups.some((group) => group.task.id === only.task.id)
    )
      return groups;
    groups.push(only);
    here = only.graph;
  }
}
