import type { YamlReader } from "./scalars.ts";
import type { Data } from "#data/data.ts";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";

/**
 * The tree of a YAML text: positions and values as plain immutable data. All positions inside a node are relative to the node's own start,
 * so a subtree stays valid when text before it grows or shrinks, and an edit rebuilds only the nodes on its path.
 */
export type YamlNode = YamlScalar | YamlMap | YamlList | YamlAlias;

/** Properties of every node. A node starts at its first property (anchor or tag), else at its content. */
interface NodeBasis {
  /** Length from the start to the end of the content; trailing comments and the final line break are not included. */
  readonly length: number;
  /** Start of the content: after anchor and tag; 0 if there are none. */
  readonly content: number;
  readonly anchor?: string;
  readonly tag?: string;
  /** The value as Kubernetes tools read it, aliases and merge keys resolved. */
  readonly data: Data;
}

export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded" | "empty";

export interface YamlScalar extends NodeBasis {
  readonly kind: "scalar";
  readonly style: ScalarStyle;
}

export interface YamlAlias extends NodeBasis {
  readonly kind: "alias";
  readonly name: string;
}

/** "pair": the mapping of a flow list's single pair, `[a: b]`, which has no braces. */
export type MapStyle = "block" | "flow" | "pair";

export interface YamlMap extends NodeBasis {
  readonly kind: "map";
  readonly style: MapStyle;
  /** Column (0-based) of the keys of a block mapping. */
  readonly column: number;
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  /** The key as text, as in JSON. */
  readonly key: string;
  /** Start of the key's node (or of the `?` before it). */
  readonly start: number;
  /** Start of the key's node. */
  readonly keyStart: number;
  readonly keyNode: YamlNode;
  /** Position of the `:`; -1 if there is none (a flow key alone). */
  readonly colon: number;
  readonly valueStart: number;
  readonly value: YamlNode;
  /** `<<`: its mappings are merged into this one. */
  readonly merge: boolean;
}

export interface YamlList extends NodeBasis {
  readonly kind: "list";
  readonly style: "block" | "flow";
  /** Column (0-based) of the dashes of a block list. */
  readonly column: number;
  readonly items: readonly YamlItem[];
}

export interface YamlItem {
  /** Position of the dash in block style, of the value in flow style. */
  readonly start: number;
  readonly valueStart: number;
  readonly value: YamlNode;
}

/** One document of the stream. Positions are absolute. */
export interface YamlDocument {
  /** Start of its text: after the `---` marker, or the start of the stream. */
  readonly start: number;
  /** Position of the next document's marker, of a `...`, or of the end of the text. */
  readonly end: number;
  /** Whether `---` precedes it. */
  readonly marked: boolean;
  /** Whose words and numbers its plain scalars follow. */
  readonly reader: YamlReader;
  /** Tag prefixes of its %TAG directives. */
  readonly handles: Readonly<Record<string, string>>;
  /** undefined: nothing could be read. */
  readonly root?: YamlNode;
  readonly rootStart: number;
  /** Whether aliases or anchors occur. */
  readonly shares: boolean;
  /** Whether errors or warnings were found in it. */
  readonly hasErrors: boolean;
  /** Whether it was read only up to an error. */
  readonly broken: boolean;
}

/** A text and the result of parsing it. */
export interface Source {
  readonly text: string;
  /** The data of the documents; null for one that could not be read. */
  readonly stream: readonly Data[];
  readonly documents: readonly YamlDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Limits that keep a hostile text from exhausting time or memory. */
export interface Limits {
  /** Characters of the whole text. */
  readonly size: number;
  /** Levels of nesting. */
  readonly depth: number;
  /** Values in the text; a document counts as a few. */
  readonly nodes: number;
  /** Values that aliases may add beyond those in the text. */
  readonly aliased: number;
}

export const defaultLimits: Limits = { size: 20_000_000, depth: 100, nodes: 1_000_000, aliased: 200_000 };

/** The end of an entry: of its value, of its colon, or of its key, relative to its mapping. */
export function entryEnd(entry: YamlEntry): number {
  if (entry.value.length > 0) return entry.valueStart + entry.value.length;
  return entry.colon >= 0 ? entry.colon + 1 : entry.keyStart + entry.keyNode.length;
}

/** The end of an item, relative to its list: of its value, or of the dash if it is empty. */
export function itemEnd(list: YamlList, item: YamlItem): number {
  if (item.value.length > 0 || list.style === "flow") return item.valueStart + item.value.length;
  return item.start + 1;
}

/** The entry whose value counts for a key: the last one written; merged keys are not included. */
export function entryOf(map: YamlMap, key: string): YamlEntry | undefined {
  return map.entries[entryIndexOf(map, key)];
}

/** From this size on a mapping is looked up by an index; smaller ones are searched faster linearly. */
const largeMapping = 50;
const indexes = new WeakMap<YamlMap, ReadonlyMap<string, number>>();

/** The index of the entry for a key: the last one, merged keys excluded; -1 if there is none. */
export function entryIndexOf(map: YamlMap, key: string): number {
  if (map.entries.length < largeMapping) return map.entries.findLastIndex((entry) => entry.key === key && !entry.merge);
  let known = indexes.get(map);
  if (known === undefined) {
    const index = new Map<string, number>();
    map.entries.forEach((entry, at) => {
      if (!entry.merge && entry.key !== undefined) index.set(entry.key, at);
    });
    indexes.set(map, (known = index));
  }
  return known.get(key) ?? -1;
}

/** All child nodes of a node, with their start relative to it. */
export function childrenOf(node: YamlNode): readonly { readonly start: number; readonly node: YamlNode }[] {
  if (node.kind === "list") return node.items.map((item) => ({ start: item.valueStart, node: item.value }));
  if (node.kind !== "map") return [];
  return node.entries.flatMap((entry) => [
    { start: entry.keyStart, node: entry.keyNode },
    { start: entry.valueStart, node: entry.value },
  ]);
}
