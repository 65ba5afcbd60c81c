import type { StoreApi } from "zustand/vanilla";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { Edit } from "#pipeline/edit.ts";
import { autosave } from "./autosave.ts";
import { checking } from "./checking.ts";
import { createDispatch, type Outcome, type Transaction } from "./dispatch.ts";
import { createEditorCore, type EditorCore, reasonOf, type SessionStart, viewState } from "./editor-core.ts";
import { type Followed, type Following, following } from "./follow-other-tab.ts";
import { recorded, type Step } from "./history.ts";
import type { Point } from "./layout/geometry.ts";
import { createOpening, newId, type OpenOptions } from "./open-pipeline.ts";
import { reopened } from "./open-forms.ts";
import type { PendingWork } from "./pending-work.ts";
import { fileNameFor, isNamedAfter, titleFor, titleOf } from "./pipeline-name.ts";
import type { Outside } from "./ports.ts";
import { placed } from "./positions.ts";
import { readText, replaceText, type ReplaceOptions } from "./replace-text.ts";
import type { Draft, EditorState, Message, Session } from "./state.ts";
import { createTravel } from "./travel-history.ts";
import { createTypedText, type TypedText } from "./typed-text.ts";
import { workflowAt } from "./view.ts";

/** The editor without React: one store, and the functions that change it. Views read the store and call these. */
export interface Editor {
  readonly store: StoreApi<EditorState>;
  readonly outside: Outside;
  /** Work that the page has started besides edits and checks, which are in the status. */
  readonly pending: PendingWork;
  /** Runs an action; returns otherwise why not, or that it is deferred. Data and canvas change at once, the text follows. */
  dispatch(transaction: Transaction): Outcome;
  /** Whether an action would be accepted; changes nothing. */
  refusal(edits: readonly Edit[]): Diagnostic | undefined;
  /** Boxes moved on the canvas. `remembered: false` for positions that a layout assigned to new boxes: no step of the history. */
  place(graph: string, moved: Readonly<Record<string, Point>>, label?: Message, key?: string): void;
  undo(): void;
  redo(): void;
  /** Goes to the state after the first `done` steps of the history. */
  travelTo(done: number): void;
  /** Takes back the latest step if it has this key: Escape in a field. */
  revert(key: string): boolean;
  /** Replaces the whole text as one undoable step; false if that is not possible now. */
  replaceText(text: string, options?: ReplaceOptions): Promise<boolean>;
  /** Opens a text in place of the current pipeline, which stays stored in the browser. */
  open(fileName: string, text: string, options?: OpenOptions): Promise<void>;
  /** Opens a pipeline stored in this browser, with its drafts and its history; false if it does not exist. */
  openKept(id: string): Promise<boolean>;
  /** Begins an empty pipeline under a name that no stored one has. */
  newPipeline(): Promise<void>;
  /** Renames the file; the pipeline's title follows if the file was named after it. */
  rename(name: string): void;
  /** The text with all edits in it. */
  settledText(): Promise<string>;
  /** Marks the text as exported. */
  exported(text: string): void;
  readonly session: EditorCore["setSession"];
  draft(field: string, draft: Draft | undefined): void;
  /**
   * Text that is being typed and is not part of the document yet: saved with the document's drafts. undefined: it was committed, or
   * discarded.
   */
  readonly typing: TypedText["typing"];
  /** A value of an open form that was not used yet: saved with the document's drafts. Without a value it was used, or discarded. */
  readonly fillIn: TypedText["fillIn"];
  readonly toast: EditorCore["toast"];
  /** Takes over the editing of this pipeline from the tab that has it; one that another tab has deleted is stored again. */
  editHere(): Promise<void>;
  /** Changes of stored pipelines that are not open here; other tabs may have them open (follow-other-tab.ts). */
  readonly stored: Pick<Following, "change" | "remove" | "restore">;
  /** Commits what is being typed and saves at once (the page is being left). */
  flush(): Promise<void>;
}

