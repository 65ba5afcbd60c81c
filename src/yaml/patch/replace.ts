import { type Data, isList, isMap } from "#data/data.ts";
import type { Spot } from "../spans.ts";
import { type Layout, printAfterDash, printAfterKey, printFlow, printJson, printValue } from "../print.ts";
import { doubleQuoted, isPlain, literalBlock, quoted } from "../quoting.ts";
import type { Splice } from "../text-splice.ts";
import type { Source, YamlNode } from "../tree.ts";
import { isInFlow, isJson, layoutAround } from "./layout.ts";
import { commentedStart, lineEndAt, lineStartAt, nextLineAt } from "./lines.ts";

/** The splices that replace the value at the end of `spots`. An anchor of the old value stays. */
export function replaceValue(source: Source, spots: readonly Spot[], value: Data, given: Given = {}): Splice[] {
  const spot = spots.at(-1) as Spot;
  return isInFlow(spots) ? replaceInFlow(spots, value, given) : replaceInBlock(source.text, { spots, spot, value, ...given });
}

/** The text that a value brings along when an anchor moves to it. */
interface Given {
  readonly anchor?: string;
  /** The value as it was written on one line elsewhere. */
  readonly verbatim?: string;
}

function replaceInFlow(spots: readonly Spot[], value: Data, { anchor, verbatim }: Given): Splice[] {
  const { node, start, holder } = spots.at(-1) as Spot;
  const name = anchor ?? node.anchor;
  const text = `${name === undefined ? "" : `&${name} `}${verbatim ?? flowText(node, value, spots)}`;
  if (node.length > 0) return [{ start, end: start + node.length, text }];
  const hasColon = holder && "entry" in holder && holder.entry.colon >= 0;
  return [{ start, end: start, text: hasColon ? ` ${text}` : `: ${text}` }];
}

/** A value in flow style, with the quotes of the value it replaces. */
function flowText(old: YamlNode, value: Data, spots: readonly Spot[]): string {
  if (isJson(spots)) return printJson(value);
  const { quote } = layoutAround(spots);
  if (typeof value === "string" && old.kind === "scalar" && (old.style === "single" || old.style === "double"))
    return quoted(value, old.style);
  return printFlow(value, quote);
}

interface Replacing extends Given {
  readonly spots: readonly Spot[];
  readonly spot: Spot;
  readonly value: Data;
}

function replaceInBlock(text: string, replacing: Replacing): Splice[] {
  const { spot, value } = replacing;
  const { node, start } = spot;
  const isBlock = (node.kind === "map" || node.kind === "list") && node.style === "block";
  // A comment on the last line of a block collection belongs to that line, and is removed with it.
  const end = isBlock ? lineEndAt(text, start + node.length) : start + node.length;
  const name = replacing.anchor ?? node.anchor;
  const { head, column } = headOf(text, replacing);
  const printed = replacing.verbatim === undefined ? blockText(text, replacing, column) : ` ${replacing.verbatim}`;
  // After an anchor no list or mapping can begin on the same line, as it can after a dash alone.
  const written =
    name !== undefined && isCompact(replacing, printed)
      ? printed.replace(/^ +/, (blanks) => `\n${" ".repeat(column + 1 + blanks.length)}`)
      : printed;
  const [first, rest] = splitFirst(`${name === undefined ? "" : ` &${name}`}${written}`);

  // The document's root has nothing before it on its line, except a marker.
  if (!spot.holder && !(start > 0 && /^---[ \t]/.test(text.slice(lineStartAt(text, start), start)))) {
    const whole = name === undefined ? printRoot(value, written) : `&${name}${written}`;
    return [{ start, end, text: whole }];
  }
  if (node.length === 0) return around(text, { start: head, end: head, first, rest });
  const content = start + node.content;
  const properties = /^[ \t]*(?:[&!]\S*[ \t]*)*/.exec(text.slice(head, content))?.[0].trimEnd().length ?? 0;
  const headed = node.content === 0 || start < lineEndAt(text, head);
  if (isBlock && headed && lineStartAt(text, content) > lineStartAt(text, head)) {
    // The old value begins on a later line. A comment after the key stays; above a collection, so do those that do not belong to its first
    // child.
    const isCollection = typeof value === "object" && value !== null;
    const above = isCollection ? commentedStart(text, content, nextLineAt(text, head)) : nextLineAt(text, head);
    return [
      { start: lineEndAt(text, lineStartAt(text, above - 1)), end, text: rest },
      { start: head, end: head + properties, text: first },
    ];
  }
  if (lineStartAt(text, start) > lineStartAt(text, head)) return [{ start: head, end, text: first + rest }];
  // Spaces that align values stay.
  const gap = text.slice(head, start);
  const kept = first.startsWith(" ") && /^[ \t]+$/.test(gap);
  return around(text, { start: kept ? start : head, end, first: kept ? first.trimStart() : first, rest });
}

