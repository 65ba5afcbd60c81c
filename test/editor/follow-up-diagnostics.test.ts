import { expect, test } from "vitest";
import type { DataPath, Diagnostic, DiagnosticCode } from "#diagnostics/diagnostic.ts";
import { unreadLine, withoutConsequences } from "#editor/follow-up-diagnostics.ts";

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
