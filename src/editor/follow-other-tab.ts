import type { StoreApi } from "zustand/vanilla";
import { emptyHistory } from "./history.ts";
import type { EditLog, Kept, Opened, Outside, RemovedPipeline, Seat, SeatListener, StoredChange } from "./ports.ts";
import { followed } from "./view.ts";
import { renameStored } from "./rename-stored.ts";
import type { EditorState, PipelineDocument, Status } from "./state.ts";
import { readModel } from "#compiler/readers.ts";

/**
 * One pipeline in several pages of a browser: one page edits it, the others show what that page has saved and change nothing. A page that
 * takes over begins with what was saved last, including its history.
 */
export interface Following {
  /** A seat at a stored pipeline, taken before the pipeline is read, so that what is read is not outdated. */
  join(id: string): Promise<SeatAt | undefined>;
  /**
   * The pipeline of this seat is now shown; the former seat is left. Without a seat one is taken for `id`. `isStored`: it was read from the
   * browser's storage.
   */
  sit(seat: SeatAt | undefined, id: string, isStored?: boolean): void;
  /** Returns a seat that was not needed. */
  leave(seat: SeatAt | undefined): void;
  /** Tells the other pages about a save. */
  saved(revision: number): void;
  /** Takes over the editing from the page that has it. A pipeline that another page has deleted is stored again. */
  editHere(): Promise<void>;
  /** Changes a stored pipeline, through the page that edits it if there is one; false: that page does not respond, nothing has changed. */
  change(id: string, change: StoredChange): Promise<boolean>;
  /** Deletes a stored pipeline that is not open here. A page that edits it saves first, and shows from then on that it was deleted. */
  remove(id: string): Promise<RemovedPipeline | undefined>;
  /** Stores a deleted pipeline again; pages that show it continue with it. */
  restore(removed: RemovedPipeline): Promise<void>;
}

export interface SeatAt {
  readonly id: string;
  readonly seat: Seat;
}

/** What this module needs of the editor. */
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
  /** Makes a change that another page asked for, and saves it. */
  readonly make: (change: StoredChange) => Promise<void>;
  /** Stores what this page shows, which another page has deleted, and edits it. */
  readonly storeAgain: () => void;
}

/** Lets an editor follow other pages; without other pages every seat is undefined, and this page edits everything. */
export function following(outside: Outside, editor: Followed): Following {
  const { store, setStatus } = editor;
  const get = store.getState;
  let at: SeatAt | undefined;
  const { shown, follow, resume, showRemoved } = createShownVersion(outside, editor, () => at?.seat.isEditing() === true);

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
      async asked(change) {
        if (isHere()) await editor.make(change);
      },
      removed() {
        if (isHere()) showRemoved();
      },
      restored() {
        if (!isHere() || !get().status.isRemoved) return;
        setStatus({ isRemoved: false });
        void (at?.seat.isEditing() ? resume() : follow()).catch(() => undefined);
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

  /** Works on a stored pipeline with a seat at it, which is left afterwards unless the pipeline is shown here. */
  async function withSeat<Result>(id: string, work: (seat: Seat | undefined) => Promise<Result>): Promise<Result> {
    const joined = await join(id);
    try {
      return await work(joined?.seat);
    } finally {
      leave(joined);
    }
  }

  return {
    join,
    leave,
    sit(next, id, wasRead = false) {
      const former = at;
      at = next;
      shown.isStored = wasRead;
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
      shown.isStored = true;
      if (at?.id === get().document.id) at.seat.saved(revision);
    },
    async editHere() {
      await at?.seat.takeOver();
      if (!get().status.isRemoved) return resume();
      const { id, opened } = get().document;
      const kept = await outside.storage.read(id);
      if (get().document.opened !== opened || !get().status.isRemoved) return;
      setStatus({ isRemoved: false });
      if (kept) return resume();
      editor.storeAgain();
    },
    change: (id, change) =>
      withSeat(id, async (seat) => {
        if (seat && !seat.isEditing()) return seat.ask(change);
        await ("fileName" in change ? renameStored(outside, id, change.fileName) : outside.storage.markExported(id, change.exported));
        return true;
      }),
    remove: (id) =>
      withSeat(id, async (seat) => {
        if (seat && !seat.isEditing()) await seat.takeOver();
        const removed = await outside.storage.remove(id);
        if (removed) seat?.tell("removed");
        return removed;
      }),
    restore: (removed) =>
      withSeat(removed.kept.id, async (seat) => {
        await outside.storage.restore(removed);
        seat?.tell("restored");
      }),
  };
}

/** The version of the pipeline that this page shows while another one edits it. */
interface ShownVersion {
  /** `isStored`: the pipeline was in the storage; one that was never stored is missing there without having been deleted. */
  readonly shown: { isStored: boolean };
  /** Shows what was saved last. */
  readonly follow: () => Promise<void>;
  /** Loads what was saved last, and edits it from then on. */
  readonly resume: () => Promise<void>;
  readonly showRemoved: () => void;
}

/** `isEditing`: this page has the editing. */
function createShownVersion(outside: Outside, editor: Followed, isEditing: () => boolean): ShownVersion {
  const { store, setDocument, setStatus } = editor;
  const get = store.getState;
  const shown = { isStored: false };
  let latest: Promise<void> = Promise.resolve();
  let isOutdated = false;

  /** One after the other: an outdated version must not replace what was edited here in the meantime. */
  function inTurn(step: () => Promise<void>): Promise<void> {
    const turn = latest.then(step);
    latest = turn.catch(() => undefined);
    return turn;
  }

  /** The pipeline is not stored any more: another page has deleted it. */
  function showRemoved(): void {
    setStatus({ isReadOnly: true, isRemoved: true });
    store.setState(({ session }) => ({ session: { ...session, toast: undefined, refusal: undefined } }));
  }

  /** Shows a version saved by another page. */
  async function show(kept: Kept): Promise<void> {
    const { opened } = get().document;
    shown.isStored = true;
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
      if (get().document.opened !== opened || !get().status.isReadOnly || get().status.isRemoved) return;
      if (kept) await show(kept);
      else if (shown.isStored) showRemoved();
    });
  }

  function resume(): Promise<void> {
    return inTurn(async () => {
      const { id, opened } = get().document;
      const mayResume = () => {
        const { document, status } = get();
        return document.opened === opened && status.isReadOnly === true && !status.isRemoved && isEditing();
      };
      if (!mayResume()) return;
      const [kept, log] = await Promise.all([outside.storage.read(id), outside.storage.readLog(id).catch(() => undefined)]);
      if (!kept && shown.isStored && mayResume()) return showRemoved();
      if (kept && mayResume()) await show(kept);
      if (mayResume()) editor.resume(kept, log);
    });
  }

  return { shown, follow, resume, showRemoved };
}
