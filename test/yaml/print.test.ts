import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Data } from "#data/data.ts";
import { parse } from "#yaml/parse.ts";
import { printStream, printValue } from "#yaml/print.ts";
import { runs } from "#test/runs.ts";

/** Pieces of text that some YAML reader takes for more than text. */
const awkward = [
  "yes",
  "No",
  "y",
  "null",
  "~",
  "012",
  "0x1F",
  "0o17",
  "1_000",
  "1e3",
  "1.5",
  ".inf",
  "22:30",
  "2001-01-01",
  "=",
  "<<",
  "- ",
  "? ",
  ": ",
  ":",
  " #",
  "#",
  "\n",
  "\n\n",
  " ",
  "\t",
  "{{x}}",
  '"',
  "'",
  "\\",
  "[",
  "]",
  "{",
  "}",
  ",",
  "&a",
  "*a",
  "!",
  "|",
  ">",
  "%",
  "@",
  "`",
  "---",
  "...",
  "\u2028",
  "\x07",
  "\x85",
  "\uFEFF",
  "데이터",
  "\r",
];
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.array(fc.oneof(fc.constantFrom(...awkward), fc.constantFrom("a", "b c")), { maxLength: 6 }).map((parts) => parts.join("")),
);
const key = text.filter((one) => one !== "__proto__");
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => (Object.is(one, -0) ? 0 : one)),
);
const tree: fc.Arbitrary<Data> = fc.letrec<{ data: Data }>((tie) => ({
  data: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("data"), { maxLength: 4 }),
    fc.dictionary(key, tie("data"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).data;

describe("printing", () => {
  test("what is printed reads as the same data", () => {
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 3 }), (stream) => {
        const back = parse(printStream(stream));
        expect(back.diagnostics.filter((one) => one.code !== "number-inexact")).toEqual([]);
        expect(back.stream).toEqual(stream);
      }),
      { seed: 20240501, numRuns: runs(500, 20_000) },
    );
  });
  test("lists are in the column of their key, mappings are indented by two", () => {
    expect(printStream([{ spec: { tasks: [{ name: "a", args: ["x", []] }, [1, [2]]], none: {}, empty: null } }])).toBe(
      "spec:\n  tasks:\n  - name: a\n    args:\n    - x\n    - []\n  - - 1\n    - - 2\n  none: {}\n  empty: null\n",
    );
  });
  test("text of several lines becomes a literal block with the right end", () => {
    expect(printValue({ a: "x\ny\n", b: "x\ny", c: "x\n\n", d: "  x\ny", e: "x\r\ny" })).toBe(
      'a: |\n  x\n  y\nb: |-\n  x\n  y\nc: |+\n  x\n\nd: |2-\n    x\n  y\ne: "x\\r\\ny"',
    );
  });
  test("long lines are not folded", () => {
    const long = "word ".repeat(100).trim();
    expect(printValue({ long })).toBe(`long: ${long}`);
  });
  test.each([
    "yes",
    "y",
    "012",
    "0o7",
    "1_0",
    "1:30",
    "2001-01-01",
    "1e3",
    "~",
    "=",
    "<<",
    "{{a}}",
    "- x",
    "a: b",
    "a #b",
    "",
    " a",
    "@a",
    "0x1",
    ".nan",
  ])("quotes: «%s»", (word) => {
    expect(printValue(word)).toBe(`'${word}'`);
  });
  test.each(["plain", "/bin/sh", "--flag", "a:b", "http://x:80/y?z", "1.2.3", "1Gi", "500m", "python:3.9", "데이터", "a#b", "it's"])(
    "leaves plain: «%s»",
    (word) => {
      expect(printValue(word)).toBe(word);
    },
  );
  test("documents are parted by a marker", () => {
    expect(printStream([{ a: 1 }, null, "x"])).toBe("a: 1\n---\nnull\n---\nx\n");
  });
  test("indent moves all lines but the first", () => {
    expect(printValue({ a: ["x"], b: "1\n2" }, 4)).toBe("a:\n    - x\n    b: |-\n      1\n      2");
  });
});
