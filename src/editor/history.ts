import type { Data } from "#model/data.ts";
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
  readonly before: readonly Data[];
  readonly after: readonly Data[];
}

/** One action of the user, as undo and redo know it. A step without parts moved boxes only. */
export interface Step {
  readonly label: Said;
  readonly parts: readonly Part[];
  readonly before: Surroundings;
  readonly after: Surroundings;
  /** Actions with the same key that follow each other are one step: one visit to one field, arrow nudges in a row. */
  readonly key?: string;
}

/** Steps done, the latest last; steps undone, the next to redo last. */
export interface History {
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

/** No steps yet. */
export const emptyHistory: History = { past: [], future: [] };

/** History with one more step; it joins the latest one if both have the same key. What was undone is dropped. */
export function recorded(history: History, step: Step): History {
  const last = history.past.at(-1);
  if (last === undefined || step.key === undefined || last.key !== step.key || history.future.length > 0) {
    return { past: [...history.past, step], future: [] };
  }
  const joined: Step = { ...step, label: last.label, before: last.before, parts: [...last.parts, ...step.parts] };
  return { past: [...history.past.slice(0, -1), joined], future: [] };
}

/** History after the latest step is undone. */
export function stepBack(history: History): { readonly history: History; readonly step: Step } | undefined {
  const step = history.past.at(-1);
  return step && { step, history: { past: history.past.slice(0, -1), future: [...history.future, step] } };
}

/** History after the step undone last is done again. */
export function stepForward(history: History): { readonly history: History; readonly step: Step } | undefined {
  const step = history.future.at(-1);
  return step && { step, history: { past: [...history.past, step], future: history.future.slice(0, -1) } };
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
    return { history: { past, future: [] }, back: { stream: (step.parts[at] as Part).before, around: step.before } };
  }
  const undone = history.future.findIndex(holds);
  return undone < 0 ? { history } : { history: { past: history.past, future: history.future.slice(undone + 1) } };
}
