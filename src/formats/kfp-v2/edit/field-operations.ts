import { type Data, type DataMap, isList, isMap, type Path, valueAt } from "#data/data.ts";
import { type Draft, removePruned } from "#document/edit-draft.ts";
import { find } from "../read/fields.ts";

// Paths below messages of the pipeline spec, and writing at them: a new key goes where the SDK's sorted output has it.

/** The data that paths refer to: the current draft, or the data before the edit. */
export type Reading = Pick<Draft, "at">;

/** The path of a field below a message, by the spelling that the file has; `names` are fields, never keys of maps. */
export function fieldPath(draft: Reading, message: Path, ...names: readonly string[]): Path {
  return names.reduce<Path>((path, name) => find(draft.at(path), name, path).path, message);
}

/** The value of a field below a message; null counts as absent. */
export function fieldAt(draft: Reading, message: Path, ...names: readonly string[]): Data | undefined {
  return draft.at(fieldPath(draft, message, ...names)) ?? undefined;
}

/** The entries of a field that is a map of messages, as they are now, each with its path. */
export function entriesAt(
  draft: Reading,
  message: Path,
  ...names: readonly string[]
): readonly { readonly key: string; readonly value: DataMap; readonly path: Path }[] {
  const path = fieldPath(draft, message, ...names);
  const map = draft.at(path);
  if (!isMap(map)) return [];
  return Object.entries(map).flatMap(([key, value]) => (isMap(value) ? [{ key, value, path: [...path, key] }] : []));
}

/**
 * Sets a value and creates the mappings that are missing on the way, in one operation. A new key is inserted in order among sorted siblings,
 * else to the end. Returns false, and changes nothing, if a step leads into something that is not a mapping.
 */
export function put(draft: Draft, path: Path, value: Data): boolean {
  for (let depth = 1; depth <= path.length; depth++) {
    const at = path.slice(0, depth);
    const parent = draft.at(at.slice(0, -1));
    const step = at.at(-1);
    const here = draft.at(at);
    if (typeof step === "number" ? !isList(parent) || step >= parent.length : !isMap(parent)) return false;
    const rest = path.slice(depth);
    if (here !== undefined && here !== null && rest.length > 0) continue;
    const nested = nest(rest, value);
    if (nested === undefined) return false;
    if (here !== undefined || typeof step === "number") draft.set(at, nested);
    else addKey(draft, at, nested);
    return true;
  }
  return false;
}

function nest(path: Path, value: Data): Data | undefined {
  return path.reduceRight<Data | undefined>(
    (inner, step) => (inner === undefined || typeof step === "number" ? undefined : { [step]: inner }),
    value,
  );
}

function addKey(draft: Draft, path: Path, value: Data): void {
  const parent = draft.at(path.slice(0, -1));
  const key = path.at(-1) as string;
  const keys = isMap(parent) ? Object.keys(parent) : [];
  const before = isSorted(keys) ? keys.find((other) => other > key) : undefined;
  draft.take([before === undefined ? { op: "set", path, value } : { op: "set", path, value, before }]);
}

/** Removes a value if it is there, and the parents that it leaves empty, up to but not including `keep`. */
export function drop(draft: Draft, path: Path, keep: Path): void {
  if (draft.at(path) !== undefined) removePruned(draft, path, keep);
}

/** Adds a text to a list that is a set, at its place if the list is sorted; a missing list is created. */
export function addToSet(draft: Draft, list: Path, text: string): void {
  const found = draft.at(list);
  if (!isList(found)) {
    put(draft, list, [text]);
    return;
  }
  if (found.includes(text)) return;
  const texts = found.map(String);
  const index = isSorted(texts) ? texts.findIndex((other) => other > text) : -1;
  draft.insert([...list, index < 0 ? found.length : index], text);
}

/** Takes a text out of a list that is a set; an emptied list goes, too. */
export function removeFromSet(draft: Draft, list: Path, text: string, keep: Path): void {
  const found = draft.at(list);
  if (!isList(found) || !found.includes(text)) return;
  if (found.every((one) => one === text)) {
    drop(draft, list, keep);
    return;
  }
  for (let index = found.length - 1; index >= 0; index--) if (found[index] === text) draft.remove([...list, index]);
}

/** Replaces a text in a list that is a set; a sorted list stays sorted. */
export function replaceInSet(draft: Draft, list: Path, from: string, to: string): void {
  const found = draft.at(list);
  if (!isList(found) || !found.includes(from)) return;
  if (found.includes(to)) {
    removeFromSet(draft, list, from, list.slice(0, -1));
    return;
  }
  const texts = found.map((one) => (one === from ? to : String(one)));
  if (!isSorted(found.map(String)) || isSorted(texts)) draft.set([...list, found.indexOf(from)], to);
  else {
    draft.remove([...list, found.indexOf(from)]);
    addToSet(draft, list, to);
  }
}

/** Whether texts are in the order of their code units, as the SDK's `sort_keys` leaves them. */
export function isSorted(texts: readonly string[]): boolean {
  return texts.every((text, index) => index === 0 || (texts[index - 1] as string) <= text);
}

/** Renames a key of a map; with sorted siblings the entry stays where it is, since moving lines is no part of a rename. */
export function renameKey(draft: Draft, path: Path, key: string): boolean {
  const parent = draft.at(path.slice(0, -1));
  if (!isMap(parent) || draft.at(path) === undefined || Object.hasOwn(parent, key)) return false;
  draft.rename(path, key);
  return true;
}

/** The data before the edit. */
export function readingBefore(draft: Draft): Reading {
  return { at: (path) => valueAt(draft.before as Data, path) };
}
