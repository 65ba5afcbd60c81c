import { type Diagnostic, type DiagnosticCode, diagnosticOf, type DiagnosticValues } from "#diagnostics/diagnostic.ts";
import type { Span } from "./syntax.ts";

/** A diagnostic about Python text; it has a span and no path. */
export function diagnostic<Code extends DiagnosticCode>(
  code: Code,
  level: "error" | "warning" | "info",
  values: DiagnosticValues<Code>,
  span: Span,
): Diagnostic {
  return diagnosticOf(code, values, { level, path: [], span });
}
