import { expect, test } from "vitest";
import { parse } from "#yaml/parse.ts";
import { lineColumn, pathAt, spanOf } from "#yaml/spans.ts";

const text = "a: 1\n---\nlist:\n  - name: &x 'one' # c\n    empty:\n  - {f: [g, *x]}\n<<: {m: 1}\n";
const source = parse(text);
const words = (path: readonly (string | number)[]): string | undefined => {
  const span = spanOf(source, path);
  return span && text.slice(span.start, span.end);
};

test("spanOf gives the value's own text, without anchor and comment", () => {
  expect(words([1, "list", 0, "name"])).toBe("'one'");
  expect(words([1, "list", 1, "f", 0])).toBe("g");
  expect(words([1, "list", 1, "f", 1])).toBe("*x");
  expect(words([0])).toBe("a: 1");
  expect(words([1, "list", 1])).toBe("{f: [g, *x]}");
});

test("spanOf returns the span of the key, and the position of an empty value", () => {
  const span = spanOf(source, [1, "list", 0, "empty"]);
  expect(span).toEqual({ start: text.indexOf("empty:") + 6, end: text.indexOf("empty:") + 6, keyStart: text.indexOf("empty") });
});

test("spanOf knows nothing of what is not there", () => {
  expect(spanOf(source, [1, "gone"])).toBeUndefined();
  expect(spanOf(source, [7])).toBeUndefined();
});

test("pathAt finds the innermost value or key under a place", () => {
  expect(pathAt(source, text.indexOf("'one'") + 2)).toEqual([1, "list", 0, "name"]);
  expect(pathAt(source, text.indexOf("empty") + 1)).toEqual([1, "list", 0, "empty"]);
  expect(pathAt(source, text.indexOf("g,"))).toEqual([1, "list", 1, "f", 0]);
  expect(pathAt(source, 0)).toEqual([0, "a"]);
});

test("lineColumn counts from one", () => {
  expect(lineColumn(text, 0)).toEqual({ line: 1, column: 1 });
  expect(lineColumn(text, text.indexOf("list"))).toEqual({ line: 3, column: 1 });
  expect(lineColumn("a\r\nb", 3)).toEqual({ line: 2, column: 1 });
});
