import type { Report } from "#diagnostics/diagnostic.ts";
import type { DataMap, Path } from "#data/data.ts";

/** A reader's result with its findings, so that both can be remembered together. */
export interface Remembered<Result> {
  readonly key: string;
  readonly place: string;
  readonly result: Result;
  readonly findings: readonly Parameters<Report>[0][];
}

/** What a remembered result depends on, beside its data. */
export interface Known<Result> {
  readonly key: string;
  readonly place: Path;
  /** The result at this place, made from that of another without reading again; undefined if it holds what must be read. */
  readonly move?: (result: Result) => Result | undefined;
}

/**
 * Reads a part of the data once: as long as its data object, `key` (its id) and place stay the same, the former result and its
 * findings are given again; one that only moved in its list, because a neighbour went, is moved. This is what makes reading after
 * an edit cost only what changed.
 */
export function remember<Result>(
  cache: WeakMap<DataMap, Remembered<Result>>,
  data: DataMap,
  { key, place, move }: Known<Result>,
  report: Report,
  read: (report: Report) => Result,
): Result {
  const at = place.join("/");
  const before = cache.get(data);
  if (before?.key === key && before.place === at) {
    before.findings.forEach(report);
    return before.result;
  }
  const moved = before?.key === key && before.findings.length === 0 ? move?.(before.result) : undefined;
  const findings: Parameters<Report>[0][] = [];
  const result = moved ?? read((found) => void findings.push(found));
  cache.set(data, { key, place: at, result, findings });
  findings.forEach(report);
  return result;
}
