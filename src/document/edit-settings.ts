import { type Data, isList, isMap, type Path } from "#data/data.ts";
import { diffOperations, listKeyOf } from "#data/difference.ts";
import { type Draft, type Refused, removePruned, setDeep } from "./edit-draft.ts";
import { refuse } from "./edit-targets.ts";

// Values anywhere below a base path, addressed by keys, by indexes, or by the name of a list's item (`container.env.MODE.value`).

/** Writes a value at a path and creates what is missing on the way; false if a step leads into something that cannot hold it. */
export type WriteDeep = (draft: Draft, path: Path, value: Data) => boolean;

/**
 * Sets the value at `path` below `base`. A whole mapping or list is compared with the current value, so that only differences change. A name
 * that no item of a list has creates an item. Refused with `edit-path-misfit`.
 */
export function setValueBelow(
  draft: Draft,
  { base, path }: { readonly base: Path; readonly path: Path },
  value: Data,
  write: WriteDeep = setDeep,
): Refused | undefined {
  if (hasPrototypeKey(path, value)) return misfit(path, base);
  const target = namedSteps(draft, base, path, true);
  if (!target) return misfit(path, base);
  const old = draft.at(target);
  if (old !== undefined && (isMap(old) || isList(old))) {
    draft.take(diffOperations(old, value, target));
    return undefined;
  }
  return makeItems(draft, base, { path: target, value, write }) ? undefined : misfit(path, base);
}

/** Removes a value and the parents that this leaves empty. Does nothing if there is no value. */
export function unsetValueBelow(draft: Draft, { base, path }: { readonly base: Path; readonly path: Path }): Refused | undefined {
  if (path.length === 0 || hasPrototypeKey(path, undefined)) return misfit(path, base);
  const target = namedSteps(draft, base, path, false);
  if (!target || draft.at(target) === undefined) return undefined;
  removePruned(draft, target, base);
  return undefined;
}

/** Moves an item of a list to another index of the same list. */
export function moveValueBelow(
  draft: Draft,
  { base, path }: { readonly base: Path; readonly path: Path },
  to: number,
): Refused | undefined {
  const target = namedSteps(draft, base, path, false);
  const list = target && draft.at(target.slice(0, -1));
  const index = target?.at(-1);
  if (!target || !isList(list) || typeof index !== "number" || index >= list.length) return misfit(path, base);
  if (to < 0 || to >= list.length) return refuse("edit-index-outside", { index: to, n: list.length }, target);
  draft.move(target, [...target.slice(0, -1), to]);
  return undefined;
}

/** A key that would reach a prototype is never written. */
function hasPrototypeKey(path: Path, value: Data | undefined): boolean {
  return path.some((step) => step === "__proto__") || holdsPrototypeKey(value);
}

function holdsPrototypeKey(value: Data | undefined): boolean {
  if (isList(value)) return value.some(holdsPrototypeKey);
  return isMap(value) && Object.keys(value).some((key) => key === "__proto__" || holdsPrototypeKey(value[key]));
}

function misfit(path: Path, base: Path): Refused {
  return refuse("edit-path-misfit", { path: path.join(".") }, base);
}

/**
 * Turns the names of list items into indexes. With `create`, a name that does not exist yet means the position after the last
 * item and stays a text, so that `makeItems` knows what to call the new item. Undefined: the name leads nowhere.
 */
function namedSteps(draft: Draft, base: Path, path: Path, create: boolean): Path | undefined {
  const done: (string | number)[] = [...base];
  for (const [index, step] of path.entries()) {
    const here = draft.at(done);
    if (!isList(here) || typeof step === "number") {
      done.push(step);
      continue;
    }
    const key = listKeyOf(done.at(-1)) ?? "name";
    const found = here.findIndex((item) => isMap(item) && item[key] === step);
    if (found < 0) return create ? [...done, ...path.slice(index)] : undefined;
    done.push(found);
  }
  return done;
}

/** Sets a value deep below mappings and lists, some of which are not there yet. */
function makeItems(
  draft: Draft,
  base: Path,
  { path, value, write }: { readonly path: Path; readonly value: Data; readonly write: WriteDeep },
): boolean {
  for (let depth = base.length; depth < path.length; depth++) {
    const here = draft.at(path.slice(0, depth));
    const step = path[depth] as string | number;
    const key = listKeyOf(path[depth - 1]);
    const missingList = (here === undefined || here === null) && key !== undefined && depth > base.length;
    if (typeof step !== "string" || (!isList(here) && !missingList)) continue;
    const item = itemNamed(key ?? "name", step, path.slice(depth + 1), value);
    if (item === undefined) return false;
    if (isList(here)) draft.insert([...path.slice(0, depth), here.length], item);
    else return write(draft, path.slice(0, depth), [item]);
    return true;
  }
  return write(draft, path, value);
}

/** A new item of a keyed list: its key, and the value at the rest of the path. */
function itemNamed(key: string, name: string, rest: Path, value: Data): Data | undefined {
  if (rest.length === 0) return isMap(value) ? { [key]: name, ...value } : undefined;
  const inner = rest.slice(1).reduceRight<Data>((nested, step) => (step === 0 ? [nested] : { [step]: nested }), value);
  return { [key]: name, [rest[0] as string]: inner };
}
