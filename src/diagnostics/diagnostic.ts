/** error: Argo refuses it; cluster: the API server, Kubernetes or Kubeflow refuses it; warning: it runs, but probably not as intended. */
export type Level = "error" | "cluster" | "warning" | "info";

/** A path into the document: the document's index in the stream, then keys and indexes of its data. Empty: the whole file. */
export type DataPath = readonly (string | number)[];

/**
 * A problem and its location. Plain data without text: the message catalog renders it in English or Korean, for page and terminal alike.
 */
export type Diagnostic = {
  /** Stable, listed in docs/diagnostics.md, such as "template-undefined". */
  readonly code: string;
  readonly level: Level;
  /** Values for the message: names as the user wrote them, limits, actual values. */
  readonly values: Readonly<Record<string, string | number>>;
  /** Where in the document, so that the canvas can highlight it. */
  readonly path: DataPath;
  /** Characters in the text [start, end), if the text was available. */
  readonly span?: readonly [start: number, end: number];
  /** Named fixes, the most likely first. */
  readonly fixes?: readonly Fix[];
};

/** A named fix: `code` identifies its message; `edits` are edits of the model (see pipeline/edit.ts). */
export type Fix = {
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly edits: readonly { readonly kind: string }[];
};

/** Receives diagnostics; a pass reports and continues after an error. */
export type Report = (found: Diagnostic) => void;

/** Whether any diagnostic is one that Argo refuses. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.level === "error");
}
