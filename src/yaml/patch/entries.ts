import { type Data, isList, isMap } from "#data/data.ts";
import type { Spot } from "../spans.ts";
import { isLeaf, type Layout, printAfterDash, printAfterKey, printFlow, printJson, printKey } from "../print.ts";
import { inlineText, jsonText, quoted } from "../quoting.ts";
import type { Splice } from "../text-splice.ts";
import { entryEnd, itemEnd, type Source, type YamlEntry, type YamlItem, type YamlList, type YamlMap, type YamlNode } from "../tree.ts";
import { isJson, layoutAround } from "./layout.ts";
import { commentedStart, isFirstOnLine, lineEndAt, lineStartAt, nextLineAt } from "./lines.ts";

/* Entries of mappings and items of lists: putting one in, taking one out. In block style whole lines, in flow style with a comma. */

/** A collection with the path to it, and its children as they are in the text. */
interface Holder {
  readonly text: string;
  readonly spots: readonly Spot[];
  readonly node: YamlMap | YamlList;
  readonly start: number;
}

/** Adds a key to a mapping that has entries: at the end, or before another key. */
export function addEntry(source: Source, spots: readonly Spot[], added: { key: string; value: Data; before?: string }): Splice[] {
  const { node: map, start } = spots.at(-1) as Spot & { node: YamlMap };
  const holder: Holder = { text: source.text, spots, node: map, start };
  const found = added.before === undefined ? -1 : map.entries.findIndex((entry) => entry.key === added.before);
  const index = found < 0 ? map.entries.length : found;
  return putIn(holder, index, map.style === "block" ? blockEntry(holder, map, added) : flowEntry(spots, added));
}

/** Inserts an item into a list that has items, before the one at the index, or at the end. */
export function addItem(source: Source, spots: readonly Spot[], index: number, value: Data): Splice[] {
  const { node: list, start } = spots.at(-1) as Spot & { node: YamlList };
  const holder: Holder = { text: source.text, spots, node: list, start };
  const neighbour = (list.items[Math.max(0, index - 1)] as YamlItem).value;
  return putIn(holder, index, list.style === "block" ? blockItem(holder, list, value, neighbour) : flowValue(spots, value, neighbour));
}

/** Inserts the text of an item, as it was elsewhere in block style in the list's own column, into a block list that has items. */
export function addItemText(source: Source, spots: readonly Spot[], index: number, lines: string): Splice[] {
  const { node: list, start } = spots.at(-1) as Spot & { node: YamlList };
  return putIn({ text: source.text, spots, node: list, start }, index, lines);
}

function blockEntry(holder: Holder, map: YamlMap, { key, value }: { key: string; value: Data }): string {
  const layout = layoutAround(holder.spots);
  const name = printKey(key, layout.quote);
  // If the sibling's mapping or list is on one line, so is the new one.
  const sibling = map.entries.findLast((entry) =>
    isMap(value) ? entry.value.kind === "map" : isList(value) && entry.value.kind === "list",
  );
  if (sibling && isFlow(sibling.value) && isCollection(value) && (isLeaf(value) || !isLeaf(sibling.value.data)))
    return `${name}: ${printFlow(value, layout.quote)}`;
  const quotes = map.entries.every(
    (entry) =>
      entry.value.kind !== "scalar" ||
      typeof entry.value.data !== "string" ||
      entry.value.style === "double" ||
      entry.value.style === "single",
  );
  const text = map.entries.findLast((entry) => typeof entry.value.data === "string")?.value;
  if (quotes && text?.kind === "scalar" && typeof value === "string" && !value.includes("\n") && map.entries.length > 1) {
    return `${name}: ${quoted(value, text.style === "single" ? "single" : "double")}`;
  }
  return `${name}:${printAfterKey(value, map.column, layout)}`;
}

function blockItem(holder: Holder, list: YamlList, value: Data, neighbour: YamlNode): string {
  const layout = layoutAround(holder.spots);
  const gap = " ".repeat(dashOf(list, layout) - 1);
  const alike = (neighbour.kind === "map" && isMap(value)) || (neighbour.kind === "list" && isList(value));
  if (alike && isCollection(value) && isFlow(neighbour) && (isLeaf(value) || !isLeaf(neighbour.data)))
    return `-${gap}${isJson([{ node: neighbour, start: 0 }]) ? printJson(value) : printFlow(value, layout.quote)}`;
  if (
    typeof value === "string" &&
    !value.includes("\n") &&
    neighbour.kind === "scalar" &&
    (neighbour.style === "single" || neighbour.style === "double")
  ) {
    return `-${gap}${quoted(value, neighbour.style)}`;
  }
  return `-${printAfterDash(value, list.column, { ...layout, dash: dashOf(list, layout) })}`;
}

