import { collect } from "#diagnostics/collect.ts";
import type { Diagnostic, Report } from "#diagnostics/diagnostic.ts";
import type { DataMap, Path } from "#data/data.ts";

/** A reader's result with its findings, so that both can be remembered together. */
export interface Remembered<Result> {
  readonly key: string;
  readonly place: string;
  readonly result: Result;
  readonly findings: readonly Diagnostic[];
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
    before.findings.forEach((found) => report(found));
    return before.result;
  }
  const moved = before?.key === key && before.findings.length === 0 ? move?.(before.result) : undefined;
  const collector = collect();
  const result = moved ?? read(collector.report);
  const findings = collector.list();
  cache.set(data, { key, place: at, result, findings });
  findings.forEach((found) => report(found));
  return result;
}
