/** error: Argo refuses it; cluster: the API server, Kubernetes or Kubeflow refuses it; warning: runs, but probably not as meant. */
export type Level = "error" | "cluster" | "warning" | "info";

/** A place in the document: the document's index in the stream, then keys and indexes of its data. Empty: the whole file. */
export type Place = readonly (string | number)[];

/** What is wrong and where. Plain data without sentences: the words layer says it in English or Korean, page and terminal alike. */
export type Diagnostic = {
  /** Stable, listed in docs/diagnostics.md, such as "template-undefined". */
  readonly code: string;
  readonly level: Level;
  /** What the sentence needs: names as the user wrote them, limits, actual values. */
  readonly values: Readonly<Record<string, string | number>>;
  /** Where in the document, so that the canvas can light it up. */
  readonly place: Place;
  /** Characters in the text [start, end), if the text was at hand. */
  readonly span?: readonly [start: number, end: number];
  /** Named next steps, the likelier one first. */
  readonly fixes?: readonly Fix[];
};

/** A named next step: `code` names its sentence in the words layer; `edits` are edits of the model (see pipeline/edit.ts). */
export type Fix = {
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly edits: readonly { readonly kind: string }[];
};

/** Takes a finding; passes get one of these and go on after a fault. */
export type Report = (found: Diagnostic) => void;

/** Whether some finding is one that Argo refuses. */
export function hasErrors(findings: readonly Diagnostic[]): boolean {
  return findings.some((finding) => finding.level === "error");
}
