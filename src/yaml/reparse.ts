import type { Data, Path } from "#data/data.ts";
import { readEntries, readItems } from "./block.ts";
import { cursorAt, skip } from "./cursor.ts";
import { mapData } from "./nodes.ts";
import { parse, readerOf } from "./parse.ts";
import type { Splice } from "./text-splice.ts";
import {
  defaultLimits,
  entryEnd,
  type Source,
  type YamlDocument,
  type YamlEntry,
  type YamlItem,
  type YamlList,
  type YamlMap,
  type YamlNode,
} from "./tree.ts";

/*
 * Parsing again after a change. Only the children of the innermost block collection that contains the change are parsed; their siblings are
 * kept and shifted, which costs one number each because positions are relative. Whatever is not clearly safe (anchors, duplicate keys,
 * errors, a change before the first child) is parsed in full.
 */

/** The source after splices that do not overlap, ordered from the last in the text to the first. */
export function reparse(source: Source, splices: readonly Splice[]): Source {
  const text = splices.reduce((now, one) => now.slice(0, one.start) + one.text + now.slice(one.end), source.text);
  const low = Math.min(...splices.map((one) => one.start));
  const high = Math.max(...splices.map((one) => one.end));
  return rereadPart(source, text, low, high) ?? parse(text);
}

/** A block collection on the path to the change, and which of its children the change touches. */
interface Level {
  readonly node: YamlMap | YamlList;
  readonly start: number;
  readonly first: number;
  readonly last: number;
  /** Where what follows the touched children begins, in the old text. */
  readonly bound: number;
  readonly path: Path;
}

function rereadPart(source: Source, text: string, low: number, high: number): Source | undefined {
  const index = source.documents.findIndex((one) => one.start <= low && high <= one.end);
  const document = source.documents[index];
  if (!document?.root || document.shares || document.hasErrors) return undefined;
  const levels = levelsAround(document, index, low, high);
  const delta = text.length - source.text.length;
  for (let depth = levels.length - 1; depth >= 0; depth--) {
    // Keys of the root decide whose rules the whole document follows.
    if (depth === 0 && readerOf(text.slice(document.start, document.end + delta)) !== document.reader) return undefined;
    const node = rereadLevel(levels[depth] as Level, { text, delta, depth, reader: document.reader });
    if (node) return withRoot(source, text, index, rebuild(levels.slice(0, depth), node, delta));
  }
  return undefined;
}

function levelsAround(document: YamlDocument, index: number, low: number, high: number): Level[] {
  const levels: Level[] = [];
  let node = document.root as YamlNode;
  let start = document.rootStart;
  let bound = document.end;
  const path: (string | number)[] = [index];
  for (;;) {
    if (node.kind === "scalar" || node.kind === "alias" || node.style !== "block") return levels;
    const children: readonly (YamlEntry | YamlItem)[] = node.kind === "map" ? node.entries : node.items;
    const first = lastAtOrBefore(children, low - start);
    if (first < 0) return levels;
    const last = Math.max(first, lastAtOrBefore(children, high - start));
    const next = children[last + 1];
    if (next) bound = start + next.start;
    levels.push({ node, start, first, last, bound, path: [...path] });
    const child = children[first] as YamlEntry | YamlItem;
    if (first !== last || start + child.valueStart > low) return levels;
    path.push("key" in child ? child.key : first);
    node = child.value;
    start += child.valueStart;
  }
}

function lastAtOrBefore(children: readonly { readonly start: number }[], offset: number): number {
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((children[middle] as { start: number }).start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The collection with its touched children parsed from the new text; undefined if they cannot be parsed separately. */
function rereadLevel(
  level: Level,
  {
    text,
    delta,
    depth,
    reader,
  }: { readonly text: string; readonly delta: number; readonly depth: number; readonly reader: YamlDocument["reader"] },
): YamlNode | undefined {
  const { node, start, first, last } = level;
  const children: readonly (YamlEntry | YamlItem)[] = node.kind === "map" ? node.entries : node.items;
  const cursor = cursorAt(text, start + (children[first] as YamlItem).start, level.bound + delta, defaultLimits, {}, reader);
  if (cursor.pos >= cursor.end || cursor.pos - cursor.lineStart !== node.column) return undefined;
  cursor.depth = depth + 1;
  cursor.path.push(...level.path.slice(1));
  const read = node.kind === "map" ? readEntries(cursor, node.column, start) : readItems(cursor, node.column, start, first);
  skip(cursor);
  if (cursor.error || cursor.pos < cursor.end || cursor.shares || cursor.problems.length > 0 || read.length === 0) return undefined;
  const after = children.slice(last + 1).map((child) => shifted(child, delta));
  const all = [...children.slice(0, first), ...read, ...after];
  return node.kind === "map" ? remade(node, all as YamlEntry[]) : remadeList(node, all as YamlItem[]);
}

function shifted<T extends YamlEntry | YamlItem>(child: T, delta: number): T {
  const moved = { ...child, start: child.start + delta, valueStart: child.valueStart + delta };
  if (!("keyStart" in child)) return moved;
  return { ...moved, keyStart: child.keyStart + delta, colon: child.colon < 0 ? -1 : child.colon + delta };
}

function remade(map: YamlMap, entries: readonly YamlEntry[]): YamlMap | undefined {
  let clean = true;
  const data = mapData(entries, () => {
    clean = false;
  });
  return clean ? { ...map, entries, data, length: entryEnd(entries.at(-1) as YamlEntry) } : undefined;
}

function remadeList(list: YamlList, items: readonly YamlItem[]): YamlList {
  const last = items.at(-1) as YamlItem;
  return {
    ...list,
    items,
    data: items.map((item) => item.value.data),
    length: Math.max(last.start + 1, last.valueStart + last.value.length),
  };
}

/** Puts a changed collection back into the collections around it, innermost first. */
function rebuild(levels: readonly Level[], node: YamlNode, delta: number): YamlNode {
  return levels.reduceRight<YamlNode>((value, level) => {
    const change = <T extends YamlEntry | YamlItem>(child: T, index: number): T =>
      index < level.first ? child : index === level.first ? { ...child, value } : shifted(child, delta);
    if (level.node.kind === "list") {
      const items = level.node.items.map(change);
      const data = [...(level.node.data as readonly Data[])];
      data[level.first] = value.data;
      return { ...remadeList({ ...level.node, items: [] }, items), data };
    }
    const entries = level.node.entries.map(change);
    const data = { ...(level.node.data as Record<string, Data>), [(entries[level.first] as YamlEntry).key]: value.data };
    return { ...level.node, entries, data, length: entryEnd(entries.at(-1) as YamlEntry) };
  }, node);
}

function withRoot(source: Source, text: string, index: number, root: YamlNode): Source {
  const delta = text.length - source.text.length;
  return {
    text,
    stream: source.stream.map((data, at) => (at === index ? root.data : data)),
    documents: source.documents.map((document, at) => {
      if (at < index) return document;
      if (at === index) return { ...document, root, end: document.end + delta };
      return { ...document, start: document.start + delta, end: document.end + delta, rootStart: document.rootStart + delta };
    }),
    diagnostics: source.diagnostics.map((found) => {
      if (!found.span || (found.path[0] as number) <= index) return found;
      return { ...found, span: [found.span[0] + delta, found.span[1] + delta] };
    }),
  };
}
