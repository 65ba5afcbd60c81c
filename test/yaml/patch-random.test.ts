import fc from "fast-check";
import { expect, test } from "vitest";
import { type Data, valueAt } from "#data/data.ts";
import { applyOperation, type Operation } from "#data/operations.ts";
import { parse } from "#yaml/parse.ts";
import { patch } from "#yaml/patch.ts";
import { applySplices, invertSplices } from "#yaml/text-splice.ts";
import { runs } from "#test/runs.ts";
import { Draw, randomOperation, randomText } from "./random-text.ts";

function story(seed: number): { text: string; operations: Operation[]; wanted: readonly Data[] } {
  const draw = new Draw(seed);
  const text = randomText(draw);
  let wanted = parse(text).stream;
  const operations: Operation[] = [];
  for (let count = 1 + draw.below(3); count > 0; count--) {
    const operation = randomOperation(draw, wanted);
    if (!operation || !fits(operation, wanted)) continue;
    operations.push(operation);
    wanted = applyOperation(wanted as Data, operation) as readonly Data[];
  }
  return { text, operations, wanted };
}

function fits(operation: Operation, stream: readonly Data[]): boolean {
  const holder = valueAt(stream as Data, operation.path.slice(0, -1));
  return operation.op !== "rename" || !Object.hasOwn(holder as object, operation.key);
}

test("random operations on random texts give the data wanted, and the way back gives the bytes", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (seed) => {
      const { text, operations, wanted } = story(seed);
      const result = patch(parse(text), operations);
      expect(result.ok || result.diagnostic).toBe(true);
      if (!result.ok) return;
      const after = applySplices(text, result.splices);
      expect(after).toBe(result.source.text);
      expect(applySplices(after, invertSplices(text, result.splices))).toBe(text);
      expect(parse(after).stream).toEqual(wanted);
    }),
    { seed: 20240502, numRuns: runs(500, 20_000) },
  );
});

test("what is read again in part is the same tree as what is read in full", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (seed) => {
      const { text, operations } = story(seed);
      const result = patch(parse(text), operations);
      if (result.ok) expect(result.source.documents).toEqual(parse(result.source.text).documents);
    }),
    { seed: 20240503, numRuns: runs(200, 10_000) },
  );
});

test("lines outside the touched entry stay as they are", () => {
  const head = "# head\napiVersion: v1\n\n# about spec\nspec: # s\n";
  const foot = "\n# foot\nstatus: {a: 'x',   b: \"y\"} # t\n# end\n";
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (seed) => {
      const draw = new Draw(seed);
      const inner = randomText(draw);
      if (/^---|^\.\.\.|\n---|\r|&a|: \|\+/.test(inner) || !inner.endsWith("\n") || !/^(?:#|\n|[\w'"])/.test(inner)) return;
      const text = `${head}${inner.replace(/^(?=[^\n])/gm, "  ")}${foot}`;
      const source = parse(text);
      const operation = randomOperation(draw, source.stream);
      if (
        !operation ||
        operation.path.length < 3 ||
        operation.path[1] !== "spec" ||
        (operation.op === "move" && operation.to[1] !== "spec") ||
        !fits(operation, source.stream)
      )
        return;
      const result = patch(source, [operation]);
      expect(result.ok).toBe(true);
      if (!result.ok) return;
      expect(result.source.text.startsWith(head.slice(0, -"spec: # s\n".length))).toBe(true);
      expect(result.source.text.endsWith(foot)).toBe(true);
    }),
    { seed: 20240504, numRuns: runs(500, 20_000) },
  );
});
