/**
 * Plain data of YAML and JSON. Everything in a document that we do not understand is carried as `Data`. Data is immutable: an edit creates
 * new objects along the changed path and shares all others, so `===` means "unchanged".
 */
export type Data = null | boolean | number | string | readonly Data[] | DataMap;
/** A mapping with text keys, which keeps their order. Never contains the key `__proto__` (the parser drops it with a diagnostic). */
export type DataMap = { readonly [key: string]: Data };
/** Keys and indexes that lead from a root to a value. In a stream of documents the first step is the document's index. */
export type Path = readonly (string | number)[];

/** Whether a value is a mapping. */
export function isMap(value: Data | undefined): value is DataMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a list. */
export function isList(value: Data | undefined): value is readonly Data[] {
  return Array.isArray(value);
}

/** The value of an own key of a mapping; undefined if there is no mapping or no such key. */
export function field(value: Data | undefined, key: string): Data | undefined {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The value of a key if it is text. */
export function textField(value: Data | undefined, key: string): string | undefined {
  const found = field(value, key);
  return typeof found === "string" ? found : undefined;
}

/** The value of a key if it is a list, else an empty list. */
export function listField(value: Data | undefined, key: string): readonly Data[] {
  const found = field(value, key);
  return isList(found) ? found : [];
}

/** Whether two paths lead to the same place. */
export function samePath(one: Path, other: Path): boolean {
  return one === other || (one.length === other.length && one.every((step, index) => step === other[index]));
}

/** The value at a path; undefined if some step does not exist. */
export function valueAt(root: Data | undefined, path: Path): Data | undefined {
  let here = root;
  for (const step of path) {
    if (typeof step === "number") here = isList(here) ? here[step] : undefined;
    else here = field(here, step);
    if (here === undefined) return undefined;
  }
  return here;
}

/** Whether two values are equal as data: the order of keys does not matter, the order of lists does. */
export function sameData(a: Data | undefined, b: Data | undefined): boolean {
  if (a === b) return true;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, i) => sameData(item, b[i]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameData(a[key], b[key]));
}

/** Whether a path is `start` or below it. */
export function startsWith(path: Path, start: Path): boolean {
  return path.length >= start.length && start.every((step, index) => step === path[index]);
}

/** For a closed union's `default:` branch; TypeScript reports it when a kind is added. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
