import {
  type Cursor,
  CLOSE_LIST,
  CLOSE_MAP,
  codeAt,
  COLON,
  COMMA,
  CR,
  fail,
  HASH,
  isBlankOrEnd,
  LF,
  lineEnd,
  OPEN_LIST,
  OPEN_MAP,
  overBreak,
  SINGLE,
  SPACE,
  TAB,
} from "./cursor.ts";
import type { ScalarStyle } from "./tree.ts";

/** A scalar as read: its text, its style and its end. */
export interface ScalarText {
  readonly text: string;
  readonly style: ScalarStyle;
  readonly end: number;
}

/** Reads a plain scalar in block context: its further lines are indented deeper than `parent`. */
export function readPlain(cursor: Cursor, parent: number): ScalarText {
  const start = cursor.pos;
  let end = plainLine(cursor, start, false);
  let text = cursor.text.slice(start, end);
  cursor.pos = end;
  for (;;) {
    const rest = lineAfter(cursor, end);
    if (rest < 0) break;
    const next = nextLine(cursor, rest);
    if (next === undefined || next.at - next.lineStart <= parent) break;
    if (next.tab) return (fail(cursor, "tab", next.at), { text, style: "plain", end });
    if (cursor.text.charCodeAt(next.at) === HASH) break;
    const lineStop = plainLine(cursor, next.at, false);
    text += (next.breaks === 1 ? " " : "\n".repeat(next.breaks - 1)) + cursor.text.slice(next.at, lineStop);
    end = lineStop;
    cursor.pos = end;
    cursor.lineStart = next.lineStart;
    if (endsAsKey(cursor, end)) return (fail(cursor, "nested-mapping", end), { text, style: "plain", end });
  }
  return { text, style: "plain", end };
}

/** Reads a plain scalar inside a flow collection; indentation does not matter there. */
export function readFlowPlain(cursor: Cursor): ScalarText {
  const start = cursor.pos;
  let end = plainLine(cursor, start, true);
  let text = cursor.text.slice(start, end);
  cursor.pos = end;
  for (;;) {
    const rest = lineAfter(cursor, end);
    if (rest < 0) break;
    const next = nextLine(cursor, rest);
    if (next === undefined || !continuesFlow(cursor, next.at)) break;
    const lineStop = plainLine(cursor, next.at, true);
    text += (next.breaks === 1 ? " " : "\n".repeat(next.breaks - 1)) + cursor.text.slice(next.at, lineStop);
    end = lineStop;
    cursor.pos = end;
    cursor.lineStart = next.lineStart;
  }
  return { text, style: "plain", end };
}

function continuesFlow(cursor: Cursor, at: number): boolean {
  const code = cursor.text.charCodeAt(at);
  if (isFlowMark(code) || code === HASH) return false;
  return !(code === COLON && (isBlankOrEnd(codeAt(cursor, at + 1)) || isFlowMark(codeAt(cursor, at + 1))));
}

function isFlowMark(code: number): boolean {
  return code === COMMA || code === OPEN_LIST || code === CLOSE_LIST || code === OPEN_MAP || code === CLOSE_MAP;
}

/** The end of the plain text of one line, without trailing spaces. */
function plainLine(cursor: Cursor, start: number, flow: boolean): number {
  const { text, end } = cursor;
  let last = start;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === SPACE || code === TAB) continue;
    if (code === LF || code === CR) break;
    if (code === COLON) {
      const next = codeAt(cursor, at + 1);
      if (isBlankOrEnd(next) || (flow && isFlowMark(next))) break;
    } else if (code === HASH) {
      if (at > start && last < at) break;
    } else if (flow && isFlowMark(code)) break;
    last = at + 1;
  }
  return last;
}

/** The position of the line break if only spaces remain on the line, else -1. */
function lineAfter(cursor: Cursor, at: number): number {
  for (; at < cursor.end; at++) {
    const code = cursor.text.charCodeAt(at);
    if (code === LF || code === CR) return at;
    if (code !== SPACE && code !== TAB) return -1;
  }
  return -1;
}

