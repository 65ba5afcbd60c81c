import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { Span } from "./syntax.ts";

/** A finding in Python text; such findings have a span and no place in a document. */
export function finding(
  code: string,
  level: "error" | "warning" | "info",
  values: Readonly<Record<string, string | number>>,
  span: Span,
): Diagnostic {
  return { code, level, values, place: [], span };
}
