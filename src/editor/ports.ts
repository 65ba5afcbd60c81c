import type { Diagnostic, Place } from "#diagnostics/diagnostic.ts";
import type { Data, Path } from "#model/data.ts";
import type { Operation } from "#model/operations.ts";
import type { Splice } from "#yaml/splice.ts";
import type { PlacesByGraph } from "./places.ts";

/**
 * What the editor asks of the world outside. `main.tsx` hands in the real ones (a worker, IndexedDB, the file dialog), tests their
 * own; the editor itself runs without a browser.
 */
export interface Outside {
  readonly text: TextKeeper;
  readonly shelf: Shelf;
  readonly files: Files;
  /** The examples that come with the product; absent where there are none. */
  readonly examples?: Examples;
  /** Milliseconds since 1970; handed in so that tests decide the time. */
  readonly now: () => number;
}

/** Pipelines to look at and to change. */
export interface Examples {
  readonly ids: readonly string[];
  read(id: string): Promise<{ readonly name: string; readonly text: string }>;
}

/** Data read from a text, and what was wrong with the text. Unreadable documents are `null`, so that indexes stay. */
export interface Opened {
  readonly stream: readonly Data[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What became of operations sent to the text. */
export type PatchAnswer =
  | { readonly ok: true; readonly splices: readonly Splice[]; readonly notes: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/** Characters [start, end) of the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Holds the text with its tree, away from the page's thread. Calls are answered in the order in which they were made. */
export interface TextKeeper {
  open(text: string): Promise<Opened>;
  patch(operations: readonly Operation[]): Promise<PatchAnswer>;
  /** Changes the text itself (undo, redo, typing in the YAML pane) and reads it again. */
  splice(splices: readonly Splice[]): Promise<Opened>;
  /** All findings about the text as it stands, with spans where the text is known. */
  check(): Promise<readonly Diagnostic[]>;
  /** Where places of the data stand in the text; undefined for a place that is not there. */
  spans(places: readonly Place[]): Promise<readonly (Span | undefined)[]>;
  /** Reads another text, such as one that was pasted; the text held stays. */
  read?(text: string, places?: readonly Place[]): Promise<Opened>;
  /** The place of the data at a character of the text. */
  pathAt(offset: number): Promise<Path>;
  /** Makes the text of a pipeline of a Python file, which is read and never run; the text held stays. */
  python?(asked: PythonQuestion): Promise<PythonAnswer>;
}

/** A Python file of which a pipeline shall be made. */
export interface PythonQuestion {
  readonly text: string;
  /** The pipeline function to take; default: the first. */
  readonly pipeline?: string;
  /** Milliseconds since 1970: the moment that the pipeline's annotations tell. */
  readonly now: number;
  /** Files that came with it, among which component files that it names are looked for. */
  readonly beside: readonly { readonly name: string; readonly text: string }[];
}

/** What a Python file gave. Spans are characters of the Python text. */
export interface PythonAnswer {
  /** undefined: there is no pipeline in the file. */
  readonly text?: string;
  readonly findings: readonly Diagnostic[];
  readonly pipelines: readonly string[];
}

/** The Python file that a pipeline was made of, with what was said about it. */
export interface PythonOrigin {
  readonly fileName: string;
  readonly remarks: readonly PythonRemark[];
  /** The notice about it was closed. */
  readonly isSeen?: boolean;
}

/** Something of a Python file that is not in the pipeline, or is wrong in it. Line and column count from 1. */
export interface PythonRemark {
  readonly finding: Diagnostic;
  readonly line: number;
  readonly column: number;
  /** The line as it stands in the file. */
  readonly source: string;
}

/** One pipeline as it is kept in the browser. */
export interface Kept {
  readonly id: string;
  readonly fileName: string;
  readonly text: string;
  /** The text when it was last opened or exported; differs from `text` if something is unsaved. */
  readonly exported: string;
  readonly places: PlacesByGraph;
  readonly at: number;
  readonly python?: PythonOrigin;
}

/** The pipelines kept in this browser. All calls may fail (private windows, full disks); the editor then says so. */
export interface Shelf {
  last(): Promise<Kept | undefined>;
  list(): Promise<readonly Pick<Kept, "id" | "fileName" | "at">[]>;
  read(id: string): Promise<Kept | undefined>;
  keep(kept: Kept): Promise<void>;
  /** Where the boxes of a text stood when it was last on the canvas here. */
  placesOf(text: string): Promise<PlacesByGraph | undefined>;
}

/** A file that was opened by the command line and is saved in place. */
export interface ServedFile {
  readonly name: string;
  readonly text: string;
}

/** Files of the user. */
export interface Files {
  /** Lets the user choose files; empty if they changed their mind. */
  choose(): Promise<readonly { readonly name: string; readonly text: string }[]>;
  download(name: string, text: string): void;
  /** false: the browser did not allow it. */
  copy(text: string): Promise<boolean>;
  /** The file the page was started with, if it was started by `dagwright open FILE`. */
  served(): Promise<ServedFile | undefined>;
  /** Writes the served file; undefined when there is none. `changed`: somebody else wrote it meanwhile, nothing was written. */
  save?(text: string): Promise<"written" | "changed" | "failed">;
}