/** The next line with content after the line break at `at`. */
function nextLine(cursor: Cursor, at: number): { at: number; lineStart: number; breaks: number; tab: boolean } | undefined {
  let breaks = 0;
  let lineStart = at;
  let tab = false;
  while (at < cursor.end) {
    const code = cursor.text.charCodeAt(at);
    if (code === LF || code === CR) {
      at = overBreak(cursor, at);
      lineStart = at;
      breaks++;
      tab = false;
    } else if (code === SPACE || code === TAB) {
      if (code === TAB && cursor.flow === 0) tab = true;
      at++;
    } else return { at, lineStart, breaks, tab };
  }
  return undefined;
}

function endsAsKey(cursor: Cursor, end: number): boolean {
  let at = end;
  while (codeAt(cursor, at) === SPACE) at++;
  return codeAt(cursor, at) === COLON && isBlankOrEnd(codeAt(cursor, at + 1));
}

/**
 * Reads a quoted scalar. Its further lines may be indented in any way, the closing one too: go-yaml accepts that and hand-written workflows
 * use it, though stricter readers refuse it.
 */
export function readQuoted(cursor: Cursor, quote: number): ScalarText {
  const { text } = cursor;
  const style = quote === SINGLE ? "single" : "double";
  const start = cursor.pos;
  let at = start + 1;
  let lines = false;
  let escapes = false;
  let lastBreak = start;
  for (; ; at++) {
    const code = codeAt(cursor, at);
    if (code === -1) return (fail(cursor, "quote-open", start), { text: "", style, end: cursor.end });
    if (code === quote) {
      if (quote !== SINGLE || codeAt(cursor, at + 1) !== SINGLE) break;
      escapes = true;
      at++;
    } else if (code === 92 && quote !== SINGLE) {
      escapes = true;
      at++;
      if (codeAt(cursor, at) === LF || codeAt(cursor, at) === CR) {
        lines = true;
        lastBreak = at;
      }
    } else if (code === LF || code === CR) {
      lines = true;
      lastBreak = at;
    }
  }
  const raw = text.slice(start + 1, at);
  cursor.pos = at + 1;
  if (lines) cursor.lineStart = overBreak(cursor, lastBreak);
  const folded = lines ? foldQuoted(raw, quote !== SINGLE) : raw;
  if (!escapes) return { text: folded, style, end: at + 1 };
  if (quote === SINGLE) return { text: folded.replaceAll("''", "'"), style, end: at + 1 };
  const plain = unescape(folded);
  if (plain === undefined) return (fail(cursor, "escape", start), { text: folded, style, end: at + 1 });
  return { text: plain, style, end: at + 1 };
}

/** Joins the lines of a quoted scalar: one line break becomes a space, further ones stay; a break after a backslash disappears. */
function foldQuoted(raw: string, escapes: boolean): string {
  const lines = raw.split(/\r\n|\n|\r/);
  let text = lines[0] as string;
  let pending = 0;
  let joined = false;
  const close = (line: string): void => {
    // An odd number of backslashes at the line's end escapes its break.
    const slashes = escapes ? (/\\*$/.exec(line)?.[0].length ?? 0) : 0;
    joined = slashes % 2 === 1;
    text = joined ? text.slice(0, -1) : trimBlanks(text, escapes);
  };
  close(text);
  for (let index = 1; index < lines.length; index++) {
    const line = (lines[index] as string).replace(/^[ \t]+/, "");
    const isLast = index === lines.length - 1;
    if (line === "" && !isLast) {
      pending++;
      continue;
    }
    text += pending > 0 ? "\n".repeat(pending) : joined ? "" : " ";
    pending = 0;
    joined = false;
    text += line;
    if (!isLast) close(line);
  }
  return text;
}

/** Removes trailing spaces, but not one that a backslash escapes. */
function trimBlanks(text: string, escapes: boolean): string {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) === SPACE || text.charCodeAt(end - 1) === TAB)) end--;
  if (escapes && end < text.length) {
    const slashes = /\\*$/.exec(text.slice(0, end))?.[0].length ?? 0;
    if (slashes % 2 === 1) end++;
  }
  return text.slice(0, end);
}