function isCompact({ spot, value, verbatim }: Replacing, printed: string): boolean {
  if (verbatim !== undefined || !spot.holder || !("item" in spot.holder)) return false;
  return typeof value === "object" && value !== null && !/^ +[[{]/.test(printed) && !printed.startsWith("\n");
}

function printRoot(value: Data, written: string): string {
  return typeof value === "object" && value !== null ? printValue(value, 0) : written.trimStart();
}

/** Writes `first` in place of a region, and `rest`, further lines, after the line's trailing comment. */
function around(text: string, change: { start: number; end: number; first: string; rest: string }): Splice[] {
  const { start, end, first, rest } = change;
  const stop = lineEndAt(text, end);
  if (rest === "" || stop === end) return [{ start, end, text: first + rest }];
  return [
    { start: stop, end: stop, text: rest },
    { start, end, text: first },
  ];
}

function splitFirst(written: string): [first: string, rest: string] {
  const at = written.indexOf("\n");
  return at < 0 ? [written, ""] : [written.slice(0, at), written.slice(at)];
}

/** Where the head of the value's line ends (after the colon, dash or marker), and the column of the key or dash. */
function headOf(text: string, { spots, spot }: Replacing): { head: number; column: number } {
  const parent = spots.at(-2);
  if (!spot.holder || !parent)
    return {
      head: spot.start > 0 && text.startsWith("---", lineStartAt(text, spot.start)) ? lineStartAt(text, spot.start) + 3 : spot.start,
      column: -1,
    };
  if ("entry" in spot.holder) {
    const { entry, map } = spot.holder;
    return { head: parent.start + (entry.colon >= 0 ? entry.colon + 1 : entry.keyStart + entry.keyNode.length), column: map.column };
  }
  return { head: parent.start + spot.holder.item.start + 1, column: spot.holder.list.column };
}

/** The text after the head: with a leading space, or a line break before a collection. */
function blockText(text: string, { spots, spot, value }: Replacing, column: number): string {
  const old = spot.node;
  if (typeof value === "string" && old.kind === "scalar") {
    return ` ${scalarText(text, { old, start: spot.start, value, column, layout: () => layoutFor(spots, column) })}`;
  }
  const decimal = decimalText(text.slice(spot.start + old.content, spot.start + old.length), value);
  if (decimal !== undefined) return ` ${decimal}`;
  const layout = layoutFor(spots, column);
  if (old.kind === "map" && old.style === "flow" && old.entries.length > 0 && isMap(value))
    return ` ${isJson([spot]) ? printJson(value) : printFlow(value, layout.quote)}`;
  if (old.kind === "list" && old.style === "flow" && old.items.length > 0 && isList(value))
    return ` ${isJson([spot]) ? printJson(value) : printFlow(value, layout.quote)}`;
  if (spot.holder && "item" in spot.holder) return printAfterDash(value, column, layout);
  if (column < 0)
    return typeof value === "object" && value !== null ? `\n${printValue(value, 0, layout)}` : ` ${printValue(value, 0, layout)}`;
  return printAfterKey(value, column, layout);
}

/** A whole number in the form `3.0`, if the number before it is written so: the SDK writes all numbers as floats. */
function decimalText(old: string, value: Data): string | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && /^-?\d+\.0$/.test(old) ? `${value}.0` : undefined;
}

/** The layout of the surrounding lines; a block collection that is replaced keeps its own indentation. */
function layoutFor(spots: readonly Spot[], column: number): Layout {
  const layout = layoutAround(spots);
  const { node } = spots.at(-1) as Spot;
  if (column < 0 || (node.kind !== "map" && node.kind !== "list") || node.style !== "block") return layout;
  return node.kind === "map"
    ? { ...layout, step: Math.max(1, node.column - column) }
    : { ...layout, listOffset: Math.max(0, node.column - column) };
}

/** A text in the style of the scalar it replaces, as far as that style can represent it. */
function scalarText(text: string, given: { old: YamlNode; start: number; value: string; column: number; layout: () => Layout }): string {
  const { old, value, layout } = given;
  const style = old.kind === "scalar" ? old.style : "plain";
  const parent = Math.max(given.column, 0);
  if (style === "literal" || style === "folded") {
    const lines = text
      .slice(given.start + old.content, given.start + old.length)
      .split(/\r?\n/)
      .slice(1);
    const own = lines.find((line) => /\S/.test(line))?.search(/\S/) ?? 0;
    const indent = own > given.column ? Math.min(own, parent + 9) : parent + layout().step;
    const folds = style === "folded" && /^[^\s][^\n]*\n?$/.test(value);
    const block = literalBlock(value, indent, indent - parent);
    if (block && (folds || value.includes("\n") || style === "literal")) return folds ? block.replace("|", ">") : block;
  }
  if (value.includes("\n") && !(style === "double" && old.kind === "scalar" && String(old.data).includes("\n"))) {
    const { step } = layout();
    return literalBlock(value, parent + step, step) ?? doubleQuoted(value);
  }
  if (style === "single" || style === "double") return quoted(value, style);
  return isPlain(value, false) ? value : quoted(value, layout().quote);
}
