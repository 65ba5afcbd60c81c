import type { Path } from "#data/data.ts";
import {
  entryEnd,
  entryIndexOf,
  itemEnd,
  type Source,
  type YamlEntry,
  type YamlItem,
  type YamlList,
  type YamlMap,
  type YamlNode,
} from "./tree.ts";

/** A position in the text. */
export interface Span {
  /** Start of the value; if it is empty, the position after the colon or dash. */
  readonly start: number;
  readonly end: number;
  /** Start of the key, if the value has one. */
  readonly keyStart?: number;
}

/** A node on the way to a value, with its absolute start. */
export interface Spot {
  readonly node: YamlNode;
  readonly start: number;
  /** Its parent: nothing for a document's root. */
  readonly holder?:
    | { readonly map: YamlMap; readonly entry: YamlEntry; readonly index: number }
    | { readonly list: YamlList; readonly item: YamlItem; readonly index: number };
}

/** The nodes from a document's root to the value at a path, outermost first; shorter if an alias or a merged key is on the way. */
export function locate(source: Source, path: Path): { readonly spots: readonly Spot[]; readonly rest: Path } {
  const document = source.documents[path[0] as number];
  if (!document?.root) return { spots: [], rest: path };
  const spots: Spot[] = [{ node: document.root, start: document.rootStart }];
  for (let depth = 1; depth < path.length; depth++) {
    const next = childAt(spots.at(-1) as Spot, path[depth] as string | number);
    if (!next) return { spots, rest: path.slice(depth) };
    spots.push(next);
  }
  return { spots, rest: [] };
}

function childAt(spot: Spot, step: string | number): Spot | undefined {
  const { node, start } = spot;
  if (node.kind === "list" && typeof step === "number") {
    const item = node.items[step];
    return item && { node: item.value, start: start + item.valueStart, holder: { list: node, item, index: step } };
  }
  if (node.kind !== "map" || typeof step !== "string") return undefined;
  const index = entryIndexOf(node, step);
  const entry = node.entries[index];
  return entry && { node: entry.value, start: start + entry.valueStart, holder: { map: node, entry, index } };
}

/** The position of the value at a path; undefined if the text has no such value of its own (below an alias: the alias's position). */
export function spanOf(source: Source, path: Path): Span | undefined {
  if (path.length === 0) return { start: 0, end: source.text.length };
  const { spots, rest } = locate(source, path);
  const last = spots.at(-1);
  if (!last || (rest.length > 0 && last.node.kind !== "alias" && !isMergedKey(last.node, rest))) return undefined;
  const parent = spots.at(-2);
  const keyStart = last.holder && "entry" in last.holder ? (parent as Spot).start + last.holder.entry.keyStart : undefined;
  return { start: last.start + last.node.content, end: last.start + last.node.length, ...(keyStart === undefined ? {} : { keyStart }) };
}

function isMergedKey(node: YamlNode, rest: Path): boolean {
  return node.kind === "map" && typeof rest[0] === "string" && Object.hasOwn(node.data as object, rest[0]);
}

/** The path of the innermost value (or key) at a position of the text. */
export function pathAt(source: Source, offset: number): Path {
  const index = source.documents.findIndex((one) => offset >= one.start && offset <= one.end);
  const document = source.documents[index];
  if (!document) return [];
  const path: (string | number)[] = [index];
  let node = document.root;
  let start = document.rootStart;
  while (node) {
    const step = stepAt(node, start, offset);
    if (!step) break;
    path.push(step.key);
    node = step.node;
    start = step.start;
  }
  return path;
}

function stepAt(node: YamlNode, start: number, offset: number): { key: string | number; node: YamlNode; start: number } | undefined {
  if (node.kind === "list") {
    const index = lastBefore(node.items.length, (at) => start + (node.items[at] as YamlItem).start <= offset);
    const item = node.items[index];
    if (!item || (node.style === "flow" && offset > start + itemEnd(node, item))) return undefined;
    return { key: index, node: item.value, start: start + item.valueStart };
  }
  if (node.kind !== "map") return undefined;
  const index = lastBefore(node.entries.length, (at) => start + (node.entries[at] as YamlEntry).start <= offset);
  const entry = node.entries[index];
  if (!entry || (node.style !== "block" && offset > start + entryEnd(entry))) return undefined;
  return { key: entry.key, node: entry.value, start: start + entry.valueStart };
}

/** The largest index for which `test` holds, given that it holds for a leading part of them; -1 if for none. */
function lastBefore(length: number, test: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Line and column (1-based; the column counts UTF-16 units) of a position in a text. */
export function lineColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
    line++;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}

/** Finds line and column of positions in one text. */
export type LineFinder = (offset: number) => { line: number; column: number };

/** A finder for many positions of one text; it indexes the line breaks on first use. */
export function lineFinder(text: string): LineFinder {
  let starts: number[] | undefined;
  return (offset) => {
    if (!starts) {
      starts = [0];
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    }
    const line = lastBefore(starts.length, (index) => ((starts as number[])[index] as number) <= offset);
    return { line: line + 1, column: offset - (starts[line] as number) + 1 };
  };
}
