import type { Data } from "#data/data.ts";
import type { PlacesByGraph } from "./places.ts";
import type { Said } from "./said.ts";

/** What surrounds the data and is put back with it. */
export interface Surroundings {
  readonly places: PlacesByGraph;
  readonly selection: readonly string[];
  readonly workflow: number;
  readonly graph: string | undefined;
  readonly trail: readonly string[];
}

/**
 * One change of the data inside a step. The data before and after share all that did not change; the splices of the text are kept
 * beside it under `id` by the text line (text-line.ts), since they arrive later.
 */
export interface Part {
  readonly id: number;
  /** Absent in a step of an earlier visit: there the data is read from the text again. */
  readonly before?: readonly Data[];
  readonly after?: readonly Data[];
}

/** One action of the user, as undo and redo know it. A step without parts moved boxes only. */
export interface Step {
  readonly label: Said;
  readonly parts: readonly Part[];
  readonly before: Surroundings;
  readonly after: Surroundings;
  /** Actions with the same key that follow each other are one step: one visit to one field, arrow nudges in a row. */
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

/** History with one more step; it joins the latest one if both have the same key. What was undone is dropped. */
export function recorded(history: History, step: Step): History {
  const last = history.past.at(-1);
  if (last === undefined || step.key === undefined || last.key !== step.key || history.future.length > 0) {
    return { ...history, past: [...history.past, step], future: [] };
  }
  const joined: Step = { ...step, label: last.label, before: last.before, parts: [...last.parts, ...step.parts] };
  return { ...history, past: [...history.past.slice(0, -1), joined], future: [] };
}

/** A way through the history: the steps to take back or to do again, in this order, and the history afterwards. */
export interface Travel {
  readonly to: "before" | "after";
  readonly steps: readonly Step[];
  readonly history: History;
}

/** The way to the state in which the first `done` steps are in force; undefined if that is the state at hand or none. */
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
 * History without a part that the text refused, and without everything that was built upon it. `back`: the data and surroundings
 * to return to, if the part was in force.
 */
export function withoutPart(
  history: History,
  part: number,
): { readonly history: History; readonly back?: { readonly stream: readonly Data[]; readonly around: Surroundings } } {
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
