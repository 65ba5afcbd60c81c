import type { Graph, GraphNode } from "#pipeline/graph.ts";
import type { PipelineParameter, TaskId, TemplateId } from "#pipeline/model.ts";
import type { Chip } from "./chips.ts";
import { type BoxId, INPUTS_BOX, OUTPUTS_BOX, type Positions, type Size } from "./geometry.ts";
import { graphInputRow, inputRow, oneOfTwins, outputRow, parameterRow, type Row, type RowSettings } from "./box-rows.ts";
import { BOX_WIDE, BOX_WIDTH, fitChips, FOOT, HEAD, HEAD_LOW, isWide, lowWidth, stack } from "./box-size.ts";

/**
 * One box of the canvas with all its dimensions: nothing is measured in the browser, so that layout, painting, hit-testing and DOM agree.
 * Computed from the graph, never stored.
 */
export interface Box extends Size {
  readonly id: BoxId;
  readonly kind: "task" | "inputs" | "outputs";
  /** Of a task. */
  readonly node?: GraphNode;
  readonly title: string;
  /** Height of the head; the rows follow. */
  readonly head: number;
  readonly inputs: readonly Row[];
  readonly outputs: readonly Row[];
  /** The chips that fit, and the number of those that do not. */
  readonly chips: readonly Chip[];
  readonly hidden: number;
  /** Number of calls inside a group; undefined: not a group, or unknown. */
  readonly inside?: number;
  /** The frames around a box in an expanded group, outermost first, and the graph to which it belongs. */
  readonly within?: readonly BoxId[];
  readonly graph?: TemplateId;
  /** The content of a group expanded in place. The rows are then the ports on its boundary. */
  readonly frame?: Frame;
}

/** The content of an expanded group; created by frame.ts. */
export interface Frame {
  readonly graph: Graph;
  readonly boxes: readonly Box[];
  /** Positions of the boxes, relative to the frame's upper left corner. */
  readonly places: Positions;
  /** Their positions when the graph is shown by itself, by their ids here: a box moved here also moves there. */
  readonly own: Positions;
  /** The size of the group's box while it is collapsed. */
  readonly closed: Size;
}

/** The call's id, by which the page knows a box; a box inside an expanded group has a longer id of its own. */
export function nameOf(box: Box): BoxId {
  return box.node?.id ?? box.id;
}

export interface BoxOptions {
  /** The entrypoint's pipeline parameters; undefined inside a group. */
  readonly parameters?: readonly PipelineParameter[];
  readonly chips?: (node: GraphNode) => readonly Chip[];
  readonly inside?: (node: GraphNode) => number | undefined;
}

/** All boxes of a graph: its inputs, its calls in file order, its outputs. Boxes of unchanged nodes are the same objects again. */
export function boxesOf(graph: Graph, options: BoxOptions = {}): readonly Box[] {
  const boxes: Box[] = [];
  const fed = wiredOutputs(graph);
  const inputs = inputsBox(graph, options.parameters);
  if (inputs) boxes.push(inputs);
  for (const node of graph.nodes)
    boxes.push(boxOf(node, { chips: options.chips?.(node) ?? [], inside: options.inside?.(node), fed: fed.get(node.id) }));
  if (graph.outputs.length > 0) boxes.push(outputsBox(graph));
  return boxes;
}

/** The size of a call's box. */
export function boxSize(node: GraphNode, chips: readonly Chip[] = []): Size {
  const { width, height } = boxOf(node, { chips });
  return { width, height };
}

/** What a box shows beside its node. */
export interface BoxSettings extends RowSettings {
  readonly chips: readonly Chip[];
  readonly inside?: number;
  /** Names of outputs (`parameter:NAME`) at which a wire starts: their ports are filled. */
  readonly fed?: ReadonlySet<string>;
}

const made = new WeakMap<GraphNode, Map<string, Box>>();

/** One call may be shown by several expanded groups at once, each with other arguments. */
const MOST_LOOKS = 8;