function dashOf(list: YamlList, layout: Layout): number {
  const item = list.items.find((one) => one.value.length > 0 && one.valueStart - one.start < 10);
  return item ? item.valueStart - item.start : layout.dash;
}

function isFlow(node: YamlNode): boolean {
  return (
    (node.kind === "map" || node.kind === "list") &&
    node.style === "flow" &&
    node.data !== null &&
    Object.keys(node.data as object).length > 0
  );
}

function isCollection(value: Data): boolean {
  return typeof value === "object" && value !== null;
}

function flowEntry(spots: readonly Spot[], { key, value }: { key: string; value: Data }): string {
  if (isJson(spots)) return `${jsonText(key)}: ${printJson(value)}`;
  const { quote } = layoutAround(spots);
  const sibling = ((spots.at(-1) as Spot).node as YamlMap).entries.findLast((entry) => typeof entry.value.data === "string")?.value;
  return `${inlineText(key, { flow: true, quote })}: ${flowValue(spots, value, sibling)}`;
}

function flowValue(spots: readonly Spot[], value: Data, neighbour: YamlNode | undefined): string {
  if (isJson(spots)) return printJson(value);
  if (typeof value === "string" && neighbour?.kind === "scalar" && (neighbour.style === "single" || neighbour.style === "double"))
    return quoted(value, neighbour.style);
  return printFlow(value, layoutAround(spots).quote);
}

type Child = YamlEntry | YamlItem;

function childrenIn(node: YamlMap | YamlList): readonly Child[] {
  return node.kind === "map" ? node.entries : node.items;
}

function endIn(node: YamlMap | YamlList, child: Child): number {
  return "key" in child ? entryEnd(child) : itemEnd(node as YamlList, child);
}

function putIn(holder: Holder, index: number, written: string): Splice[] {
  return holder.node.style === "block" ? putLines(holder, index, written) : putBetweenCommas(holder, index, written);
}

function putLines({ text, node, start }: Holder, index: number, written: string): Splice[] {
  const children = childrenIn(node);
  const pad = " ".repeat(node.column);
  const next = children[index];
  if (!next) {
    const last = children.at(-1) as Child;
    const at = ownedEnd(text, start + endIn(node, last), node.column);
    return [{ start: at, end: at, text: `\n${pad}${written}` }];
  }
  const place = start + next.start;
  if (!isFirstOnLine(text, place)) return [{ start: place, end: place, text: `${written}\n${pad}` }];
  const at = commentedStart(text, place, start);
  // Starting at the dash or key itself gives the same bytes, and less has to be parsed again.
  if (at === lineStartAt(text, place)) return [{ start: place, end: place, text: `${written}\n${pad}` }];
  return [{ start: at, end: at, text: `${pad}${written}\n` }];
}

function putBetweenCommas({ text, node, start }: Holder, index: number, written: string): Splice[] {
  const children = childrenIn(node);
  const next = children[index];
  const example = start + (children[Math.min(index, children.length - 1)] as Child).start;
  const ownLine = isFirstOnLine(text, example);
  const gap = ownLine ? `\n${text.slice(lineStartAt(text, example), example)}` : " ";
  if (next) return [{ start: start + next.start, end: start + next.start, text: `${written},${gap}` }];
  const last = start + endIn(node, children.at(-1) as Child);
  const comma = /^\s*,/.exec(text.slice(last, last + 200))?.[0].length;
  const lineEnd = lineEndAt(text, last);
  if (ownLine && lineEnd < start + node.length && /^[ \t]*,?[ \t]*#/.test(text.slice(last, lineEnd))) {
    const after = { start: lineEnd, end: lineEnd, text: `${gap}${written}${comma ? "," : ""}` };
    return comma ? [after] : [after, { start: last, end: last, text: "," }];
  }
  return [{ start: last, end: last, text: `,${gap}${written}` }];
}

