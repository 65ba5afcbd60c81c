import { type DiagnosticCode, type DiagnosticMessage, diagnosticMessage, type DiagnosticValues } from "#diagnostics/diagnostic.ts";
import type { GraphNode, GraphPort, Graph } from "./graph.ts";
import type { TaskId } from "./model.ts";

/**
 * Which output fits which input, and why not: the one check behind every way to draw a wire. Kind is judged before type, and impossible
 * wires before those that need a choice. Codes: docs/spec/interaction.md#refusals.
 */

/** One end of a wire: a port of a box, or, without a node, a port of the graph itself (its inputs are sources inside). */
export interface FitEnd {
  readonly node?: GraphNode;
  readonly port: GraphPort;
  readonly side: "input" | "output";
  /** Sources of the graph itself beyond its inputs: a pipeline parameter or the loop's item. */
  readonly source?: "pipeline" | "item";
  /** The groups that a wire from a source leaves before it meets the other end, outermost first; `node` is the outermost. */
  readonly left?: readonly Pick<GraphNode, "title" | "when" | "loop">[];
}

export interface FitContext {
  /** The graph of both ends. */
  readonly graph: Graph;
  /** Those of the format. */
  readonly rules: FitRules;
}

/** What a format says about wires, beyond what holds in every format. */
export interface FitRules {
  /** Refuses what the format cannot do where the ends are, before order and cycles are looked at. */
  readonly refusal?: (from: FitEnd, to: FitEnd, graph: Graph) => Fit | undefined;
  /** Compares kinds and types of two ends that may be connected where they are. */
  readonly fit: (from: FitEnd, to: FitEnd, graph: Graph) => Fit;
}

/** The rules of a format that has none: kinds and types have to be equal. */
export const plainFitRules: FitRules = {
  fit: (from, to, graph) =>
    from.port.kind === to.port.kind && (from.port.type ?? "") === (to.port.type ?? "")
      ? { fit: "yes" }
      : refuseFit("type-mismatch", { ...fitValues(from, to, graph), a: from.port.type ?? "", b: to.port.type ?? "" }),
};

/** The choices of a wire that needs one; as in the edit `connect`. */
export type FitChoice = "value" | "file" | "ignore-type" | "one-of";

export type Fit =
  /** `mark` "alias": the types are one type in two spellings, which the SDK would refuse. */
  | { readonly fit: "yes"; readonly mark?: "alias" }
  | (DiagnosticMessage & { readonly fit: "help"; readonly choices: readonly FitChoice[] })
  | (DiagnosticMessage & { readonly fit: "no" });

/** The names of the two boxes and ports. */
export type FitValues = DiagnosticValues<"file-into-value">;

/** Whether a wire from one end to the other works. The ends may be given in either order; the source is found by its side. */
export function judge(one: FitEnd, other: FitEnd, context: FitContext): Fit {
  const [from, to] = isSource(one) || !isSource(other) ? [one, other] : [other, one];
  if (isSource(one) === isSource(other)) return refuseFit(isSource(one) ? "same-side-outputs" : "same-side-inputs", {});
  return misplacement(from, to, context) ?? context.rules.fit(from, to, context.graph);
}

/** Whether an end is a source, seen from inside the graph. */
export function isSource(end: FitEnd): boolean {
  return end.node === undefined ? end.side === "input" : end.side === "output";
}

/** Refusals that depend on the location of the two ends. */
function misplacement(from: FitEnd, to: FitEnd, { rules, graph }: FitContext): Fit | undefined {
  const values = fitValues(from, to, graph);
  if (to.node && from.node?.id === to.node.id) return refuseFit("feeds-itself", values);
  if (to.node?.hook?.owner === "" && (from.node !== undefined || from.source === "item")) return refuseFit("exit-handler-input", values);
  const refused = rules.refusal?.(from, to, graph);
  if (refused) return refused;
  if (from.node?.stage !== undefined && to.node?.stage !== undefined) {
    if (to.node.stage < from.node.stage) return refuseFit("earlier-step", values);
    if (to.node.stage === from.node.stage) return refuseFit("same-step-group", values);
  } else if (from.node && to.node) {
    const path = circleText(graph, from.node.id, to.node.id);
    if (path !== undefined) return refuseFit("would-close-cycle", { ...values, path });
  }
  return undefined;
}