/** One call as a box; the same object again while nothing of it changes, so that a canvas renders only what did. */
export function boxOf(node: GraphNode, settings: BoxSettings): Box {
  const key = [
    settings.inside,
    ...settings.chips.map((chip) => `${chip.kind}=${chip.text}${chip.bad ? "!" : ""}`),
    "",
    ...(settings.fed ?? []),
    "",
    ...(settings.wired ?? []),
    "",
    ...[...(settings.given ?? [])].map(([name, content]) => `${name}=${JSON.stringify(content)}`),
  ].join("\n");
  let looks = made.get(node);
  if (!looks) made.set(node, (looks = new Map()));
  let box = looks.get(key);
  if (!box) {
    if (looks.size >= MOST_LOOKS) looks.clear();
    looks.set(key, (box = makeBox(node, settings)));
  }
  return box;
}

function makeBox(node: GraphNode, settings: BoxSettings): Box {
  const ins = node.inputs.map((port) => inputRow(port, settings));
  // The artifact twin of an output parameter is the same value again: one port represents both.
  const outs = oneOfTwins(node.outputs).map((port) => {
    const row = outputRow(port, settings.fed?.has(`${port.kind}:${port.name}`) ?? false);
    // The outputs of a loop are lists with one entry per iteration.
    return node.loop && row.shape === "parameter" ? { ...row, family: "json" as const } : row;
  });
  const wide = isWide(node, ins, outs);
  const width = wide ? BOX_WIDE : BOX_WIDTH;
  const mounted = new Set(node.inputs.flatMap((port) => port.volume?.split(", ") ?? []));
  const chips = settings.chips.filter(
    (chip) => !(node.group && chip.kind === "when") && !(chip.kind === "volume" && mounted.has(chip.text)),
  );
  const { shown, hidden } = fitChips(chips, width, node.group);
  const rows = stack(HEAD, ins, outs);
  const foot = shown.length > 0 || hidden > 0 || node.group;
  return {
    id: node.id,
    kind: "task",
    node,
    title: node.title,
    head: HEAD,
    width,
    height: rows.bottom + (foot ? FOOT : 0),
    inputs: rows.inputs,
    outputs: rows.outputs,
    chips: shown,
    hidden,
    inside: node.group ? settings.inside : undefined,
  };
}

function inputsBox(graph: Graph, parameters: readonly PipelineParameter[] | undefined): Box | undefined {
  const rows: Omit<Row, "y">[] = [];
  const own = new Map(graph.inputs.filter((port) => port.kind === "parameter").map((port) => [port.name, port]));
  for (const parameter of parameters ?? []) {
    const port = own.get(parameter.name);
    own.delete(parameter.name);
    rows.push(parameterRow(parameter, port));
  }
  for (const port of graph.inputs) if (port.kind !== "parameter" || own.has(port.name)) rows.push(graphInputRow(port));
  if (rows.length === 0) return undefined;
  const placed = stack(HEAD_LOW, [], rows);
  return {
    id: INPUTS_BOX,
    kind: "inputs",
    title: graph.name,
    head: HEAD_LOW,
    width: lowWidth(rows),
    height: placed.bottom,
    inputs: [],
    outputs: placed.outputs,
    chips: [],
    hidden: 0,
  };
}

function outputsBox(graph: Graph): Box {
  const rows = graph.outputs.map((port): Omit<Row, "y"> => ({
    ...inputRow(port),
    mark: port.binding || port.fallback !== undefined ? "filled" : "hollow",
  }));
  const placed = stack(HEAD_LOW, rows, []);
  return {
    id: OUTPUTS_BOX,
    kind: "outputs",
    title: graph.name,
    head: HEAD_LOW,
    width: lowWidth(rows),
    height: placed.bottom,
    inputs: placed.inputs,
    outputs: [],
    chips: [],
    hidden: 0,
  };
}

/** Names of the outputs of each call at which a wire starts. */
export function wiredOutputs(graph: Graph): ReadonlyMap<TaskId | "", ReadonlySet<string>> {
  const fed = new Map<TaskId | "", Set<string>>();
  for (const { from, kind } of graph.edges) {
    if (from.port === null || kind === "order") continue;
    let ports = fed.get(from.node);
    if (!ports) fed.set(from.node, (ports = new Set()));
    ports.add(`parameter:${from.port}`);
    ports.add(`artifact:${from.port}`);
  }
  return fed;
}
