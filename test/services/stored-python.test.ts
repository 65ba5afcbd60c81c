import { expect, test } from "vitest";
import { readStoredPython } from "#services/stored-python.ts";

const line = { line: 3, column: 1, source: "@dsl.pipeline" };

test("the Python problems of a pipeline that an older version stored are read", () => {
  const finding = { code: "py-no-pipeline", level: "error" as const, values: { name: "a" }, place: [] };
  expect(readStoredPython({ fileName: "a.py", isSeen: true, remarks: [{ ...line, finding }] })).toMatchObject({
    fileName: "a.py",
    isSeen: true,
    problems: [{ ...line, diagnostic: { code: "py-no-pipeline", level: "error", values: { name: "a" }, path: [] } }],
  });
});

test("what this version stored is read as it is", () => {
  const diagnostic = { code: "python-no-pipeline" as const, level: "error" as const, values: {}, path: [0] };
  const stored = { fileName: "a.py", problems: [{ ...line, diagnostic }] };
  expect(readStoredPython(stored)).toBe(stored);
});
