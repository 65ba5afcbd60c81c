import { expect, test } from "vitest";
import type { DataPath, Diagnostic, DiagnosticCode } from "#diagnostics/diagnostic.ts";
import { checkDocument } from "#compiler/checking.ts";
import { openDocument } from "#compiler/document.ts";
import { unreadLine, withEmptyAsHint, withoutConsequences } from "#editor/follow-up-diagnostics.ts";
import { newPipelineText } from "#formats/argo/kfp/new-pipeline.ts";

const one = (code: DiagnosticCode, path: DataPath, values: object = {}): Diagnostic =>
  ({ code, level: "error", values, path }) as unknown as Diagnostic;
const error = one("yaml-syntax", [0, "spec"], { line: 7 });

test("after an error nothing is called missing, and the error is described once", () => {
  expect(withoutConsequences([one("template-undefined", [0, "spec", "templates", 0]), error, one("entrypoint-required", [0])])).toEqual([
    error,
  ]);
});
test("other documents of the file keep their problems, and so does the reader of YAML", () => {
  const kept = [error, one("template-undefined", [1, "spec"]), one("duplicate-key", [0, "metadata"])];
  expect(withoutConsequences(kept)).toEqual(kept);
});
test("a text that was read to its end keeps all problems", () => {
  const all = [one("template-undefined", [0, "spec"]), one("entrypoint-required", [0])];
  expect(withoutConsequences(all)).toBe(all);
  expect(unreadLine(all)).toBeUndefined();
  expect(unreadLine([error])).toBe(7);
});

const levels = (text: string) => {
  const document = openDocument(text);
  return withEmptyAsHint(checkDocument(document), document.model).map(({ code, level }) => [code, level]);
};

test("a new pipeline has no error on the page, only the hint to add a task", () => {
  expect(levels(newPipelineText)).toEqual([["dag-empty", "info"]]);
});
test("an empty group in a pipeline with tasks is an error", () => {
  const text = newPipelineText.replace(
    "tasks: []\n",
    "tasks:\n      - {name: group, template: group}\n  - name: group\n    dag:\n      tasks: []\n",
  );
  expect(levels(text)).toContainEqual(["dag-empty", "error"]);
});
test("the command line reports a pipeline without tasks as an error", () => {
  expect(checkDocument(openDocument(newPipelineText)).map(({ code, level }) => [code, level])).toEqual([["dag-empty", "error"]]);
});
