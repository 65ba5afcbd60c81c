import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { readModel } from "#compiler/readers.ts";
import type { Edit, Renames } from "#pipeline/edit.ts";
import type { Model } from "#pipeline/model.ts";
import { type EditorCore, openingRefusal, viewOf, viewState } from "./editor-core.ts";
import { recorded, type Step, type ViewState } from "./history.ts";
import { fetchPlanner, hasPlanner, notLoaded, planAll, type PlannedAction } from "./load-planner.ts";
import { placed, type PositionsByGraph, renamePositions } from "./positions.ts";
import type { EditorState, Message } from "./state.ts";
import type { TravelHistory } from "./travel-history.ts";
import { followed } from "./view.ts";

/** One action of the user. */
export interface Transaction {
  readonly edits: readonly Edit[];
  /** Its name for the menu; default: the label of the first edit. */
  readonly label?: Message;
  /** The selection afterwards (ids after the edit); a function if the ids are known only from the result. */
  readonly select?: readonly string[] | ((after: Model) => readonly string[]);
  /** Box positions that change with it, by graph. */
  readonly places?: PositionsByGraph | ((after: Model) => PositionsByGraph);
  /** Consecutive actions with the same key are one step (history.ts). */
  readonly key?: string;
  /** Takes back the latest step with this key first: of a visit to a field only the last text is written, as if it was typed at once. */
  readonly replaces?: boolean;
  /** Becomes part of the latest step: both are one for undo. Only used as the immediate consequence of an action that was applied. */
  readonly joins?: boolean;
}

interface Done {
  readonly ok: true;
  readonly renames: Renames;
  /** The selection afterwards. */
  readonly selection: readonly string[];
}

interface Refused {
  readonly ok: false;
  readonly refusal: Diagnostic;
  readonly later?: undefined;
}

/** What became of an action. */
export type Settled = Done | Refused;

/**
 * The outcome of an action at the moment of the request. `later`: the action can be planned only when a text is read, or the edit planner
 * is loaded; until then nothing has changed.
 */
export type Outcome = Settled | { readonly ok: false; readonly refusal?: undefined; readonly later: Promise<Settled> };

/** Calls `then` with what became of an action: at once if that is known, as it nearly always is. */
export function whenSettled(outcome: Outcome, then: (settled: Settled) => void): void {
  if (!outcome.ok && outcome.later) void outcome.later.then(then);
  else then(outcome);
}

/**
 * Calls `then` with the first task that an action made and selected, as soon as it exists: after the edit planner was loaded, if it was not.
 * Not called if the action was refused or did not make anything.
 */
export function whenMade(outcome: Outcome | undefined, then: (task: string) => void): void {
  if (!outcome) return;
  whenSettled(outcome, (settled) => {
    const made = settled.ok ? settled.selection[0] : undefined;
    if (made !== undefined) then(made);
  });
}

/** Runs the actions of the user. */
export interface Dispatch {
  run(transaction: Transaction): Outcome;
  /** Why edits would be refused; changes nothing. */
  refusal(edits: readonly Edit[]): Diagnostic | undefined;
  /** Resolves when no action waits for a text or for the planner. */
  settled(): Promise<void>;
}

const noRenames: Renames = { tasks: [], templates: [] };

