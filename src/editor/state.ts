import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { Data } from "#data/data.ts";
import type { Model } from "#pipeline/model.ts";
import type { Language } from "#messages/translate.ts";
import type { History } from "./history.ts";
import type { PositionsByGraph } from "./positions.ts";
import type { FileEncoding } from "#yaml/text-encoding.ts";
import type { DialogName, Draft, OpenForm, PythonOrigin, PythonTarget, RemovedPipeline, ServedProblem, UndecodedFile } from "./ports.ts";
import type { Message } from "./message.ts";
import type { CopiedSettings } from "./settings/copy-settings.ts";

export type { Draft, PythonTarget, Message };

/** The current pipeline: what is saved and undone. */
export interface PipelineDocument {
  /** Its id among the pipelines stored in this browser. */
  readonly id: string;
  /** A different number for each pipeline that is shown: data of one never reaches the next. */
  readonly opened: number;
  readonly fileName: string;
  readonly stream: readonly Data[];
  readonly model: Model;
  /** The text as far as the worker has written it; `status.waiting` edits are pending. */
  readonly text: string;
  /** The text when it was opened or last exported. */
  readonly exported: string;
  readonly places: PositionsByGraph;
  /** The problems of the text when it was parsed. */
  readonly errors: readonly Diagnostic[];
  /** The diagnostics of the checks, for the text as it was when they last ran. */
  readonly diagnostics: readonly Diagnostic[];
  /** It is the file that the command line serves: only then is it written in place. */
  readonly isServed?: boolean;
  /** The Python file from which it was made. */
  readonly python?: PythonOrigin;
  /** The encoding of its file if that is not UTF-8. */
  readonly encoding?: FileEncoding;
}

export interface Status {
  /** Edits that are on the canvas and not yet in the text. */
  readonly waiting: number;
  /** Whether all that was done and typed is stored in this browser; `failed` until a later attempt succeeds. */
  readonly saving: "saved" | "saving" | "failed";
  /** Why the latest save failed. */
  readonly notSaved?: Message;
  /** The pipeline is being edited in another tab: this one shows it and changes nothing. */
  readonly isReadOnly?: boolean;
  /** It was deleted in another tab while it was open here; `isReadOnly` is true as well. */
  readonly isRemoved?: boolean;
  readonly checking: boolean;
  /** The file that is being opened as the pipeline. */
  readonly opening?: string;
  /** A file that is being recognised; it is not known yet how it will be opened. */
  readonly reading?: string;
}

/** `system` follows the system's light, dark or contrast setting. */
export type ThemeChoice = "system" | "light" | "dark" | "contrast";

export interface Panels {
  readonly left: "palette" | "outline" | undefined;
  readonly right: "inspector" | "yaml" | undefined;
  readonly bottom: "problems" | undefined;
  readonly dialog: DialogName | undefined;
}

/** The user's current activity: neither saved in the file nor undone. */
export interface Session {
  /** Index of the document shown, in the stream. */
  readonly workflow: number;
  /** The graph template shown; undefined if the workflow has none. */
  readonly graph: string | undefined;
  /** The graphs entered to get here, outermost first, excluding the one shown. */
  readonly trail: readonly string[];
  readonly selection: readonly string[];
  /** Texts and rows that the document cannot take yet, by field id (field-drafts.ts): kept until they are finished or discarded. */
  readonly drafts: Readonly<Record<string, Draft>>;
  /** The draft whose field takes the focus as soon as it is on the page. */
  readonly wantedField?: string;
  /** The problem or unfinished field that was shown last: “next problem” goes on from there. */
  readonly visited?: string;
  readonly panels: Panels;
  readonly language: Language;
  readonly theme: ThemeChoice;
  /** One message at the bottom of the canvas; `id` distinguishes two equal ones. */
  readonly toast?: Message & { readonly id: number; readonly undo?: boolean; readonly bringBack?: boolean };
  /** The pipeline that was deleted last in My pipelines: it can be brought back until another one is deleted. */
  readonly deleted?: { readonly pipeline: RemovedPipeline; readonly wasOpen: boolean };
  /** Why the last request was refused; shown where it was made, until the next action. */
  readonly refusal?: Diagnostic;
  /** A part of the page could not be fetched: only reloading helps. */
  readonly missingPart?: boolean;
  /** The example is shown because nothing was opened yet. */
  readonly firstVisit: boolean;
  /** A path that the YAML pane should show; `id` changes with each request. */
  readonly reveal?: {
    readonly path: readonly (string | number)[];
    readonly span?: readonly [start: number, end: number];
    readonly id: number;
  };
  /** Why the file of the command line was not read or written; the dialog about it is open. */
  readonly servedProblem?: ServedProblem;
  /** A Python file with several pipelines, of which the user chooses one. */
  readonly choosing?: PipelineChoice;
  /** Files in another encoding than UTF-8 that wait until the user names it, the current one first. */
  readonly undecoded?: readonly UndecodedFile[];
  /** The position on the canvas for a group that is being created with nothing selected. */
  readonly groupAt?: { readonly x: number; readonly y: number };
  /** What the function editor shows while it is open. */
  readonly python?: PythonTarget;
  /** Text of the function editor that was left unfinished, by task id ("": a new function). */
  readonly unfinishedPython: Readonly<Record<string, string>>;
  /** Settings copied from a task, and whether they are about to be pasted. */
  readonly copiedSettings?: CopiedSettings;
  readonly pasting?: boolean;
  /** Forms that were open with text in them when the page was closed: each takes its values from here when it opens again. */
  readonly reopened?: Readonly<Record<string, OpenForm>>;
}

/** A Python file (the first; the others came with it) and the names of its pipelines. */
export interface PipelineChoice {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly names: readonly string[];
}

/** The complete state of the editor. A value: every change gives a new one that shares the rest. */
export interface EditorState {
  readonly document: PipelineDocument;
  readonly history: History;
  readonly session: Session;
  readonly status: Status;
}

/** Whether the text differs from what was opened or last exported. */
export function isChanged(state: EditorState): boolean {
  return state.document.text !== state.document.exported || state.status.waiting > 0;
}
