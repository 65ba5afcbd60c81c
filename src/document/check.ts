/**
 * Everything that is wrong with a document, each diagnostic with its path and, if the text is known, the characters to mark: what parsing
 * and reading found, and what the rules of each object's format find.
 */
import { bounded, omittedCode } from "#diagnostics/collect.ts";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { type Data, isMap } from "#data/data.ts";
import type { Model, WorkflowResource } from "#pipeline/model.ts";
import { spanOf } from "#yaml/spans.ts";
import type { Source } from "#yaml/tree.ts";
import type { CheckContext, CheckOptions, FormatChecking } from "./format.ts";
import type { ModelReader } from "./read-model.ts";

/** The parts of a document that are checked; `source` gives diagnostics their characters. */
export interface Checkable {
  readonly stream: readonly Data[];
  readonly model: Model;
  readonly source?: Source;
  /** What parsing and reading found. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** Everything there is to say about a document; the same diagnostic at one path is listed once, and no more of them than a list of diagnostics holds. */
export type DocumentChecker = (document: Checkable, options?: CheckOptions) => readonly Diagnostic[];

/** The checker of documents of these formats; `read` reads a document that is treated as another kind. */
export function documentChecker(read: ModelReader, formats: readonly FormatChecking[]): DocumentChecker {
  return (document, options = {}) => {
    const { source } = document;
    const { model, stream } = treatedAs(document, options.as);
    const others = { models: [model, ...(options.others?.models ?? [])], complete: options.others?.complete ?? false };
    const isComplete = !(document.diagnostics ?? source?.diagnostics ?? []).some(isFatal);
    const context: CheckContext = { model, stream, options, others, isComplete };
    const ofObjects = model.objects.flatMap((object) =>
      object.kind === "workflow" ? (formats.find((one) => one.format === object.format)?.check?.(object, context) ?? []) : [],
    );
    const found = [
      ...withoutCountedTwice(document.diagnostics ?? source?.diagnostics ?? [], ofObjects),
      ...ofObjects,
      ...(isComplete || source === undefined ? [] : formats.flatMap((format) => format.checkUnread?.(source.text) ?? [])),
      ...checkForeign(context),
      ...formats.flatMap((format) => format.checkTarget?.(context) ?? []),
    ];
    const once = bounded(withoutTwins(found));
    return source === undefined ? once : once.map((diagnostic) => withinText(withSpan(diagnostic, source), source.text));
  };

  /** The document with its first object read as another kind, whatever its `kind` says. */
  function treatedAs({ model, stream }: Checkable, kind: WorkflowResource | undefined): Pick<Checkable, "model" | "stream"> {
    const [first, ...rest] = stream;
    const object = model.objects[0];
    if (kind === undefined || !isMap(first) || (object?.kind === "workflow" && object.resource === kind)) return { model, stream };
    const data = formats.map((format) => format.asKind?.(first, kind)).find((one) => one !== undefined);
    if (data === undefined) return { model, stream };
    const changed = [data, ...rest];
    return { model: read(changed).model, stream: changed };
  }

  /** Documents that are no objects: what the formats say of them, and a text in which no format knows anything. */
  function checkForeign(context: CheckContext): readonly Diagnostic[] {
    const found: Diagnostic[] = [];
    let isKnown = false;
    for (const object of context.model.objects) {
      if (object.kind !== "foreign") isKnown = true;
      else if (object.data !== null)
        for (const format of formats) {
          const foreign = format.checkForeign?.(object, context);
          if (foreign === undefined) continue;
          found.push(...foreign.diagnostics);
          isKnown ||= foreign.isKnown;
        }
    }
    if (context.isComplete && !isKnown && context.stream.some((data) => data !== null))
      found.push({ code: "nothing-to-lint", level: "warning", values: {}, path: [] });
    return found;
  }
}

/** Whether a text could not be read to its end, so that its kind stays unknown. */
function isFatal({ code }: Diagnostic): boolean {
  return code === "yaml-syntax" || code === "file-too-large" || code === "alias-bomb";
}

/** What was read, without the codes of which the rules list the beginning only: they have seen and counted all that the reader has. */
function withoutCountedTwice(read: readonly Diagnostic[], checked: readonly Diagnostic[]): readonly Diagnostic[] {
  const counted = new Set<string>(checked.flatMap((one) => (one.code === omittedCode ? [one.values.code] : [])));
  if (counted.size === 0) return read;
  return read.filter((one) => !counted.has(one.code === omittedCode ? one.values.code : one.code));
}

/** Reader and rules may both see that a value has the wrong type; one of them is enough. */
function withoutTwins(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, path, values }) => {
    const key = `${code}\n${path.join("\n")}\n${code === "wrong-type" ? "" : Object.values(values).join("\n")}`;
    return seen.has(key) ? false : (seen.add(key), true);
  });
}

/** The diagnostic with a span that lies within the text, whichever check reported it. */
function withinText(diagnostic: Diagnostic, text: string): Diagnostic {
  const { span } = diagnostic;
  if (span === undefined || (span[0] >= 0 && span[0] <= span[1] && span[1] <= text.length)) return diagnostic;
  const start = Math.min(Math.max(0, span[0]), text.length);
  return { ...diagnostic, span: [start, Math.max(start, Math.min(span[1], text.length))] };
}

/** The span of a diagnostic's path, or of the nearest enclosing value if the path itself is not in the text. */
function withSpan(diagnostic: Diagnostic, source: Source): Diagnostic {
  if (diagnostic.span !== undefined) return diagnostic;
  for (let length = diagnostic.path.length; length > 0; length -= 1) {
    const span = spanOf(source, diagnostic.path.slice(0, length));
    if (span !== undefined) return { ...diagnostic, span: [span.keyStart ?? span.start, span.end] };
  }
  return { ...diagnostic, span: [0, 0] };
}
