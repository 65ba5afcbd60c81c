import { readFile } from "node:fs/promises";
import { type Document, editDocument, openDocument } from "#compiler/document.ts";
import { checkDocument } from "#compiler/checking.ts";
import { type Data, isMap, type Path, sameData, valueAt } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { allGraphs } from "#pipeline/graph-of.ts";
import { applyOperation, applyOperations, type Operation } from "#data/operations.ts";
import { readModel } from "#compiler/readers.ts";
import { parse } from "#yaml/parse.ts";
import { spanOf } from "#yaml/spans.ts";
import { printValue } from "#yaml/print.ts";
import { applySplices } from "#yaml/text-splice.ts";
import { editsFor } from "./storm-edits.ts";

/** How the edits of one kind came out. `exact`: the text says the planned data and undo gives the bytes back. */
export interface StormCount {
  tried: number;
  exact: number;
  minimal: number;
  refused: number;
  damaged: number;
}

/** One edit that was not exact or touched lines it had no business with. */
export interface StormDiagnostic {
  readonly file: string;
  readonly edit: Edit;
  readonly error: string;
}

export interface StormResult {
  readonly counts: Readonly<Record<string, StormCount>>;
  readonly diagnostics: readonly StormDiagnostic[];
  /** Refusals by code. */
  readonly refusals: Readonly<Record<string, number>>;
}

/** Tries every applicable edit on every file, each on the file as it is, and checks what every edit promises; at most `most` of one kind for a file. */
export async function storm(files: readonly string[], most?: number): Promise<StormResult> {
  const counts: Record<string, StormCount> = {};
  const diagnostics: StormDiagnostic[] = [];
  const refusals: Record<string, number> = {};
  for (const file of files) {
    const document = openDocument(await readFile(file, "utf8"));
    if (document.source.diagnostics.some((found) => found.level === "error")) continue;
    for (const edit of editsFor(document.model, most)) {
      const count = (counts[edit.kind] ??= { tried: 0, exact: 0, minimal: 0, refused: 0, damaged: 0 });
      count.tried++;
      const outcome = attempt(document, edit);
      if (outcome.kind === "refused") {
        count.refused++;
        refusals[outcome.code] = (refusals[outcome.code] ?? 0) + 1;
        if (outcome.late) diagnostics.push({ file, edit, error: `the text refused: ${outcome.code}` });
        continue;
      }
      if (outcome.error !== undefined) {
        count.damaged++;
        diagnostics.push({ file, edit, error: outcome.error });
        continue;
      }
      count.exact++;
      if (outcome.excess <= 0) count.minimal++;
      else diagnostics.push({ file, edit, error: `${outcome.excess} lines too many` });
    }
  }
  return { counts, diagnostics, refusals };
}

type Outcome =
  | { readonly kind: "refused"; readonly code: string; readonly late: boolean }
  | { readonly kind: "done"; readonly error?: string; readonly excess: number };

function attempt(document: Document, edit: Edit): Outcome {
  try {
    const result = editDocument(document, [edit]);
    if (!result.ok) return { kind: "refused", code: result.refusal.code, late: result.index < 0 };
    const { text } = result.document;
    const wanted = applyOperations(document.stream as Data, result.operations);
    if (!sameData(parse(text).stream, wanted)) return { kind: "done", error: "the text says other data than was planned", excess: 0 };
    if (applySplices(text, result.undo.splices) !== document.text)
      return { kind: "done", error: "undo does not give the bytes back", excess: 0 };
    const errors = (found: ReturnType<typeof readModel>) => found.diagnostics.filter((one) => one.level === "error").length;
    if (errors(readModel(result.document.stream)) > errors(readModel(document.stream)))
      return { kind: "done", error: "the edit made an object that Argo would not read", excess: 0 };
    const broken = brokenBy(document, result.document);
    if (broken.length > 0) return { kind: "done", error: `the edit broke references: ${broken.join(" ")}`, excess: 0 };
    if (keepsWires.has(edit.kind) && wires(result.document) !== wires(document))
      return { kind: "done", error: "a rename lost or made wires", excess: 0 };
    return { kind: "done", excess: changedLines(document.text, text) - allowedLines(document, result.operations) };
  } catch (thrown) {
    return { kind: "done", error: `threw ${thrown instanceof Error ? thrown.message : String(thrown)}`, excess: 0 };
  }
}

/** What no edit may leave in a pipeline of KFP v2, in whatever state it was: names that lead nowhere, and what no server would read. */
const structural = new Set([
  "ir-unknown-field",
  "ir-unknown-name",
  "ir-wrong-value",
  "ir-one-of",
  "ir-name",
  "ir-root-missing",
  "ir-document-ignored",
  "component-missing",
  "executor-missing",
  "executor-kind",
  "producer-missing",
  "dependency-missing",
  "output-missing",
  "dag-input-missing",
  "dag-output-undeclared",
  "task-cycle",
  "component-cycle",
  "cel-syntax",
  "cel-unknown-input",
  "platform-executor-unknown",
  "claim-order",
  "task-key-invalid",
  "exit-task-awaited",
]);

