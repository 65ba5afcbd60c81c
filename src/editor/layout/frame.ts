import type { Graph, GraphEdge, GraphNode } from "#pipeline/graph.ts";
import type { TemplateId } from "#pipeline/model.ts";
import { requestOf } from "./arrange.ts";
import { boxesOf, boxOf, nameOf, wiredOutputs, type Box, type BoxOptions } from "./box.ts";
import type { Row } from "./box-rows.ts";
import { makeRoom } from "./make-room.ts";
import { placeNew } from "./position-new-boxes.ts";
import { GRID, boundsOf, type BoxId, type Positions, type Rect } from "./geometry.ts";
import { conditionText, loopText } from "./readable.ts";
import { arrangeSimple } from "./layered-layout.ts";
import { textWidth } from "./text-width.ts";
import { drawnEdges, wiresOf, type Wire, type WireOptions } from "./wires.ts";

/**
 * Groups expanded in place: a group's box becomes a frame with the boxes of its graph inside, and its ports move to the boundary, level with
 * what they feed. Several calls may show one template at once, so a box inside is identified by the path to it. Used by the canvas.
 */

/** The expanded groups, and how to get their graphs. */
export interface Nesting {
  readonly graphOf: (template: TemplateId) => Graph | undefined;
  readonly isOpen: (box: BoxId, node: GraphNode) => boolean;
  /** Positions of a graph's boxes, as the user left them when the graph itself was shown. */
  readonly placesOf?: (template: TemplateId) => Positions | undefined;
}

export interface SceneOptions extends BoxOptions, WireOptions {
  readonly nesting?: Nesting;
}

/** All boxes and wires of a graph with its expanded groups. */
export interface Scene {
  /** Boxes of the graph itself. */
  readonly top: readonly Box[];
  readonly topWires: readonly Wire[];
  /** All boxes, parents before their content. */
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
}

export const FRAME_HEAD = 32;
export const FRAME_PAD = 20;
const FRAME_TOP = FRAME_HEAD + 12;
/** Between two ports on a boundary. */
const PORT_STEP = 22;
/** Groups deeper than this are entered, not expanded further. */
const MOST_DEPTH = 8;

/** The boxes and wires of a graph, including the content of expanded groups. */
export function sceneOf(graph: Graph, options: SceneOptions = {}): Scene {
  const boxes = boxesOf(graph, options);
  if (!options.nesting || !boxes.some((box) => box.node?.group)) {
    const topWires = wiresOf(graph, boxes, options);
    return { top: boxes, topWires, boxes, wires: topWires };
  }
  const fed = fedPorts(drawnEdges(graph, options));
  const top = boxes.map((box) => opened(box, fed.get(nameOf(box)), options));
  const topWires = wiresOf(graph, top, options);
  const all = [...top];
  const wires = [...topWires];
  for (const box of top) collect(box, all, wires);
  return { top, topWires, boxes: all, wires };
}

/** Whether a group can be expanded: not if it leads back to itself. */
export function isExpandable(node: GraphNode | undefined): boolean {
  return node !== undefined && node.group && !node.recursive && node.template !== undefined;
}

/** The number of boxes in a group and in nested groups; counting stops above `most`. */
export function countInside(node: GraphNode, graphOf: Nesting["graphOf"], most: number): number {
  const graph = node.template === undefined ? undefined : graphOf(node.template);
  let count = graph?.nodes.length ?? 0;
  for (const inner of graph?.nodes ?? []) {
    if (count > most) return count;
    if (inner.recursive) return Infinity;
    if (inner.group) count += countInside(inner, graphOf, most - count);
  }
  return count;
}

function collect(box: Box, boxes: Box[], wires: Wire[]): void {
  if (!box.frame) return;
  boxes.push(...box.frame.boxes);
  wires.push(...wiresOf(box.frame.graph, box.frame.boxes, { frame: box }));
  for (const inner of box.frame.boxes) collect(inner, boxes, wires);
}

