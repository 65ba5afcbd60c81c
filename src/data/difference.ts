import { type Data, type DataMap, isList, isMap, type Path, sameData } from "./data.ts";
import type { Operation } from "./operations.ts";

// The shortest path from one value to another, as operations. Used where the new value is known as a whole: a template typed as YAML, a
// component lowered again with another argument. Lists are matched by the key by which Kubernetes merges them.

/** The field that identifies the items of a list, by the key of the list. */
const listKeys: Readonly<Record<string, readonly string[]>> = {
  templates: ["name"],
  tasks: ["name"],
  parameters: ["name"],
  artifacts: ["name"],
  env: ["name"],
  volumes: ["name"],
  containers: ["name"],
  initContainers: ["name"],
  sidecars: ["name"],
  volumeMounts: ["mountPath"],
  mirrorVolumeMounts: ["mountPath"],
  volumeDevices: ["devicePath"],
  ports: ["containerPort", "protocol"],
  imagePullSecrets: ["name"],
  volumeClaimTemplates: ["metadata"],
};

/** The field by which items of a list with this key are addressed, such as `name` for `env`; undefined if its items have no key. */
export function listKeyOf(key: string | number | undefined): string | undefined {
  return typeof key === "string" && Object.hasOwn(listKeys, key) ? listKeys[key]?.[0] : undefined;
}

/** Few operations that turn `before`, the value at `path`, into `after`. A different order of keys alone is no difference. */
export function diffOperations(before: Data, after: Data, path: Path): readonly Operation[] {
  if (sameData(before, after)) return [];
  if (isMap(before) && isMap(after)) return diffMaps(before, after, path);
  if (isList(before) && isList(after)) return diffLists(before, after, path);
  return [{ op: "set", path, value: after }];
}

function diffMaps(before: DataMap, after: DataMap, path: Path): readonly Operation[] {
  const kept = Object.keys(before).filter((key) => Object.hasOwn(after, key));
  // Nothing in common: one replacement is clearer than a series of removals and additions.
  if (kept.length === 0) return [{ op: "set", path, value: after }];
  const removed = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const keys = Object.keys(after);
  return [
    ...removed.map((key): Operation => ({ op: "remove", path: [...path, key] })),
    ...kept.flatMap((key) => diffOperations(before[key] as Data, after[key] as Data, [...path, key])),
    ...keys.flatMap((key, index): Operation[] => {
      if (Object.hasOwn(before, key)) return [];
      const next = keys.slice(index + 1).find((later) => Object.hasOwn(before, later));
      const added = { op: "set", path: [...path, key], value: after[key] as Data } as const;
      return [next === undefined ? added : { ...added, before: next }];
    }),
  ];
}

function diffLists(before: readonly Data[], after: readonly Data[], path: Path): readonly Operation[] {
  const pairs = keyedPairs(before, after, path) ?? commonPairs(before, after);
  // pairs: index in `after` -> index in `before`
  const stay = new Set(pairs.values());
  const operations: Operation[] = [];
  const current = before.map((_, index) => index as number | string);
  for (let index = before.length - 1; index >= 0; index--) {
    if (stay.has(index)) continue;
    operations.push({ op: "remove", path: [...path, index] });
    current.splice(index, 1);
  }
  const fixed = longestRise([...pairs.keys()].sort((a, b) => a - b).map((index) => pairs.get(index) as number));
  after.forEach((item, index) => {
    const source = pairs.get(index);
    if (source !== undefined && fixed.has(source)) return;
    const mark = source ?? `new ${index}`;
    if (source !== undefined) {
      const from = current.indexOf(source);
      current.splice(from, 1);
      const to = placeAfter(current, pairs, index);
      if (from !== to) operations.push({ op: "move", path: [...path, from], to: [...path, to] });
      current.splice(to, 0, mark);
    } else {
      const to = placeAfter(current, pairs, index);
      operations.push({ op: "insert", path: [...path, to], value: item });
      current.splice(to, 0, mark);
    }
  });
  for (const [index, source] of pairs) operations.push(...diffOperations(before[source] as Data, after[index] as Data, [...path, index]));
  return operations;
}