/** The structural errors of which an edit leaves more than there were. */
function brokenBy(before: Document, after: Document): readonly string[] {
  if (!before.model.objects.some((object) => object.kind === "workflow" && object.format === "kfp-v2")) return [];
  const count = (document: Document) => {
    const counts = new Map<string, number>();
    for (const { code } of checkDocument(document)) if (structural.has(code)) counts.set(code, (counts.get(code) ?? 0) + 1);
    return counts;
  };
  const old = count(before);
  // A copy of what is broken is broken, too.
  return [...count(after)].flatMap(([code, n]) => (n > 0 && !old.has(code) ? [code] : []));
}

/** Edits after which everything is connected as before. */
const keepsWires = new Set<Edit["kind"]>([
  "rename-task",
  "change-identifier",
  "rename-template",
  "rename-port",
  "rename-parameter",
  "move-template",
  "rename-workflow",
  "set-note",
  "set-layout",
]);

/** How many boxes, ports and wires the graphs of a document have. */
function wires(document: Document): string {
  const graphs = allGraphs(document.model);
  const sum = (count: (graph: (typeof graphs)[number]) => number) => graphs.reduce((total, graph) => total + count(graph), 0);
  return [
    sum((graph) => graph.nodes.length),
    sum((graph) => graph.edges.length),
    sum((graph) => graph.nodes.flatMap((node) => [...node.inputs, ...node.outputs]).length),
  ].join(" ");
}

/** The lines that the operations may touch: those of the values they remove and insert, and the line of each. */
function allowedLines(document: Document, operations: readonly Operation[]): number {
  let data: Data = document.stream;
  let allowed = 0;
  for (const operation of operations) {
    const old = Math.max(linesOf(valueAt(data, operation.path)), writtenLines(document, operation.path));
    const times = { set: 1, remove: 1, move: 2, insert: 0, rename: 0 }[operation.op];
    const parent = valueAt(data, operation.path.slice(0, -1));
    // An empty `{}` or `[]` is rewritten as a whole.
    const opened = typeof parent === "object" && parent !== null && Object.keys(parent).length === 0 ? 1 : 0;
    allowed += 2 + opened + (isFirstKeyOfItem(data, operation) ? 2 : 0) + old * times;
    if (operation.op === "set" || operation.op === "insert") allowed += linesOf(operation.value);
    data = applyOperation(data, operation);
  }
  return allowed;
}

/** The lines of a value in the current file, which may be a mapping in braces or a text folded over many. */
function writtenLines(document: Document, path: Path): number {
  const span = spanOf(document.source, path);
  return span ? document.text.slice(span.start, span.end).split("\n").length : 0;
}

/** The first key of a list's item is on the line of its dash: when it is removed, the next one moves up there. */
function isFirstKeyOfItem(data: Data, { op, path }: Operation): boolean {
  const parent = valueAt(data, path.slice(0, -1));
  return op === "remove" && typeof path.at(-2) === "number" && isMap(parent) && Object.keys(parent)[0] === path.at(-1);
}

/** As many lines as the value has in block style; texts of several lines may be folded or written in one line, so both count. */
function linesOf(value: Data | undefined): number {
  if (value === undefined) return 0;
  if (typeof value === "string") return Math.max(value.split("\n").length, Math.ceil(value.length / 60));
  return printValue(value).split("\n").length + longTexts(value);
}

function longTexts(value: Data): number {
  if (typeof value === "string") return Math.floor(value.length / 60);
  return typeof value === "object" && value !== null
    ? Object.values(value).reduce((sum: number, one) => sum + longTexts(one as Data), 0)
    : 0;
}

/** Lines that differ between two texts; comments and blank lines, which go with what they speak of, do not count. */
function changedLines(before: string, after: string): number {
  const [a, b] = [before.split("\n"), after.split("\n")];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const left = new Map<string, number>();
  for (const line of a.slice(start, a.length - end)) if (counts(line)) left.set(line, (left.get(line) ?? 0) + 1);
  let changed = 0;
  for (const line of b.slice(start, b.length - end)) {
    if (!counts(line)) continue;
    const n = left.get(line) ?? 0;
    if (n > 0) left.set(line, n - 1);
    else changed++;
  }
  return changed + [...left.values()].reduce((sum, n) => sum + n, 0);
}

function counts(line: string): boolean {
  return !/^\s*(#.*)?$/.test(line);
}
