import type { StoreApi } from "zustand/vanilla";
import { emptyLog, logChange, type SavedLog } from "./edit-log.ts";
import type { History } from "./history.ts";
import type { Drafts, Outside, Save } from "./ports.ts";
import type { EditorState, PipelineDocument, Message, Status } from "./state.ts";
import { countShownTasks } from "./view.ts";
import type { Written } from "./text-sync.ts";

/**
 * Saves the open pipeline in the browser: text, positions, drafts and the edit log in one transaction. A save starts a fixed time after the
 * first unsaved change, so that continuous typing is saved, too. “Saved” is shown only if nothing has changed since the snapshot that was
 * written.
 */
export interface Autosave {
  /** Marks something as unsaved. */
  changed(): void;
  /** Saves at once; resolves when everything that text and drafts held at the call is saved, or a save has failed. */
  flush(): Promise<void>;
  /** Another pipeline was opened. `kept`: the browser already has it in this revision, with this log. */
  opened(kept?: { readonly revision: number; readonly log: SavedLog | undefined }): void;
  /** Whether anything is unsaved. */
  isDirty(): boolean;
}

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

/** Milliseconds from the first unsaved change to the save. The save itself takes time, and 300 may pass in all. */
const saveAfter = 100;
const saveNextAfter = 50;
const firstRetry = 1_000;
const longestRetry = 30_000;

/** Creates the autosave of an editor. */
export function autosave(outside: Outside, editor: Saved): Autosave {
  const { store, setStatus } = editor;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let saved: Snapshot | undefined;
  let log: SavedLog = emptyLog;
  let revision = 0;
  let generation = 0;
  let failures = 0;
  // The drafts of the latest save; the browser may hold more (see joined).
  let savedDrafts: Drafts | undefined;
  // The timer fired before the text had all edits in it.
  let isDue = false;
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
    const answer = await keep(save);
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

  async function keep(save: Save) {
    try {
      return await outside.storage.keep(save);
    } catch (error) {
      if (!isFull(error) || !(await outside.storage.makeRoom(save.id))) throw error;
      editor.madeRoom();
      return outside.storage.keep(save);
    }
  }

  function run(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    isDue = false;
    running ??= attempt().finally(() => {
      running = undefined;
      next();
    });
    return running;
  }

  async function attempt(): Promise<void> {
    const here = generation;
    try {
      await write();
      failures = 0;
    } catch (error) {
      if (here !== generation) return;
      failures += 1;
      setStatus({ saving: "failed", notSaved: reasonOf(error) });
    }
  }

  function next(): void {
    if (failures > 0) return schedule(Math.min(longestRetry, firstRetry * 2 ** (failures - 1)));
    const { status } = store.getState();
    if (!isDirty()) {
      if (status.saving !== "saved") setStatus({ saving: "saved", notSaved: undefined });
      return;
    }
    if (status.saving !== "saving") setStatus({ saving: "saving", notSaved: undefined });
    if (status.waiting > 0 && (!saved || savedDrafts === editor.drafts())) isDue = true;
    else schedule(saveNextAfter);
  }

  function schedule(delay: number): void {
    timer ??= setTimeout(() => void run(), delay);
  }

  return {
    changed() {
      if (!maySave()) return;
      if (store.getState().status.saving === "saved" && isDirty()) setStatus({ saving: "saving" });
      if (running || timer !== undefined) return;
      schedule(isDue && store.getState().status.waiting === 0 ? 0 : saveAfter);
    },
    async flush() {
      // The first save may have begun before the latest change; a conflict creates a copy, which is saved next.
      await running;
      if (isDirty()) await run();
      for (let round = 0; round < 2 && failures === 0 && isDirty() && store.getState().status.waiting === 0; round++) await run();
    },
    opened(kept) {
      generation += 1;
      clearTimeout(timer);
      timer = undefined;
      failures = 0;
      isDue = false;
      revision = kept?.revision ?? 0;
      log = kept?.log ?? emptyLog;
      saved = kept ? snapshot() : undefined;
      savedDrafts = saved?.drafts;
      isTouched = kept !== undefined;
      setStatus({ saving: "saved", notSaved: undefined });
      this.changed();
    },
    isDirty,
  };
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

function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === "QuotaExceededError";
}

function reasonOf(error: unknown): Message {
  if (isFull(error)) return { code: "save-full", values: {} };
  return { code: "save-failed", values: { reason: error instanceof Error ? error.message || error.name : String(error) } };
}
