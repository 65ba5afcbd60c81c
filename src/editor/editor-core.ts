import { createStore, type StoreApi } from "zustand/vanilla";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { readModel } from "#compiler/readers.ts";
import type { Data } from "#data/data.ts";
import type { Model } from "#pipeline/model.ts";
import { emptyHistory, type ViewState, withoutPart } from "./history.ts";
import { createPendingWork, type PendingWork } from "./pending-work.ts";
import type { Outside } from "./ports.ts";
import type { PositionsByGraph } from "./positions.ts";
import { createReadingQueue, type ReadingQueue } from "./reading-queue.ts";
import type { EditorState, Message, PipelineDocument, Session, Status } from "./state.ts";
import { createTextSync, type TextSync } from "./text-sync.ts";

/** The state of the editor and what its parts share; each part changes it in one respect (editor.ts composes them). */
export interface EditorCore {
  readonly outside: Outside;
  readonly store: StoreApi<EditorState>;
  readonly pending: PendingWork;
  readonly text: TextSync;
  readonly reading: ReadingQueue;
  setDocument(change: Partial<PipelineDocument>): void;
  setStatus(change: Partial<Status>): void;
  setSession(change: Partial<Session> | ((session: Session) => Partial<Session>)): void;
  toast(code: string, values?: Message["values"], undo?: boolean): void;
  /** A new id for a part of the history. */
  nextPart(): number;
  /** Why nothing can be changed now; undefined: it can. */
  locked(): Diagnostic | undefined;
  /** While the worker already holds the next pipeline's text and the page still shows the previous one, nothing can be changed. */
  setSwitching(isSwitching: boolean): void;
  /** Something that is saved or checked has changed. */
  changed(): void;
}

/** The initial settings of a session. */
export type SessionStart = Pick<Session, "language" | "theme" | "panels">;

let partCount = 0;

/** Creates the core with an empty document. `changed`: called after each change of what is saved or checked. */
export function createEditorCore(outside: Outside, session: SessionStart, changed: () => void): EditorCore {
  const store = createStore<EditorState>(() => emptyState(session));
  const pending = createPendingWork();
  let isSwitching = false;
  const core: EditorCore = {
    outside,
    store,
    pending,
    reading: createReadingQueue(pending),
    text: createTextSync(
      outside.text,
      textListener(() => core),
    ),
    setDocument: (change) => store.setState((state) => ({ document: { ...state.document, ...change } })),
    setStatus: (change) => store.setState((state) => ({ status: { ...state.status, ...change } })),
    setSession: (change) =>
      store.setState((state) => ({ session: { ...state.session, ...(typeof change === "function" ? change(state.session) : change) } })),
    toast: (code, values = {}, undo) =>
      core.setSession((now) => ({ toast: { code, values, id: (now.toast?.id ?? 0) + 1, ...(undo ? { undo } : {}) } })),
    nextPart: () => ++partCount,
    locked() {
      const { isReadOnly, isRemoved } = store.getState().status;
      if (isReadOnly) return { code: isRemoved ? "editor-removed" : "editor-read-only", level: "error", values: {}, path: [] };
      return isSwitching ? openingRefusal : undefined;
    },
    setSwitching: (is) => void (isSwitching = is),
    changed,
  };
  return core;
}

/** Why nothing can be changed while the next pipeline is being opened. */
export const openingRefusal: Diagnostic = { code: "editor-opening", level: "error", values: {}, path: [] };

/** What the editor does when the text has changed, or could not be changed. */
function textListener(core: () => EditorCore): Parameters<typeof createTextSync>[1] {
  return {
    changed() {
      const { store, text: sync, setDocument, setStatus, changed } = core();
      const text = sync.text();
      const waiting = sync.waiting();
      const state = store.getState();
      if (state.document.text !== text) setDocument({ text });
      if (state.status.waiting !== waiting) setStatus({ waiting });
      if (waiting === 0 && state.document.id !== "") changed();
    },
    refused(part, refusal) {
      const { store, setSession, reading } = core();
      const { history, back } = withoutPart(store.getState().history, part);
      store.setState((state) => ({
        history,
        document: back ? withStream(state.document, back.stream, back.around.places) : state.document,
      }));
      setSession({ ...(back ? viewOf(back.around) : {}), refusal });
      if (back) reading.end(false);
      return back !== undefined;
    },
    reported(notices) {
      const notice = notices[0];
      if (notice) core().toast(notice.code, notice.values);
    },
    broken(error) {
      core().setSession({ refusal: { code: "editor-text-broken", level: "error", values: { reason: reasonOf(error) }, path: [] } });
      core().reading.end(false);
    },
  };
}

function emptyState(session: SessionStart): EditorState {
  const model: Model = { objects: [] };
  return {
    document: { id: "", opened: 0, fileName: "", stream: [], model, text: "", exported: "", places: {}, errors: [], diagnostics: [] },
    history: emptyHistory,
    session: { ...session, workflow: 0, graph: undefined, trail: [], selection: [], drafts: {}, unfinishedPython: {}, firstVisit: false },
    status: { waiting: 0, saving: "saved", checking: false },
  };
}

/** The message of an error for a diagnostic. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What a step of the history restores besides the data. */
export function viewState(state: EditorState): ViewState {
  const { workflow, graph, trail, selection } = state.session;
  return { workflow, graph, trail, selection, places: state.document.places };
}

/** The part of a restored view that belongs to the session. */
export function viewOf({ workflow, graph, trail, selection }: ViewState): Pick<Session, "workflow" | "graph" | "trail" | "selection"> {
  return { workflow, graph, trail, selection };
}

/** The document with other data and positions; the text follows later. */
export function withStream(document: PipelineDocument, stream: readonly Data[], places: PositionsByGraph): PipelineDocument {
  return { ...document, stream, model: readModel(stream).model, places };
}
