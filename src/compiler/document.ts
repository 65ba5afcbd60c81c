import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { readModel } from "./readers.ts";
import { writeModel } from "./writers.ts";
import { type Data, isList, isMap, sameData } from "#data/data.ts";
import type { Edit, Renames } from "#pipeline/edit.ts";
import type { Model } from "#pipeline/model.ts";
import type { Operation } from "#data/operations.ts";
import { parse } from "#yaml/parse.ts";
import { patch } from "#yaml/patch.ts";
import { printStream } from "#yaml/print.ts";
import { applySplices, invertSplices, type Splice } from "#yaml/splice.ts";
import type { Limits, Source } from "#yaml/tree.ts";
import { planEdits } from "#formats/argo/edit/plan.ts";

// Text and model together, with one invariant: reading the text gives the model. For the command line, tests and scripts; the
// page holds the same parts on both sides of a worker.

/** An opened document. Immutable: an edit gives another one which shares all that did not change. */
export interface Document {
  readonly text: string;
  /** The text's tree with all positions. */
  readonly source: Source;
  /** The data of each YAML document. */
  readonly stream: readonly Data[];
  readonly model: Model;
  /** What was found while reading: faults of the YAML, and of the form of Argo's objects. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How an edit came out. */
export type Edited =
  | {
      readonly ok: true;
      readonly document: Document;
      /** The changes of the text, each relative to the text after the ones before it. */
      readonly splices: readonly Splice[];
      /** One name for each edit. */
      readonly labels: readonly { readonly code: string; readonly values: Diagnostic["values"] }[];
      readonly renames: readonly Renames[];
      readonly notes: readonly Diagnostic[];
      readonly operations: readonly Operation[];
      readonly undo: Undo;
    }
  /** Nothing was done; `index` says which edit was refused (-1: all were planned, but the text could not take them). */
  | { readonly ok: false; readonly refusal: Diagnostic; readonly index: number };

/** What takes a step back: splices that give the former bytes, and the document that they were. */
export interface Undo {
  readonly splices: readonly Splice[];
  readonly document: Document;
}

/** Reads a text. Never throws; what is wrong stands in `diagnostics`, and a document that cannot be read is null in `stream`. */
export function openDocument(text: string, options: { readonly limits?: Partial<Limits> } = {}): Document {
  const source = parse(text, options.limits);
  return documentOf(source, source.stream);
}

function documentOf(source: Source, stream: readonly Data[]): Document {
  const { model, diagnostics } = readModel(stream);
  return { text: source.text, source, stream, model, diagnostics: [...source.diagnostics, ...diagnostics] };
}

/** Does all edits, in order, or none of them. Only the lines that have to change do. */
export function editDocument(
  document: Document,
  edits: readonly Edit[],
  options: { readonly sharedAnchors?: "expand" | "change-all" } = {},
): Edited {
  const plan = planEdits(document.model, document.stream, edits);
  if (!plan.ok) return plan;
  const { labels, renames, operations } = plan;
  if (operations.length === 0) {
    return { ok: true, document, splices: [], labels, renames, notes: plan.notes, operations, undo: { splices: [], document } };
  }
  const patched = patch(document.source, operations, options);
  if (!patched.ok) return { ok: false, refusal: patched.diagnostic, index: -1 };
  const { model, diagnostics } = readModel(plan.stream);
  const changed: Document = {
    text: patched.source.text,
    source: patched.source,
    stream: plan.stream,
    model,
    diagnostics: [...patched.source.diagnostics, ...diagnostics],
  };
  const undo = { splices: invertSplices(document.text, patched.splices), document };
  return {
    ok: true,
    document: changed,
    splices: patched.splices,
    labels,
    renames,
    notes: [...plan.notes, ...patched.notes],
    operations,
    undo,
  };
}

/** Takes a step back: the former document, whose bytes the inverse splices give. */
export function undoEdit(document: Document, undo: Undo): Document {
  // A check of ourselves: splices that do not fit this document would lose text silently later.
  if (applySplices(document.text, undo.splices) !== undo.document.text)
    throw new Error("an undo was applied to another document than the one it came from");
  return undo.document;
}

/** Replaces the whole text, as typing in the YAML pane does. Parts whose data is the same keep their identity. */
export function replaceText(document: Document, text: string, options: { readonly limits?: Partial<Limits> } = {}): Document {
  if (text === document.text) return document;
  const source = parse(text, options.limits);
  return documentOf(source, shareSame(document.stream, source.stream) as readonly Data[]);
}

/**
 * `fresh`, built from the parts of `old` wherever they are equal; `old` itself if all is. Lists are compared from both ends, so a
 * template put in between leaves the others what they were. The order of keys counts: the model tells it.
 */
export function shareSame(old: Data | undefined, fresh: Data): Data {
  if (old === fresh || old === undefined) return fresh;
  if (isList(fresh) && isList(old)) {
    const shift = old.length - fresh.length;
    let start = 0;
    while (start < fresh.length && start < old.length && sameData(old[start], fresh[start])) start++;
    const items = fresh.map((item, index) => shareSame(index <= start ? old[index] : old[index + shift], item));
    return shift === 0 && items.every((item, index) => item === old[index]) ? old : items;
  }
  if (!isMap(fresh) || !isMap(old)) return fresh;
  const keys = Object.keys(fresh);
  const entries = keys.map((key) => [key, shareSame(Object.hasOwn(old, key) ? old[key] : undefined, fresh[key] as Data)] as const);
  const before = Object.keys(old);
  const same = before.length === keys.length && entries.every(([key, value], index) => before[index] === key && old[key] === value);
  return same ? old : Object.fromEntries(entries);
}

/** The text of a model or of a stream of documents, printed afresh: from the data alone, without any former text. */
export function printFresh(content: Model | readonly Data[]): string {
  return printStream("objects" in content ? writeModel(content) : content);
}
