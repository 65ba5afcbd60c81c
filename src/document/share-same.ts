import { type Data, isList, isMap, sameData } from "#data/data.ts";

/**
 * `fresh`, built from the parts of `old` wherever they are equal; `old` itself if all is. Lists are compared from both ends, so a
 * template inserted between them leaves the others unchanged. The order of keys counts, since the model records it.
 */
export function shareSame(old: Data | undefined, fresh: Data): Data {
  if (old === fresh || old === undefined) return fresh;
  if (isList(fresh) && isList(old)) {
    const shift = old.length - fresh.length;
    let start = 0;
    while (start < fresh.length && start < old.length && sameData(old[start], fresh[start])) start++;
    const items = fresh.map((item, index) => shareSame(index <= start ? old[index] : old[index + shift], item));
    return shift === 0 && items.every((item, index) => item === old[index]) ? old : items;
  }
  if (!isMap(fresh) || !isMap(old)) return fresh;
  const keys = Object.keys(fresh);
  const entries = keys.map((key) => [key, shareSame(Object.hasOwn(old, key) ? old[key] : undefined, fresh[key] as Data)] as const);
  const before = Object.keys(old);
  const same = before.length === keys.length && entries.every(([key, value], index) => before[index] === key && old[key] === value);
  return same ? old : Object.fromEntries(entries);
}
