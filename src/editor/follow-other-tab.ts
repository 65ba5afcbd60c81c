import type { StoreApi } from "zustand/vanilla";
import { emptyHistory } from "./history.ts";
import type { EditLog, Kept, Opened, Outside, Seat, SeatListener } from "./ports.ts";
import { followed } from "./view.ts";
import type { EditorState, PipelineDocument, Status } from "./state.ts";
import { readModel } from "#compiler/readers.ts";

/**
 * One pipeline in several pages of a browser: one page edits it, the others show what that page has saved and change nothing. A page that
 * takes over begins with what was saved last, including its history.
 */
export interface Following {
  /** A seat at a stored pipeline, taken before the pipeline is read, so that what is read is not outdated. */
  join(id: string): Promise<SeatAt | undefined>;
  /** The pipeline of this seat is now shown; the former seat is left. Without a seat one is taken for `id`. */
  sit(seat: SeatAt | undefined, id: string): void;
  /** Returns a seat that was not needed. */
  leave(seat: SeatAt | undefined): void;
  /** Tells the other pages about a save. */
  saved(revision: number): void;
  /** Takes over the editing from the page that has it. */
  editHere(): Promise<void>;
}

export interface SeatAt {
  readonly id: string;
  readonly seat: Seat;
}

/** What following needs of the editor. */
export interface Followed {
  readonly store: StoreApi<EditorState>;
  readonly setDocument: (change: Partial<PipelineDocument>) => void;
  readonly setStatus: (change: Partial<Status>) => void;
  /** Replaces the document's text without a step of the history; `arrive` receives its data if it differs. */
  readonly readText: (text: string, arrive: (opened: Opened) => void) => Promise<unknown>;
  /** Commits what is typed and saves everything, as far as possible. */
  readonly saveAll: () => Promise<void>;
  readonly hasUnsaved: () => boolean;
  /** What this page has and the browser has not becomes a pipeline of its own. */
  readonly keepAsCopy: () => void;
  /** This page edits from now on: what was saved last, with its drafts and history, is loaded. */
  readonly resume: (kept: Kept | undefined, log: EditLog | undefined) => void;
  readonly tookOver: () => void;
}

/** Creates the following of an editor; without other pages every seat is undefined, and this page edits everything. */
export function following(outside: Outside, editor: Followed): Following {
  const { store, setDocument, setStatus } = editor;
  const get = store.getState;
  let at: SeatAt | undefined;
  let latest: Promise<void> = Promise.resolve();
  let isOutdated = false;

  /** One after the other: an outdated version must not replace what was edited here in the meantime. */
  function inTurn(step: () => Promise<void>): Promise<void> {
    const turn = latest.then(step);
    latest = turn.catch(() => undefined);
    return turn;
  }

  /** Shows a version saved by another page. */
  async function show(kept: Kept): Promise<void> {
    const { opened } = get().document;
    await editor.readText(kept.text, ({ stream, diagnostics }) => {
      const { model } = readModel(stream);
      store.setState((state) => ({
        document: { ...state.document, stream, model, errors: diagnostics },
        session: { ...followed(state.session, { tasks: [], templates: [] }, model), refusal: undefined },
      }));
    });
    if (get().document.opened !== opened) return;
    const { fileName, exported, places, python, encoding } = kept;
    setDocument({ fileName, exported, places, python, encoding });
    store.setState({ history: emptyHistory });
  }

  function follow(): Promise<void> {
    isOutdated = true;
    return inTurn(async () => {
      if (!isOutdated) return;
      isOutdated = false;
      const { id, opened } = get().document;
      const kept = await outside.storage.read(id);
      if (kept && get().document.opened === opened && get().status.isReadOnly) await show(kept);
    });
  }

  function resume(): Promise<void> {
    return inTurn(async () => {
      const { id, opened } = get().document;
      const mayResume = () => get().document.opened === opened && get().status.isReadOnly === true && at?.seat.isEditing() === true;
      if (!mayResume()) return;
      const [kept, log] = await Promise.all([outside.storage.read(id), outside.storage.readLog(id).catch(() => undefined)]);
      if (kept && mayResume()) await show(kept);
      if (mayResume()) editor.resume(kept, log);
    });
  }

  function listener(id: string): SeatListener {
    const isHere = () => at?.id === id && get().document.id === id;
    return {
      saved() {
        if (isHere() && get().status.isReadOnly) void follow().catch(() => undefined);
      },
      async handOver() {
        if (!isHere()) return;
        await editor.saveAll();
        setStatus({ isReadOnly: true });
        editor.tookOver();
      },
      lost() {
        if (!isHere()) return;
        if (!get().status.isReadOnly && editor.hasUnsaved()) return editor.keepAsCopy();
        setStatus({ isReadOnly: true });
        void follow().catch(() => undefined);
      },
      granted() {
        if (isHere()) void resume().catch(() => undefined);
      },
    };
  }

  async function join(id: string): Promise<SeatAt | undefined> {
    if (at?.id === id) return at;
    const seat = await outside.tabs?.join(id, listener(id)).catch(() => undefined);
    return seat && { id, seat };
  }

  function leave(seat: SeatAt | undefined): void {
    if (seat !== at) seat?.seat.leave();
  }

  return {
    join,
    leave,
    sit(next, id) {
      const former = at;
      at = next;
      if (former !== next) former?.seat.leave();
      if (next) {
        // While the pipeline was being read here, the editing page saved it or closed.
        if (get().status.isReadOnly) void (next.seat.isEditing() ? resume() : follow()).catch(() => undefined);
        return;
      }
      void join(id).then((joined) => {
        if (get().document.id === id && at === undefined) at = joined;
        else if (joined) joined.seat.leave();
      });
    },
    saved(revision) {
      if (at?.id === get().document.id) at.seat.saved(revision);
    },
    async editHere() {
      await at?.seat.takeOver();
      await resume();
    },
  };
}
