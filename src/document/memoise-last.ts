import { collect } from "#diagnostics/collect.ts";
import type { Diagnostic, Report } from "#diagnostics/diagnostic.ts";
import { type DataMap, type Path, samePath } from "#data/data.ts";

/** A reader's result with its diagnostics, which are cached together. */
export interface Remembered<Result> {
  readonly key: string;
  readonly path: Path;
  readonly result: Result;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a cached result depends on, besides its data. */
export interface Known<Result> {
  readonly key: string;
  readonly path: Path;
  /** The result at this place, made from that of another without reading again; undefined if it holds what must be read. */
  readonly move?: (result: Result) => Result | undefined;
}

/**
 * Reads a part of the data once: as long as its data object, `key` (its id) and place stay the same, the former result and its
 * diagnostics are reported again; a result that only moved in its list is moved. This makes reading after
 * an edit cost only what changed.
 */
export function remember<Result>(
  cache: WeakMap<DataMap, Remembered<Result>>,
  data: DataMap,
  { key, path, move }: Known<Result>,
  report: Report,
  read: (report: Report) => Result,
): Result {
  const before = cache.get(data);
  if (before?.key === key && samePath(before.path, path)) {
    before.diagnostics.forEach((found) => report(found));
    return before.result;
  }
  const moved = before?.key === key && before.diagnostics.length === 0 ? move?.(before.result) : undefined;
  const collector = collect();
  const result = moved ?? read(collector.report);
  const diagnostics = collector.list();
  cache.set(data, { key, path, result, diagnostics });
  diagnostics.forEach((found) => report(found));
  return result;
}
