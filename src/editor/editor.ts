import { createStore, type StoreApi } from "zustand/vanilla";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { readModel } from "#compiler/readers.ts";
import type { Data } from "#data/data.ts";
import type { Edit, Renames } from "#pipeline/edit.ts";
import type { Model } from "#pipeline/model.ts";
import { autosave } from "./autosave.ts";
import { checking } from "./checking.ts";
import { combinedTexts } from "./text-difference.ts";
import { restoredHistory } from "./edit-log.ts";
import { type Following, following, type SeatAt } from "./follow-other-tab.ts";
import { emptyHistory, recorded, type Step, type ViewState, type Travel, wayTo, withoutPart } from "./history.ts";
import type { Point } from "./layout/geometry.ts";
import { placesInFile } from "./layout-annotation.ts";
import { newPipelineNamed, pipelineFileName } from "./new-pipeline.ts";
import { type FormPart, openForms, reopened } from "./open-forms.ts";
import { fileNameFor, freeFileName, isNamedAfter, stemOf, titleFor, titleOf } from "./pipeline-name.ts";
import { placed, type PositionsByGraph, renamePositions } from "./positions.ts";
import { createPendingWork, type PendingWork } from "./pending-work.ts";
import { fetchPlanner, hasPlanner, planAll } from "./load-planner.ts";
import type { FileEncoding } from "#yaml/text-encoding.ts";
import type { Drafts, EditLog, Kept, Opened, Outside, PythonOrigin } from "./ports.ts";
import { followed, startingView, workflowAt } from "./view.ts";
import { type Draft, type EditorState, isChanged, type PipelineDocument, type Message, type Session, type Status } from "./state.ts";
import { createTextSync } from "./text-sync.ts";

/** One action of the user. */
export interface Transaction {
  readonly edits: readonly Edit[];
  /** Its name for the menu; default: the label of the first edit. */
  readonly label?: Message;
  /** The selection afterwards (ids after the edit). */
  readonly select?: readonly string[];
  /** Box positions that change with it, by graph. */
  readonly places?: PositionsByGraph;
  /** Consecutive actions with the same key are one step (history.ts). */
  readonly key?: string;
  /** Takes back the latest step with this key first: of a visit to a field only the last text is written, as if it was typed at once. */
  readonly replaces?: boolean;
}

/** The outcome of an action. */
export type Outcome = { readonly ok: true; readonly renames: Renames } | { readonly ok: false; readonly refusal: Diagnostic };

/** The editor without React: one store, and the functions that change it. Views read the store and call these. */
export interface Editor {
  readonly store: StoreApi<EditorState>;
  readonly outside: Outside;
  /** Work that the page has started besides edits and checks, which are in the status. */
  readonly pending: PendingWork;
  /** Runs an action, or returns why not. Data and canvas change at once, the text follows. */
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
  session(change: Partial<Session> | ((session: Session) => Partial<Session>)): void;
  draft(field: string, draft: Draft | undefined): void;
  /**
   * Text that is being typed and is not part of the document yet: saved with the document's drafts. undefined: it was committed, or
   * discarded.
   */
  typing(field: string, typed: Typed | undefined): void;
  /** A value of an open form that was not used yet: saved with the document's drafts. Without a value it was used, or discarded. */
  fillIn(part: FormPart): void;
  toast(code: string, values?: Message["values"], undo?: boolean): void;
  /** Takes over the editing of this pipeline from the tab that has it; one that another tab has deleted is stored again. */
  editHere(): Promise<void>;
  /** Changes of stored pipelines that are not open here; other tabs may have them open (follow-other-tab.ts). */
  readonly stored: Pick<Following, "change" | "remove" | "restore">;
  /** Commits what is being typed and saves at once (the page is being left). */
  flush(): Promise<void>;
}

/** Text in a field or in the YAML pane between the first key and its commit. */
export interface Typed {
  readonly text: string;
  /** The field's name, such as `CPU limit of “train”`. */
  readonly field: Message;
  /** Commits it to the document now. */
  readonly takeOver?: () => unknown;
  /** Committed when the user leaves the field or uses the document, not when the page is hidden: names, and YAML in a field. */
  readonly isLate?: boolean;
}