/** Directly after the item that precedes `index` in the new list. */
function placeAfter(current: readonly (number | string)[], pairs: ReadonlyMap<number, number>, index: number): number {
  if (index === 0) return 0;
  return current.indexOf(pairs.get(index - 1) ?? `new ${index - 1}`) + 1;
}

/** Pairs items of one key (and, where a key repeats, of one occurrence); undefined if some item has no such key. */
function keyedPairs(before: readonly Data[], after: readonly Data[], path: Path): ReadonlyMap<number, number> | undefined {
  const last = path.at(-1);
  const fields = typeof last === "string" && Object.hasOwn(listKeys, last) ? listKeys[last] : undefined;
  if (!fields) return undefined;
  const old = keysOf(before, fields);
  const fresh = keysOf(after, fields);
  if (!old || !fresh) return undefined;
  const places = new Map(old.map((key, index) => [key, index]));
  return new Map(fresh.flatMap((key, index) => (places.has(key) ? [[index, places.get(key) as number] as const] : [])));
}

function keysOf(list: readonly Data[], fields: readonly string[]): readonly string[] | undefined {
  const seen = new Map<string, number>();
  const keys: string[] = [];
  for (const item of list) {
    if (!isMap(item) || !Object.hasOwn(item, fields[0] as string)) return undefined;
    const key = JSON.stringify(fields.map((name) => (Object.hasOwn(item, name) ? item[name] : null)));
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    keys.push(`${key} ${count}`);
  }
  return keys;
}

/** Items that are equal, by longest common subsequence; what lies between two equal ones is paired in order as changed. */
function commonPairs(before: readonly Data[], after: readonly Data[]): ReadonlyMap<number, number> {
  let start = 0;
  while (start < before.length && start < after.length && sameData(before[start], after[start])) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && sameData(before.at(-1 - end), after.at(-1 - end))) end++;
  const matches = longestCommon(before.slice(start, before.length - end), after.slice(start, after.length - end));
  const pairs = new Map<number, number>();
  for (let index = 0; index < start; index++) pairs.set(index, index);
  let [i, j] = [start, start];
  for (const [a, b] of [...matches.map(([a, b]) => [a + start, b + start] as const), [before.length - end, after.length - end] as const]) {
    while (i < a && j < b) pairs.set(j++, i++);
    if (a < before.length - end || b < after.length - end) pairs.set(b, a);
    [i, j] = [a + 1, b + 1];
  }
  for (let index = 0; index < end; index++) pairs.set(after.length - end + index, before.length - end + index);
  return pairs;
}

/** Beyond this many comparisons the middle of a list is treated as changed as a whole. */
const comparisonLimit = 250_000;

function longestCommon(a: readonly Data[], b: readonly Data[]): readonly (readonly [number, number])[] {
  if (a.length * b.length > comparisonLimit) return [];
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const row = (index: number) => lengths[index] as number[];
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      row(i)[j] = sameData(a[i], b[j]) ? (row(i + 1)[j + 1] as number) + 1 : Math.max(row(i + 1)[j] as number, row(i)[j + 1] as number);
    }
  }
  const found: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (sameData(a[i], b[j])) found.push([i++, j++]);
    else if ((row(i + 1)[j] as number) >= (row(i)[j + 1] as number)) i++;
    else j++;
  }
  return found;
}

/** The members of a longest increasing subsequence: items that may stay while the others move. */
function longestRise(values: readonly number[]): ReadonlySet<number> {
  const best = values.map((value) => ({ value, length: 1, before: -1 }));
  best.forEach((here, index) => {
    for (let earlier = 0; earlier < index; earlier++) {
      const other = best[earlier] as (typeof best)[number];
      if (other.value < here.value && other.length >= here.length) Object.assign(here, { length: other.length + 1, before: earlier });
    }
  });
  let at = best.reduce((top, here, index) => (here.length > (best[top]?.length ?? 0) ? index : top), 0);
  const rise = new Set<number>();
  for (let here = best[at]; here; here = at < 0 ? undefined : best[at]) {
    rise.add(here.value);
    at = here.before;
  }
  return rise;
}
