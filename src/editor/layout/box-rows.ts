import { type Binding, referencesIn } from "#pipeline/binding.ts";
import type { Data } from "#data/data.ts";
import type { GraphPort } from "#pipeline/graph.ts";
import type { PipelineParameter, PortKind } from "#pipeline/model.ts";
import { itemText } from "#pipeline/loop-item.ts";
import { familyOf, type PortFamily } from "./port-family.ts";
import { bareName } from "./readable.ts";

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

/** What the row of an input shows beside its port. */
export interface RowSettings {
  /** Names of inputs that get a wire instead of a chip: in an expanded group, from its boundary. */
  readonly wired?: ReadonlySet<string>;
  /** In an expanded group, by the names of its inputs: the group's arguments, which its boxes show in place of the input's name. */
  readonly given?: ReadonlyMap<string, RowContent>;
}

/** The row of a pipeline parameter; `port`: the input of the graph with its name, if there is one. */
export function parameterRow(parameter: PipelineParameter, port: GraphPort | undefined): Omit<Row, "y"> {
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

/** The row of an input of the graph, which is a source inside of it. */
export function graphInputRow(port: GraphPort): Omit<Row, "y"> {
  const content: RowContent = port.fallback === undefined ? { kind: "nothing" } : { kind: "constant", text: dataText(port.fallback) };
  return { key: `o:${port.kind}:${port.name}`, side: "output", port, ...looksOf(port), mark: "filled", content };
}

/** The row of an output; `fed`: a wire starts at it. */
export function outputRow(port: GraphPort, fed: boolean): Omit<Row, "y"> {
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
export function oneOfTwins(ports: readonly GraphPort[]): readonly GraphPort[] {
  return ports.filter((port) => !port.twin);
}

/** The row of an input with what is bound to it. */
export function inputRow(port: GraphPort, { wired, given }: RowSettings = {}): Omit<Row, "y"> {
  const { shape, family } = looksOf(port);
  const own = wired?.has(port.name)
    ? ({ kind: "wire", task: port.name } as const)
    : port.inlined !== undefined
      ? inlinedContent(port.inlined, family)
      : contentOf(port.binding, port, family);
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
function inlinedContent(text: string, family: PortFamily): RowContent {
  const name = /^\{\{\s*(?:inputs|workflow)\.parameters\.([^}\s]+)\s*\}\}$/.exec(text)?.[1];
  return name ? chipFor(name, family) : { kind: "constant", text };
}

/** The chip of a name; a loop's item is called so, whatever number the file gave it, and a value that passes through a group by its own name. */
function chipFor(name: string, family: PortFamily): RowContent {
  const bare = bareName(name);
  const item = itemText(name) ?? (bare === name ? undefined : bare);
  return item === undefined ? { kind: "chip", text: name, family } : { kind: "chip", text: item, name, family };
}

function contentOf(binding: Binding | undefined, port: GraphPort, family: PortFamily): RowContent {
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