/** The end of the last line that belongs to what ends at `at`, including comments right below it that are indented deeper. */
export function ownedEnd(text: string, at: number, column: number): number {
  let end = lineEndAt(text, at);
  for (;;) {
    const start = nextLineAt(text, end);
    const line = text.slice(start, lineEndAt(text, start));
    const indent = line.search(/\S/);
    if (start === text.length || indent <= column || line[indent] !== "#") return end;
    end = start + line.length;
  }
}

/** The region of text that an entry or item occupies with what belongs to it: comments above it and after it, and its line break. */
export function ownedLines(
  text: string,
  given: { node: YamlMap | YamlList; start: number; child: Child; floor: number },
): { start: number; end: number; whole: boolean } {
  const place = given.start + given.child.start;
  const end = nextLineAt(text, ownedEnd(text, given.start + endIn(given.node, given.child), given.node.column));
  if (!isFirstOnLine(text, place)) return { start: place, end, whole: false };
  return { start: commentedStart(text, place, given.floor), end, whole: true };
}

/** Removes a child of a collection that has others. */
export function takeOut(source: Source, spots: readonly Spot[], index: number): Splice[] {
  const { node, start } = spots.at(-1) as Spot & { node: YamlMap | YamlList };
  return node.style === "block" ? takeLines(source.text, node, start, index) : takeBetweenCommas(source.text, node, start, index);
}

function takeLines(text: string, node: YamlMap | YamlList, start: number, index: number): Splice[] {
  const children = childrenIn(node);
  const child = children[index] as Child;
  const next = children[index + 1];
  const owned = ownedLines(text, { node, start, child, floor: floorOf(text, node, start, index) });
  if (owned.whole) {
    // Without a line break at the end of the text, the one before the lines is removed instead.
    if (owned.end === text.length && !text.endsWith("\n") && owned.start > 0)
      return [{ start: lineEndAt(text, lineStartAt(text, owned.start - 1)), end: text.length, text: "" }];
    const place = start + child.start;
    const pad = text.slice(owned.start, place);
    if (next && pad.trim() === "" && text.startsWith(pad, owned.end)) return [{ start: place, end: owned.end + pad.length, text: "" }];
    return [{ start: owned.start, end: owned.end, text: "" }];
  }
  // The first child follows a dash; the next one takes its place there.
  if (next && /^[ \t\r\n]*$/.test(text.slice(owned.end, start + next.start)))
    return [{ start: owned.start, end: start + next.start, text: "" }];
  const blanks = /[ \t]*$/.exec(text.slice(lineStartAt(text, owned.start), owned.start))?.[0].length ?? 0;
  return [{ start: owned.start - blanks, end: ownedEnd(text, start + endIn(node, child), node.column), text: "" }];
}

/** How far up the comments of a child may reach: to the end of the child before it, or to the line of its parent. */
export function floorOf(text: string, node: YamlMap | YamlList, start: number, index: number): number {
  const before = childrenIn(node)[index - 1];
  if (before) return nextLineAt(text, start + endIn(node, before));
  const place = start + (childrenIn(node)[index] as Child).start;
  let floor = lineStartAt(text, place);
  // Up over blank lines and comments, to the line after the last other line.
  while (floor > 0) {
    const above = lineStartAt(text, floor - 1);
    if (above === floor || !/^[ \t]*(?:#.*)?\r?$/.test(text.slice(above, floor - 1))) break;
    floor = above;
  }
  return floor;
}

function takeBetweenCommas(text: string, node: YamlMap | YamlList, start: number, index: number): Splice[] {
  const children = childrenIn(node);
  const child = children[index] as Child;
  const next = children[index + 1];
  const before = children[index - 1];
  const from = start + child.start;
  if (next) {
    const end = start + endIn(node, child);
    const lineEnd = lineEndAt(text, end);
    // An item on a line of its own takes the comment after it and those above it along.
    if (isFirstOnLine(text, from) && /^[ \t]*,[ \t]*(?:#.*)?$/.test(text.slice(end, lineEnd)) && lineEnd < start + next.start) {
      return [{ start: commentedStart(text, from, start), end: nextLineAt(text, lineEnd), text: "" }];
    }
    return [{ start: from, end: start + next.start, text: "" }];
  }
  const end = start + endIn(node, child);
  const left = before ? start + endIn(node, before) : start + node.content + 1;
  return [{ start: left, end, text: "" }];
}
