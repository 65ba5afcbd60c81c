import { referencesIn, type Binding } from "#pipeline/binding.ts";
import type { Data } from "#data/data.ts";
import type { Graph, GraphNode, GraphPort } from "#pipeline/graph.ts";
import type { PipelineParameter, PortKind, TaskId, TemplateId } from "#pipeline/model.ts";
import type { Chip } from "./chips.ts";
import { INPUTS_BOX, OUTPUTS_BOX, type BoxId, type Positions, type Size } from "./geometry.ts";
import { itemText } from "#pipeline/loop-item.ts";
import { familyOf, type PortFamily } from "./port-family.ts";
import { conditionText } from "./readable.ts";
import { textWidth } from "./text-width.ts";

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

/** Circle, square, and a hexagon for the place where a volume is mounted or comes from. */
export type PortShape = PortKind | "volume";

/** One port with the content of its row. */
export interface Row {
  /** Unique in the box: `i:parameter:NAME`. */
  readonly key: string;
  readonly side: "input" | "output";
  readonly port: GraphPort;
  /** The shape of the port: a KFP return value is a value though Argo lists it as an artifact. */
  readonly shape: PortShape;
  readonly family: PortFamily;
  /** Centre of the port, from the upper edge of the box. */
  readonly y: number;
  /** filled: has a value or a wire; hollow: open and optional; missing: required and empty. */
  readonly mark: "filled" | "hollow" | "missing";
  readonly content: RowContent;
  /** In the parameters' box: a pipeline parameter that is not an input of the graph. */
  readonly workflowParameter?: boolean;
}

/** The text at the far side of an input's row. */
export type RowContent =
  | { readonly kind: "nothing" }
  | { readonly kind: "constant"; readonly text: string }
  /** A pipeline parameter, a graph input, the loop's item or a variable: a chip instead of a wire. */
  | {
      readonly kind: "chip";
      readonly text: string;
      /** The identifier of what it refers to, if that differs from its text. */
      readonly name?: string;
      readonly family: PortFamily;
    }
  /** Fed by a wire from this call; the text is shown only while that box is out of view. */
  | { readonly kind: "wire"; readonly task: string }
  /** An expression or text with references, as written. */
  | { readonly kind: "expression"; readonly text: string }
  | { readonly kind: "missing" };

export const BOX_WIDTH = 200;
export const BOX_WIDE = 248;
/** Width of the inputs' and outputs' boxes if their rows are short: "Pipeline parameters" fits, in wide fallback fonts too. */
export const BOX_LOW = 200;
export const HEAD = 44;
export const HEAD_LOW = 34;
export const ROW = 22;
export const FOOT = 28;
const ABOVE = 3;
const BELOW = 4;
const RULE = 8;

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

