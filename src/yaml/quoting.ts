import { looksTyped } from "./scalars.ts";

/** The quotes for a text that needs some and could have either. */
export type Quote = "single" | "double";

/** Text that is plain in every context for every reader, and cannot be a word such as `yes`: most texts, detected quickly. */
const surelyPlain = /^[A-Za-z_/][\w./+@=$-]{5,}$/;
/** Characters that only double quotes can represent, as escapes. */
const unprintable =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const indicatorFirst = /^[-?:](?:[\s,[\]{}]|$)|^[,[\]{}#&*!|>'"%@`?:]|^---|^\.\.\./;

/** Whether YAML 1.1 and 1.2 readers read a text without quotes as this very text. */
export function isPlain(text: string, flow: boolean): boolean {
  if (surelyPlain.test(text)) return true;
  if (text === "" || looksTyped(text) || indicatorFirst.test(text)) return false;
  if (/^\s|\s$|: |:\t|:$| #|\t#|[\n\t]/.test(text) || unprintable.test(text)) return false;
  return !(flow && /[,[\]{}?]|:$/.test(text));
}

/** A text as a scalar on one line, quoted only if needed. */
export function inlineText(text: string, options: { flow: boolean; quote: Quote }): string {
  return isPlain(text, options.flow) ? text : quoted(text, options.quote);
}

/** A text in the requested quotes, or in double quotes if it needs escapes. */
export function quoted(text: string, quote: Quote): string {
  return quote === "single" && canBeSingle(text) ? `'${text.replaceAll("'", "''")}'` : doubleQuoted(text);
}

/** Whether single quotes can represent a text on one line. */
export function canBeSingle(text: string): boolean {
  return !/[\n\t]/.test(text) && !unprintable.test(text);
}

const escapes: Readonly<Record<string, string>> = {
  "\0": "\\0",
  "\x07": "\\a",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\v": "\\v",
  "\f": "\\f",
  "\r": "\\r",
  "\x1b": "\\e",
  '"': '\\"',
  "\\": "\\\\",
};

/** A text in double quotes on one line. */
export function doubleQuoted(text: string): string {
  const special = new RegExp(`["\\\\\\n\\t]|${unprintable.source}`, "g");
  const escape = (one: string): string => {
    const known = escapes[one];
    if (known !== undefined) return known;
    const code = one.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  };
  return `"${text.replace(special, escape)}"`;
}

/** A text as in JSON, with those characters escaped that YAML would treat as line breaks. */
export function jsonText(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * A multi-line text as a literal block: its header, then its lines indented by `indent` spaces; no final line break. `step` is the depth
 * below the enclosing collection, which the header states if the text begins with spaces. undefined: the text cannot be written so.
 */
export function literalBlock(text: string, indent: number, step: number): string | undefined {
  if (unprintable.test(text) || !/[^\n]/.test(text) || step > 9) return undefined;
  const first = /^\n*([^\n]*)/.exec(text)?.[1] as string;
  const body = text.replace(/\n+$/, "");
  const ends = text.length - body.length;
  const chomp = ends === 0 ? "-" : ends === 1 ? "" : "+";
  const indicator = /^[ \t]/.test(first) ? String(step) : "";
  const pad = " ".repeat(indent);
  // Blank lines are not indented; further final line breaks are empty lines.
  const lines = body.replace(/\n(?=[^\n])/g, `\n${pad}`);
  return `|${indicator}${chomp}\n${lines.startsWith("\n") ? "" : pad}${lines}${"\n".repeat(Math.max(0, ends - 1))}`;
}
