import { sha256 } from "#data/sha256.ts";
import { readComponent } from "#components/component-yaml/read.ts";
import type { ComponentSpec, TypeSpec } from "#components/component-spec.ts";
import { inputKind, outputNature } from "#components/component-ports.ts";
import type { DataMap } from "#data/data.ts";
import type { PortKind } from "#pipeline/model.ts";
import { typeText } from "#components/type-names.ts";

/** One component of the library: its component.yaml as data, and the user's own settings for it. Stored in the browser in this form. */
export interface LibraryEntry {
  /** Derived from the content, so that the same component exists once. */
  readonly id: string;
  readonly spec: DataMap;
  /** SHA-256 of the file it came from; tasks made from it have it in their component_ref annotation. */
  readonly digest?: string;
  /** Origin: the name of the file, with its folder if a folder was imported. */
  readonly origin?: string;
  /** "": none. */
  readonly group: string;
  readonly favourite: boolean;
  /** Milliseconds since 1970. */
  readonly added: number;
  readonly used?: number;
}

/** A port for display in lists. */
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

/** The longest name shown in lists; the component keeps its own. */
const longestName = 120;
const cards = new WeakMap<DataMap, Card>();

/** The card of a component, computed once. */
export function cardOf(spec: DataMap): Card {
  const known = cards.get(spec);
  if (known) return known;
  const component = readComponent(spec).component;
  const card = component ? cardOfComponent(component) : { name: "", description: "", inputs: [], outputs: [] };
  cards.set(spec, card);
  return card;
}

/** The card of a component that has been read. */
export function cardOfComponent(component: ComponentSpec): Card {
  return {
    name: shown(component.name ?? "", longestName),
    description: shown(component.description ?? "", 2_000),
    inputs: component.inputs.map((input) => ({
      name: shown(input.name, longestName),
      kind: inputKind(component, input.name),
      type: displayType(input.type),
      required: !input.optional && input.default === undefined,
    })),
    outputs: component.outputs.map((output) => ({
      name: shown(output.name, longestName),
      kind: outputNature(component, output.name),
      type: displayType(output.type),
      required: false,
    })),
  };
}

/** A type on one line: `CSV`, `{GCSPath: {data_type: CSV}}`. */
export function displayType(type: TypeSpec | undefined): string | undefined {
  const text = typeText(type);
  return text === undefined ? undefined : shown(text, longestName);
}

/**
 * Text from a file for display in a list: cut, on one line, and with symbols in place of control and bidirectional characters, so that a
 * name cannot pretend to be another.
 */
function shown(text: string, most: number): string {
  const plain = text
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ")
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "\ufffd")
    .trim();
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain;
}

/** An entry from a component's data. `text`: its file, if the file contains nothing else. */
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