export interface BoxSettings {
  readonly chips: readonly Chip[];
  readonly inside?: number;
  /** Names of outputs (`parameter:NAME`) at which a wire starts: their ports are filled. */
  readonly fed?: ReadonlySet<string>;
  /** Names of inputs that get a wire instead of a chip: in an expanded group, from its boundary. */
  readonly wired?: ReadonlySet<string>;
  /** In an expanded group, by the names of its inputs: the group's arguments, which its boxes show in place of the input's name. */
  readonly given?: ReadonlyMap<string, RowContent>;
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

function parameterRow(parameter: PipelineParameter, port: GraphPort | undefined): Omit<Row, "y"> {
  const shown: GraphPort = port
    ? { ...port, type: port.type ?? parameter.type }
    : {
        name: parameter.name,
        label: parameter.name,
        kind: "parameter",
        type: parameter.type,
        description: parameter.description,
        required: false,
      };
  const content: RowContent = parameter.value === undefined ? { kind: "nothing" } : { kind: "constant", text: dataText(parameter.value) };
  return {
    key: `o:parameter:${parameter.name}`,
    side: "output",
    port: shown,
    shape: "parameter",
    family: familyOf(shown),
    mark: "filled",
    content,
    workflowParameter: port === undefined,
  };
}

function graphInputRow(port: GraphPort): Omit<Row, "y"> {
  const content: RowContent = port.fallback === undefined ? { kind: "nothing" } : { kind: "constant", text: dataText(port.fallback) };
  return { key: `o:${port.kind}:${port.name}`, side: "output", port, ...looksOf(port), mark: "filled", content };
}

function outputRow(port: GraphPort, fed: boolean): Omit<Row, "y"> {
  return {
    key: `o:${port.kind}:${port.name}`,
    side: "output",
    port,
    ...looksOf(port),
    mark: fed ? "filled" : "hollow",
    content: { kind: "nothing" },
  };
}

/**
 * An output listed as both value and file is one port: KFP lists every output as a file, and again as a value where one is read. The model
 * marks twins of values; a wire that needs the file uses the port of the value.
 */
function oneOfTwins(ports: readonly GraphPort[]): readonly GraphPort[] {
  return ports.filter((port) => !port.twin);
}

function inputRow(port: GraphPort, { wired, given }: Partial<BoxSettings> = {}): Omit<Row, "y"> {
  const { shape, family } = looksOf(port);
  const own = wired?.has(port.name)
    ? ({ kind: "wire", task: port.name } as const)
    : port.inlined !== undefined
      ? inlinedSays(port.inlined, family)
      : saysOf(port.binding, port, family);
  const content = (own.kind === "chip" && fromOutside(own.name ?? own.text, family, given)) || own;
  const mark = content.kind === "missing" ? "missing" : content.kind === "nothing" ? "hollow" : "filled";
  return { key: `i:${port.kind}:${port.name}`, side: "input", port, shape, family, mark, content };
}

/** The argument of an input of the surrounding group, as shown by a box inside. */
function fromOutside(name: string, family: PortFamily, given: ReadonlyMap<string, RowContent> | undefined): RowContent | undefined {
  const content = given?.get(name);
  if (content?.kind === "chip") return { ...content, family: family === "any" ? content.family : family };
  return content?.kind === "constant" ? content : undefined;
}

function looksOf(port: GraphPort): { readonly shape: PortShape; readonly family: PortFamily } {
  if (port.volume !== undefined) return { shape: "volume", family: "volume" };
  const shape = port.nature ?? port.kind;
  return { shape, family: familyOf({ kind: shape, type: port.type }) };
}

/** KFP writes constants into the template, including references in them. */
function inlinedSays(text: string, family: PortFamily): RowContent {
  const name = /^\{\{\s*(?:inputs|workflow)\.parameters\.([^}\s]+)\s*\}\}$/.exec(text)?.[1];
  return name ? chipFor(name, family) : { kind: "constant", text };
}

/** The chip of a name; a loop's item is called so, whatever number the file gave it. */
function chipFor(name: string, family: PortFamily): RowContent {
  const item = itemText(name);
  return item === undefined ? { kind: "chip", text: name, family } : { kind: "chip", text: item, name, family };
}

function saysOf(binding: Binding | undefined, port: GraphPort, family: PortFamily): RowContent {
  if (!binding) {
    if (port.fallback !== undefined) return { kind: "constant", text: dataText(port.fallback) };
    return port.required ? { kind: "missing" } : { kind: "nothing" };
  }
  switch (binding.kind) {
    case "constant":
      return binding.value === undefined
        ? port.required
          ? { kind: "missing" }
          : { kind: "nothing" }
        : { kind: "constant", text: dataText(binding.value) };
    case "reference": {
      const { reference } = binding;
      if (reference.kind === "task-output") return { kind: "wire", task: reference.task };
      if (reference.kind === "graph-input" && reference.port === "artifact") return { kind: "nothing" };
      if (reference.kind === "item") return { kind: "chip", text: reference.key ? `item.${reference.key}` : "item", family };
      if (reference.kind === "expression") return { kind: "expression", text: reference.source };
      return chipFor(reference.name, family);
    }
    case "text":
      return { kind: "expression", text: textOf(binding) };
    case "expression":
      return { kind: "expression", text: binding.source };
    case "location":
      return { kind: "constant", text: Object.keys(binding.value)[0] ?? "" };
    case "one-of":
      return { kind: "nothing" };
  }
}

