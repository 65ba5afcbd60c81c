import { type Data, type DataMap, isList, isMap } from "#data/data.ts";
import { doubleQuoted, inlineText, isPlain, jsonText, literalBlock, type Quote } from "./quoting.ts";

/*
 * Data to text, deterministic and fast: block style, two spaces per level, list items in the column of their key, no folded lines, quotes
 * wherever some reader of YAML 1.1 or 1.2 would take a text for something else. A patch prints with the layout of the surrounding lines, a new
 * file with `freshLayout`.
 */

/** The layout of printed text. */
export interface Layout {
  /** Spaces per level of mappings. */
  readonly step: number;
  /** By how many spaces list items are indented relative to their key. */
  readonly listOffset: number;
  /** Width of a dash and the spaces after it. */
  readonly dash: number;
  readonly quote: Quote;
  /** Whether mappings and lists of scalars are written on one line, in flow style. */
  readonly flowMaps: boolean;
  readonly flowLists: boolean;
}

export const freshLayout: Layout = { step: 2, listOffset: 0, dash: 2, quote: "single", flowMaps: false, flowLists: false };

/** Prints a stream of documents, `---` between them. */
export function printStream(stream: readonly Data[]): string {
  return stream.map((data) => `${printValue(data)}\n`).join("---\n");
}

/**
 * Prints a value in block style. Lines after the first are indented by `indent` spaces, the column of the value's own keys or dashes; the
 * first line is not, and there is no final line break.
 */
export function printValue(data: Data, indent = 0, layout: Layout = freshLayout): string {
  const out: string[] = [];
  if (isCollection(data)) writeCollection(out, data, indent, layout);
  else out.push(scalarAt(data, indent - layout.step, layout));
  return out.join("");
}

/** The text after `key:` in block style, including its leading space or line break. `column` is the key's. */
export function printAfterKey(data: Data, column: number, layout: Layout): string {
  const out: string[] = [];
  writeAfterKey(out, data, column, layout);
  return out.join("");
}

/** The text after a dash in block style, including its leading space. `column` is the dash's. */
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

/** Prints a key, quoted if needed. */
export function printKey(key: string, quote: Quote): string {
  return isPlain(key, false) ? key : inlineText(key, { flow: false, quote });
}

/** Prints null, a boolean or a number so that every reader reads it as such. */
export function printPrimitive(data: null | boolean | number): string {
  if (typeof data !== "number") return String(data);
  if (!Number.isFinite(data)) return "null";
  if (Number.isInteger(data) && Math.abs(data) < 2 ** 63) return BigInt(data).toString();
  const text = String(data);
  // YAML 1.1 requires a point before the exponent and a sign after the `e`.
  return text.includes("e") && !text.includes(".") ? text.replace("e", ".0e") : text;
}

/** Longer keys cannot precede a colon on the same line; they use the `?` form. */
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
