import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { Span } from "./syntax.ts";

/** A diagnostic about Python text; it has a span and no path. */
export function diagnostic(
  code: string,
  level: "error" | "warning" | "info",
  values: Readonly<Record<string, string | number>>,
  span: Span,
): Diagnostic {
  return { code, level, values, path: [], span };
}