function textOf(binding: Extract<Binding, { kind: "text" }>): string {
  return binding.parts
    .map((part) =>
      typeof part === "string"
        ? part
        : part.kind === "task-output"
          ? `{${part.task}.${part.output}}`
          : part.kind === "item"
            ? "{item}"
            : part.kind === "expression"
              ? "{=}"
              : `{${part.name}}`,
    )
    .join("");
}

/** The names of the calls from which a binding takes values. */
export function sourcesOf(binding: Binding | undefined): readonly string[] {
  return binding ? referencesIn(binding).flatMap((one) => (one.kind === "task-output" ? [one.task] : [])) : [];
}

/** A value on one line, as a row shows it. */
export function dataText(value: Data): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text.replace(/\s+/g, " ");
}

function stack(
  head: number,
  ins: readonly Omit<Row, "y">[],
  outs: readonly Omit<Row, "y">[],
): { inputs: readonly Row[]; outputs: readonly Row[]; bottom: number } {
  if (ins.length + outs.length === 0) return { inputs: [], outputs: [], bottom: head };
  const top = head + ABOVE;
  const outTop = top + ins.length * ROW + (ins.length > 0 && outs.length > 0 ? RULE : 0);
  return {
    inputs: ins.map((row, i) => ({ ...row, y: top + i * ROW + ROW / 2 })),
    outputs: outs.map((row, i) => ({ ...row, y: outTop + i * ROW + ROW / 2 })),
    bottom: outTop + outs.length * ROW + BELOW,
  };
}

/** Space used in a head by icon, badge and padding; in a row by port and padding. */
const HEAD_ROOM = BOX_WIDTH - 8 - 26 - 8 - 8;
const ROW_ROOM = BOX_WIDTH - 11 - 8 - 10;

function isWide(node: GraphNode, ins: readonly Omit<Row, "y">[], outs: readonly Omit<Row, "y">[]): boolean {
  const badge = (node.hook ? 76 : node.recursive ? 96 : node.loop ? 44 : 0) + (node.group && !node.recursive ? 26 : 0);
  if (textWidth(node.title, 13, "strong") > HEAD_ROOM - badge) return true;
  // A group's second line is its condition, which says most about it.
  if (node.group && node.when && textWidth(conditionText(node), 11) + 14 > HEAD_ROOM - badge) return true;
  return [...ins, ...outs].some((row) => rowWidth(row) > ROW_ROOM);
}

function rowWidth(row: Omit<Row, "y">): number {
  const name = textWidth(row.port.volume || row.port.label, 12);
  const type = row.port.type ? textWidth(row.port.type, 11) + 5 : 0;
  return name + type + contentWidth(row.content);
}

function contentWidth(content: RowContent): number {
  switch (content.kind) {
    case "nothing":
    case "wire":
      return 0;
    case "constant":
    case "expression":
      return 8 + Math.min(textWidth(content.text, 11, "mono"), 60);
    case "chip":
      return 26 + Math.min(textWidth(content.text, 11), 100);
    case "missing":
      return 74;
  }
}

function lowWidth(rows: readonly Omit<Row, "y">[]): number {
  return rows.some((row) => rowWidth(row) > BOX_LOW - 29) ? BOX_WIDE : BOX_LOW;
}

function fitChips(chips: readonly Chip[], width: number, group: boolean): { shown: readonly Chip[]; hidden: number } {
  let room = width - 12 - (group ? 96 : 0);
  const shown: Chip[] = [];
  for (const chip of chips) {
    const need = chipWidth(chip) + 3;
    const more = shown.length + 1 < chips.length ? 28 : 0;
    if (need > room - more) break;
    room -= need;
    shown.push(chip);
  }
  return { shown, hidden: chips.length - shown.length };
}

/** The maximum length of a chip's text; a condition may take most of the foot. */
const CHIP_TEXT = 84;
const WHEN_TEXT = 150;

function chipWidth(chip: Chip): number {
  const words = chip.kind === "gpu" ? `GPU ${chip.text}` : chip.text;
  return 10 + 12 + (words ? 4 + Math.min(textWidth(words, 11), chip.kind === "when" ? WHEN_TEXT : CHIP_TEXT) : 0);
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
