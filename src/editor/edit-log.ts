import type { Point } from "./layout/geometry.ts";
import type { History, Part, Step, ViewState } from "./history.ts";
import type { PositionsByGraph } from "./positions.ts";
import type { EditLog, LogChange, LoggedStep, LoggedView } from "./ports.ts";
import type { Written } from "./text-sync.ts";

// The history as stored in the browser: per step the splices of the text and the positions that changed, in both directions. The data of a
// step is not stored; after a reload undo changes the text and parses it again.

/** Maximum number of characters of a log; the oldest steps are dropped first. */
const mostLogged = 8_000_000 / 2;

/** Which steps of the current history are in the log. */
export interface SavedLog {
  /** The number of the first step of the history. */
  readonly start: number;
  /** Steps [first, end) are in the log. */
  readonly first: number;
  readonly end: number;
  readonly done: number;
  /** The steps of the history as logged, with their sizes. */
  readonly steps: readonly Step[];
  readonly sizes: readonly number[];
}

/** Nothing is in the log yet. */
export const emptyLog: SavedLog = { start: 0, first: 0, end: 0, done: 0, steps: [], sizes: [] };

/** How the log has to change to match the history; undefined: it matches. `most`: its maximum number of characters. */
export function logChange(
  saved: SavedLog,
  history: History,
  options: { readonly written: (part: number) => Written | undefined; readonly most?: number },
): { readonly change: LogChange; readonly next: SavedLog } | undefined {
  const { start } = saved;
  const steps = [...history.past, ...history.future.toReversed()];
  const done = start + history.past.length;
  let same = 0;
  while (same < steps.length && steps[same] === saved.steps[same]) same += 1;
  if (same === steps.length && same === saved.steps.length && done === saved.done) return undefined;

  const logged = new Map<number, LoggedStep | undefined>();
  const stepAt = (number: number) => {
    if (!logged.has(number)) logged.set(number, loggedStep(steps[number - start] as Step, options.written));
    return logged.get(number);
  };
  const sizes = steps.map((_, index) => {
    if (index < same) return saved.sizes[index] ?? Infinity;
    const step = stepAt(start + index);
    // A step that cannot be logged ends the log, as one that is too large does.
    return step ? JSON.stringify(step).length : Infinity;
  });
  const size = (number: number) => sizes[number - start] ?? Infinity;
  const lowest = done < saved.first ? start : saved.first;
  let room = options.most ?? mostLogged;
  let first = done;
  while (first > lowest && size(first - 1) <= room) room -= size(--first);
  let end = done;
  while (end < start + steps.length && size(end) <= room) room -= size(end++);

  const isAnew = done < saved.first;
  const from = isAnew ? first : Math.min(Math.max(Math.min(start + same, saved.end), first), end);
  const added: LoggedStep[] = [];
  for (let number = from; number < end; number++) added.push(stepAt(number) as LoggedStep);
  return {
    change: { first, done, from, steps: added },
    next: { start, first, end, done, steps, sizes },
  };
}

/** The history described by a log, for the current positions. `part` registers a part's splices and returns an id for it. */
export function restoredHistory(
  log: EditLog,
  places: PositionsByGraph,
  part: (written: Written) => number,
): { readonly history: History; readonly saved: SavedLog } | undefined {
  const { first, done, steps } = log;
  const at = done - first;
  if (at < 0 || at > steps.length) return undefined;
  const parts = steps.map((step): readonly Part[] => step.parts.map((written) => ({ id: part(written) })));
  const restored: Step[] = [];
  const restore = (index: number, before: PositionsByGraph, after: PositionsByGraph) => {
    const step = steps[index] as LoggedStep;
    // Keys join actions of one visit; they have no meaning after it.
    restored[index] = {
      label: step.label,
      at: step.at,
      parts: parts[index] ?? [],
      before: viewOf(step.before, before),
      after: viewOf(step.after, after),
    };
  };
  let here = places;
  for (let index = at - 1; index >= 0; index--) {
    const before = withChange(here, (steps[index] as LoggedStep).before.places);
    restore(index, before, here);
    here = before;
  }
  here = places;
  for (let index = at; index < steps.length; index++) {
    const after = withChange(here, (steps[index] as LoggedStep).after.places);
    restore(index, here, after);
    here = after;
  }
  return {
    history: { past: restored.slice(0, at), future: restored.slice(at).reverse(), ...(first > 0 && { isCut: true }) },
    saved: {
      start: first,
      first,
      end: first + steps.length,
      done,
      steps: restored,
      sizes: steps.map((step) => JSON.stringify(step).length),
    },
  };
}

function loggedStep(step: Step, written: (part: number) => Written | undefined): LoggedStep | undefined {
  const parts: Written[] = [];
  for (const { id } of step.parts) {
    const splices = written(id);
    if (!splices) return undefined;
    parts.push({ forth: splices.forth, back: splices.back });
  }
  const { before, after } = placesChange(step.before.places, step.after.places);
  return { label: step.label, at: step.at ?? 0, parts, before: loggedView(step.before, before), after: loggedView(step.after, after) };
}

function loggedView({ workflow, graph, trail, selection }: ViewState, places: LoggedView["places"]): LoggedView {
  return { workflow, trail, selection, places, ...(graph !== undefined && { graph }) };
}

function viewOf({ workflow, graph, trail, selection }: LoggedView, places: PositionsByGraph): ViewState {
  return { workflow, graph, trail, selection, places };
}

type Change = LoggedView["places"];

/** The boxes that moved, with their positions before and after. */
export function placesChange(from: PositionsByGraph, to: PositionsByGraph): { readonly before: Change; readonly after: Change } {
  const before: [string, Record<string, Point | null>][] = [];
  const after: [string, Record<string, Point | null>][] = [];
  for (const graph of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [old, now] = [own(from, graph), own(to, graph)];
    if (old === now) continue;
    const moved = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])].filter((box) => {
      const [was, is] = [old && own(old, box), now && own(now, box)];
      return was?.x !== is?.x || was?.y !== is?.y;
    });
    if (moved.length === 0) continue;
    before.push([graph, Object.fromEntries(moved.map((box) => [box, (old && own(old, box)) ?? null]))]);
    after.push([graph, Object.fromEntries(moved.map((box) => [box, (now && own(now, box)) ?? null]))]);
  }
  return { before: Object.fromEntries(before), after: Object.fromEntries(after) };
}

function withChange(places: PositionsByGraph, change: Change): PositionsByGraph {
  const changes = Object.entries(change);
  if (changes.length === 0) return places;
  const all = new Map(Object.entries(places));
  for (const [graph, boxes] of changes) {
    const standing = new Map(Object.entries(all.get(graph) ?? {}));
    for (const [box, point] of Object.entries(boxes)) {
      if (point) standing.set(box, point);
      else standing.delete(box);
    }
    if (standing.size > 0) all.set(graph, Object.fromEntries(standing));
    else all.delete(graph);
  }
  return Object.fromEntries(all);
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