/** The id under which the YAML pane reports what is typed in it. */
export const yamlTextField = "yaml";

interface ReplaceOptions {
  readonly label?: Message;
  /** As in a transaction. */
  readonly key?: string;
  /** The text from which the new one was made; changes to the document since then are kept. */
  readonly base?: string;
}

interface OpenOptions {
  readonly firstVisit?: boolean;
  readonly kept?: Kept;
  readonly log?: EditLog;
  readonly seat?: SeatAt;
  /** Another page edits it; this one shows what that page has saved. */
  readonly isFollowing?: boolean;
  /** It begins here and is unsaved from the start. */
  readonly isNew?: boolean;
  /** It is the file that the command line serves. */
  readonly served?: boolean;
  /** Its id in the browser; a new one if absent. */
  readonly id?: string;
  /** The Python file from which the text was made. */
  readonly python?: PythonOrigin;
  /** The encoding of the file if that is not UTF-8. */
  readonly encoding?: FileEncoding;
}

const noRenames: Renames = { tasks: [], templates: [] };
let partCount = 0;

/** Creates an editor. `session`: initial language, theme and panels. */
export function createEditor(outside: Outside, session: Pick<Session, "language" | "theme" | "panels">): Editor {
  const store = createStore<EditorState>(() => emptyState(session));
  const get = store.getState;
  const setDocument = (change: Partial<PipelineDocument>) => store.setState((state) => ({ document: { ...state.document, ...change } }));
  const setStatus = (change: Partial<Status>) => store.setState((state) => ({ status: { ...state.status, ...change } }));
  const setSession: Editor["session"] = (change) =>
    store.setState((state) => ({ session: { ...state.session, ...(typeof change === "function" ? change(state.session) : change) } }));

  const line = createTextSync(outside.text, {
    changed: () => {
      const text = line.text();
      const waiting = line.waiting();
      const state = get();
      if (state.document.text !== text) setDocument({ text });
      if (state.status.waiting !== waiting) setStatus({ waiting });
      if (waiting === 0 && state.document.id !== "") changed();
    },
    refused: (part, refusal) => {
      const { history, back } = withoutPart(get().history, part);
      store.setState((state) => ({
        history,
        document: back ? withStream(state.document, back.stream, back.around.places) : state.document,
      }));
      setSession({ ...(back ? viewOf(back.around) : {}), refusal });
      if (back) endReading(false);
      return back !== undefined;
    },
    reported: (notices) => {
      const notice = notices[0];
      if (notice) toast(notice.code, notice.values);
    },
    broken: (error) => {
      const values = { reason: error instanceof Error ? error.message : String(error) };
      setSession({ refusal: { code: "editor-text-broken", level: "error", values, path: [] } });
      endReading(false);
    },
  });
  const pending = createPendingWork();
  const saver = autosave(outside, {
    store,
    setStatus,
    drafts: draftsNow,
    written: line.written,
    saved: (revision) => seats.saved(revision),
    conflict: becomeCopy,
    madeRoom: () => toast("toast-made-room"),
  });
  const seats = following(outside, {
    store,
    setDocument,
    setStatus,
    readText: (text, arrive) => readText(() => text, arrive),
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
      typed.clear();
      forms.reset(kept?.drafts?.forms);
      drafts = undefined;
      setSession((session) => ({
        drafts: kept?.drafts?.fields ?? {},
        unfinishedPython: kept?.drafts?.python ?? {},
        refusal: undefined,
        ...reopened(session, kept?.drafts?.forms, get().document.model),
      }));
      begin(kept, log);
    },
    tookOver: () => toast("toast-taken-over"),
    async make(change) {
      if ("fileName" in change) rename(change.fileName);
      else exported(change.exported);
      await flush();
    },
    storeAgain() {
      setStatus({ isReadOnly: false });
      saver.opened();
      changed();
    },
  });
  const checks = checking(outside.text, store, { document: setDocument, status: setStatus });
  const changed = () => {
    saver.changed();
    checks.changed();
  };
  store.subscribe(({ session }, before) => {
    if (
      session.drafts !== before.session.drafts ||
      session.unfinishedPython !== before.session.unfinishedPython ||
      session.firstVisit !== before.session.firstVisit
    )
      saver.changed();
  });

  // Typed text changes with every key; it is kept out of the store, which would render the page.
  const typed = new Map<string, Typed>();
  const forms = openForms(() => get().session);
  let drafts: { readonly fields: Session["drafts"]; readonly python: Session["unfinishedPython"]; readonly value?: Drafts } | undefined;
  function draftsNow(): Drafts | undefined {
    const { drafts: refused, unfinishedPython: python } = get().session;
    if (drafts?.fields !== refused || drafts.python !== python) {
      const { [yamlTextField]: yaml, ...fields } = Object.fromEntries(typed);
      const open = forms.all();
      const isEmpty = typed.size === 0 && !open && Object.keys(refused).length === 0 && Object.keys(python).length === 0;
      const waiting = Object.entries(fields).map(([field, { text, field: words }]): [string, Draft] => [
        field,
        { text, field: words, reason: { code: "draft-typed", values: {} }, isTyped: true },
      ]);
      const value = {
        ...(yaml && { text: yaml.text }),
        fields: { ...refused, ...Object.fromEntries(waiting) },
        python,
        ...(open && { forms: open }),
      };
      drafts = { fields: refused, python, ...(!isEmpty && { value }) };
    }
    return drafts.value;
  }

  async function takeOverTyped(which: "all" | "valid at any time"): Promise<void> {
    await Promise.all([...typed.values()].filter(({ isLate }) => which === "all" || !isLate).map((one) => one.takeOver?.()));
  }

  // While a text without known data is being parsed, nothing can be planned: requests in the meantime are run afterwards.
  let reading: { readonly promise: Promise<boolean>; readonly resolve: (isRead: boolean) => void } | undefined;
  const asked: (() => void)[] = [];
  function whenRead(action: () => void): void {
    if (reading) asked.push(action);
    else action();
  }
  function beginReading(): Promise<boolean> {
    let resolve: (isRead: boolean) => void = () => {};
    const promise = new Promise<boolean>((done) => (resolve = done));
    const done = pending.begin("reading the text");
    reading = {
      promise,
      resolve: (isRead) => {
        done();
        resolve(isRead);
      },
    };
    return promise;
  }
  function endReading(isRead: boolean): void {
    reading?.resolve(isRead);
    reading = undefined;
    while (!reading && asked.length > 0) asked.shift()?.();
  }

  function hasUnsaved(): boolean {
    return saver.isDirty() || get().status.waiting > 0;
  }

  /** Another page has the pipeline under its id: this page's version continues as a pipeline of its own. */
  function becomeCopy(): void {
    const { fileName } = get().document;
    const copy = copyName(fileName);
    const id = newId(outside.now());
    setDocument({ id, fileName: copy });
    seats.sit(undefined, id);
    toast("toast-conflict", { name: fileName, copy });
  }

  /** Editing begins with the stored drafts and history. */
  function begin(kept: Kept | undefined, log: EditLog | undefined): void {
    const restored =
      log &&
      restoredHistory(log, get().document.places, (written) => {
        line.restore(++partCount, written);
        return partCount;
      });
    if (restored) store.setState({ history: restored.history });
    setStatus({ isReadOnly: false, isRemoved: false });
    saver.opened(kept && { revision: kept.revision, log: restored?.saved });
    changed();
    if (kept?.drafts?.text !== undefined) takeOverKept(kept.drafts.text);
  }

  /** Why nothing can be changed now. */
  function locked(): Diagnostic | undefined {
    const { isReadOnly, isRemoved } = get().status;
    if (isReadOnly) return { code: isRemoved ? "editor-removed" : "editor-read-only", level: "error", values: {}, path: [] };
    return isSwitching ? { code: "editor-opening", level: "error", values: {}, path: [] } : undefined;
  }

  let opens = 0;
  // The worker already holds the next pipeline's text, the page still shows the previous one.
  let isSwitching = false;

  const toast: Editor["toast"] = (code, values = {}, undo) =>
    setSession((now) => ({ toast: { code, values, id: (now.toast?.id ?? 0) + 1, ...(undo ? { undo } : {}) } }));

  function dispatch(transaction: Transaction): Outcome {
    const refusal = locked();
    if (refusal) {
      setSession({ refusal });
      return { ok: false, refusal };
    }
    if (reading) {
      whenRead(() => dispatch(transaction));
      return { ok: true, renames: noRenames };
    }
    if (!hasPlanner()) {
      // Runs as soon as possible; if the planner cannot be fetched, the refusal says so.
      const done = pending.begin("edit");
      void fetchPlanner()
        .then(
          () => dispatch(transaction),
          () => setSession({ missingPart: true }),
        )
        .finally(done);
      return { ok: true, renames: noRenames };
    }
    const { history, document } = get();
    const former = transaction.replaces && transaction.key !== undefined ? history.past.at(-1) : undefined;
    const replaced = former?.key === transaction.key ? former : undefined;
    const stream = replaced?.parts[0]?.before ?? document.stream;
    const plan = planAll(stream === document.stream ? document.model : readModel(stream).model, stream, transaction.edits);
    if (!plan.ok) {
      setSession({ refusal: plan.refusal });
      return { ok: false, refusal: plan.refusal };
    }
    if (replaced) takeBack(replaced);
    const before = get();
    const around = viewState(before);
    const places = Object.entries(transaction.places ?? {}).reduce(
      (all, [graph, moved]) => placed(all, graph, moved),
      renamePositions(before.document.places, plan.renames),
    );
    const view = followed(around, plan.renames, plan.model);
    const selected = transaction.select
      ? followed({ ...view, selection: transaction.select }, noRenames, plan.model).selection
      : view.selection;
    const after: ViewState = { ...view, selection: selected, places };
    const changed = plan.stream !== before.document.stream;
    if (!changed && places === before.document.places) {
      setSession({ selection: selected, refusal: undefined });
      return { ok: true, renames: plan.renames };
    }
    const part = { id: ++partCount, before: before.document.stream, after: plan.stream };
    const step: Step = {
      label: transaction.label ?? plan.label,
      parts: changed ? [part] : [],
      before: around,
      after,
      key: transaction.key,
      at: outside.now(),
    };
    store.setState((state) => ({
      document: { ...state.document, stream: plan.stream, model: plan.model, places },
      history: recorded(state.history, step),
      session: {
        ...state.session,
        ...viewOf(after),
        drafts: renameDrafts(state.session.drafts, plan.renames),
        unfinishedPython: renameDrafts(state.session.unfinishedPython, plan.renames),
        refusal: undefined,
        firstVisit: false,
      },
    }));
    if (changed) line.patch(part.id, plan.operations);
    if (plan.notices[0]) toast(plan.notices[0].code, plan.notices[0].values);
    return { ok: true, renames: plan.renames };
  }

  function travel({ to, steps, history }: Travel): void {
    const around = steps.at(-1)?.[to];
    if (!around) return;
    const parts = steps.flatMap((step) => (to === "before" ? step.parts.toReversed() : step.parts));
    const stream = parts.at(-1)?.[to];
    const ids = parts.map((part) => part.id);
    const arrive = (document: PipelineDocument) =>
      store.setState((state) => ({
        history,
        document,
        session: { ...state.session, ...followed(viewOf(around), noRenames, document.model), refusal: undefined },
      }));
    const write = to === "before" ? line.undo : line.redo;
    if (parts.length === 0) arrive({ ...get().document, places: around.places });
    else if (stream) {
      arrive(withStream(get().document, stream, around.places));
      write(ids, ({ diagnostics }) => setDocument({ errors: diagnostics }));
    } else {
      void beginReading();
      write(ids, (opened) => {
        arrive({ ...withStream(get().document, opened.stream, around.places), errors: opened.diagnostics });
        endReading(true);
      });
    }
    changed();
  }

  /** Takes back the latest step as if it had never been done. */
  function takeBack(step: Step): void {
    const { history } = get();
    travel({ to: "before", steps: [step], history: { ...history, past: history.past.slice(0, -1) } });
  }

  function rename(name: string): void {
    const { document, session } = get();
    const fileName = fileNameFor(name, document.fileName);
    if (document.id === "" || document.isServed || fileName === document.fileName) return;
    const refusal = locked();
    if (refusal) return setSession({ refusal });
    const workflow = workflowAt(document.model, session.workflow);
    const title = workflow && isNamedAfter(document.fileName, titleOf(workflow)) ? titleFor(name, workflow) : undefined;
    setDocument({ fileName });
    if (session.firstVisit) setSession({ firstVisit: false });
    if (title !== undefined && title !== titleOf(workflow))
      dispatch({ edits: [{ kind: "rename-workflow", name: title, workflow: session.workflow }] });
    changed();
  }

  /** A file that is named after its pipeline keeps following the title, whether that changes by an edit, by undo or in the text. */
  store.subscribe(({ document, session }, before) => {
    if (document.id !== before.document.id || document.model === before.document.model || document.isServed) return;
    const title = titleOf(workflowAt(document.model, session.workflow));
    const former = titleOf(workflowAt(before.document.model, before.session.workflow));
    if (title === former || title === "" || !isNamedAfter(document.fileName, former)) return;
    setDocument({ fileName: fileNameFor(title, document.fileName) });
  });

  function exported(text: string): void {
    setDocument({ exported: text });
    changed();
  }

  function travelTo(done: (history: EditorState["history"]) => number): void {
    const refusal = locked();
    if (refusal) return setSession({ refusal });
    whenRead(() => {
      const way = wayTo(get().history, done(get().history));
      if (way) travel(way);
    });
  }

  async function flush(which: "all" | "valid at any time" = "valid at any time"): Promise<void> {
    // Typed text is sent to the browser's storage before anything else happens: the page may be closing.
    const first = saver.flush();
    await takeOverTyped(which);
    await first;
    await line.settled();
    await saver.flush();
  }

  async function open(fileName: string, text: string, options: OpenOptions = {}): Promise<void> {
    const turn = ++opens;
    const { kept } = options;
    setStatus({ opening: fileName });
    try {
      await flush("all");
      if (turn !== opens) return;
      if (get().status.saving === "failed" && isChanged(get())) {
        const values = { name: get().document.fileName };
        return setSession({ refusal: { code: "editor-not-kept", level: "error", values, path: [] } });
      }
      // Other pages may have this pipeline, too.
      const shared = kept?.id ?? options.id;
      const seat = options.seat ?? (shared === undefined ? undefined : await seats.join(shared));
      const isFollowing = options.isFollowing ?? seat?.seat.isEditing() === false;
      if (turn !== opens) return seats.leave(seat);
      isSwitching = true;
      const opened = await outside.text.open(text);
      const model = readModel(opened.stream).model;
      const places = kept?.places ?? (await outside.storage.placesOf(text).catch(() => undefined)) ?? placesInFile(model);
      // Something else was opened in the meantime: the latest request counts, here and in the worker.
      if (turn !== opens) return seats.leave(seat);
      const view = startingView(model);
      const python = options.python ?? kept?.python;
      const encoding = options.encoding ?? kept?.encoding;
      typed.clear();
      forms.reset(isFollowing ? undefined : kept?.drafts?.forms);
      drafts = undefined;
      endReading(false);
      store.setState((state) => ({
        document: {
          id: kept?.id ?? options.id ?? newId(outside.now()),
          opened: state.document.opened + 1,
          fileName,
          stream: opened.stream,
          model,
          text,
          exported: kept?.exported ?? (options.isNew ? "" : text),
          places,
          errors: opened.diagnostics,
          diagnostics: opened.diagnostics,
          ...(python && { python }),
          ...(encoding && { encoding }),
          ...(options.served && { isServed: true }),
        },
        history: emptyHistory,
        // A file that could not be read completely shows the obstacle at once.
        session: {
          ...state.session,
          ...view,
          panels: opened.diagnostics.some(({ level }) => level === "error")
            ? { ...state.session.panels, bottom: "problems" }
            : state.session.panels,
          drafts: isFollowing ? {} : (kept?.drafts?.fields ?? {}),
          unfinishedPython: isFollowing ? {} : (kept?.drafts?.python ?? {}),
          refusal: undefined,
          toast: undefined,
          reveal: undefined,
          reopened: undefined,
          firstVisit: options.firstVisit ?? false,
          ...reopened(state.session, isFollowing ? undefined : kept?.drafts?.forms, model),
        },
      }));
      line.reset(text);
      isSwitching = false;
      setStatus({ isReadOnly: isFollowing, isRemoved: false });
      seats.sit(seat, get().document.id, kept !== undefined);
      if (isFollowing) changed();
      else begin(kept, options.log);
    } finally {
      if (turn === opens) {
        isSwitching = false;
        setStatus({ opening: undefined });
      }
    }
  }

  /** Text in the YAML pane that was typed when the page was closed becomes part of the document now, as it would have a moment later. */
  function takeOverKept(text: string): void {
    typing(yamlTextField, { text, field: { code: "yaml-text", values: {} } });
    void replaceText(text);
  }

  function typing(field: string, one: Typed | undefined): void {
    if (!one && !typed.has(field)) return;
    if (one) typed.set(field, one);
    else typed.delete(field);
    drafts = undefined;
    // Typing into the example makes it the user's own.
    if (one && get().session.firstVisit) setSession({ firstVisit: false });
    saver.changed();
  }

  function fillIn(part: FormPart): void {
    const { reopened } = get().session;
    // Closed: the next one of its kind starts empty.
    if (part.value === undefined && reopened && Object.hasOwn(reopened, part.form))
      setSession({ reopened: Object.fromEntries(Object.entries(reopened).filter(([form]) => form !== part.form)) });
    if (!forms.set(part)) return;
    drafts = undefined;
    if (part.value !== undefined && get().session.firstVisit) setSession({ firstVisit: false });
    saver.changed();
  }

  function replaceText(text: string, options: ReplaceOptions = {}): Promise<boolean> {
    const { label = { code: "step-text", values: {} }, key, base } = options;
    const refusal = locked();
    if (refusal) {
      setSession({ refusal });
      return Promise.resolve(false);
    }
    const change = (now: string) => (base === undefined ? text : combinedTexts(base, text, now));
    return readText(change, (opened, id) => {
      const before = get();
      const model = readModel(opened.stream).model;
      const around = viewState(before);
      const after = { ...followed(around, noRenames, model), places: around.places };
      const part = { id, before: before.document.stream, after: opened.stream };
      store.setState((state) => ({
        document: { ...state.document, stream: opened.stream, model, errors: opened.diagnostics },
        history: recorded(state.history, { label, parts: [part], before: around, after, key, at: outside.now() }),
        session: { ...state.session, ...viewOf(after), refusal: undefined, firstVisit: false },
      }));
    }).then((isRead) => {
      if (isRead && typed.get(yamlTextField)?.text === text) typing(yamlTextField, undefined);
      return isRead;
    });
  }

  /** Changes the text and parses it; `arrive` receives its data, if it differs, at the moment when the text changes. */
  function readText(change: (text: string) => string, arrive: (opened: Opened, part: number) => void): Promise<boolean> {
    if (reading) return reading.promise.then(() => readText(change, arrive));
    const read = beginReading();
    const id = ++partCount;
    line.type(id, change, (opened) => {
      if (opened) arrive(opened, id);
      endReading(true);
    });
    return read;
  }

  return {
    store,
    outside,
    pending,
    dispatch,
    open,
    replaceText,
    session: setSession,
    toast,
    typing,
    fillIn,
    editHere: () =>
      seats.editHere().catch((error: unknown) => {
        const values = { reason: error instanceof Error ? error.message : String(error) };
        setSession({ refusal: { code: "editor-not-taken-over", level: "error", values, path: [] } });
      }),
    flush: () => flush(),
    refusal: (edits) => {
      const refusal = locked();
      if (refusal) return refusal;
      const plan = planAll(get().document.model, get().document.stream, edits);
      return plan.ok ? undefined : plan.refusal;
    },
    place(graph, moved, label, key) {
      const refusal = label && locked();
      if (refusal) return setSession({ refusal });
      whenRead(() => {
        const before = get();
        const places = placed(before.document.places, graph, moved);
        setDocument({ places });
        if (label) {
          const around = viewState(before);
          const step: Step = { label, parts: [], before: around, after: { ...around, places }, key, at: outside.now() };
          store.setState((state) => ({ history: recorded(state.history, step) }));
        }
        changed();
      });
    },
    undo: () => travelTo(({ past }) => past.length - 1),
    redo: () => travelTo(({ past }) => past.length + 1),
    travelTo: (done) => travelTo(() => done),
    revert(key) {
      const last = get().history.past.at(-1);
      if (last?.key !== key || reading || locked()) return false;
      takeBack(last);
      return true;
    },
    async openKept(id) {
      const turn = ++opens;
      // The requested pipeline may be the current one.
      await flush("all");
      const seat = await seats.join(id);
      // Asked before reading: what is read while another page edits may soon be outdated.
      const isFollowing = seat?.seat.isEditing() === false;
      const [kept, log] = await Promise.all([outside.storage.read(id), outside.storage.readLog(id).catch(() => undefined)]);
      if (kept && turn === opens) await open(kept.fileName, kept.text, { kept, log, seat, isFollowing });
      seats.leave(seat);
      return kept !== undefined;
    },
    async newPipeline() {
      const turn = ++opens;
      const others = await outside.storage.list().catch(() => []);
      if (turn !== opens) return;
      const fileName = freeFileName(pipelineFileName, [...others.map((one) => one.fileName), get().document.fileName]);
      await open(fileName, newPipelineNamed(stemOf(fileName)), { isNew: true });
    },
    rename,
    async settledText() {
      await takeOverTyped("all");
      await line.settled();
      return line.text();
    },
    exported,
    stored: seats,
    draft(field, draft) {
      setSession((now) => {
        if (draft) return { drafts: { ...now.drafts, [field]: draft } };
        if (!Object.hasOwn(now.drafts, field)) return {};
        return { drafts: Object.fromEntries(Object.entries(now.drafts).filter(([id]) => id !== field)) };
      });
    },
  };
}

