import type { GraphNode, GraphPort, Graph } from "./graph.ts";
import type { Dialect, TaskId } from "./model.ts";
import { portTypesMatch } from "#components/port-types.ts";

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
  readonly dialect: Dialect;
  /** The graph of both ends. */
  readonly graph: Graph;
}

/** The choices of a wire that needs one; as in the edit `connect`. */
export type FitChoice = "value" | "file" | "ignore-type" | "one-of";

export type Fit =
  /** `mark` "alias": the types are one type in two spellings, which the SDK would refuse. */
  | { readonly fit: "yes"; readonly mark?: "alias" }
  | { readonly fit: "help"; readonly code: string; readonly values: Values; readonly choices: readonly FitChoice[] }
  | { readonly fit: "no"; readonly code: string; readonly values: Values };

type Values = Readonly<Record<string, string>>;

/** Whether a wire from one end to the other works. The ends may be given in either order; the source is found by its side. */
export function judge(one: FitEnd, other: FitEnd, context: FitContext): Fit {
  const [from, to] = isSource(one) || !isSource(other) ? [one, other] : [other, one];
  if (isSource(one) === isSource(other)) return no(isSource(one) ? "same-side-outputs" : "same-side-inputs", {});
  const misplaced = place(from, to, context);
  if (context.dialect === "kfp-v2") return misplaced ?? fitOfPipelineSpec(from, to, context.graph);
  return misplaced ?? fitOfKinds(from, to, context) ?? fitOfTypes(from, to);
}

/** Whether an end is a source, seen from inside the graph. */
export function isSource(end: FitEnd): boolean {
  return end.node === undefined ? end.side === "input" : end.side === "output";
}

/** Refusals that depend on the location of the two ends. */
function place(from: FitEnd, to: FitEnd, { dialect, graph }: FitContext): Fit | undefined {
  const values = valuesOf(from, to, graph);
  if (to.node && from.node?.id === to.node.id) return no("feeds-itself", values);
  if (to.node?.hook?.owner === "" && (from.node !== undefined || from.source === "item")) return no("exit-handler-input", values);
  if (dialect === "kfp" && from.node && reserved.has(from.port.name)) return no("metrics-not-connectable", values);
  if (from.node?.loop && dialect !== "kfp-v2") {
    if (dialect === "kfp") return no("loop-result-uncollected", { ...values, group: from.node.title });
    if (from.port.kind === "artifact") return no("loop-collects-values-only", { ...values, group: from.node.title });
  }
  if (from.node?.stage !== undefined && to.node?.stage !== undefined) {
    if (to.node.stage < from.node.stage) return no("earlier-step", values);
    if (to.node.stage === from.node.stage) return no("same-step-group", values);
  } else if (from.node && to.node) {
    const path = circleText(graph, from.node.id, to.node.id);
    if (path !== undefined) return no("would-close-cycle", { ...values, path });
  }
  return undefined;
}

const reserved = new Set(["mlpipeline-metrics", "mlpipeline-ui-metadata"]);

/**
 * Values fit value inputs and files fit file inputs; a KFP program's values fit both; the rest needs a choice
 * (docs/spec/interaction.md#what-fits).
 */
function fitOfKinds(from: FitEnd, to: FitEnd, context: FitContext): Fit | undefined {
  const given = from.port.nature ?? from.port.kind;
  if (given === to.port.kind) return undefined;
  if (given === "parameter" && isWrittenToFile(from, context)) return undefined;
  const values = valuesOf(from, to, context.graph);
  return given === "artifact"
    ? { fit: "help", code: "file-into-value", values, choices: ["value"] }
    : { fit: "help", code: "value-into-file", values, choices: ["file"] };
}

/**
 * A KFP component writes every output to a file, and the compiler makes a file of a pipeline parameter.
 * docs/spec/kfp-v1.md#values-and-files
 */
function isWrittenToFile(from: FitEnd, { dialect }: FitContext): boolean {
  if (dialect !== "kfp" || from.source === "item") return false;
  return from.node === undefined || from.node.kind !== "resource";
}

function fitOfTypes(from: FitEnd, to: FitEnd): Fit {
  switch (portTypesMatch(from.port.type, to.port.type)) {
    case "same":
      return { fit: "yes" };
    case "alias":
      return { fit: "yes", mark: "alias" };
    case "no":
      return {
        fit: "help",
        code: "type-mismatch",
        values: { out: from.port.label, in: to.port.label, a: from.port.type ?? "", b: to.port.type ?? "" },
        choices: ["ignore-type"],
      };
  }
}

/**
 * KFP v2: what the SDK checks, and what the server lets pass beyond that (docs/spec/kfp-v2.md#fit). A wire out of a loop brings the list
 * of all results; one out of a condition may bring nothing, so it needs a choice of all branches.
 */
function fitOfPipelineSpec(from: FitEnd, to: FitEnd, graph: Graph): Fit {
  const values = valuesOf(from, to, graph);
  const { left = [] } = from;
  if (from.port.kind !== to.port.kind)
    return no(from.port.kind === "artifact" ? "artifact-into-parameter" : "parameter-into-artifact", values);
  if (to.port.type === "TASK_FINAL_STATUS" || to.port.type === "TASK_CONFIG") return no("filled-by-system", values);
  const inside = left.findLastIndex((group) => group.when !== undefined);
  const fit = fitOfPorts(
    from,
    to,
    left.some((group) => group.loop !== undefined),
    values,
  );
  if (inside < 0 || fit.fit === "no") return fit;
  const group = (left[inside] as { readonly title: string }).title;
  if (inside === 0) return no("wire-out-of-condition", { ...values, group });
  return { fit: "help", code: "wire-out-of-branch", values: { ...values, group }, choices: ["one-of"] };
}

function fitOfPorts(from: FitEnd, to: FitEnd, isCollected: boolean, values: Values): Fit {
  const mismatch = (given: string, expected: string): Fit => ({
    fit: "help",
    code: "type-mismatch",
    values: { out: from.port.label, in: to.port.label, a: given, b: expected },
    choices: ["ignore-type"],
  });
  const [given, expected] = [from.port.type ?? "", to.port.type ?? ""];
  if (from.port.kind === "artifact") {
    if ((isCollected || from.port.isList === true) !== (to.port.isList === true))
      return no(isCollected ? "loop-gives-list" : to.port.isList === true ? "artifact-into-list" : "list-into-artifact", values);
    const isAny = [given, expected].some((type) => type === "" || type === "system.Artifact");
    return isAny || given === expected ? { fit: "yes" } : mismatch(given, expected);
  }
  const type = isCollected ? "LIST" : given;
  if (type === expected || type === "" || expected === "" || from.source === "item") return { fit: "yes" };
  if (isCollected && expected !== "STRING") return no("loop-gives-list", values);
  // The SDK would refuse these; the server takes them.
  return expected === "STRING" || (type === "NUMBER_INTEGER" && expected === "NUMBER_DOUBLE")
    ? { fit: "yes", mark: "alias" }
    : mismatch(type, expected);
}

function no(code: string, values: Values): Fit {
  return { fit: "no", code, values };
}

function valuesOf(from: FitEnd, to: FitEnd, graph: Graph): Values {
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
