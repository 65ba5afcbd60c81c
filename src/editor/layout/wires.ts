import type { Graph, GraphEdge } from "#pipeline/graph.ts";
import type { TemplateId } from "#pipeline/model.ts";
import { nameOf, type Box } from "./box.ts";
import type { Row } from "./box-rows.ts";
import { INPUTS_BOX, OUTPUTS_BOX, type BoxId } from "./geometry.ts";
import type { PortFamily } from "./port-family.ts";

/** One wire to draw, with the heights of its ends in their boxes. */
export interface Wire {
  readonly id: string;
  readonly edge: GraphEdge;
  readonly from: BoxId;
  readonly to: BoxId;
  readonly fromRow?: Row;
  readonly toRow?: Row;
  readonly fromY: number;
  readonly toY: number;
  readonly kind: "parameter" | "artifact" | "volume" | "order";
  readonly family: PortFamily | "order";
  /** "expression": drawn dash-dot; "hook": dashed. */
  readonly line: "plain" | "expression" | "hook";
  readonly label?: string;
  /** In an expanded group: the frame, its graph, and which ends are on the frame's boundary and lead inwards. */
  readonly within?: BoxId;
  readonly graph?: TemplateId;
  readonly boundary?: "from" | "to" | "both";
}

export interface WireOptions {
  /** The frame around the graph, if it is drawn in an expanded group: the graph's own ports are on its boundary. */
  readonly frame?: Box;
  /** Draws references to the pipeline's parameters too. */
  readonly parameterWires?: boolean;
  /** The graph is the entrypoint. */
  readonly entrypoint?: boolean;
}

/** If an input of a group feeds more calls than this, it is not drawn as wires. */
const FEW = 3;
/** Where order wires start and end if there is no port: the middle of the head. */
const HEAD_MIDDLE = 22;

/**
 * The wires to draw. Left out: references to the pipeline's parameters (shown as chips), order between two calls that a value or file
 * already connects, order between steps (shown as bars), and ends whose box is missing.
 */
export function wiresOf(graph: Graph, boxes: readonly Box[], options: WireOptions = {}): readonly Wire[] {
  const { frame } = options;
  const byId = new Map<string, Box>(boxes.map((box) => [nameOf(box), box]));
  const wires: Wire[] = [];
  for (const edge of drawnEdges(graph, { ...options, boundary: frame && namesOf(frame.inputs) })) {
    const from = edge.from.node === "" ? (frame ?? byId.get(INPUTS_BOX)) : byId.get(edge.from.node);
    const to = edge.to.node === "" ? (frame ?? byId.get(OUTPUTS_BOX)) : byId.get(edge.to.node);
    if (!from || !to) continue;
    if (frame) wires.push(insideWire(edge, from, to, frame, graph.template));
    else wires.push(wireOf(edge, from, to));
  }
  return wires;
}

export interface DrawnOptions extends Omit<WireOptions, "frame"> {
  /** In an expanded group: names of the inputs that have a port on its boundary. */
  readonly boundary?: ReadonlySet<string>;
}

/** The edges of a graph to be drawn as wires, before any box is known. */
export function drawnEdges(graph: Graph, options: DrawnOptions): readonly GraphEdge[] {
  const joined = new Set(graph.edges.filter((edge) => edge.kind !== "order").map((edge) => `${edge.from.node}\n${edge.to.node}`));
  const feeds = countFeeds(graph);
  const { boundary } = options;
  const pairOf = (edge: GraphEdge) => `${edge.from.node}\n${edge.to.node}`;
  const hooked = new Set(graph.edges.filter((edge) => edge.via === "hook" && edge.kind !== "order" && !isHookCondition(edge)).map(pairOf));
  return graph.edges.filter((edge) => {
    // A hook is connected to its task by one wire: what its expression reads of the task would be the same line again.
    if (isHookCondition(edge)) {
      if (hooked.has(pairOf(edge))) return false;
      hooked.add(pairOf(edge));
    }
    if (boundary && edge.from.node === "" && edge.kind !== "order") return edge.scope === undefined && boundary.has(edge.from.port ?? "");
    return isDrawn(graph, edge, joined, feeds, options);
  });
}

