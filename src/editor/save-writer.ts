import type { StoreApi } from "zustand/vanilla";
import { emptyLog, logChange, type SavedLog } from "./edit-log.ts";
import type { History } from "./history.ts";
import type { Drafts, Outside, Save } from "./ports.ts";
import type { EditorState, PipelineDocument, Status } from "./state.ts";
import { countShownTasks } from "./view.ts";
import type { Written } from "./text-sync.ts";

/** What the autosave needs of the editor. */
export interface Saved {
  readonly store: StoreApi<EditorState>;
  readonly setStatus: (change: Partial<Status>) => void;
  /** Text that was typed and is not yet part of the document, as one value that differs after each change. */
  readonly drafts: () => Drafts | undefined;
  /** The splices of a part of the history. */
  readonly written: (part: number) => Written | undefined;
  /** A save with a new text, name or positions was completed. */
  readonly saved?: (revision: number) => void;
  /** Another page saved this pipeline in the meantime. Gives this page's version an id of its own, under which it is saved next. */
  readonly conflict: () => void;
  /** The histories of other pipelines were dropped because storage is full. */
  readonly madeRoom: () => void;
}

interface Snapshot {
  readonly document: PipelineDocument;
  readonly history: History;
  readonly drafts: Drafts | undefined;
}

/** A version that the browser has. */
export interface KeptVersion {
  readonly revision: number;
  readonly log: SavedLog | undefined;
}

/** Writes the differences between the pipeline and its last saved version. When to write is up to the caller (autosave.ts). */
export interface SaveWriter {
  /** Whether the pipeline belongs to the user and to this page. */
  maySave(): boolean;
  isDirty(): boolean;
  /** Whether nothing can be saved until the text has all edits in it. */
  mustWaitForText(): boolean;
  /** Writes what differs, in one transaction. Throws if the storage fails. */
  write(): Promise<void>;
  /** Starts over with another pipeline; `kept`: the browser already has it. */
  reset(kept: KeptVersion | undefined): void;
  /** A number that changes with each pipeline. */
  generation(): number;
}

/** Creates the writer of an editor. */
export function createSaveWriter(outside: Outside, editor: Saved): SaveWriter {
  const { store } = editor;
  let saved: Snapshot | undefined;
  let log: SavedLog = emptyLog;
  let revision = 0;
  let generation = 0;
  // The drafts of the latest save; the browser may hold more (see joined).
  let savedDrafts: Drafts | undefined;
  // The list shows the most recently opened pipeline first.
  let isTouched = false;

  const snapshot = (): Snapshot => {
    const { document, history } = store.getState();
    return { document, history, drafts: editor.drafts() };
  };
  /** The example of a first visit does not belong to the user: it is stored from the first change on. */
  const maySave = () => {
    const { document, session, status } = store.getState();
    return document.id !== "" && !session.firstVisit && !status.isReadOnly;
  };
  const isDirty = () => {
    if (!maySave()) return false;
    const now = snapshot();
    return isTouched || !saved || isOther(saved.document, now.document) || saved.history !== now.history || saved.drafts !== now.drafts;
  };

  async function write(): Promise<void> {
    if (!isDirty()) return;
    const here = generation;
    const { document, history, drafts } = snapshot();
    const isBehind = store.getState().status.waiting > 0;
    // Until the text has all edits in it, text and history do not match; typed text can be saved alone.
    if (isBehind && (!saved || savedDrafts === drafts)) return;
    const bodyChanged = !isBehind && (!saved || isOther(saved.document, document));
    const logged = isBehind || saved?.history === history ? undefined : logChange(log, history, { written: editor.written });
    const { id, fileName, text, exported, places, python, encoding } = document;
    const kept: Drafts | undefined = isBehind ? joined(saved?.drafts, drafts) : drafts;
    const save: Save = {
      id,
      base: revision,
      at: outside.now(),
      ...(bodyChanged && {
        body: {
          fileName,
          text,
          exported,
          places,
          tasks: countShownTasks(document.model),
          ...(python && { python }),
          ...(encoding && { encoding }),
        },
      }),
      ...(saved?.drafts !== drafts && { drafts: kept ?? null }),
      ...(logged && { log: logged.change }),
    };
    const answer = await keep(outside, save, editor.madeRoom);
    if (here !== generation) return;
    if (!answer.ok) {
      if (answer.why === "conflict") editor.conflict();
      // Its row is gone (removed in another tab), so all of it is written again.
      revision = 0;
      log = emptyLog;
      saved = undefined;
      return;
    }
    revision = answer.revision;
    isTouched = false;
    if (logged) log = logged.next;
    savedDrafts = drafts;
    if (isBehind && saved) saved = { ...saved, drafts: kept };
    else saved = { document, history, drafts };
    if (bodyChanged) editor.saved?.(revision);
  }

  return {
    maySave,
    isDirty,
    mustWaitForText: () => store.getState().status.waiting > 0 && (!saved || savedDrafts === editor.drafts()),
    write,
    reset(kept) {
      generation += 1;
      revision = kept?.revision ?? 0;
      log = kept?.log ?? emptyLog;
      saved = kept ? snapshot() : undefined;
      savedDrafts = saved?.drafts;
      isTouched = kept !== undefined;
    },
    generation: () => generation,
  };
}

/** Saves; if storage is full, once more after the histories of other pipelines were dropped. */
async function keep(outside: Outside, save: Save, madeRoom: () => void) {
  try {
    return await outside.storage.keep(save);
  } catch (error) {
    if (!isFull(error) || !(await outside.storage.makeRoom(save.id))) throw error;
    madeRoom();
    return outside.storage.keep(save);
  }
}

function isOther(saved: PipelineDocument, now: PipelineDocument): boolean {
  return (
    saved.id !== now.id ||
    saved.text !== now.text ||
    saved.fileName !== now.fileName ||
    saved.exported !== now.exported ||
    saved.places !== now.places ||
    saved.python !== now.python ||
    saved.encoding !== now.encoding
  );
}

/** Drafts of both: a draft that was just committed stays until the text that contains it is saved. */
function joined(saved: Drafts | undefined, now: Drafts | undefined): Drafts | undefined {
  if (!saved || !now) return now ?? saved;
  return { ...saved, ...now, fields: { ...saved.fields, ...now.fields }, python: { ...saved.python, ...now.python } };
}

/** Whether storage refused a save because it is full. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === "QuotaExceededError";
}
