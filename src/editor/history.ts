import type { Data } from "#data/data.ts";
import type { PositionsByGraph } from "./positions.ts";
import type { Message } from "./message.ts";

/** What surrounds the data and is restored with it. */
export interface ViewState {
  readonly places: PositionsByGraph;
  readonly selection: readonly string[];
  readonly workflow: number;
  readonly graph: string | undefined;
  readonly trail: readonly string[];
}

/**
 * One change of the data inside a step. The data before and after share everything that did not change; the splices of the text are stored
 * under `id` by the text sync (text-sync.ts), since they arrive later.
 */
export interface Part {
  readonly id: number;
  /** Absent in a step of an earlier visit: there the data is parsed from the text again. */
  readonly before?: readonly Data[];
  readonly after?: readonly Data[];
}

/** One action of the user for undo and redo. A step without parts only moved boxes. */
export interface Step {
  readonly label: Message;
  readonly parts: readonly Part[];
  readonly before: ViewState;
  readonly after: ViewState;
  /** Consecutive actions with the same key are one step: one visit to one field, repeated arrow nudges. */
  readonly key?: string;
  /** When it was done, in milliseconds since 1970. */
  readonly at?: number;
}

/** Steps done, the latest last; steps undone, the next to redo last. */
export interface History {
  readonly past: readonly Step[];
  readonly future: readonly Step[];
  /** Older steps were dropped because the log has a limited size. */
  readonly isCut?: boolean;
}

/** No steps yet. */
export const emptyHistory: History = { past: [], future: [] };

/** The history with one more step; it joins the latest one if both have the same key, or if it `joins` it. Undone steps are dropped. */
export function recorded(history: History, step: Step, joins = false): History {
  const last = history.past.at(-1);
  const isOne = joins || (step.key !== undefined && last?.key === step.key);
  if (last === undefined || !isOne || history.future.length > 0) return { ...history, past: [...history.past, step], future: [] };
  const joined: Step = { ...step, label: last.label, key: last.key, before: last.before, parts: [...last.parts, ...step.parts] };
  return { ...history, past: [...history.past.slice(0, -1), joined], future: [] };
}

/** A path through the history: the steps to undo or redo, in this order, and the history afterwards. */
export interface Travel {
  readonly to: "before" | "after";
  readonly steps: readonly Step[];
  readonly history: History;
}

/** The path to the state after the first `done` steps; undefined if that is the current state or does not exist. */
export function wayTo(history: History, done: number): Travel | undefined {
  const { past, future } = history;
  if (done < 0 || done === past.length || done > past.length + future.length) return undefined;
  if (done < past.length) {
    const steps = past.slice(done).reverse();
    return { to: "before", steps, history: { ...history, past: past.slice(0, done), future: [...future, ...steps] } };
  }
  const left = past.length + future.length - done;
  const steps = future.slice(left).reverse();
  return { to: "after", steps, history: { ...history, past: [...past, ...steps], future: future.slice(0, left) } };
}

/**
 * The history without a part that the text refused, and without everything based on it. `back`: the data and view to return to, if
 * the part was applied.
 */
export function withoutPart(
  history: History,
  part: number,
): { readonly history: History; readonly back?: { readonly stream: readonly Data[]; readonly around: ViewState } } {
  const holds = (step: Step) => step.parts.some((one) => one.id === part);
  const done = history.past.findIndex(holds);
  if (done >= 0) {
    const step = history.past[done] as Step;
    const at = step.parts.findIndex((one) => one.id === part);
    const kept = step.parts.slice(0, at);
    const past = [...history.past.slice(0, done), ...(kept.length > 0 ? [{ ...step, parts: kept }] : [])];
    const { before } = step.parts[at] as Part;
    return { history: { ...history, past, future: [] }, ...(before && { back: { stream: before, around: step.before } }) };
  }
  const undone = history.future.findIndex(holds);
  return undone < 0 ? { history } : { history: { ...history, future: history.future.slice(undone + 1) } };
}
