import type { Diagnostic } from "#diagnostics/diagnostic.ts";

/** Keys with which a pipeline spec can begin. */
const firstKey = /^(?:components|defaultPipelineRoot|deploymentSpec|pipelineInfo|root|schemaVersion|sdkVersion):/;

/**
 * The comment above a compiled pipeline, torn by the line break of a default that the SDK wrote into it: the file is no YAML until the
 * lines between are comments, too, which the fix makes them. docs/spec/kfp-v2.md#the-sdks-form
 */
export function checkHeader(text: string): readonly Diagnostic[] {
  if (!/^\uFEFF?# PIPELINE DEFINITION\r?\n/.test(text)) return [];
  const torn: { readonly start: number; readonly line: number }[] = [];
  let [start, line] = [0, 1];
  // A comment of a pipeline with very many parameters is still short beside the pipeline.
  while (start < text.length && line <= 10_000) {
    const end = text.indexOf("\n", start);
    const content = text.slice(start, end < 0 ? text.length : end);
    if (firstKey.test(content)) return torn.length === 0 ? [] : [tornHeader(text, torn)];
    if (!content.replace(/^\uFEFF/, "").startsWith("#") && content.trim() !== "") torn.push({ start, line });
    if (end < 0) break;
    [start, line] = [end + 1, line + 1];
  }
  return [];
}

function tornHeader(text: string, torn: readonly { readonly start: number; readonly line: number }[]): Diagnostic {
  const [first, last] = [torn[0], torn.at(-1)];
  const end = text.indexOf("\n", last?.start);
  return {
    code: "ir-header-torn",
    level: "error",
    values: { n: torn.length, line: first?.line ?? 1 },
    path: [0],
    span: [first?.start ?? 0, end < 0 ? text.length : end],
    fixes: [
      {
        code: "fix.comment-out",
        values: { n: torn.length },
        edits: [],
        splices: [...torn].reverse().map(({ start }) => ({ start, end: start, text: "# " })),
      },
    ],
  };
}
