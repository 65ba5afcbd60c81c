import { bounded, omissionOf } from "#diagnostics/collect.ts";
import { type Diagnostic, diagnosticOf, type DiagnosticValues, type Fix } from "#diagnostics/diagnostic.ts";
import type { Data } from "#data/data.ts";
import { readBlockNode } from "./block.ts";
import { type Cursor, cursorAt, fail, type ParseError, lineEnd, type Problem, type ProblemCode, skip } from "./cursor.ts";
import type { YamlReader } from "./scalars.ts";
import { type LineFinder, lineFinder } from "./spans.ts";
import { defaultLimits, type Limits, type Source, type YamlDocument } from "./tree.ts";

/*
 * Text to tree and data. The reader accepts what the YAML reader of Kubernetes tools accepts (go-yaml v2, derived from libyaml), records
 * the position of everything, and reads each document up to its first error.
 */

/** Reads a stream of YAML documents (JSON is one). Never throws: errors are diagnostics, and what precedes an error is still read. */
export function parse(text: string, limits: Partial<Limits> = {}): Source {
  const bounds = { ...defaultLimits, ...limits };
  if (text.length > bounds.size) {
    const refusal: Diagnostic = { code: "file-too-large", level: "error", values: { size: text.length, limit: bounds.size }, path: [] };
    return { text, stream: [], documents: [], diagnostics: [refusal] };
  }
  const lines = lineFinder(text);
  const read: ReturnType<typeof readDocument>[] = [];
  // The limit of values is that of the whole text: a million empty documents need as much memory as a million values.
  let nodes = 0;
  for (const stretch of stretches(text)) {
    const one = readDocument(stretch, { text, index: read.length, limits: bounds, lines, nodes: nodes + documentNodes });
    read.push(one);
    nodes = one.nodes;
    if (nodes > bounds.nodes) break;
  }
  return {
    text,
    stream: read.map((one) => one.data),
    documents: read.map((one) => one.document),
    diagnostics: bounded(read.flatMap((one) => one.diagnostics)),
  };
}

/** The region of text that one document covers. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  /** Whether `---` precedes it; a block collection cannot begin on that line. */
  readonly marked: boolean;
  readonly handles: Readonly<Record<string, string>>;
}

/**
 * Splits the text at its document markers. They can be searched before anything else is read: a `---` or `...` in the first column ends a
 * document in every context, even inside quotes.
 */
function* stretches(text: string): Generator<Stretch> {
  let start = text.startsWith("\uFEFF") ? 1 : 0;
  let marked = false;
  let handles: Record<string, string> = {};
  function* close(end: number): Generator<Stretch> {
    const preface = marked ? { end: start, handles: {} } : readPreface(text, start, end);
    // A region of comments and directives without a marker is no document.
    if (marked || preface.end < end) yield { start, end, marked, handles };
    handles = preface.handles;
  }
  for (const marker of text.matchAll(/(?:^|(?<=[\r\n]))(?:---|\.\.\.)(?=[ \t\r\n]|$(?![^]))/g)) {
    yield* close(marker.index);
    start = marker.index + 3;
    marked = marker[0] === "---";
  }
  yield* close(text.length);
}

