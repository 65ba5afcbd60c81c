import { type Data, type DataMap, isList, isMap, type Path, sameData } from "#data/data.ts";
import type { Operation } from "#data/operations.ts";

/** Up to this many compared pairs, lists are aligned by their longest common subsequence; longer ones item by item. */
const mostPairs = 250_000;

/**
 * The small operations that together turn a collection into another one of its kind, so that equal parts keep their text. Returns the whole
 * `set` where nothing can be kept.
 */
export function refineSet(path: Path, old: Data | undefined, value: Data): readonly Operation[] {
  if (old !== undefined && sameData(old, value)) return [];
  if (isMap(old) && isMap(value)) return refineMap(path, old, value);
  if (isList(old) && isList(value)) return refineList(path, old, value);
  return [{ op: "set", path, value }];
}

function refineMap(path: Path, old: DataMap, value: DataMap): readonly Operation[] {
  const kept = Object.keys(old).filter((key) => Object.hasOwn(value, key));
  if (kept.length === 0) return [{ op: "set", path, value }];
  const operations: Operation[] = [];
  for (const key of Object.keys(old)) if (!Object.hasOwn(value, key)) operations.push({ op: "remove", path: [...path, key] });
  const keys = Object.keys(value);
  keys.forEach((key, index) => {
    const next = value[key] as Data;
    if (Object.hasOwn(old, key)) return operations.push(...refineSet([...path, key], old[key], next));
    const before = keys.slice(index + 1).find((later) => Object.hasOwn(old, later));
    return operations.push({ op: "set", path: [...path, key], value: next, ...(before === undefined ? {} : { before }) });
  });
  return operations;
}

function refineList(path: Path, old: readonly Data[], value: readonly Data[]): readonly Operation[] {
  if (old.length === 0 || value.length === 0) return [{ op: "set", path, value }];
  const operations: Operation[] = [];
  const pairs = [...common(old, value), { from: old.length, to: value.length }];
  let from = 0;
  let to = 0;
  // `to` is also the index in the list as changed so far: everything before it is finished.
  for (const pair of pairs) {
    for (; from < pair.from && to < pair.to; from++, to++) operations.push(...refineSet([...path, to], old[from], value[to] as Data));
    for (; from < pair.from; from++) operations.push({ op: "remove", path: [...path, to] });
    for (; to < pair.to; to++) operations.push({ op: "insert", path: [...path, to], value: value[to] as Data });
    from++;
    to++;
  }
  return operations;
}

/** Pairs of equal items, ascending in both lists. */
function common(old: readonly Data[], value: readonly Data[]): { from: number; to: number }[] {
  const pairs: { from: number; to: number }[] = [];
  let start = 0;
  while (start < old.length && start < value.length && sameData(old[start], value[start])) pairs.push({ from: start, to: start++ });
  let oldEnd = old.length;
  let newEnd = value.length;
  const tail: { from: number; to: number }[] = [];
  while (oldEnd > start && newEnd > start && sameData(old[oldEnd - 1], value[newEnd - 1])) tail.push({ from: --oldEnd, to: --newEnd });
  if ((oldEnd - start) * (newEnd - start) <= mostPairs) pairs.push(...longest(old, value, { start, oldEnd, newEnd }));
  return [...pairs, ...tail.reverse()];
}

/** The longest common subsequence of two ranges. */
function longest(
  old: readonly Data[],
  value: readonly Data[],
  range: { start: number; oldEnd: number; newEnd: number },
): { from: number; to: number }[] {
  const rows = range.oldEnd - range.start;
  const columns = range.newEnd - range.start;
  const best = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  const cell = (row: number, column: number): number => (best[row] as Uint32Array)[column] as number;
  const same = (row: number, column: number): boolean => sameData(old[range.start + row], value[range.start + column]);
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      (best[row] as Uint32Array)[column] = same(row, column)
        ? cell(row + 1, column + 1) + 1
        : Math.max(cell(row + 1, column), cell(row, column + 1));
    }
  }
  const pairs: { from: number; to: number }[] = [];
  for (let row = 0, column = 0; row < rows && column < columns;) {
    if (same(row, column)) pairs.push({ from: range.start + row++, to: range.start + column++ });
    else if (cell(row + 1, column) >= cell(row, column + 1)) row++;
    else column++;
  }
  return pairs;
}
