import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { Data } from "#data/data.ts";
import type { Operation } from "#data/operations.ts";
import type { Edit, Renames } from "#pipeline/edit.ts";
import type { Model } from "#pipeline/model.ts";
import { parse } from "#yaml/parse.ts";
import { type CommentSplices, patch } from "#yaml/patch.ts";
import { printStream } from "#yaml/print.ts";
import { applySplices, invertSplices, type Splice } from "#yaml/text-splice.ts";
import type { Limits, Source } from "#yaml/tree.ts";
import type { EditLabel } from "./edit-plan.ts";
import type { EditPlanner } from "./edit-planner.ts";
import type { ModelReader } from "./read-model.ts";
import { shareSame } from "./share-same.ts";

// Text, data and model together, with one invariant: reading the text gives the model. For the command line, tests and scripts; the
// page holds the same parts on both sides of a worker.

/** An opened document. Immutable: an edit gives another one which shares all that did not change. */
export interface Document {
  readonly text: string;
  /** The tree of the text with all positions. */
  readonly source: Source;
  /** The data of each YAML document. */
  readonly stream: readonly Data[];
  readonly model: Model;
  /** Diagnostics from reading: errors in the YAML and in the form of the objects. */
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
      readonly labels: readonly EditLabel[];
      readonly renames: readonly Renames[];
      readonly notices: readonly Diagnostic[];
      readonly operations: readonly Operation[];
      readonly undo: Undo;
    }
  /** Nothing was done; `index` says which edit was refused (-1: all were planned, but the text could not take them). */
  | { readonly ok: false; readonly refusal: Diagnostic; readonly index: number };

/** What undoes a step: splices that restore the former bytes, and the former document. */
export interface Undo {
  readonly splices: readonly Splice[];
  readonly document: Document;
}

/** Opens, edits and reverts documents of the given formats. All functions are pure; errors in the input are diagnostics. */
export interface DocumentEngine {
  /** Reads a text. What is wrong is in `diagnostics`; a YAML document that cannot be read is null in `stream`. */
  readonly openDocument: (text: string, options?: { readonly limits?: Partial<Limits> }) => Document;
  /** Does all edits, in order, or none of them. Changes only the lines that have to change. */
  readonly editDocument: (document: Document, edits: readonly Edit[], options?: PatchOptions) => Edited;
  /** Takes a step back: the former document, whose bytes the inverse splices give. Throws if the step is of another document. */
  readonly undoEdit: (document: Document, undo: Undo) => Document;
  /** Replaces the whole text, as typing in the YAML pane does. Parts whose data is the same keep their identity. */
  readonly replaceText: (document: Document, text: string, options?: { readonly limits?: Partial<Limits> }) => Document;
  /** The text of a model or of a stream of documents, printed from the data alone, without any former text. */
  readonly printFresh: (content: Model | readonly Data[]) => string;
}

/** How a shared anchor is edited: expanded where the edit is, or changed for all that share it. */
export interface PatchOptions {
  readonly sharedAnchors?: "expand" | "change-all";
}

/** What a document engine is made of; the parts know the formats. */
export interface DocumentParts {
  readonly read: ModelReader;
  readonly write: (model: Model) => readonly Data[];
  readonly planEdits: EditPlanner["planEdits"];
  /** What follows in comments from an edit. */
  readonly comments?: CommentSplices;
}

/** The engine for the formats behind these parts. */
export function documentEngine({ read, write, planEdits, comments }: DocumentParts): DocumentEngine {
  function documentOf(source: Source, stream: readonly Data[]): Document {
    const { model, diagnostics } = read(stream);
    return { text: source.text, source, stream, model, diagnostics: [...source.diagnostics, ...diagnostics] };
  }

  function editDocument(document: Document, edits: readonly Edit[], options: PatchOptions = {}): Edited {
    const plan = planEdits(document.model, document.stream, edits);
    if (!plan.ok) return plan;
    const { labels, renames, notices, operations } = plan;
    if (operations.length === 0)
      return { ok: true, document, splices: [], labels, renames, notices, operations, undo: { splices: [], document } };
    const patched = patch(document.source, operations, { ...options, comments });
    if (!patched.ok) return { ok: false, refusal: patched.diagnostic, index: -1 };
    const { splices } = patched;
    return {
      ok: true,
      document: documentOf(patched.source, plan.stream),
      splices,
      labels,
      renames,
      notices: [...notices, ...patched.notices],
      operations,
      undo: { splices: invertSplices(document.text, splices), document },
    };
  }

  return {
    openDocument(text, options = {}) {
      const source = parse(text, options.limits);
      return documentOf(source, source.stream);
    },
    editDocument,
    undoEdit(document, undo) {
      // Splices that do not fit this document would lose text silently later.
      if (applySplices(document.text, undo.splices) !== undo.document.text)
        throw new Error("an undo was applied to another document than the one it came from");
      return undo.document;
    },
    replaceText(document, text, options = {}) {
      if (text === document.text) return document;
      const source = parse(text, options.limits);
      return documentOf(source, shareSame(document.stream, source.stream) as readonly Data[]);
    },
    printFresh: (content) => printStream("objects" in content ? write(content) : content),
  };
}
