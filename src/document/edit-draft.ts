import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { type Data, isList, isMap, type Path, sameData, startsWith, valueAt } from "#data/data.ts";
import type { Model } from "#pipeline/model.ts";
import { applyOperation, type Operation } from "#data/operations.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { PlanOfMany } from "./edit-plan.ts";

// The working copy of one plan. Each change is applied at once, so that later paths are paths of the changed data, and is recorded as an
// operation. Only the planners of the formats see a draft.

/** A refusal on its way out of a planner. */
export interface Refused {
  readonly refusal: Diagnostic;
}

/** The data while edits are planned, the operations so far, and diagnostics for the user. */
export interface Draft {
  /** The model before the edit; its places fit the data before the first change. */
  readonly model: Model;
  /** The data before the edit. */
  readonly before: readonly Data[];
  readonly operations: readonly Operation[];
  /** The current data. */
  stream(): readonly Data[];
  readonly notices: readonly Diagnostic[];
  /** The value at a path of the current data. */
  at(path: Path): Data | undefined;
  /** Sets a value whose parent exists; nothing happens if it is there already. */
  set(path: Path, value: Data, before?: string): void;
  insert(path: Path, value: Data): void;
  remove(path: Path): void;
  rename(path: Path, key: string): void;
  move(path: Path, to: Path): void;
  /** Takes operations made elsewhere (a difference). */
  take(operations: readonly Operation[]): void;
  note(notice: Diagnostic): void;
  /** Plans other edits on the current data without applying their operations; for edits that consist of others. */
  plan(edits: readonly Edit[]): PlanOfMany;
}

type PlanMany = (model: Model, stream: readonly Data[], edits: readonly Edit[]) => PlanOfMany;

/** A new working copy. */
export function startDraft(model: Model, stream: readonly Data[], planMany: PlanMany): Draft {
  let data: Data = stream;
  const operations: Operation[] = [];
  const notices: Diagnostic[] = [];
  const take = (operation: Operation) => {
    data = applyOperation(data, operation);
    operations.push(operation);
  };
  return {
    model,
    before: stream,
    operations,
    notices,
    stream: () => data as readonly Data[],
    at: (path) => valueAt(data, path),
    set(path, value, before) {
      const old = valueAt(data, path);
      if (old !== undefined && sameData(old, value)) return;
      const parent = valueAt(data, path.slice(0, -1));
      // A key before the first one of a list's item would take over the line with the dash.
      const beside = old === undefined && before !== undefined && isMap(parent) && Object.keys(parent).indexOf(before) > 0;
      take(beside ? { op: "set", path, value, before } : { op: "set", path, value });
    },
    insert: (path, value) => take({ op: "insert", path, value }),
    remove: (path) => take({ op: "remove", path }),
    rename(path, key) {
      if (path.at(-1) !== key) take({ op: "rename", path, key });
    },
    move(path, to) {
      if (path.length !== to.length || path.some((step, index) => step !== to[index])) take({ op: "move", path, to });
    },
    take: (found) => found.forEach(take),
    note: (found) => void notices.push(found),
    plan: (edits) => planMany(model, data as readonly Data[], edits),
  };
}

/**
 * Sets a value and makes the mappings which are missing on the way, in one operation; the key that is added goes before the key
 * `before`, if that is a key of the same mapping. Returns false and changes nothing if a
 * step leads into something that is no mapping or list, or behind the end of a list (its end itself appends).
 */
export function setDeep(draft: Draft, path: Path, value: Data, before?: string): boolean {
  for (let depth = 1; depth <= path.length; depth++) {
    const parent = draft.at(path.slice(0, depth - 1));
    const step = path[depth - 1] as string | number;
    if (typeof step === "number" ? !isList(parent) || step > parent.length || step < 0 : !isMap(parent)) return false;
    const here = draft.at(path.slice(0, depth));
    const rest = path.slice(depth);
    if (here !== undefined && here !== null && rest.length > 0) continue;
    const nested = nest(rest, value);
    if (nested === undefined) return false;
    const at = path.slice(0, depth);
    if (here === undefined && typeof step === "number") draft.insert(at, nested);
    else draft.set(at, nested, before);
    return true;
  }
  return false;
}

/** A value inside fresh mappings and one-item lists. */
function nest(path: Path, value: Data): Data | undefined {
  return path.reduceRight<Data | undefined>((inner, step) => {
    if (inner === undefined) return undefined;
    if (typeof step === "number") return step === 0 ? [inner] : undefined;
    return { [step]: inner };
  }, value);
}

/** Puts an item at the end of a list, or at `at`; the list and its parents are made if missing. */
export function addItem(draft: Draft, list: Path, item: Data, at?: number, before?: string): void {
  const found = draft.at(list);
  if (isList(found)) draft.insert([...list, Math.max(0, Math.min(at ?? found.length, found.length))], item);
  else setDeep(draft, list, [item], before);
}

/** Removes a key or item, and with it the parents which it leaves empty, up to but not including `keep`. */
export function removePruned(draft: Draft, path: Path, keep: Path): void {
  let target = path;
  while (target.length - 1 > keep.length) {
    const parent = draft.at(target.slice(0, -1));
    if (sizeOf(parent) !== 1) break;
    target = target.slice(0, -1);
  }
  draft.remove(target);
}

function sizeOf(value: Data | undefined): number {
  if (isList(value)) return value.length;
  return isMap(value) ? Object.keys(value).length : 0;
}

/** Rewrites every text below a path (keys excepted). `rewrite` gives the text back if it has nothing to change. */
export function rewriteTexts(draft: Draft, path: Path, rewrite: (text: string, path: Path) => string): void {
  const walk = (value: Data | undefined, here: Path): void => {
    if (typeof value === "string") {
      const changed = rewrite(value, here);
      if (changed !== value) draft.set(here, changed);
    } else if (isList(value)) value.forEach((item, index) => walk(item, [...here, index]));
    else if (isMap(value)) for (const key of Object.keys(value)) walk(value[key], [...here, key]);
  };
  walk(draft.at(path), path);
}

/** A path of the data before the operations, as a path of the data after them; undefined if it was removed. */
export function mapPath(path: Path, operations: readonly Operation[]): Path | undefined {
  return operations.reduce<Path | undefined>((here, operation) => here && mapThrough(here, operation), path);
}

function mapThrough(path: Path, operation: Operation): Path | undefined {
  switch (operation.op) {
    case "set":
      return path;
    case "insert":
      return shifted(path, operation.path, 1);
    case "remove":
      return startsWith(path, operation.path) ? undefined : shifted(path, operation.path, -1);
    case "rename":
      if (!startsWith(path, operation.path)) return path;
      return [...operation.path.slice(0, -1), operation.key, ...path.slice(operation.path.length)];
    case "move":
      if (startsWith(path, operation.path)) return [...operation.to, ...path.slice(operation.path.length)];
      return shifted(shifted(path, operation.path, -1), operation.to, 1);
  }
}

/** Moves the index in the list of `path` when an item went in (1) or out (-1) at or before it. */
function shifted(dataPath: Path, path: Path, by: 1 | -1): Path {
  const depth = path.length - 1;
  const index = path[depth];
  const here = dataPath[depth];
  if (typeof index !== "number" || typeof here !== "number" || !startsWith(dataPath, path.slice(0, -1))) return dataPath;
  if (by === 1 ? here < index : here <= index) return dataPath;
  return [...dataPath.slice(0, depth), here + by, ...dataPath.slice(depth + 1)];
}