/** Names of the inputs of each call at which wires end. */
function fedPorts(edges: readonly GraphEdge[]): ReadonlyMap<string, ReadonlySet<string>> {
  const fed = new Map<string, Set<string>>();
  for (const { to, kind } of edges) {
    if (to.node === "" || to.port === null || kind === "order") continue;
    const names = fed.get(to.node);
    if (names) names.add(to.port);
    else fed.set(to.node, new Set([to.port]));
  }
  return fed;
}

function opened(box: Box, fed: ReadonlySet<string> | undefined, options: SceneOptions): Box {
  const { nesting } = options;
  const { node } = box;
  if (!nesting || !node || !isExpandable(node) || (box.within?.length ?? 0) >= MOST_DEPTH || !nesting.isOpen(box.id, node)) return box;
  const graph = nesting.graphOf(node.template!);
  if (!graph || graph.nodes.length === 0) return box;
  const ports = box.inputs.filter((row) => fed?.has(row.port.name) || row.mark === "missing");
  const boxes = insideOf(box, graph, new Set(ports.map((row) => row.port.name)), options);
  return framed(box, ports, graph, boxes, nesting.placesOf?.(graph.template));
}

function insideOf(outer: Box, graph: Graph, boundary: ReadonlySet<string>, options: SceneOptions): readonly Box[] {
  const edges = drawnEdges(graph, { boundary });
  const fed = fedPorts(edges);
  const wired = fedPorts(edges.filter((edge) => edge.from.node === "" && edge.via === undefined));
  const used = wiredOutputs(graph);
  const within = [...(outer.within ?? []), outer.id];
  const given = new Map(outer.inputs.flatMap((row) => (row.port.kind === "parameter" ? [[row.port.name, row.content] as const] : [])));
  return graph.nodes.map((node) => {
    const box = boxOf(node, {
      chips: options.chips?.(node) ?? [],
      inside: options.inside?.(node),
      fed: used.get(node.id),
      wired: wired.get(node.id),
      given,
    });
    return opened(inner(box, outer.id, within, graph.template), fed.get(node.id), options);
  });
}

const inners = new WeakMap<Box, Map<BoxId, Box>>();

/** A box under its name inside a frame; the same object again for the same box. */
function inner(box: Box, outer: BoxId, within: readonly BoxId[], graph: TemplateId): Box {
  let known = inners.get(box);
  if (!known) inners.set(box, (known = new Map()));
  let made = known.get(outer);
  if (!made) known.set(outer, (made = { ...box, id: `${outer} > ${box.id}` as BoxId, within, graph }));
  return made;
}

function framed(box: Box, ports: readonly Row[], graph: Graph, boxes: readonly Box[], stored: Positions | undefined): Box {
  const own = placesIn(graph, boxes, stored);
  const roomy = makeRoom(boxes, own);
  const rects = new Map<BoxId, Rect>(
    boxes.map((one) => [one.id, { ...(roomy.get(one.id) ?? { x: 0, y: 0 }), width: one.width, height: one.height }]),
  );
  const bounds = boundsOf(rects.values())!;
  const shift = { x: FRAME_PAD - bounds.x, y: FRAME_TOP - bounds.y };
  const places = new Map([...roomy].map(([id, at]) => [id, { x: at.x + shift.x, y: at.y + shift.y }]));
  const inputs = onBoundary(
    ports.map((row) => ({ ...row, ...volumeLooks(graph, boxes, row) })),
    heights(graph, boxes, places, "input"),
  );
  const outputs = onBoundary(box.outputs, heights(graph, boxes, places, "output"));
  const lowest = Math.max(FRAME_TOP + bounds.height, ...[...inputs, ...outputs].map((row) => row.y + 4));
  const frame: Box = {
    ...box,
    head: FRAME_HEAD,
    inputs,
    outputs,
    chips: [],
    hidden: 0,
    width: upToGrid(Math.max(bounds.width + 2 * FRAME_PAD, headWidth(box))),
    height: upToGrid(lowest + FRAME_PAD),
  };
  return { ...frame, frame: { graph, boxes, places, own, closed: { width: box.width, height: box.height } } };
}

function upToGrid(size: number): number {
  return Math.ceil(size / GRID) * GRID;
}