function emptyState(session: Pick<Session, "language" | "theme" | "panels">): EditorState {
  const model: Model = { objects: [] };
  return {
    document: { id: "", opened: 0, fileName: "", stream: [], model, text: "", exported: "", places: {}, errors: [], diagnostics: [] },
    history: emptyHistory,
    session: { ...session, workflow: 0, graph: undefined, trail: [], selection: [], drafts: {}, unfinishedPython: {}, firstVisit: false },
    status: { waiting: 0, saving: "saved", checking: false },
  };
}

function viewState(state: EditorState): ViewState {
  const { workflow, graph, trail, selection } = state.session;
  return { workflow, graph, trail, selection, places: state.document.places };
}

function viewOf({ workflow, graph, trail, selection }: ViewState): Pick<Session, "workflow" | "graph" | "trail" | "selection"> {
  return { workflow, graph, trail, selection };
}

function withStream(document: PipelineDocument, stream: readonly Data[], places: PositionsByGraph): PipelineDocument {
  return { ...document, stream, model: readModel(stream).model, places };
}

/** Drafts belong to (task or template id, field); they follow changed ids, and drafts of removed things are removed. */
function renameDrafts<Value>(drafts: Readonly<Record<string, Value>>, renames: Renames): Readonly<Record<string, Value>> {
  const names = new Map<string, string | undefined>([...renames.tasks, ...renames.templates]);
  if (names.size === 0) return drafts;
  return Object.fromEntries(
    Object.entries(drafts).flatMap(([field, draft]) => {
      const [owner = "", ...rest] = field.split("\n");
      if (!names.has(owner)) return [[field, draft]];
      const name = names.get(owner);
      return name === undefined ? [] : [[[name, ...rest].join("\n"), draft]];
    }),
  );
}

/** `train.yaml` becomes `train (2).yaml`. */
function copyName(fileName: string): string {
  const dot = fileName.lastIndexOf(".");
  return dot <= 0 ? `${fileName} (2)` : `${fileName.slice(0, dot)} (2)${fileName.slice(dot)}`;
}

function newId(now: number): string {
  return `${now.toString(36)}-${Math.floor(Math.random() * 0x7fffffff).toString(36)}`;
}