/** Skips blank lines, comments and directives before a document. */
function readPreface(text: string, start: number, end: number): { end: number; handles: Record<string, string> } {
  const handles: Record<string, string> = {};
  const line = /[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)|[ \t]*(?:#[^\r\n]*)?$(?![^])|%[^\r\n]*(?:\r\n|\n|\r)?/y;
  let at = start;
  while (at < end) {
    line.lastIndex = at;
    const found = line.exec(text);
    if (!found || found[0] === "") break;
    const tag = /^%TAG[ \t]+(!\w*!?)[ \t]+(\S+)/.exec(found[0]);
    if (tag) handles[tag[1] as string] = tag[2] as string;
    at += found[0].length;
  }
  return { end: Math.min(at, end), handles };
}

/** Whose rules a document's words and numbers follow. */
export function readerOf(text: string): YamlReader {
  if (isComponent(text)) return "python";
  return isPipelineSpec(text) ? "kubeflow" : "kubernetes";
}

/** Whether a document is a pipeline spec of KFP v2 or its platform spec, which Kubeflow's server reads by other rules than Kubernetes. */
function isPipelineSpec(text: string): boolean {
  if (/^(["']?)apiVersion\1[ \t]*:[ \t]*(["']?)pipelines\.kubeflow\.org\//m.test(text)) return true;
  const hasKey = /^(["']?)(?:pipelineInfo|pipeline_info|pipelineSpec|pipeline_spec|platforms)\1[ \t]*:/m.test(text);
  return hasKey && !/^(["']?)(?:apiVersion|kind)\1[ \t]*:/m.test(text);
}

/** Whether a document is a component file, which Kubernetes never reads: it has `implementation` in the first column, and no kind. */
function isComponent(text: string): boolean {
  return /^(["']?)implementation\1[ \t]*:/m.test(text) && !/^(["']?)(?:apiVersion|kind)\1[ \t]*:/m.test(text);
}

/** How many values a document counts as by itself: about as much memory as they need. */
const documentNodes = 5;

/** What the reading of one document needs besides its region. */
interface Reading {
  readonly text: string;
  readonly index: number;
  readonly limits: Limits;
  readonly lines: LineFinder;
  /** The values of the text counted so far. */
  readonly nodes: number;
}

/** Reads one document of the text; `nodes` of the result counts the values up to its end. */
function readDocument(
  stretch: Stretch,
  { text, index, limits, lines, nodes }: Reading,
): { document: YamlDocument; data: Data; diagnostics: readonly Diagnostic[]; nodes: number } {
  const reader = readerOf(text.slice(stretch.start, stretch.end));
  const cursor = cursorAt(text, stretch.start, stretch.end, limits, stretch.handles, reader);
  cursor.nodes = nodes;
  if (nodes > limits.nodes) fail(cursor, "too-many", stretch.start);
  const root = readBlockNode(cursor, { parent: -1, compact: !stretch.marked, listAtParent: false });
  skip(cursor);
  if (cursor.pos < cursor.end) fail(cursor, cursor.pos === cursor.lineStart ? "leftover" : "indent", cursor.pos);
  const lost = cursor.error?.code === "alias-bomb" || (root.node.kind === "scalar" && cursor.error !== undefined);
  const diagnostics = [
    ...cursor.problems.map((problem) => problemDiagnostic(problem, index, lines)),
    ...[...cursor.omitted.values()].map(({ n, first }) => omissionOf(n, problemDiagnostic(first, index, lines))),
    ...errorDiagnostics(cursor, index, lines),
  ];
  return {
    document: {
      start: stretch.start,
      end: stretch.end,
      marked: stretch.marked,
      handles: stretch.handles,
      reader,
      rootStart: root.start,
      shares: cursor.shares,
      hasErrors: diagnostics.length > 0,
      broken: cursor.error !== undefined,
      ...(lost ? {} : { root: root.node }),
    },
    data: lost ? null : root.node.data,
    diagnostics,
    nodes: cursor.nodes,
  };
}

function problemDiagnostic(problem: Problem, index: number, lines: LineFinder): Diagnostic {
  const values = { ...problem.values, ...lines(problem.start) };
  const both = problem.first === undefined ? values : { ...values, firstLine: lines(problem.first).line };
  // Where the problem was found its other values were checked (nodes.ts, `problem`).
  return diagnosticOf(problem.code, both as unknown as DiagnosticValues<ProblemCode>, {
    level: problem.level,
    path: [index, ...problem.path],
    span: [problem.start, problem.end],
    ...(problem.code === "yaml-readers-differ" ? { fixes: [inQuotes(problem)] } : {}),
  });
}

/** Puts a word in quotes, with which every reader takes it for text. */
function inQuotes({ values, start, end }: Problem): Fix {
  const value = values.text ?? "";
  return { code: "fix.quote", values: { value }, edits: [], splices: [{ start, end, text: `"${value}"` }] };
}

function errorDiagnostics(cursor: Cursor, index: number, lines: LineFinder): Diagnostic[] {
  if (!cursor.error) return [];
  const { code, problem, at, path } = cursor.error as ParseError;
  const end = lineEnd(cursor, at);
  const { line, column } = lines(at);
  const found = cursor.text.slice(at, Math.min(end, at + 40)).trimEnd();
  const details = { level: "error" as const, path: [index, ...path], span: [at, Math.max(at, Math.min(end, at + 40))] as const };
  return [diagnosticOf(code, { problem, line, column, found } as DiagnosticValues<typeof code>, details)];
}
