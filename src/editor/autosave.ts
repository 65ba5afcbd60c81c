import { createSaveWriter, isFull, type KeptVersion, type Saved } from "./save-writer.ts";
import type { Outside } from "./ports.ts";
import type { Message } from "./state.ts";

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
  opened(kept?: KeptVersion): void;
  /** Whether anything is unsaved. */
  isDirty(): boolean;
}

/** Milliseconds from the first unsaved change to the save. The save itself takes time, and 300 may pass in all. */
const saveAfter = 100;
const saveNextAfter = 50;
const firstRetry = 1_000;
const longestRetry = 30_000;

/** Creates the autosave of an editor. */
export function autosave(outside: Outside, editor: Saved): Autosave {
  const { store, setStatus } = editor;
  const writer = createSaveWriter(outside, editor);
  const { maySave, isDirty } = writer;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let failures = 0;
  // The timer fired before the text had all edits in it.
  let isDue = false;

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
    const here = writer.generation();
    try {
      await writer.write();
      failures = 0;
    } catch (error) {
      if (here !== writer.generation()) return;
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
    if (writer.mustWaitForText()) isDue = true;
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
      clearTimeout(timer);
      timer = undefined;
      failures = 0;
      isDue = false;
      writer.reset(kept);
      setStatus({ saving: "saved", notSaved: undefined });
      this.changed();
    },
    isDirty,
  };
}

function reasonOf(error: unknown): Message {
  if (isFull(error)) return { code: "save-full", values: {} };
  return { code: "save-failed", values: { reason: error instanceof Error ? error.message || error.name : String(error) } };
}