/** Creates what runs the actions. */
export function createDispatch(core: EditorCore, travel: TravelHistory): Dispatch {
  const { store, reading, setSession } = core;
  const waiting = new Set<Promise<Settled>>();

  function defer(later: Promise<Settled>): Outcome {
    waiting.add(later);
    void later.finally(() => waiting.delete(later));
    return { ok: false, later };
  }

  function run(transaction: Transaction): Outcome {
    const refusal = core.locked();
    if (refusal) return refuse(refusal);
    const again = () => settledOf(run(transaction));
    if (reading.current()) return defer(new Promise((resolve) => reading.run(() => resolve(again()))));
    if (!hasPlanner()) return defer(afterLoading(core, again));
    return apply(transaction);
  }

  function refuse(refusal: Diagnostic): Settled {
    setSession({ refusal });
    return { ok: false, refusal };
  }

  function apply(transaction: Transaction): Settled {
    const { history, document } = store.getState();
    const former = transaction.replaces && transaction.key !== undefined ? history.past.at(-1) : undefined;
    const replaced = former?.key === transaction.key ? former : undefined;
    const stream = replaced?.parts[0]?.before ?? document.stream;
    const plan = planAll(stream === document.stream ? document.model : readModel(stream).model, stream, transaction.edits);
    if (!plan.ok) return refuse(plan.refusal);
    if (replaced) travel.takeBack(replaced);
    return record(core, transaction, plan);
  }

  return {
    run,
    refusal(edits) {
      const refusal = core.locked();
      if (refusal) return refusal;
      const { model, stream } = store.getState().document;
      const plan = planAll(model, stream, edits);
      return plan.ok ? undefined : plan.refusal;
    },
    async settled() {
      while (waiting.size > 0) await Promise.all(waiting);
    },
  };
}

async function settledOf(outcome: Outcome): Promise<Settled> {
  return !outcome.ok && outcome.later ? outcome.later : outcome;
}

/** Runs an action as soon as the planner is loaded, unless another pipeline is shown by then. */
async function afterLoading({ store, pending, setSession }: EditorCore, action: () => Promise<Settled>): Promise<Settled> {
  const { opened } = store.getState().document;
  const done = pending.begin("edit");
  try {
    const isLoaded = await fetchPlanner().then(
      () => true,
      () => false,
    );
    if (!isLoaded) {
      setSession({ missingPart: true });
      return { ok: false, refusal: notLoaded };
    }
    return store.getState().document.opened === opened ? await action() : { ok: false, refusal: openingRefusal };
  } finally {
    done();
  }
}

type Plan = Extract<PlannedAction, { readonly ok: true }>;

/** Makes a planned action the latest step of the history. */
function record(core: EditorCore, transaction: Transaction, plan: Plan): Settled {
  const { store } = core;
  const before = store.getState();
  const after = viewAfter(before, transaction, plan);
  const done: Settled = { ok: true, renames: plan.renames, selection: after.selection };
  const isChanged = plan.stream !== before.document.stream;
  if (!isChanged && after.places === before.document.places) {
    core.setSession({ selection: after.selection, refusal: undefined });
    return done;
  }
  const part = { id: core.nextPart(), before: before.document.stream, after: plan.stream };
  const step: Step = {
    label: transaction.label ?? plan.label,
    parts: isChanged ? [part] : [],
    before: viewState(before),
    after,
    key: transaction.key,
    at: core.outside.now(),
  };
  store.setState((state) => ({
    document: { ...state.document, stream: plan.stream, model: plan.model, places: after.places },
    history: recorded(state.history, step, transaction.joins),
    session: {
      ...state.session,
      ...viewOf(after),
      drafts: renameDrafts(state.session.drafts, plan.renames),
      unfinishedPython: renameDrafts(state.session.unfinishedPython, plan.renames),
      refusal: undefined,
      firstVisit: false,
    },
  }));
  if (isChanged) core.text.patch(part.id, plan.operations);
  if (plan.notices[0]) core.toast(plan.notices[0].code, plan.notices[0].values);
  return done;
}

function viewAfter(before: EditorState, { places = {}, select }: Transaction, { model, renames }: Plan): ViewState {
  const moved = typeof places === "function" ? places(model) : places;
  const all = Object.entries(moved).reduce(
    (all, [graph, points]) => placed(all, graph, points),
    renamePositions(before.document.places, renames),
  );
  const view = followed(viewState(before), renames, model);
  const selected = typeof select === "function" ? select(model) : select;
  const { selection } = selected ? followed({ ...view, selection: selected }, noRenames, model) : view;
  return { ...view, selection, places: all };
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