/** Creates an editor. `session`: initial language, theme and panels. */
export function createEditor(outside: Outside, session: SessionStart): Editor {
  const core = createEditorCore(outside, session, () => {
    saver.changed();
    checks.changed();
  });
  const { store, setDocument, setStatus, setSession, toast, reading } = core;
  const typed = createTypedText(core, () => saver.changed());
  const travel = createTravel(core);
  const actions = createDispatch(core, travel);
  const saver = autosave(outside, {
    store,
    setStatus,
    drafts: typed.drafts,
    written: core.text.written,
    saved: (revision) => seats.saved(revision),
    conflict: becomeCopy,
    madeRoom: () => toast("toast-made-room"),
  });
  const seats: Following = following(outside, followedParts());
  const checks = checking(outside.text, store, { document: setDocument, status: setStatus });
  const replace = (text: string, options?: ReplaceOptions) => replaceText(core, text, { ...options, typed });
  const opening = createOpening(core, { saver, seats, typed, flushAll: () => flush("all"), replaceText: replace });
  const rename = (name: string) => renamePipeline(core, name, actions.run);
  store.subscribe(({ session: now }, { session: before }) => {
    if (now.drafts !== before.drafts || now.unfinishedPython !== before.unfinishedPython || now.firstVisit !== before.firstVisit)
      saver.changed();
  });
  followTitle(core);

  /** Another page has the pipeline under its id: this page's version continues as a pipeline of its own. */
  function becomeCopy(): void {
    const { fileName } = store.getState().document;
    const copy = copyName(fileName);
    const id = newId(outside.now());
    setDocument({ id, fileName: copy });
    seats.sit(undefined, id);
    toast("toast-conflict", { name: fileName, copy });
  }

  function hasUnsaved(): boolean {
    return saver.isDirty() || store.getState().status.waiting > 0;
  }

  async function flush(which: "all" | "valid at any time"): Promise<void> {
    // Typed text is sent to the browser's storage before anything else happens: the page may be closing.
    const first = saver.flush();
    await typed.takeOver(which);
    await first;
    if (which === "all") await actions.settled();
    await core.text.settled();
    await saver.flush();
  }

  function exported(text: string): void {
    setDocument({ exported: text });
    core.changed();
  }

  /** What the page does when another one edits this pipeline, or has edited it. */
  function followedParts(): Followed {
    return {
      store,
      setDocument,
      setStatus,
      readText: (text, arrive) => readText(core, () => text, arrive),
      async saveAll() {
        // Edits are possible while a save is running.
        for (let round = 0; round < 5 && (round === 0 || hasUnsaved()); round++) await flush("all");
      },
      hasUnsaved,
      keepAsCopy() {
        becomeCopy();
        saver.opened();
      },
      resume(kept, log) {
        typed.reset(kept?.drafts?.forms);
        setSession((now) => ({
          drafts: kept?.drafts?.fields ?? {},
          unfinishedPython: kept?.drafts?.python ?? {},
          refusal: undefined,
          ...reopened(now, kept?.drafts?.forms, store.getState().document.model),
        }));
        opening.begin(kept, log);
      },
      tookOver: () => toast("toast-taken-over"),
      async make(change) {
        if ("fileName" in change) rename(change.fileName);
        else exported(change.exported);
        await flush("valid at any time");
      },
      storeAgain() {
        setStatus({ isReadOnly: false });
        saver.opened();
        core.changed();
      },
    };
  }

  return {
    store,
    outside,
    pending: core.pending,
    dispatch: actions.run,
    refusal: actions.refusal,
    open: opening.open,
    openKept: opening.openKept,
    newPipeline: opening.newPipeline,
    replaceText: replace,
    session: setSession,
    toast,
    typing: typed.typing,
    fillIn: typed.fillIn,
    editHere: () =>
      seats.editHere().catch((error: unknown) => {
        const refusal: Diagnostic = { code: "editor-not-taken-over", level: "error", values: { reason: reasonOf(error) }, path: [] };
        setSession({ refusal });
      }),
    flush: () => flush("valid at any time"),
    place(graph, moved, label, key) {
      const refusal = label && core.locked();
      if (refusal) return setSession({ refusal });
      reading.run(() => putBoxes(core, { graph, moved, label, key }));
    },
    undo: () => travel.to(({ past }) => past.length - 1),
    redo: () => travel.to(({ past }) => past.length + 1),
    travelTo: (done) => travel.to(() => done),
    revert: travel.revert,
    rename,
    async settledText() {
      await typed.takeOver("all");
      await actions.settled();
      await core.text.settled();
      return core.text.text();
    },
    exported,
    stored: seats,
    draft: (field, draft) => setSession(({ drafts }) => withDraft(drafts, field, draft)),
  };
}

interface Moved {
  readonly graph: string;
  readonly moved: Readonly<Record<string, Point>>;
  readonly label: Message | undefined;
  readonly key: string | undefined;
}

function putBoxes(core: EditorCore, { graph, moved, label, key }: Moved): void {
  const before = core.store.getState();
  const places = placed(before.document.places, graph, moved);
  core.setDocument({ places });
  if (label) {
    const around = viewState(before);
    const step: Step = { label, parts: [], before: around, after: { ...around, places }, key, at: core.outside.now() };
    core.store.setState((state) => ({ history: recorded(state.history, step) }));
  }
  core.changed();
}

/** Renames the file, and its pipeline if the file was named after that. */
function renamePipeline(core: EditorCore, name: string, dispatch: Editor["dispatch"]): void {
  const { document, session } = core.store.getState();
  const fileName = fileNameFor(name, document.fileName);
  if (document.id === "" || document.isServed || fileName === document.fileName) return;
  const refusal = core.locked();
  if (refusal) return core.setSession({ refusal });
  const workflow = workflowAt(document.model, session.workflow);
  const title = workflow && isNamedAfter(document.fileName, titleOf(workflow)) ? titleFor(name, workflow) : undefined;
  core.setDocument({ fileName });
  if (session.firstVisit) core.setSession({ firstVisit: false });
  if (title !== undefined && title !== titleOf(workflow))
    dispatch({ edits: [{ kind: "rename-workflow", name: title, workflow: session.workflow }] });
  core.changed();
}

/** A file that is named after its pipeline keeps following the title, whether that changes by an edit, by undo or in the text. */
function followTitle({ store, setDocument }: EditorCore): void {
  store.subscribe(({ document, session }, before) => {
    if (document.id !== before.document.id || document.model === before.document.model || document.isServed) return;
    const title = titleOf(workflowAt(document.model, session.workflow));
    const former = titleOf(workflowAt(before.document.model, before.session.workflow));
    if (title === former || title === "" || !isNamedAfter(document.fileName, former)) return;
    setDocument({ fileName: fileNameFor(title, document.fileName) });
  });
}

function withDraft(drafts: Session["drafts"], field: string, draft: Draft | undefined): Partial<Session> {
  if (draft) return { drafts: { ...drafts, [field]: draft } };
  if (!Object.hasOwn(drafts, field)) return {};
  return { drafts: Object.fromEntries(Object.entries(drafts).filter(([id]) => id !== field)) };
}

/** `train.yaml` becomes `train (2).yaml`. */
function copyName(fileName: string): string {
  const dot = fileName.lastIndexOf(".");
  return dot <= 0 ? `${fileName} (2)` : `${fileName.slice(0, dot)} (2)${fileName.slice(dot)}`;
}
