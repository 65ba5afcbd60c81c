import type { Diagnostic, DiagnosticValues } from "#diagnostics/diagnostic.ts";
import { type Data, type Path, sameData, startsWith, valueAt } from "#data/data.ts";
import { applyOperation, type Operation, OperationError } from "#data/operations.ts";
import { changeDocuments } from "./patch/documents.ts";
import { addEntry, addItem, takeOut } from "./patch/entries.ts";
import { moveItem } from "./patch/move.ts";
import { refineSet } from "./patch/refine.ts";
import { renameEntry } from "./patch/rename.ts";
import { replaceValue } from "./patch/replace.ts";
import { change, type Session } from "./patch/session.ts";
import { expandOnTheWay, followAliases, mergedOnTheWay, unshare } from "./patch/sharing.ts";
import { locate, type Spot } from "./spans.ts";
import type { Splice } from "./text-splice.ts";
import type { Source, YamlMap } from "./tree.ts";

/*
 * The smallest change of a text that gives it the data that operations ask for. Every step is parsed again and compared with the wanted
 * data; if it differs, the smallest enclosing block is printed again, then the next larger one, and if that fails too, the whole patch is
 * refused.
 */

export type Patched =
  | { readonly ok: true; readonly source: Source; readonly splices: readonly Splice[]; readonly notices: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/** How to edit an anchored value: "expand" detaches what is edited, "change-all" changes it for all aliases. */
export interface PatchOptions {
  readonly sharedAnchors?: "expand" | "change-all";
  /** Changes of comments that follow from the new data, as splices of `text`, which is the text after the operations. */
  readonly comments?: CommentSplices;
}

/** Finds the comments that say what the data said before, and rewrites them for what it says now. */
export type CommentSplices = (text: string, before: readonly Data[], after: readonly Data[]) => readonly Splice[];

/** Patches a text by operations, in order. All or nothing: a refusal changes nothing. */
export function patch(source: Source, operations: readonly Operation[], options: PatchOptions = {}): Patched {
  const session: Session = { source, splices: [], notices: [] };
  for (const operation of operations) {
    const problem = patchOne(session, operation, options);
    if (problem)
      return {
        ok: false,
        diagnostic: {
          code: "patch-refused",
          level: "error",
          values: { problem, operation: operation.op, path: operation.path.join("/") },
          path: [...operation.path],
        },
      };
  }
  if (options.comments) change(session, options.comments(session.source.text, source.stream, session.source.stream));
  return { ok: true, source: session.source, splices: session.splices, notices: session.notices };
}

type PatchProblem = DiagnosticValues<"patch-refused">["problem"];

/** Why an operation cannot be done; undefined if it was done. */
function patchOne(session: Session, operation: Operation, options: PatchOptions): PatchProblem | undefined {
  const before = session.source;
  if (operation.path.length < 1 || before.documents[operation.path[0] as number]?.broken) return "broken";
  const wanted = wantedAfter(before, operation);
  if (!wanted) return "misfit";
  if (operation.path.length === 1 && operation.op !== "set") return patchDocuments(session, operation, wanted);
  const marks = { splices: session.splices.length, notes: session.notices.length };
  const back = (): void => {
    session.source = before;
    session.splices.length = marks.splices;
    session.notices.length = marks.notes;
  };

  const changeAll = options.sharedAnchors === "change-all";
  const target = changeAll ? followed(session, operation) : operation;
  const isDone = (): boolean =>
    isReadable(before, session.source) &&
    (target === operation ? sameStream(session.source.stream, wanted) : reaches(session.source, wanted, operation));
  attempt(session, target, wanted, changeAll);
  if (isDone()) return undefined;
  // A block scalar at the very end of a text without a final line break cannot end with one; the break is added then.
  if (!before.text.endsWith("\n")) {
    back();
    endWithBreak(session);
    attempt(session, target, wanted, changeAll);
    if (isDone()) return undefined;
  }
  const isRight = (): boolean => isReadable(before, session.source) && sameStream(session.source.stream, wanted);
  for (let length = operation.path.length - 1; length >= 1; length--) {
    back();
    for (const block of blocksOf(operation, length)) rewrite(session, block, valueAt(wanted as readonly Data[], block));
    if (isRight()) return undefined;
    endWithBreak(session);
    if (isRight()) return undefined;
  }
  back();
  return "mismatch";
}

function patchDocuments(session: Session, operation: Operation, wanted: readonly Data[]): PatchProblem | undefined {
  const before = session.source;
  const splices = changeDocuments(before, operation);
  if (!splices) return "document";
  const length = session.splices.length;
  change(session, splices);
  if (isReadable(before, session.source) && sameStream(session.source.stream, wanted)) return undefined;
  session.source = before;
  session.splices.length = length;
  return "mismatch";
}

/** The blocks to print again at a depth: the one with the change and, if a move has another target, that one too. */
function blocksOf(operation: Operation, length: number): readonly Path[] {
  const block = operation.path.slice(0, length);
  if (operation.op !== "move" || startsWith(operation.to, block)) return [block];
  return [block, operation.to.slice(0, Math.min(length, operation.to.length - 1))];
}

function endWithBreak(session: Session): void {
  const { text } = session.source;
  if (!text.endsWith("\n")) change(session, [{ start: text.length, end: text.length, text: "\n" }]);
}

function wantedAfter(source: Source, operation: Operation): readonly Data[] | undefined {
  try {
    return applyOperation(source.stream as Data, operation) as readonly Data[];
  } catch (error) {
    // A path that does not fit is a bug of the planner; it is handled as a refusal like any other.
    if (error instanceof OperationError) return undefined;
    throw error;
  }
}

function sameStream(stream: readonly Data[], wanted: readonly Data[]): boolean {
  return stream.length === wanted.length && stream.every((data, index) => sameData(data, wanted[index]));
}

/** Whether a patched source has no error that was not there before. */
function isReadable(before: Source, after: Source): boolean {
  return after === before || after.diagnostics.length <= before.diagnostics.length;
}

/** "Change all" changes more than the operation says; the operation must hold at its own path. */
function reaches(source: Source, wanted: readonly Data[], operation: Operation): boolean {
  const holder = operation.path.slice(0, -1);
  return sameData(valueAt(source.stream as Data, holder), valueAt(wanted as Data, holder));
}

function followed(session: Session, operation: Operation): Operation {
  const holder = followAliases(session, operation.path.slice(0, -1));
  const path =
    operation.op === "set"
      ? followAliases(session, [...holder, operation.path.at(-1) as string | number])
      : [...holder, operation.path.at(-1) as string | number];
  if (sameData(path, operation.path)) {
    // No alias on the path; but an anchor around it means that its aliases change, too.
    return session.source.documents[path[0] as number]?.shares ? { ...operation } : operation;
  }
  return { ...operation, path };
}

/** Makes the change in the smallest way; the caller checks whether it succeeded. */
function attempt(session: Session, operation: Operation, wanted: readonly Data[], keep: boolean): void {
  if (operation.op !== "set") return primitive(session, operation, wanted, keep);
  const { spots, rest } = locate(session.source, operation.path);
  // Values that come from an alias or a merge key have no text of their own to keep.
  const isOwn = rest.length === 0 && (spots.at(-1) as Spot).node.kind !== "alias";
  const old = isOwn ? valueAt(session.source.stream as Data, operation.path) : undefined;
  const steps = isOwn ? refineSet(operation.path, old, operation.value) : [operation];
  let now: Data = session.source.stream as Data;
  for (const step of steps) {
    now = applyOperation(now, step);
    primitive(session, step, now as readonly Data[], keep);
  }
}

function primitive(session: Session, operation: Operation, wanted: readonly Data[], keep: boolean): void {
  const { path } = operation;
  const holder = path.slice(0, -1);
  if (!keep) expandOnTheWay(session, path);
  const merged = mergedOnTheWay(session, operation.op === "set" ? holder : path);
  if (merged && !(operation.op !== "set" && merged.length === path.length)) return overrideMerged(session, merged, wanted, keep);
  const whole = operation.op === "set" || operation.op === "remove" || operation.op === "move";
  const exists = locate(session.source, path).rest.length === 0;
  unshare(session, exists ? path : holder, { whole: whole && exists, keep: keep && operation.op === "set" });
  if (operation.op === "move" && !keep) {
    const target = holderBefore(path, operation.to);
    expandOnTheWay(session, [...target, 0]);
    unshare(session, target, { whole: false, keep });
  }
  switch (operation.op) {
    case "set":
      return set(session, operation);
    case "insert":
      return insert(session, holder, path.at(-1) as number, operation.value);
    case "remove":
      return remove(session, path);
    case "rename":
      return renameEntry(session, path, operation.key);
    case "move":
      return moveItem(session, operation, { insert, remove });
  }
}

/** The target list of a move, by its path before the item was removed. */
function holderBefore(path: Path, to: Path): Path {
  const depth = path.length - 1;
  const passes = to.length - 1 > depth && startsWith(to, path.slice(0, depth));
  const step = to[depth];
  if (!passes || typeof step !== "number" || step < (path[depth] as number)) return to.slice(0, -1);
  return [...to.slice(0, depth), step + 1, ...to.slice(depth + 1, -1)];
}

/** Beside a merge key, the changed value is written as a key of the mapping itself. */
function overrideMerged(session: Session, path: Path, wanted: readonly Data[], keep: boolean): void {
  unshare(session, path.slice(0, -1), { whole: false, keep });
  set(session, { path, value: valueAt(wanted as Data, path) as Data });
}

function set(session: Session, { path, value, before }: { path: Path; value: Data; before?: string }): void {
  const { spots, rest } = locate(session.source, path);
  if (rest.length === 0) return change(session, replaceValue(session.source, spots, value));
  const map = spots.at(-1)?.node;
  const key = path.at(-1) as string;
  if (map?.kind !== "map" || rest.length > 1) return undefined;
  if (map.entries.length === 0) return change(session, replaceValue(session.source, spots, { [key]: value }));
  return change(session, addEntry(session.source, spots, { key, value, ...(before === undefined ? {} : { before }) }));
}

function insert(session: Session, holder: Path, index: number, value: Data): void {
  const { spots, rest } = locate(session.source, holder);
  const list = spots.at(-1)?.node;
  if (rest.length > 0 || list?.kind !== "list") return;
  if (list.items.length === 0) change(session, replaceValue(session.source, spots, [value]));
  else change(session, addItem(session.source, spots, index, value));
}

function remove(session: Session, path: Path): void {
  const { spots, rest } = locate(session.source, path.slice(0, -1));
  const node = spots.at(-1)?.node;
  const step = path.at(-1);
  if (rest.length > 0 || (node?.kind !== "map" && node?.kind !== "list")) return;
  if (node.kind === "list") {
    if (node.items.length <= 1) change(session, replaceValue(session.source, spots, []));
    else change(session, takeOut(session.source, spots, step as number));
    return;
  }
  removeKey(session, path, node, spots);
}

/** Removes all entries of a key: if only the last of two were removed, the first would take effect again. */
function removeKey(session: Session, path: Path, map: YamlMap, spots: readonly Spot[]): void {
  const indexes = map.entries.flatMap((entry, index) => (entry.key === path.at(-1) && !entry.merge ? [index] : []));
  if (indexes.length === map.entries.length) return change(session, replaceValue(session.source, spots, {}));
  const last = indexes.at(-1);
  if (last === undefined) return undefined;
  change(session, takeOut(session.source, spots, last));
  if (indexes.length < 2) return undefined;
  const again = locate(session.source, path.slice(0, -1));
  const node = again.spots.at(-1)?.node;
  return again.rest.length === 0 && node?.kind === "map" ? removeKey(session, path, node, again.spots) : undefined;
}

/** Prints the value at a path again, with everything in it. */
function rewrite(session: Session, path: Path, value: Data | undefined): void {
  const { spots, rest } = locate(session.source, path);
  if (value === undefined || spots.length === 0) return;
  if (rest.length > 0) return expandOnTheWay(session, path);
  unshare(session, path, { whole: true, keep: false });
  const again = locate(session.source, path);
  if (again.rest.length === 0) change(session, replaceValue(session.source, again.spots, value));
}