/** The longest expression in a frame's head that widens the frame; a longer one is cut and shown in the tooltip. */
const LONGEST_HEAD = 640;
/** Space for the longest keyword of a frame's head in either language ("Sub-pipeline 12"), and for the text of a hook at its end. */
const KEYWORD = 124;
const HOOK_WORDS = 96;

/** Space for the text of a frame's head: icon, keyword, expression or name, badge, problem, chevron. */
function headWidth({ node, title }: Box): number {
  const expressions = node?.loop
    ? [loopText(node), ...(node.when ? [`If ${conditionText(node)}`] : [])]
    : node?.when
      ? [conditionText(node)]
      : [];
  const name = node?.isNumbered ? 0 : 6 + textWidth(title, 12);
  const words = name + expressions.reduce((sum, text) => sum + 6 + textWidth(text, 11, "mono"), 0);
  const badge = node?.loop ? 16 + textWidth(`× ${node.loop.count ?? "n"}`, 11) : 0;
  const hook = node?.hook ? HOOK_WORDS + 4 : 0;
  // Padding, icon with gap, problem and chevron with their gaps.
  return 17 + 20 + KEYWORD + Math.min(LONGEST_HEAD, words) + 6 + badge + hook + 22 + 28;
}

/** A port through which a volume enters is a volume port, too. */
function volumeLooks(graph: Graph, boxes: readonly Box[], { port }: Row): Partial<Row> {
  const leadsToVolume = graph.edges.some(({ from, to }) => {
    if (from.node !== "" || from.port !== port.name || to.node === "") return false;
    return boxes.some((box) => nameOf(box) === to.node && box.inputs.some((row) => row.port.name === to.port && row.shape === "volume"));
  });
  return leadsToVolume ? { shape: "volume", family: "volume" } : {};
}

const arranged = new WeakMap<Graph, { readonly key: string; readonly places: Positions }>();

/** Positions within the graph: those of the user, and for boxes without one those of the simple preset. */
function placesIn(graph: Graph, boxes: readonly Box[], stored: Positions | undefined): Positions {
  const known = new Map(boxes.flatMap((box) => (stored?.has(nameOf(box)) ? [[box.id, stored.get(nameOf(box))!] as const] : [])));
  if (known.size === boxes.length) return known;
  const key = boxes.map((box) => `${box.id} ${box.width} ${box.height}`).join("\n");
  const former = arranged.get(graph);
  if (known.size === 0 && former?.key === key) return former.places;
  const request = requestOf(boxes, wiresOf(graph, boxes));
  if (known.size > 0) return new Map([...known, ...placeNew(request, known)]);
  const { places } = arrangeSimple({ ...request, tight: true });
  arranged.set(graph, { key, places });
  return places;
}

/** For each port of the group, by side: the height of the topmost inner port to which it is connected. */
function heights(graph: Graph, boxes: readonly Box[], places: Positions, side: Row["side"]): ReadonlyMap<string, number> {
  const byName = new Map<string, Box>(boxes.map((box) => [nameOf(box), box]));
  const found = new Map<string, number>();
  for (const { from, to } of graph.edges) {
    const [port, end] = side === "input" ? [from, to] : [to, from];
    const box = byName.get(end.node);
    if (port.node !== "" || port.port === null || !box || end.node === "") continue;
    const row = (side === "input" ? box.inputs : box.outputs).find((one) => one.port.name === end.port);
    const y = (places.get(box.id)?.y ?? 0) + (row?.y ?? box.head / 2);
    found.set(port.port, Math.min(y, found.get(port.port) ?? Infinity));
  }
  return found;
}

/** Ports on a boundary: each as near to its height as the others allow. */
function onBoundary(rows: readonly Row[], wanted: ReadonlyMap<string, number>): readonly Row[] {
  const sorted = rows.map((row, i) => ({ row, y: wanted.get(row.port.name) ?? Infinity, i })).sort((a, b) => a.y - b.y || a.i - b.i);
  let last = FRAME_TOP;
  return sorted.map(({ row, y }, i) => {
    const at = Math.max(Number.isFinite(y) ? y : last + PORT_STEP, i === 0 ? FRAME_TOP : last + PORT_STEP);
    last = at;
    return { ...row, y: at };
  });
}