/** A wire that cannot be. */
export function refuseFit<Code extends DiagnosticCode>(code: Code, values: DiagnosticValues<Code>): Fit {
  return { fit: "no", ...diagnosticMessage(code, values) };
}

/** The names of boxes and ports for a message about a wire. */
export function fitValues(from: FitEnd, to: FitEnd, graph: Graph): FitValues {
  return { from: from.node?.title ?? graph.name, out: from.port.label, to: to.node?.title ?? graph.name, in: to.port.label };
}

/**
 * The path from `to` back to `from` along the wires, which a wire from `from` to `to` would close into a cycle; undefined if there is none.
 * `[from]` if both are one box.
 */
export function wouldClose(graph: Graph, from: TaskId, to: TaskId): readonly TaskId[] | undefined {
  if (from === to) return [from];
  const next = waysUp(graph, from);
  if (!next.has(to)) return undefined;
  const path: TaskId[] = [to];
  for (let here = next.get(to); here !== undefined && here !== from; here = next.get(here)) path.push(here);
  return [...path, from];
}

/** All boxes upstream of a box, excluding itself. */
export function upstreamOf(graph: Graph, node: TaskId): ReadonlySet<TaskId> {
  return new Set([...waysUp(graph, node).keys()].filter((one) => one !== node));
}

type Ways = ReadonlyMap<TaskId, TaskId | undefined>;
const ways = new WeakMap<Graph, Map<TaskId, Ways>>();
const sources = new WeakMap<Graph, ReadonlyMap<TaskId, readonly TaskId[]>>();

/** For each box upstream of `node` the next box on a shortest path down to it. Cached per graph: a drag asks for every port in view. */
function waysUp(graph: Graph, node: TaskId): Ways {
  let known = ways.get(graph);
  if (known === undefined) ways.set(graph, (known = new Map()));
  let found = known.get(node);
  if (found === undefined) known.set(node, (found = search(sourcesIn(graph), node)));
  return found;
}

function search(before: ReadonlyMap<TaskId, readonly TaskId[]>, node: TaskId): Ways {
  const next = new Map<TaskId, TaskId | undefined>([[node, undefined]]);
  const open: TaskId[] = [node];
  for (let at = 0; at < open.length; at++) {
    const here = open[at] as TaskId;
    for (const source of before.get(here) ?? []) {
      if (next.has(source)) continue;
      next.set(source, here);
      open.push(source);
    }
  }
  return next;
}

function sourcesIn(graph: Graph): ReadonlyMap<TaskId, readonly TaskId[]> {
  let known = sources.get(graph);
  if (known === undefined) {
    const before = new Map<TaskId, TaskId[]>();
    for (const { from, to } of graph.edges) {
      if (from.node === "" || to.node === "") continue;
      const list = before.get(to.node);
      if (list) list.push(from.node);
      else before.set(to.node, [from.node]);
    }
    sources.set(graph, (known = before));
  }
  return known;
}

const mostNamesInCircle = 6;

/** The cycle that a wire would close, by names; the middle of a long one is left out, so that no long path is walked for each port. */
function circleText(graph: Graph, from: TaskId, to: TaskId): string | undefined {
  const next = waysUp(graph, from);
  if (!next.has(to)) return undefined;
  const shown: (TaskId | undefined)[] = [from];
  let here: TaskId | undefined = to;
  for (; here !== undefined && here !== from && shown.length < mostNamesInCircle; here = next.get(here)) shown.push(here);
  if (here !== from) shown.push(undefined);
  const names = namesIn(graph);
  return [...shown, from].map((id) => (id === undefined ? "…" : (names.get(id) ?? id))).join(" → ");
}

const names = new WeakMap<Graph, ReadonlyMap<TaskId, string>>();

function namesIn(graph: Graph): ReadonlyMap<TaskId, string> {
  let known = names.get(graph);
  if (known === undefined) names.set(graph, (known = new Map(graph.nodes.map((node) => [node.id, node.name]))));
  return known;
}
