import type { catalog } from "./catalog.ts";

/** error: Argo refuses it; cluster: the API server, Kubernetes or Kubeflow refuses it; warning: it runs, but probably not as intended. */
export type Level = "error" | "cluster" | "warning" | "info";

/** A path into the document: the document's index in the stream, then keys and indexes of its data. Empty: the whole file. */
export type DataPath = readonly (string | number)[];

/** A value of a message: a name as the user wrote it, a limit, a count. */
export type MessageValue = string | number;

type ValueOf<Kind> = Kind extends readonly (infer Choice)[]
  ? Choice
  : Kind extends "text"
    ? string
    : Kind extends "number"
      ? number
      : MessageValue;

type Given<Kinds> = { readonly [Name in keyof Kinds as Name extends `${string}?` ? never : Name]: ValueOf<Kinds[Name]> } & {
  readonly [Name in keyof Kinds as Name extends `${infer Bare}?` ? Bare : never]?: ValueOf<Kinds[Name]>;
};

/** Every code of a diagnostic, such as "template-undefined"; docs/diagnostics.md lists them. Codes are stable. */
export type DiagnosticCode = keyof typeof catalog;

/** The values that come with a code: names as the user wrote them, limits, actual values. */
export type DiagnosticValues<Code extends DiagnosticCode = DiagnosticCode> = Code extends DiagnosticCode
  ? Given<(typeof catalog)[Code]>
  : never;

/** The values of any code, for a reader that does not know the code. */
export type AnyValues = Readonly<Record<string, MessageValue | undefined>>;

/** A code with its values, which are what a message is rendered from. */
export type DiagnosticMessage<Code extends DiagnosticCode = DiagnosticCode> = Code extends DiagnosticCode
  ? { readonly code: Code; readonly values: DiagnosticValues<Code> }
  : never;

/**
 * A problem and its location. Plain data without text: the message catalog renders it in English or Korean, for page and terminal alike.
 */
export type Diagnostic<Code extends DiagnosticCode = DiagnosticCode> = DiagnosticMessage<Code> & DiagnosticDetails;

/** All of a diagnostic except for its message. */
export interface DiagnosticDetails {
  readonly level: Level;
  /** Where in the document, so that the canvas can highlight it. */
  readonly path: DataPath;
  /** Characters in the text [start, end), if the text was available. */
  readonly span?: readonly [start: number, end: number];
  /** Named fixes, the most likely first. */
  readonly fixes?: readonly Fix[];
}

/**
 * The edits that a fix can make, as the type of one member. Edits belong to a later layer, so that one adds its type here
 * (`declare module` in pipeline/edit.ts).
 */
export interface FixEdits {}

/** A named fix: `code` identifies its message; `edits` are applied as one step. */
export type Fix = {
  readonly code: string;
  readonly values: Readonly<Record<string, MessageValue>>;
  readonly edits: readonly FixEdits[keyof FixEdits][];
  /** Changes of the text instead, from the last to the first, where the text cannot be read as data. */
  readonly splices?: readonly { readonly start: number; readonly end: number; readonly text: string }[];
};

/** Receives diagnostics; a pass reports and continues after an error. */
export type Report = (found: Diagnostic) => void;

/** A message of any code; for functions that get code and values. Where the code is known, an object literal will do. */
export function diagnosticMessage<Code extends DiagnosticCode>(code: Code, values: DiagnosticValues<Code>): DiagnosticMessage {
  // The compiler does not relate a generic code to its member of the union.
  return { code, values } as unknown as DiagnosticMessage;
}

/** A diagnostic of any code; for functions that get code and values. Where the code is known, an object literal will do. */
export function diagnosticOf<Code extends DiagnosticCode>(
  code: Code,
  values: DiagnosticValues<Code>,
  details: DiagnosticDetails,
): Diagnostic {
  return { ...diagnosticMessage(code, values), ...details };
}

/** Whether any diagnostic is one that Argo refuses. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.level === "error");
}
