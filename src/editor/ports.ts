import type { Diagnostic, Place } from "#diagnostics/diagnostic.ts";
import type { Data, Path } from "#data/data.ts";
import type { Operation } from "#data/operations.ts";
import type { Splice } from "#yaml/splice.ts";
import type { EncodingFault, FileEncoding } from "#yaml/text-encoding.ts";
import type { PlacesByGraph } from "./places.ts";
import type { Said } from "./said.ts";

/**
 * What the editor asks of the world outside. `main.tsx` hands in the real ones (a worker, IndexedDB, the file dialog), tests their
 * own; the editor itself runs without a browser.
 */
export interface Outside {
  readonly text: TextKeeper;
  readonly shelf: Shelf;
  readonly files: Files;
  /** The other pages of this browser; absent where there are none. */
  readonly tabs?: Tabs;
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
  /** The text when it was last opened or exported; differs from `text` if something is unexported. */
  readonly exported: string;
  readonly places: PlacesByGraph;
  /** When it was changed last, in milliseconds since 1970. */
  readonly at: number;
  readonly python?: PythonOrigin;
  /** How its file is written if that is not UTF-8. */
  readonly encoding?: FileEncoding;
  /** Counts the saves. A save says which revision it was made from, so that two pages never overwrite each other. */
  readonly revision: number;
  /** What was typed and is not yet part of the text. */
  readonly drafts?: Drafts;
}

