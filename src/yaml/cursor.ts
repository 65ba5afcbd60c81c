import type { DiagnosticValues } from "#diagnostics/diagnostic.ts";
import type { YamlReader } from "./scalars.ts";
import type { Limits, YamlNode } from "./tree.ts";

/** The state of one reading. One is made per document, or per region that is read again. */
export interface Cursor {
  readonly text: string;
  /** Where reading stops: the end of the document. */
  readonly end: number;
  pos: number;
  /** Start of the line that contains `pos`. */
  lineStart: number;
  /** Number of open flow collections. */
  flow: number;
  depth: number;
  /** Values so far, and values that aliases add. */
  nodes: number;
  aliased: number;
  readonly limits: Limits;
  /** Keys and indexes that lead to the value being read. */
  readonly path: (string | number)[];
  readonly anchors: Map<string, Anchored>;
  /** Whether an anchor or alias was found. */
  shares: boolean;
  /** Whose words and numbers plain scalars follow. */
  readonly reader: YamlReader;
  /** The prefixes that %TAG directives assign to tag handles. */
  readonly handles: Readonly<Record<string, string>>;
  error?: ParseError;
  readonly problems: Problem[];
  /** By code, the warnings that were counted only: how many, and the first of them. */
  readonly omitted: Map<string, { n: number; readonly first: Problem }>;
}

/** What an anchor names, once it is read, and how many values it holds, with aliases inside counted in full. */
export interface Anchored {
  node?: YamlNode;
  size: number;
}

/** What is wrong with the syntax; identifies the message. */
export type ParseProblem = DiagnosticValues<"yaml-syntax" | "alias-bomb">["problem"];

/** The error that ended the reading. `problem` identifies its message. */
export interface ParseError {
  readonly code: "yaml-syntax" | "alias-bomb";
  readonly problem: ParseProblem;
  readonly at: number;
  readonly path: readonly (string | number)[];
}

/** The codes of problems that do not end the reading. */
export type ProblemCode = "yaml-syntax" | "tag-misfit" | "number-inexact" | "yaml-readers-differ" | "prototype-key" | "duplicate-key";

/** A problem that does not end the reading. */
export interface Problem {
  readonly code: ProblemCode;
  readonly level: "error" | "warning" | "info";
  /** The values of the code without line and column. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly path: readonly (string | number)[];
  readonly start: number;
  readonly end: number;
  /** Position of the first entry with the same key. */
  readonly first?: number;
}

/** A cursor at the start of a region of text. */
export function cursorAt(
  text: string,
  start: number,
  end: number,
  limits: Limits,
  handles: Readonly<Record<string, string>> = {},
  reader: YamlReader = "kubernetes",
): Cursor {
  // A byte order mark takes no column.
  const lineStart = Math.max((start > 0 ? text.lastIndexOf("\n", start - 1) : -1) + 1, text.startsWith("\uFEFF") ? 1 : 0);
  return {
    text,
    end,
    pos: start,
    lineStart,
    flow: 0,
    depth: 0,
    nodes: 0,
    aliased: 0,
    limits,
    path: [],
    anchors: new Map(),
    shares: false,
    reader,
    handles,
    problems: [],
    omitted: new Map(),
  };
}

export const TAB = 9,
  LF = 10,
  CR = 13,
  SPACE = 32,
  BANG = 33,
  DOUBLE = 34,
  HASH = 35,
  PERCENT = 37,
  AMP = 38,
  SINGLE = 39,
  STAR = 42,
  COMMA = 44,
  DASH = 45,
  COLON = 58,
  GREATER = 62,
  QUESTION = 63,
  AT = 64,
  OPEN_LIST = 91,
  CLOSE_LIST = 93,
  BACKTICK = 96,
  OPEN_MAP = 123,
  PIPE = 124,
  CLOSE_MAP = 125;

/** The character code at a position; -1 at and after the end. */
export function codeAt(cursor: Cursor, at: number): number {
  return at < cursor.end ? cursor.text.charCodeAt(at) : -1;
}

/** Whether a code is a space or tab, a line break or the end. */
export function isBlankOrEnd(code: number): boolean {
  return code === SPACE || code === LF || code === TAB || code === CR || code === -1;
}

/** Records the first error and ends the reading: everything after it sees the end of the document. */
export function fail(cursor: Cursor, problem: ParseProblem, at: number, code: ParseError["code"] = "yaml-syntax"): void {
  cursor.error ??= { code, problem, at: Math.min(at, cursor.end), path: [...cursor.path] };
  cursor.pos = cursor.end;
}

/** Skips spaces, comments and line breaks; true if a line break was among them. */
export function skip(cursor: Cursor): boolean {
  const { text, end } = cursor;
  let at = cursor.pos;
  let crossed = false;
  let tab = -1;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === SPACE) continue;
    if (code === LF || code === CR) {
      if (code === CR && text.charCodeAt(at + 1) === LF && at + 1 < end) at++;
      cursor.lineStart = at + 1;
      crossed = true;
      tab = -1;
    } else if (code === TAB) {
      if (tab < 0) tab = at;
    } else if (code === HASH && (at === cursor.lineStart || isBlankOrEnd(text.charCodeAt(at - 1)))) {
      at = lineEnd(cursor, at) - 1;
    } else break;
  }
  cursor.pos = at;
  if (tab >= 0 && crossed && cursor.flow === 0 && at < end) fail(cursor, "tab", tab);
  return crossed;
}

/** Skips spaces within the line. */
export function skipBlanks(cursor: Cursor): void {
  let code = codeAt(cursor, cursor.pos);
  while (code === SPACE || code === TAB) code = codeAt(cursor, ++cursor.pos);
}

/** The end of the line at a position, before its line break. */
export function lineEnd(cursor: Cursor, at: number): number {
  const { text, end } = cursor;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || code === CR) return at;
  }
  return end;
}

/** Skips one line break at `at`; returns the start of the next line. */
export function overBreak(cursor: Cursor, at: number): number {
  if (at >= cursor.end) return cursor.end;
  return cursor.text.charCodeAt(at) === CR && at + 1 < cursor.end && cursor.text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
}