const simpleEscapes: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "'": "'",
  "/": "/",
  "\\": "\\",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};

function unescape(text: string): string | undefined {
  let valid = true;
  const plain = text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/g,
    (_, x?: string, u?: string, long?: string, one?: string) => {
      const hex = x ?? u ?? long;
      if (hex !== undefined) {
        const code = Number.parseInt(hex, 16);
        if (code > 0x10ffff) valid = false;
        return valid ? String.fromCodePoint(code) : "";
      }
      const plainOne = Object.hasOwn(simpleEscapes, one as string) ? simpleEscapes[one as string] : undefined;
      if (plainOne === undefined) valid = false;
      return plainOne ?? "";
    },
  );
  return valid ? plain : undefined;
}

/** Reads a literal (`|`) or folded (`>`) block scalar whose text is indented deeper than `parent`. */
export function readBlockScalar(cursor: Cursor, parent: number): ScalarText {
  const { text } = cursor;
  const style = text[cursor.pos] === "|" ? "literal" : "folded";
  const header = /^[|>](?:([+-])([1-9])?|([1-9])([+-])?)?[ \t]*(?:(?<=[ \t])#[^\r\n]*)?$/.exec(
    text.slice(cursor.pos, lineEnd(cursor, cursor.pos)),
  );
  if (!header) return (fail(cursor, "block-header", cursor.pos), { text: "", style, end: cursor.pos });
  const chomp = header[1] ?? header[4] ?? "";
  const given = header[2] ?? header[3];
  const markEnd = cursor.pos + 1 + chomp.length + (given ? 1 : 0);
  let indent = given ? Math.max(parent, 0) + Number(given) : 0;

  let at = overBreak(cursor, lineEnd(cursor, cursor.pos));
  let blanks = blankLines(cursor, at, indent);
  if (indent === 0) indent = Math.max(blanks.widest, parent + 1, 1);
  if (blanks.tab >= 0 && blanks.tab - blanks.lineStart < indent)
    return (fail(cursor, "tab", blanks.tab), { text: "", style, end: markEnd });

  let content = "";
  let end = markEnd;
  let stop = lineEnd(cursor, cursor.pos);
  let leadingBreak = "";
  let leadingBlank = false;
  while (blanks.at - blanks.lineStart === indent && blanks.at < cursor.end) {
    const code = text.charCodeAt(blanks.at);
    const blank = code === SPACE || code === TAB;
    if (style === "folded" && leadingBreak !== "" && !leadingBlank && !blank) content += blanks.count === 0 ? " " : "";
    else content += leadingBreak;
    content += "\n".repeat(blanks.count);
    leadingBlank = blank;
    stop = lineEnd(cursor, blanks.at);
    content += text.slice(blanks.at, stop);
    end = stop;
    leadingBreak = stop < cursor.end ? "\n" : "";
    cursor.lineStart = blanks.lineStart;
    at = overBreak(cursor, stop);
    blanks = blankLines(cursor, at, indent);
  }
  if (chomp !== "-") content += leadingBreak;
  if (chomp === "+") {
    content += "\n".repeat(blanks.count);
    if (blanks.count > 0) end = blanks.lastBreak;
  }
  // Reading continues before the last line break; the blank lines that follow are skipped like any others.
  cursor.pos = stop;
  return { text: content, style, end };
}

/** Skips empty lines, each with up to `indent` spaces (any number if 0). */
function blankLines(
  cursor: Cursor,
  at: number,
  indent: number,
): { at: number; lineStart: number; count: number; widest: number; tab: number; lastBreak: number } {
  let count = 0;
  let widest = 0;
  let lineStart = at;
  let lastBreak = at;
  for (;;) {
    while (codeAt(cursor, at) === SPACE && (indent === 0 || at - lineStart < indent)) at++;
    widest = Math.max(widest, at - lineStart);
    const code = codeAt(cursor, at);
    if (code !== LF && code !== CR) return { at, lineStart, count, widest, tab: code === TAB ? at : -1, lastBreak };
    lastBreak = at;
    at = overBreak(cursor, at);
    lineStart = at;
    count++;
  }
}