/** A kept pipeline as a list shows it; made without reading its text. */
export interface KeptEntry {
  readonly id: string;
  readonly fileName: string;
  readonly at: number;
  readonly revision: number;
  /** Nothing in it differs from what was opened or exported last. */
  readonly isExported: boolean;
  /** Its tasks in all templates; absent for pipelines that an older version kept. */
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

/** A function being written: of a task, or a new one for a place on the canvas, with a text to begin with. */
export interface PythonTarget {
  readonly task?: string;
  readonly text?: string;
  readonly at?: { readonly x: number; readonly y: number };
}

/** Text in a field that is not part of the document: it cannot be used, or the page was closed before it was taken over. */
export interface Draft {
  readonly text: string;
  /** Of an unfinished row of a list: its texts by part, such as name, secret and key of a variable. */
  readonly parts?: Readonly<Record<string, string>>;
  /** Why it is not part of the document. */
  readonly reason: Said;
  /** Words for the field, such as `CPU limit of “train”`. */
  readonly field: Said;
  /** Nothing is wrong with it: it was being typed. The field takes it over when it is visited and left. */
  readonly isTyped?: boolean;
}

/** One step of the history as the edit log keeps it: changes of text and places, from which both directions are made. */
export interface LoggedStep {
  readonly label: Said;
  readonly at: number;
  readonly parts: readonly { readonly forth: readonly Splice[]; readonly back: readonly Splice[] }[];
  readonly before: LoggedView;
  readonly after: LoggedView;
}

/** What is shown before or after a step, and the boxes whose places the step changes (null: the box has no place). */
export interface LoggedView {
  readonly workflow: number;
  readonly graph?: string;
  readonly trail: readonly string[];
  readonly selection: readonly string[];
  readonly places: Readonly<Record<string, Readonly<Record<string, { readonly x: number; readonly y: number } | null>>>>;
}

/** The edit log of a pipeline: steps `first`, `first + 1`, …, of which those before `done` are in force and the others undone. */
export interface EditLog {
  readonly first: number;
  readonly done: number;
  readonly steps: readonly LoggedStep[];
}

/** How the log changes with a save: steps before `first` go, steps from `from` on are replaced by `steps`. */
export interface LogChange {
  readonly first: number;
  readonly done: number;
  readonly from: number;
  readonly steps: readonly LoggedStep[];
}

/** One save: only what changed is in it. */
export interface Save {
  readonly id: string;
  /** The revision that the change was made from; 0 for a pipeline that was never saved. */
  readonly base: number;
  readonly at: number;
  readonly body?: Pick<Kept, "fileName" | "text" | "exported" | "places" | "python" | "encoding"> & { readonly tasks: number };
  /** null: there are no drafts any more. */
  readonly drafts?: Drafts | null;
  readonly log?: LogChange;
}

/** `conflict`: another page saved it since `base`; nothing was written. `incomplete`: it is not kept any more, so all of it is needed. */
export type SaveAnswer = { readonly ok: true; readonly revision: number } | { readonly ok: false; readonly why: "conflict" | "incomplete" };

/** A removed pipeline with everything that belongs to it, for putting it back. */
export interface RemovedPipeline {
  readonly kept: Kept;
  readonly entry: KeptEntry;
  readonly log: EditLog | undefined;
}

/** The pipelines kept in this browser. All calls may fail (private windows, full disks); the editor then says so. */
export interface Shelf {
  /** The id of the pipeline that was changed last. */
  last(): Promise<string | undefined>;
  /** All pipelines, the one changed last first. */
  list(): Promise<readonly KeptEntry[]>;
  read(id: string): Promise<Kept | undefined>;
  readLog(id: string): Promise<EditLog | undefined>;
  /** Writes a save as a whole or not at all; resolves when the browser has completed the transaction. */
  keep(save: Save): Promise<SaveAnswer>;
  /** Gives a pipeline another file name. A page that has it open takes the name over itself. */
  rename(id: string, fileName: string): Promise<void>;
  /** Copies a pipeline with its drafts, without its log; gives the id of the copy. */
  duplicate(id: string, copy: { readonly id: string; readonly fileName: string; readonly at: number }): Promise<boolean>;
  /** Removes a pipeline and gives all of it, so that `restore` can undo this; undefined if there is none. */
  remove(id: string): Promise<RemovedPipeline | undefined>;
  restore(removed: RemovedPipeline): Promise<void>;
  /** Drops the logs of all other pipelines when storage is full; answers whether there were any. */
  makeRoom(id: string): Promise<boolean>;
  /** Where the boxes of a text stood when it was last on the canvas here. */
  placesOf(text: string): Promise<PlacesByGraph | undefined>;
}

/** The pages of one browser: of those that show the same pipeline one edits it, the others follow. */
export interface Tabs {
  /** Takes a seat at a pipeline: edits it if no other page does, else follows until that page is gone or hands over. */
  join(id: string, listener: SeatListener): Promise<Seat>;
}

/** The part of this page in a pipeline. */
export interface Seat {
  readonly isEditing: () => boolean;
  /** Tells the other pages that this one has saved. */
  saved(revision: number): void;
  /** Takes over the editing; the page that edits saves first, as long as it answers. */
  takeOver(): Promise<void>;
  leave(): void;
}

export interface SeatListener {
  /** The page that edits has saved. */
  saved(revision: number): void;
  /** Another page takes over: to be resolved when everything is saved and nothing can be changed here any more. */
  handOver(): Promise<void>;
  /** Another page edits now, without this one having handed over. */
  lost(): void;
  /** The page that edited is gone: this one edits now. */
  granted(): void;
}

/** A file that was opened by the command line and is saved in place. */
export interface ServedFile {
  readonly name: string;
  readonly text: string;
  /** Names the file by its path: the same whenever it is served. */
  readonly key: string;
}

/** Why the served file was not read or written. Nothing of it has changed then. */
export interface ServedProblem {
  /** `changed`: `text` stands in it now. `no-token`: the page was not opened by the address that the command printed. */
  readonly problem:
    "changed" | "gone" | "read-only" | "busy" | "no-space" | "not-permitted" | "not-text" | "no-token" | "offline" | "failed";
  readonly name?: string;
  readonly key?: string;
  /** The system's word for it, such as EACCES. */
  readonly reason?: string;
  readonly text?: string;
}

/** Over which text the served file is written. */
export interface SaveHow {
  /** The text that the file must have; undefined: there must be no file. */
  readonly base: string | undefined;
  readonly overwriteReadOnly?: boolean;
}
export type SaveResult = "written" | ServedProblem;
/** A file that was read as text. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
  /** How it is written back if that is not UTF-8. */
  readonly encoding?: FileEncoding;
}

/** A file that is not text, or in an encoding that only the user can name. */
export interface UndecodedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly fault: EncodingFault;
}

export type ReadFile = TextFile | UndecodedFile;

/** Files of the user. */
export interface Files {
  /** Lets the user choose files; empty if they changed their mind. */
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
