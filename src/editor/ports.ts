import type { Diagnostic, DataPath } from "#diagnostics/diagnostic.ts";
import type { Data, Path } from "#data/data.ts";
import type { Operation } from "#data/operations.ts";
import type { Splice } from "#yaml/text-splice.ts";
import type { EncodingError, FileEncoding } from "#yaml/text-encoding.ts";
import type { PositionsByGraph } from "./positions.ts";
import type { Message } from "./message.ts";

/**
 * The services that the editor needs. `main.tsx` passes in the real ones (a worker, IndexedDB, the file dialog), tests their own; the
 * editor itself runs without a browser.
 */
export interface Outside {
  readonly text: TextService;
  readonly storage: DocumentStorage;
  readonly files: Files;
  /** The other pages of this browser; absent if unsupported. */
  readonly tabs?: Tabs;
  /** The examples bundled with the product; absent if there are none. */
  readonly examples?: Examples;
  /** Milliseconds since 1970; passed in so that tests control the time. */
  readonly now: () => number;
}

/** Example pipelines. */
export interface Examples {
  readonly ids: readonly string[];
  read(id: string): Promise<{ readonly name: string; readonly text: string }>;
}

/** Data parsed from a text, and its problems. Unreadable documents are `null`, so that indexes stay. */
export interface Opened {
  readonly stream: readonly Data[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The result of operations sent to the text. */
export type PatchAnswer =
  | { readonly ok: true; readonly splices: readonly Splice[]; readonly notices: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/** Characters [start, end) of the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Holds the text with its tree, off the page's thread. Calls are answered in the order in which they were made. */
export interface TextService {
  open(text: string): Promise<Opened>;
  patch(operations: readonly Operation[]): Promise<PatchAnswer>;
  /** Changes the text itself (undo, redo, typing in the YAML pane) and parses it again. */
  splice(splices: readonly Splice[]): Promise<Opened>;
  /** All diagnostics about the current text, with spans where the text is known. */
  check(): Promise<readonly Diagnostic[]>;
  /** The spans of paths in the text; undefined for a path that does not exist. */
  spans(paths: readonly DataPath[]): Promise<readonly (Span | undefined)[]>;
  /** Parses another text, such as one that was pasted; the current text is not touched. */
  read?(text: string, paths?: readonly DataPath[]): Promise<Opened>;
  /** The path of the data at a character of the text. */
  pathAt(offset: number): Promise<Path>;
  /** Compiles a pipeline from a Python file, which is read and never run; the current text is not touched. */
  python?(asked: PythonQuestion): Promise<PythonAnswer>;
}

/** A Python file to compile to a pipeline. */
export interface PythonQuestion {
  readonly text: string;
  /** The pipeline function to use; default: the first. */
  readonly pipeline?: string;
  /** Milliseconds since 1970: the compilation time for the pipeline's annotations. */
  readonly now: number;
  /** Files opened with it, in which component files that it names are looked up. */
  readonly beside: readonly { readonly name: string; readonly text: string }[];
}

/** The result of a Python file. Spans are characters of the Python text. */
export interface PythonAnswer {
  /** undefined: the file contains no pipeline. */
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly pipelines: readonly string[];
}

/** The Python file from which a pipeline was made, with the diagnostics about it. */
export interface PythonOrigin {
  readonly fileName: string;
  readonly problems: readonly PythonProblem[];
  /** The notice about it was closed. */
  readonly isSeen?: boolean;
}

/** Something of a Python file that is missing in the pipeline, or is wrong in it. Line and column count from 1. */
export interface PythonProblem {
  readonly diagnostic: Diagnostic;
  readonly line: number;
  readonly column: number;
  /** The text of the line. */
  readonly source: string;
}

/** One pipeline as stored in the browser. */
export interface Kept {
  readonly id: string;
  readonly fileName: string;
  readonly text: string;
  /** The text when it was last opened or exported; differs from `text` if something is unexported. */
  readonly exported: string;
  readonly places: PositionsByGraph;
  /** Time of the last change, in milliseconds since 1970. */
  readonly at: number;
  readonly python?: PythonOrigin;
  /** The encoding of its file if that is not UTF-8. */
  readonly encoding?: FileEncoding;
  /** Counts the saves. A save names the revision on which it is based, so that two pages never overwrite each other. */
  readonly revision: number;
  /** What was typed and is not yet part of the text. */
  readonly drafts?: Drafts;
}

/** A stored pipeline for display in a list; available without reading its text. */
export interface KeptEntry {
  readonly id: string;
  readonly fileName: string;
  readonly at: number;
  readonly revision: number;
  /** Nothing in it differs from what was opened or exported last. */
  readonly isExported: boolean;
  /** The number of its tasks on all levels; absent for pipelines stored by an older version. */
  readonly tasks?: number;
}

/** What was typed and is not yet part of the text of a pipeline. */
export interface Drafts {
  /** The text of the YAML pane. */
  readonly text?: string;
  /** Text of fields, by field id. */
  readonly fields: Readonly<Record<string, Draft>>;
  /** Functions left unfinished in the function editor, by task id. */
  readonly python: Readonly<Record<string, string>>;
  /** Forms with values that were not used yet, the one used last at the end. */
  readonly forms?: Readonly<Record<string, OpenForm>>;
}

/** A dialog, pop-up or box for a name with what was typed into it, and what opens it again (open-forms.ts). */
export interface OpenForm {
  readonly values: Readonly<Record<string, Data>>;
  readonly about?: Data;
  readonly view: Omit<LoggedView, "places">;
  readonly dialog?: DialogName;
  readonly python?: PythonTarget;
  readonly groupAt?: { readonly x: number; readonly y: number };
}

/** The dialogs of the page. */
export type DialogName =
  | "commands"
  | "changes"
  | "shortcuts"
  | "export"
  | "history"
  | "python"
  | "group-condition"
  | "group-loop"
  | "condition-settings"
  | "loop-settings"
  | "choose-pipeline"
  | "served-file"
  | "encoding"
  | "my-pipelines";

/** A function being written: of a task, or a new one for a position on the canvas, with an initial text. */
export interface PythonTarget {
  readonly task?: string;
  readonly text?: string;
  readonly at?: { readonly x: number; readonly y: number };
}

/** Text in a field that is not part of the document: it cannot be used, or the page was closed before it was committed. */
export interface Draft {
  readonly text: string;
  /** Of an unfinished row of a list: its texts by part, such as name, secret and key of a variable. */
  readonly parts?: Readonly<Record<string, string>>;
  /** Why it is not part of the document. */
  readonly reason: Message;
  /** The field's name, such as `CPU limit of “train”`. */
  readonly field: Message;
  /** Nothing is wrong with it: it was being typed. The field commits it when it is focused and left. */
  readonly isTyped?: boolean;
}

/** One step of the history in the edit log: changes of text and positions, from which both directions are derived. */
export interface LoggedStep {
  readonly label: Message;
  readonly at: number;
  readonly parts: readonly { readonly forth: readonly Splice[]; readonly back: readonly Splice[] }[];
  readonly before: LoggedView;
  readonly after: LoggedView;
}

/** What is shown before or after a step, and the boxes whose positions the step changes (null: the box has no position). */
export interface LoggedView {
  readonly workflow: number;
  readonly graph?: string;
  readonly trail: readonly string[];
  readonly selection: readonly string[];
  readonly places: Readonly<Record<string, Readonly<Record<string, { readonly x: number; readonly y: number } | null>>>>;
}

/** The edit log of a pipeline: steps `first`, `first + 1`, …, of which those before `done` are applied and the others undone. */
export interface EditLog {
  readonly first: number;
  readonly done: number;
  readonly steps: readonly LoggedStep[];
}

/** How a save changes the log: steps before `first` are dropped, steps from `from` on are replaced by `steps`. */
export interface LogChange {
  readonly first: number;
  readonly done: number;
  readonly from: number;
  readonly steps: readonly LoggedStep[];
}

/** One save: contains only what changed. */
export interface Save {
  readonly id: string;
  /** The revision on which the change is based; 0 for a pipeline that was never saved. */
  readonly base: number;
  readonly at: number;
  readonly body?: Pick<Kept, "fileName" | "text" | "exported" | "places" | "python" | "encoding"> & { readonly tasks: number };
  /** null: there are no drafts any more. */
  readonly drafts?: Drafts | null;
  readonly log?: LogChange;
}

/**
 * `conflict`: another page saved it since `base`; nothing was written. `incomplete`: it is not stored any more, so all of it is needed.
 */
export type SaveAnswer = { readonly ok: true; readonly revision: number } | { readonly ok: false; readonly why: "conflict" | "incomplete" };

/** A removed pipeline with all its data, so that it can be restored. */
export interface RemovedPipeline {
  readonly kept: Kept;
  readonly entry: KeptEntry;
  readonly log: EditLog | undefined;
}

/** The pipelines stored in this browser. All calls may fail (private windows, full disks); the editor reports it. */
export interface DocumentStorage {
  /** The id of the most recently changed pipeline. */
  last(): Promise<string | undefined>;
  /** All pipelines, the most recently changed first. */
  list(): Promise<readonly KeptEntry[]>;
  read(id: string): Promise<Kept | undefined>;
  readLog(id: string): Promise<EditLog | undefined>;
  /** Writes a save completely or not at all; resolves when the browser has completed the transaction. */
  keep(save: Save): Promise<SaveAnswer>;
  /** Renames a pipeline's file. Only for pipelines that no page edits: that page would overwrite the name. */
  rename(id: string, fileName: string): Promise<void>;
  /** Copies a pipeline with its drafts, without its log; returns the id of the copy. */
  duplicate(id: string, copy: { readonly id: string; readonly fileName: string; readonly at: number }): Promise<boolean>;
  /** Removes a pipeline and returns all of it, so that `restore` can undo this; undefined if it does not exist. */
  remove(id: string): Promise<RemovedPipeline | undefined>;
  /** Stores a removed pipeline again; does nothing if there is one under its id. */
  restore(removed: RemovedPipeline): Promise<void>;
  /** Notes that a text of a pipeline was exported. */
  markExported(id: string, text: string): Promise<void>;
  /** Drops the logs of all other pipelines when storage is full; returns whether there were any. */
  makeRoom(id: string): Promise<boolean>;
  /** The positions of the boxes of a text when it was last on this browser's canvas. */
  placesOf(text: string): Promise<PositionsByGraph | undefined>;
}

/** The pages of one browser: of those that show the same pipeline one edits it, the others follow. */
export interface Tabs {
  /** Takes a seat at a pipeline: edits it if no other page does, else follows until that page closes or hands over. */
  join(id: string, listener: SeatListener): Promise<Seat>;
}

/** A change of a stored pipeline that the page which edits it makes: of its file name, or of what was exported. */
export type StoredChange = { readonly fileName: string } | { readonly exported: string };

/** The part of this page in a pipeline. */
export interface Seat {
  readonly isEditing: () => boolean;
  /** Tells the other pages that this one has saved. */
  saved(revision: number): void;
  /** Takes over the editing; the editing page saves first, if it responds. */
  takeOver(): Promise<void>;
  /** Has the editing page make a change and save it; false if that page does not respond. */
  ask(change: StoredChange): Promise<boolean>;
  /** Tells the other pages that the pipeline was deleted, or is stored again. */
  tell(what: "removed" | "restored"): void;
  leave(): void;
}

export interface SeatListener {
  /** The editing page has saved. */
  saved(revision: number): void;
  /** Another page takes over: to be resolved when everything is saved and nothing can be changed here any more. */
  handOver(): Promise<void>;
  /** Another page edits now, without this one having handed over. */
  lost(): void;
  /** The editing page is gone: this one edits now. */
  granted(): void;
  /** Another page wants a change: to be resolved when it is saved. */
  asked(change: StoredChange): Promise<void>;
  /** Another page has deleted the pipeline. */
  removed(): void;
  /** Another page has stored the deleted pipeline again. */
  restored(): void;
}

/** A file that was opened by the command line and is saved in place. */
export interface ServedFile {
  readonly name: string;
  readonly text: string;
  /** Identifies the file by its path: the same whenever it is served. */
  readonly key: string;
}

/** Why the served file was not read or written. Nothing has changed then. */
export interface ServedProblem {
  /** `changed`: `text` is its current text. `no-token`: the page was not opened by the address that the command printed. */
  readonly problem:
    "changed" | "gone" | "read-only" | "busy" | "no-space" | "not-permitted" | "not-text" | "no-token" | "offline" | "failed";
  readonly name?: string;
  readonly key?: string;
  /** The system's error code, such as EACCES. */
  readonly reason?: string;
  readonly text?: string;
}

/** The text that the served file may be written over. */
export interface SaveHow {
  /** The text that the file must have; undefined: the file must not exist. */
  readonly base: string | undefined;
  readonly overwriteReadOnly?: boolean;
}
export type SaveResult = "written" | ServedProblem;
/** A file that was read as text. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
  /** Its encoding if that is not UTF-8. */
  readonly encoding?: FileEncoding;
}

/** A file that is not text, or in an encoding that only the user can name. */
export interface UndecodedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly error: EncodingError;
}

export type ReadFile = TextFile | UndecodedFile;

/** Files of the user. */
export interface Files {
  /** Lets the user choose files; empty if cancelled. */
  choose(): Promise<readonly ReadFile[]>;
  /** Bytes, or a text with the `encoding` in which it is written, UTF-8 if absent. */
  download(name: string, content: string | Uint8Array, encoding?: FileEncoding): void;
  /** false: the browser did not allow it. */
  copy(text: string): Promise<boolean>;
  /** The file the page was started with, if it was started by `dagwright open FILE`. */
  served(): Promise<ServedFile | ServedProblem | undefined>;
  /** Writes the served file; undefined when there is none. */
  save?(text: string, how: SaveHow): Promise<SaveResult>;
}
