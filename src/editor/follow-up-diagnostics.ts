import type { Diagnostic, DiagnosticCode } from "#diagnostics/diagnostic.ts";
import type { Model } from "#pipeline/model.ts";

const unreadable: ReadonlySet<DiagnosticCode> = new Set(["yaml-syntax", "file-too-large", "alias-bomb"]);
/** What the parser reports about the text that it has read. */
const aboutText: ReadonlySet<DiagnosticCode> = new Set([
  "yaml-syntax",
  "duplicate-key",
  "prototype-key",
  "tag-misfit",
  "number-inexact",
  "yaml-readers-differ",
  "ir-header-torn",
]);

/** Whether a diagnostic says that a document could not be read completely. */
export function isUnreadable({ code, level }: Diagnostic): boolean {
  return level === "error" && unreadable.has(code);
}

/**
 * The diagnostics without those that may only follow from what could not be read: the parser stops at the first error of a document, so a
 * later template would be "not in this file" and an entrypoint "not set". Each error is reported once; the rest appears when it is fixed.
 * The command line lists them all.
 */
export function withoutConsequences(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const broken = new Set(diagnostics.filter(isUnreadable).map(({ path }) => path[0]));
  if (broken.size === 0) return diagnostics;
  return diagnostics.filter((one) => isUnreadable(one) || aboutText.has(one.code) || !(broken.has(undefined) || broken.has(one.path[0])));
}

/**
 * The diagnostics with the graph of a pipeline that has no tasks yet as a hint instead of an error: nothing was done wrong, and the canvas
 * asks for the first task. The command line and Export report it as an error.
 */
export function withEmptyAsHint(diagnostics: readonly Diagnostic[], { objects }: Model): readonly Diagnostic[] {
  const isEmpty = (index: unknown) => {
    const object = objects.find((one) => one.kind === "workflow" && one.path[0] === index);
    return object?.kind === "workflow" && object.templates.every(({ tasks }) => tasks.length === 0);
  };
  if (!diagnostics.some(isAboutEmpty)) return diagnostics;
  return diagnostics.map((one) => (isAboutEmpty(one) && isEmpty(one.path[0]) ? { ...one, level: "info" } : one));
}

/** Whether a diagnostic says that a graph has no tasks. */
export function isAboutEmpty({ code }: Diagnostic): boolean {
  return code === "dag-empty";
}

/** The first line that could not be read, from 1; undefined if every document was read completely. */
export function unreadLine(errors: readonly Diagnostic[]): number | undefined {
  const error = errors.find(isUnreadable);
  return error && (error.code === "yaml-syntax" || error.code === "alias-bomb") ? error.values.line : undefined;
}
