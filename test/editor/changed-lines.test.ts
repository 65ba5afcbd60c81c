import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedLines, lineDifference } from "#editor/changed-lines.ts";
import { runs } from "#test/runs.ts";

const texts = fc
  .array(fc.constantFrom("a", "b", "c", "d: 1", ""), { maxLength: 14 })
  .map((lines) => lines.map((line) => `${line}\n`).join(""));

describe("the line difference", () => {
  it("keeps every line of both texts, in order", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const rows = lineDifference(before, after);
        expect(
          rows
            .filter(({ kind }) => kind !== "added")
            .map(({ text }) => `${text}\n`)
            .join(""),
        ).toBe(before);
        expect(
          rows
            .filter(({ kind }) => kind !== "removed")
            .map(({ text }) => `${text}\n`)
            .join(""),
        ).toBe(after);
      }),
      { numRuns: runs(200) },
    );
  });

  it("numbers the lines as an editor does", () => {
    const rows = lineDifference("a\nb\nc\n", "a\nx\nc\n");
    expect(rows.map((row) => row.kind)).toEqual(["same", "removed", "added", "same"]);
    expect(rows[1]).toEqual({ kind: "removed", text: "b", before: 2 });
    expect(rows[2]).toEqual({ kind: "added", text: "x", after: 2 });
    expect(rows[3]).toEqual({ kind: "same", text: "c", before: 3, after: 3 });
  });

  it("counts a changed line once, and added and removed lines each", () => {
    expect(changedLines("a\nb\nc\n", "a\nb\nc\n")).toBe(0);
    expect(changedLines("a\nb\nc\n", "a\nx\nc\n")).toBe(1);
    expect(changedLines("a\nc\n", "a\nb\nc\n")).toBe(1);
    expect(changedLines("a\nb\nc\n", "a\nc\n")).toBe(1);
    expect(changedLines("a\nb\nc\nd\n", "x\nb\nc\ny\nz\n")).toBe(3);
  });

  // Comparing all lines with all would be 400 million steps and run into the test's time limit.
  it("finds two far changes in a long text", () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}`);
    const other = [...lines];
    other[10] = "first";
    other[19_990] = "second";
    expect(changedLines(lines.join("\n"), other.join("\n"))).toBe(2);
  });
});
