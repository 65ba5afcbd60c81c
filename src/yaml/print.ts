import { type Data, type DataMap, isList, isMap } from "#data/data.ts";
import { doubleQuoted, inlineText, isPlain, jsonText, literalBlock, type Quote } from "./quoting.ts";

/*
 * Data -> text, deterministic and fast: block style, two blanks a level, list items in the column of their key, no folded lines,
 * quotes wherever some reader of YAML 1.1 or 1.2 would take a text for something else. The patch prints with the layout of its
 * surroundings; a fresh file gets `freshLayout`.
 */

/** How printed text is laid out. */
export interface Layout {
  /** Blanks per level of mappings. */
  readonly step: number;
  /** How many blanks the items of a list stand right of their key. */
  readonly listOffset: number;
  /** Blanks between a dash and what follows, the dash included. */
  readonly dash: number;
  readonly quote: Quote;
  /** Whether mappings and lists that hold only scalars stand on one line, in flow style. */
  readonly flowMaps: boolean;
  readonly flowLists: boolean;
}

export const freshLayout: Layout = { step: 2, listOffset: 0, dash: 2, quote: "single", flowMaps: false, flowLists: false };

/** Prints a stream of documents, `---` between them. */
export function printStream(stream: readonly Data[]): string {
  return stream.map((data) => `${printValue(data)}\n`).join("---\n");
}

/**
 * Prints a value in block style. Lines behind the first are indented by `indent` blanks, the column in which the value's own keys or
 * dashes stand; the first line is not, and there is no final line break.
 */
export function printValue(data: Data, indent = 0, layout: Layout = freshLayout): string {
  const out: string[] = [];
  if (isCollection(data)) writeCollection(out, data, indent, layout);
  else out.push(scalarAt(data, indent - layout.step, layout));
  return out.join("");
}

/** What stands behind `key:` in block style, its leading blank or line break included. `column` is the key's. */
export function printAfterKey(data: Data, column: number, layout: Layout): string {
  const out: string[] = [];
  writeAfterKey(out, data, column, layout);
  return out.join("");
}

/** What stands behind a dash in block style, its leading blank included. `column` is the dash's. */
export function printAfterDash(data: Data, column: number, layout: Layout): string {
  const out: string[] = [];
  writeAfterDash(out, data, column, layout);
  return out.join("");
}

/** Prints a value on one line in flow style. */
export function printFlow(data: Data, quote: Quote = "single"): string {
  if (isList(data)) return `[${data.map((item) => printFlow(item, quote)).join(", ")}]`;
  if (isMap(data))
    return `{${Object.keys(data)
      .map((key) => `${inlineText(key, { flow: true, quote })}: ${printFlow(data[key] as Data, quote)}`)
      .join(", ")}}`;
  return typeof data === "string" ? inlineText(data, { flow: true, quote }) : printPrimitive(data);
}

/** Prints a value on one line as JSON. */
export function printJson(data: Data): string {
  if (isList(data)) return `[${data.map(printJson).join(", ")}]`;
  if (isMap(data))
    return `{${Object.keys(data)
      .map((key) => `${jsonText(key)}: ${printJson(data[key] as Data)}`)
      .join(", ")}}`;
  return typeof data === "string" ? jsonText(data) : printPrimitive(data);
}

/** Prints a key, with quotes if it needs them. */
export function printKey(key: string, quote: Quote): string {
  return isPlain(key, false) ? key : inlineText(key, { flow: false, quote });
}

/** Prints null, a boolean or a number such that every reader takes it for the same. */
export function printPrimitive(data: null | boolean | number): string {
  if (typeof data !== "number") return String(data);
  if (!Number.isFinite(data)) return "null";
  if (Number.isInteger(data) && Math.abs(data) < 2 ** 63) return BigInt(data).toString();
  const text = String(data);
  // YAML 1.1 wants a point before the exponent and a sign behind it.
  return text.includes("e") && !text.includes(".") ? text.replace("e", ".0e") : text;
}

/** Keys longer than this cannot stand before a colon on the line; they take the `?` form. */
const longestKey = 1000;

function isCollection(data: Data): data is readonly Data[] | DataMap {
  return typeof data === "object" && data !== null && !isEmpty(data);
}

function isEmpty(data: readonly Data[] | DataMap): boolean {
  if (isList(data)) return data.length === 0;
  for (const _ in data) return false;
  return true;
}

/** Whether a collection holds nothing but scalars on one line. */
export function isLeaf(data: Data): boolean {
  if (typeof data !== "object" || data === null) return false;
  return Object.values(data).every((one: Data) =>
    typeof one === "object" && one !== null ? isEmpty(one) : typeof one !== "string" || !one.includes("\n"),
  );
}

function isInline(data: Data, layout: Layout): boolean {
  return (isList(data) ? layout.flowLists : layout.flowMaps) && isLeaf(data);
}

function writeCollection(out: string[], data: readonly Data[] | DataMap, column: number, layout: Layout): void {
  const line = `\n${" ".repeat(column)}`;
  let first = true;
  if (isList(data)) {
    for (const item of data) {
      out.push(first ? "-" : `${line}-`);
      first = false;
      writeAfterDash(out, item, column, layout);
    }
    return;
  }
  for (const key of Object.keys(data as DataMap)) {
    if (!first) out.push(line);
    first = false;
    const text = printKey(key, layout.quote);
    out.push(text.length > longestKey ? `? ${text}${line}:` : `${text}:`);
    writeAfterKey(out, (data as DataMap)[key] as Data, column, layout);
  }
}

function writeAfterKey(out: string[], data: Data, column: number, layout: Layout): void {
  if (!isCollection(data)) {
    out.push(" ", scalarAt(data, column, layout));
    return;
  }
  if (isInline(data, layout)) {
    out.push(" ", printFlow(data, layout.quote));
    return;
  }
  const inner = column + (isList(data) ? layout.listOffset : layout.step);
  out.push("\n", " ".repeat(inner));
  writeCollection(out, data, inner, layout);
}

function writeAfterDash(out: string[], data: Data, column: number, layout: Layout): void {
  if (!isCollection(data)) {
    out.push(" ".repeat(layout.dash - 1), scalarAt(data, column, layout));
    return;
  }
  out.push(" ".repeat(layout.dash - 1));
  if (isInline(data, layout)) out.push(printFlow(data, layout.quote));
  else writeCollection(out, data, column + layout.dash, layout);
}

/** A scalar or an empty collection below a block collection in column `parent` (below -1: none). */
function scalarAt(data: Data, parent: number, layout: Layout): string {
  if (typeof data !== "string") return typeof data === "object" && data !== null ? (isList(data) ? "[]" : "{}") : printPrimitive(data);
  if (!data.includes("\n")) return inlineText(data, { flow: false, quote: layout.quote });
  const base = Math.max(parent, 0);
  return literalBlock(data, base + layout.step, layout.step) ?? doubleQuoted(data);
}
