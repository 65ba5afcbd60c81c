import { sha256 } from "#data/sha256.ts";
import { readComponent } from "#components/component-yaml/read.ts";
import type { ComponentSpec, TypeSpec } from "#components/component.ts";
import { inputKind, outputNature } from "#components/component-ports.ts";
import type { DataMap } from "#data/data.ts";
import type { PortKind } from "#pipeline/model.ts";
import { typeText } from "#components/types.ts";

/** One component of the library: its component.yaml as data, and what the user says about it. Kept in the browser as it stands here. */
export interface LibraryEntry {
  /** Made from the content, so that the same component is there once. */
  readonly id: string;
  readonly spec: DataMap;
  /** SHA-256 of the file it came from; tasks made of it tell it in their component_ref annotation. */
  readonly digest?: string;
  /** Where it came from: the name of the file, with its folder if a folder was brought in. */
  readonly origin?: string;
  /** "": none. */
  readonly group: string;
  readonly favourite: boolean;
  /** Milliseconds since 1970. */
  readonly added: number;
  readonly used?: number;
}

/** A port as lists show it. */
export interface CardPort {
  readonly name: string;
  readonly kind: PortKind;
  /** Type as text; undefined: any. */
  readonly type?: string;
  readonly required: boolean;
}

/** What the palette shows of a component. */
export interface Card {
  readonly name: string;
  readonly description: string;
  readonly inputs: readonly CardPort[];
  readonly outputs: readonly CardPort[];
}

/** The longest name that lists show; the component keeps its own. */
const longestName = 120;
const cards = new WeakMap<DataMap, Card>();

/** The card of a component, made once. */
export function cardOf(spec: DataMap): Card {
  const known = cards.get(spec);
  if (known) return known;
  const component = readComponent(spec).component;
  const card = component ? cardOfComponent(component) : { name: "", description: "", inputs: [], outputs: [] };
  cards.set(spec, card);
  return card;
}

/** The card of a component that is read already. */
export function cardOfComponent(component: ComponentSpec): Card {
  return {
    name: shown(component.name ?? "", longestName),
    description: shown(component.description ?? "", 2_000),
    inputs: component.inputs.map((input) => ({
      name: shown(input.name, longestName),
      kind: inputKind(component, input.name),
      type: shownType(input.type),
      required: !input.optional && input.default === undefined,
    })),
    outputs: component.outputs.map((output) => ({
      name: shown(output.name, longestName),
      kind: outputNature(component, output.name),
      type: shownType(output.type),
      required: false,
    })),
  };
}

/** A type in one line: `CSV`, `{GCSPath: {data_type: CSV}}`. */
export function shownType(type: TypeSpec | undefined): string | undefined {
  const text = typeText(type);
  return text === undefined ? undefined : shown(text, longestName);
}

/**
 * Text from a file as a list may show it: cut, in one line, and with signs in place of control characters and of those which turn
 * the direction of writing, so that a name cannot pretend to be another.
 */
function shown(text: string, most: number): string {
  const plain = text
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ")
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "\ufffd")
    .trim();
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain;
}

/** An entry from a component's data. `text`: the file it stands in, if it stands there alone. */
export function entryOf(
  spec: DataMap,
  from: { readonly now: number; readonly text?: string; readonly origin?: string; readonly group?: string; readonly favourite?: boolean },
): LibraryEntry {
  return {
    id: sha256(JSON.stringify(spec)).slice(0, 32),
    spec,
    ...(from.text !== undefined && { digest: sha256(from.text.replaceAll("\r\n", "\n")) }),
    ...(from.origin !== undefined && { origin: from.origin }),
    group: from.group ?? "",
    favourite: from.favourite ?? false,
    added: from.now,
  };
}