/** Whether a wire shows that a hook's own condition reads something of a task. */
function isHookCondition(edge: GraphEdge): boolean {
  return edge.via === "hook" && edge.to.port === "expression" && edge.from.node !== "";
}

function namesOf(rows: readonly Row[]): ReadonlySet<string> {
  return new Set(rows.map((row) => row.port.name));
}

/** A wire in an expanded group: on the frame it starts at the group's inputs and ends at its outputs. */
function insideWire(edge: GraphEdge, from: Box, to: Box, frame: Box, graph: TemplateId): Wire {
  const turned = { ...frame, inputs: frame.outputs, outputs: frame.inputs };
  const wire = wireOf(edge, from === frame ? turned : from, to === frame ? turned : to);
  const boundary = from === frame && to === frame ? "both" : from === frame ? "from" : to === frame ? "to" : undefined;
  return { ...wire, id: `${frame.id} > ${edge.id}`, within: frame.id, graph, ...(boundary ? { boundary } : {}) };
}

function isDrawn(
  graph: Graph,
  edge: GraphEdge,
  joined: ReadonlySet<string>,
  feeds: ReadonlyMap<string, number>,
  options: WireOptions,
): boolean {
  if (edge.kind === "order") {
    if (edge.via === "hook") return !joined.has(`${edge.from.node}\n${edge.to.node}`);
    if (graph.kind === "steps" && !edge.results) return false;
    return edge.results !== undefined || !joined.has(`${edge.from.node}\n${edge.to.node}`);
  }
  if (edge.from.node !== "" || edge.kind === "artifact" || edge.to.node === "") return true;
  if (edge.scope !== undefined && !options.entrypoint) return false;
  if (options.parameterWires) return true;
  return !options.entrypoint && (feeds.get(edge.from.port ?? "") ?? 0) <= FEW;
}

function countFeeds(graph: Graph): ReadonlyMap<string, number> {
  const feeds = new Map<string, number>();
  for (const { from } of graph.edges) if (from.node === "" && from.port !== null) feeds.set(from.port, (feeds.get(from.port) ?? 0) + 1);
  return feeds;
}

function wireOf(edge: GraphEdge, from: Box, to: Box): Wire {
  const fromRow = edge.from.port === null ? undefined : rowOf(from.outputs, edge.from.port, edge.kind);
  // A wire into the control flow of a call (its condition, its loop) ends at the head.
  const inHead = edge.to.port === null || edge.via === "when" || edge.via === "loop" || isHookCondition(edge);
  const toRow = inHead ? undefined : rowOf(to.inputs, edge.to.port ?? "", edge.toKind ?? edge.kind);
  const dashed = edge.via !== undefined && edge.via !== "text";
  const isOrder = edge.kind === "order";
  const isVolume = !isOrder && !inHead && (fromRow?.shape === "volume" || toRow?.shape === "volume");
  return {
    id: edge.id,
    edge,
    from: from.id,
    to: to.id,
    fromRow,
    toRow,
    fromY: fromRow?.y ?? Math.min(HEAD_MIDDLE, from.head / 2),
    toY: toRow?.y ?? Math.min(HEAD_MIDDLE, to.head / 2),
    kind: isVolume ? "volume" : edge.kind,
    family: isOrder ? "order" : isVolume ? "volume" : (fromRow?.family ?? toRow?.family ?? "any"),
    line: edge.via === "hook" ? "hook" : dashed ? "expression" : "plain",
    label: edge.results?.join(" · "),
  };
}

/** The row of a port: the one of the wire's own kind, else of the other kind (a file read as a value). */
function rowOf(rows: readonly Row[], name: string, kind: GraphEdge["kind"]): Row | undefined {
  return rows.find((row) => row.port.name === name && row.port.kind === kind) ?? rows.find((row) => row.port.name === name);
}
