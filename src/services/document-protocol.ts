import type { Diagnostic, DataPath } from "#diagnostics/diagnostic.ts";
import type { Path } from "#data/data.ts";
import type { Operation } from "#data/operations.ts";
import type { Splice } from "#yaml/text-splice.ts";
import type { Opened, PatchAnswer, PythonAnswer, PythonQuestion, Span } from "#editor/ports.ts";

/** Requests to the document worker; responses about the text arrive in the order of the requests. */
export type Question =
  | { readonly ask: "open"; readonly text: string }
  | { readonly ask: "patch"; readonly operations: readonly Operation[] }
  | { readonly ask: "splice"; readonly splices: readonly Splice[] }
  /** Parses another text and returns the spans of paths in it; the current text is not touched. */
  | { readonly ask: "read"; readonly text: string; readonly paths: readonly DataPath[] }
  /** Compiles a Python file to a pipeline's text; answered when done, while later requests continue. */
  | ({ readonly ask: "python" } & PythonQuestion)
  | { readonly ask: "check" }
  | { readonly ask: "spans"; readonly paths: readonly DataPath[] }
  | { readonly ask: "path-at"; readonly offset: number };

/** The response to each request. */
export interface Answers {
  readonly open: Opened;
  readonly patch: PatchAnswer;
  readonly splice: Opened;
  readonly read: Opened & { readonly spans: readonly (Span | undefined)[] };
  readonly python: PythonAnswer;
  readonly check: readonly Diagnostic[];
  readonly spans: readonly (Span | undefined)[];
  readonly "path-at": Path;
}

export interface Envelope {
  readonly id: number;
  readonly question: Question;
}
export type Reply =
  | { readonly id: number; readonly answer: Answers[keyof Answers] }
  | {
      readonly id: number;
      readonly error: string;
      /** A module of the worker could not be fetched. */
      readonly isMissing?: boolean;
    };
