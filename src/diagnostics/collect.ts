/**
 * Bounded lists of diagnostics. Nobody reads a hundred thousand problems, and keeping, locating and printing them all would take more
 * time and memory than the document itself. What is beyond the bounds is counted: one `diagnostics-omitted` per code says how many
 * more there are, where the first of them is. Collectors can be chained: such a diagnostic that is reported to one is added up.
 */
import type { Diagnostic, DiagnosticCode, DiagnosticDetails, Level, Report } from "./diagnostic.ts";

/** How many diagnostics are kept of one text. */
export interface DiagnosticLimits {
  readonly perCode: number;
  /** Of all codes together; the first diagnostic of a code is always kept. */
  readonly total: number;
}

export const defaultDiagnosticLimits: DiagnosticLimits = { perCode: 1_000, total: 10_000 };

/** The code of the diagnostic that replaces those that are not listed: `values.code` names theirs, `values.n` says how many. */
export const omittedCode = "diagnostics-omitted" satisfies DiagnosticCode;

export interface Collector {
  /** Takes a diagnostic, or counts it if the list is full. */
  readonly report: Report;
  /** What was kept, in the order of the reports, then what was omitted, in the order of the first omission. */
  readonly list: () => readonly Diagnostic[];
}

interface Count {
  kept: number;
  omitted: number;
  /** The gravest of the omitted ones, and where the first of them is. */
  level: Level;
  first: Pick<Diagnostic, "path" | "span">;
}

const gravity: readonly Level[] = ["error", "cluster", "warning", "info"];

/** A collector. `complete` adds what is expensive, such as fixes, to a diagnostic that is kept. */
export function collect(
  complete: (found: Diagnostic) => Diagnostic = (found) => found,
  limits: DiagnosticLimits = defaultDiagnosticLimits,
): Collector {
  const kept: Diagnostic[] = [];
  const counts = new Map<DiagnosticCode, Count>();
  const countOf = (code: DiagnosticCode): Count => {
    let count = counts.get(code);
    if (count === undefined) counts.set(code, (count = { kept: 0, omitted: 0, level: "info", first: { path: [] } }));
    return count;
  };
  const hasRoom = (count: Count) => count.kept === 0 || (count.kept < limits.perCode && kept.length < limits.total);
  const omit = (count: Count, n: number, { level, path, span }: Diagnostic) => {
    if (count.omitted === 0) count.first = span === undefined ? { path } : { path, span };
    count.omitted += n;
    count.level = graver(count.level, level);
  };
  const report = (found: Diagnostic): void => {
    if (found.code === omittedCode) return omit(countOf(found.values.code as DiagnosticCode), found.values.n, found);
    const count = countOf(found.code);
    if (!hasRoom(count)) return omit(count, 1, found);
    count.kept += 1;
    kept.push(complete(found));
  };
  const list = () => {
    const omitted = [...counts].filter(([, count]) => count.omitted > 0);
    if (omitted.length === 0) return kept;
    return [...kept, ...omitted.map(([code, { omitted, level, first }]) => omissionOf(omitted, { code, level, ...first }))];
  };
  return { report, list };
}

/** The diagnostic that replaces `n` others of one code that are not listed with the place of the first. */
export function omissionOf(n: number, { code, level, path, span }: DiagnosticDetails & { readonly code: DiagnosticCode }): Diagnostic {
  return { code: omittedCode, level, values: { code, n }, path, ...(span === undefined ? {} : { span }) };
}

/** The same diagnostics within the limits. */
export function bounded(found: Iterable<Diagnostic>): readonly Diagnostic[] {
  const collector = collect();
  for (const one of found) collector.report(one);
  return collector.list();
}

function graver(a: Level, b: Level): Level {
  return gravity.indexOf(a) <= gravity.indexOf(b) ? a : b;
}
