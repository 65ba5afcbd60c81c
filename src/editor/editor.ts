import { createStore, type StoreApi } from "zustand/vanilla";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { readModel } from "#formats/argo/read.ts";
import type { Data } from "#model/data.ts";
import type { Edit, Renames } from "#model/edit.ts";
import type { Model } from "#model/model.ts";
import { differenceOf } from "./difference.ts";
import { emptyHistory, recorded, type Step, stepBack, stepForward, type Surroundings, withoutPart } from "./history.ts";
import { keeping } from "./keeping.ts";
import type { Point } from "./layout/places.ts";
import { placesInFile } from "./layout-annotation.ts";
import { newPipelineText, pipelineFileName } from "./new-pipeline.ts";
import { placed, type PlacesByGraph, renamePlaces } from "./places.ts";
import { createPendingWork, type PendingWork } from "./pending-work.ts";
import { fetchPlanner, hasPlanner, notLoaded, planAll } from "./planning.ts";
import type { Kept, Outside, PythonOrigin } from "./ports.ts";
import { followed, startingView } from "./shown.ts";
import type { Draft, EditorState, PipelineDocument, Said, Session, Status } from "./state.ts";
import { textLine } from "./text-line.ts";

/** One action of the user. */
export interface Transaction {
  readonly edits: readonly Edit[];
  /** Its name for the menu; without one the label of the first edit. */
  readonly label?: Said;
  /** What is selected afterwards (ids as they are then). */
  readonly select?: readonly string[];
  /** Places of boxes that come with it, by graph. */
  readonly places?: PlacesByGraph;
  /** Actions in a row with the same key are one step (history.ts). */
  readonly key?: string;
  /** Takes the latest step with this key back first: of a visit to a field only the last text is written, as if it was typed at once. */
  readonly replaces?: boolean;
}

/** What became of an action. */
export type Outcome = { readonly ok: true; readonly renames: Renames } | { readonly ok: false; readonly refusal: Diagnostic };

/** The editor without React: one store, and the few things that change it. Views read the store and call these. */
export interface Editor {
  readonly store: StoreApi<EditorState>;
  readonly outside: Outside;
  /** What the page has begun and not finished besides edits and checks, which are in the status. */
  readonly pending: PendingWork;
  /** Does an action, or says why not. The data and the canvas change at once, the text follows. */
  dispatch(transaction: Transaction): Outcome;
  /** Whether an action would be done; changes nothing. */
  refusal(edits: readonly Edit[]): Diagnostic | undefined;
  /** Boxes moved on the canvas. `remembered: false` for places that a layout gave to new boxes: no step of the history. */
  place(graph: string, moved: Readonly<Record<string, Point>>, label?: Said, key?: string): void;
  undo(): void;
  redo(): void;
  /** Takes back the latest step if it has this key: Escape in a field. */
  revert(key: string): boolean;
  /** Puts another text in the place of the whole text, as one undoable step. */
  replaceText(text: string, label?: Said, key?: string): Promise<void>;
  /** Opens a text in place of the pipeline at hand, which stays kept in the browser. */
  open(fileName: string, text: string, options?: OpenOptions): Promise<void>;
  openKept(id: string): Promise<void>;
  newPipeline(): Promise<void>;
  /** The text with all edits in it. */
  settledText(): Promise<string>;
  /** Marks the text as exported. */
  exported(text: string): void;
  session(change: Partial<Session> | ((session: Session) => Partial<Session>)): void;
  draft(field: string, draft: Draft | undefined): void;
  toast(code: string, values?: Said["values"], undo?: boolean): void;
  /** Saves at once what waits to be saved (the page is being left). */
  flush(): Promise<void>;
}

interface OpenOptions {
  readonly firstVisit?: boolean;
  readonly kept?: Kept;
  /** Begun here: it is unsaved from the start. */
  readonly begun?: boolean;
  /** It is the file that the command line serves. */
  readonly served?: boolean;
  /** The Python file that the text was made of. */
  readonly python?: PythonOrigin;
}

const noRenames: Renames = { tasks: [], templates: [] };
let partCount = 0;

/** Makes an editor. `session`: language, theme and panels to start with. */
export function createEditor(outside: Outside, session: Pick<Session, "language" | "theme" | "panels">): Editor {
  const store = createStore<EditorState>(() => emptyState(session));
  const get = store.getState;
  const setDocument = (change: Partial<PipelineDocument>) => store.setState((state) => ({ document: { ...state.document, ...change } }));
  const setStatus = (change: Partial<Status>) => store.setState((state) => ({ status: { ...state.status, ...change } }));
  const setSession: Editor["session"] = (change) =>
    store.setState((state) => ({ session: { ...state.session, ...(typeof change === "function" ? change(state.session) : change) } }));

  const line = textLine(outside.text, {
    changed: () => {
      const text = line.text();
      const waiting = line.waiting();
      const state = get();
      if (state.document.text !== text) setDocument({ text });
      if (state.status.waiting !== waiting) setStatus({ waiting });
      if (waiting === 0 && state.document.id !== "") keeper.changed();
    },
    refused: (part, refusal) => {
      const { history, back } = withoutPart(get().history, part);
      store.setState((state) => ({
        history,
        document: back ? withStream(state.document, back.stream, back.around.places) : state.document,
      }));
      setSession({ ...(back ? viewOf(back.around) : {}), refusal });
      return back !== undefined;
    },
    noted: (notes) => {
      const note = notes[0];
      if (note) toast(note.code, note.values);
    },
    broken: (error) => {
      const values = { reason: error instanceof Error ? error.message : String(error) };
      setSession({ refusal: { code: "editor-text-broken", level: "error", values, place: [] } });
    },
  });
  const pending = createPendingWork();
  const keeper = keeping(outside, store, setDocument, setStatus);
  let opens = 0;

  const toast: Editor["toast"] = (code, values = {}, undo) =>
    setSession((now) => ({ toast: { code, values, id: (now.toast?.id ?? 0) + 1, ...(undo ? { undo } : {}) } }));

  function dispatch(transaction: Transaction): Outcome {
    if (!hasPlanner()) {
      // Done as soon as it can be; if the planner cannot be fetched, the refusal says so.
      const done = pending.begin("edit");
      void fetchPlanner()
        .then(
          () => dispatch(transaction),
          () => setSession({ refusal: notLoaded }),
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
    if (replaced) travel(replaced, "before", { past: history.past.slice(0, -1), future: history.future });
    const before = get();
    const around = surroundings(before);
    const places = Object.entries(transaction.places ?? {}).reduce(
      (all, [graph, moved]) => placed(all, graph, moved),
      renamePlaces(before.document.places, plan.renames),
    );
    const view = followed(around, plan.renames, plan.model);
    const selected = transaction.select
      ? followed({ ...view, selection: transaction.select }, noRenames, plan.model).selection
      : view.selection;
    const after: Surroundings = { ...view, selection: selected, places };
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
    };
    store.setState((state) => ({
      document: { ...state.document, stream: plan.stream, model: plan.model, places },
      history: recorded(state.history, step),
      session: {
        ...state.session,
        ...viewOf(after),
        drafts: renameDrafts(state.session.drafts, plan.renames),
        refusal: undefined,
        firstVisit: false,
      },
    }));
    if (changed) line.patch(part.id, plan.operations);
    if (plan.notes[0]) toast(plan.notes[0].code, plan.notes[0].values);
    return { ok: true, renames: plan.renames };
  }

  function travel(step: Step, to: "before" | "after", history: EditorState["history"]): void {
    const around = step[to];
    const stream = to === "before" ? step.parts[0]?.before : step.parts.at(-1)?.after;
    store.setState((state) => ({
      history,
      document: stream ? withStream(state.document, stream, around.places) : { ...state.document, places: around.places },
      session: { ...state.session, ...viewOf(around), refusal: undefined },
    }));
    const parts = step.parts.map((part) => part.id);
    if (to === "before") line.undo(parts);
    else line.redo(parts);
    keeper.changed();
  }

  async function open(fileName: string, text: string, options: OpenOptions = {}): Promise<void> {
    const turn = ++opens;
    setStatus({ opening: fileName });
    await keeper.flush();
    if (turn !== opens) return;
    try {
      const opened = await outside.text.open(text);
      const model = readModel(opened.stream).model;
      const places = options.kept?.places ?? (await outside.shelf.placesOf(text).catch(() => undefined)) ?? placesInFile(model);
      // Something else was opened meanwhile: the latest wish counts, here and in the worker.
      if (turn !== opens) return;
      const view = startingView(model);
      const python = options.python ?? options.kept?.python;
      store.setState((state) => ({
        document: {
          id: options.kept?.id ?? newId(outside.now()),
          fileName,
          stream: opened.stream,
          model,
          text,
          exported: options.kept?.exported ?? (options.begun ? "" : text),
          places,
          faults: opened.diagnostics,
          findings: opened.diagnostics,
          ...(python && { python }),
          ...(options.served && { isServed: true }),
        },
        history: emptyHistory,
        // A file that could not be read in full says at once what stands in the way.
        session: {
          ...state.session,
          ...view,
          panels: opened.diagnostics.some(({ level }) => level === "error")
            ? { ...state.session.panels, bottom: "problems" }
            : state.session.panels,
          drafts: {},
          refusal: undefined,
          toast: undefined,
          reveal: undefined,
          firstVisit: options.firstVisit ?? false,
        },
      }));
      line.reset(text);
      keeper.changed();
    } finally {
      if (turn === opens) setStatus({ opening: undefined });
    }
  }

  async function replaceText(text: string, label: Said = { code: "step-text", values: {} }, key?: string): Promise<void> {
    await line.settled();
    const before = get();
    const splices = differenceOf(before.document.text, text);
    if (splices.length === 0) return;
    const opened = await outside.text.splice(splices);
    const model = readModel(opened.stream).model;
    const around = surroundings(before);
    const after = { ...followed(around, noRenames, model), places: around.places };
    const part = { id: ++partCount, before: before.document.stream, after: opened.stream };
    line.typed(part.id, splices);
    store.setState((state) => ({
      document: { ...state.document, stream: opened.stream, model, faults: opened.diagnostics },
      history: recorded(state.history, { label, parts: [part], before: around, after, key }),
      session: { ...state.session, ...viewOf(after), refusal: undefined, firstVisit: false },
    }));
    keeper.changed();
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
    refusal: (edits) => {
      const plan = planAll(get().document.model, get().document.stream, edits);
      return plan.ok ? undefined : plan.refusal;
    },
    place(graph, moved, label, key) {
      const before = get();
      const places = placed(before.document.places, graph, moved);
      setDocument({ places });
      if (label) {
        const around = surroundings(before);
        store.setState((state) => ({
          history: recorded(state.history, { label, parts: [], before: around, after: { ...around, places }, key }),
        }));
      }
      keeper.changed();
    },
    undo() {
      const back = stepBack(get().history);
      if (back) travel(back.step, "before", back.history);
    },
    redo() {
      const forward = stepForward(get().history);
      if (forward) travel(forward.step, "after", forward.history);
    },
    revert(key) {
      const last = get().history.past.at(-1);
      if (last?.key !== key) return false;
      travel(last, "before", { past: get().history.past.slice(0, -1), future: get().history.future });
      return true;
    },
    async openKept(id) {
      const kept = await outside.shelf.read(id);
      if (kept) await open(kept.fileName, kept.text, { kept });
    },
    newPipeline: () => open(pipelineFileName, newPipelineText, { begun: true }),
    async settledText() {
      await line.settled();
      return line.text();
    },
    exported(text) {
      setDocument({ exported: text });
      keeper.changed();
    },
    draft(field, draft) {
      setSession((now) => {
        if (draft) return { drafts: { ...now.drafts, [field]: draft } };
        if (!Object.hasOwn(now.drafts, field)) return {};
        return { drafts: Object.fromEntries(Object.entries(now.drafts).filter(([id]) => id !== field)) };
      });
    },
    async flush() {
      await line.settled();
      await keeper.flush();
    },
  };
}

function emptyState(session: Pick<Session, "language" | "theme" | "panels">): EditorState {
  const model: Model = { objects: [] };
  return {
    document: { id: "", fileName: "", stream: [], model, text: "", exported: "", places: {}, faults: [], findings: [] },
    history: emptyHistory,
    session: { ...session, workflow: 0, graph: undefined, trail: [], selection: [], drafts: {}, unfinishedPython: {}, firstVisit: false },
    status: { waiting: 0, saving: "saved", checking: false },
  };
}

function surroundings(state: EditorState): Surroundings {
  const { workflow, graph, trail, selection } = state.session;
  return { workflow, graph, trail, selection, places: state.document.places };
}

function viewOf({ workflow, graph, trail, selection }: Surroundings): Pick<Session, "workflow" | "graph" | "trail" | "selection"> {
  return { workflow, graph, trail, selection };
}

function withStream(document: PipelineDocument, stream: readonly Data[], places: PlacesByGraph): PipelineDocument {
  return { ...document, stream, model: readModel(stream).model, places };
}

/** Drafts belong to (task or template id, field); ids that changed are followed, drafts of what is gone go too. */
function renameDrafts(drafts: Session["drafts"], renames: Renames): Session["drafts"] {
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

function newId(now: number): string {
  return `${now.toString(36)}-${Math.floor(Math.random() * 0x7fffffff).toString(36)}`;
}
