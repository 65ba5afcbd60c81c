import { expect, test } from "vitest";
import { type Data, valueAt } from "#data/data.ts";
import { applyOperation } from "#data/operations.ts";
import { parse } from "#yaml/parse.ts";
import { patch } from "#yaml/patch.ts";
import { printStream } from "#yaml/print.ts";
import { applySplices, invertSplices } from "#yaml/text-splice.ts";
import { runs } from "#test/runs.ts";
import { corpusFiles } from "./corpus.ts";
import { Draw, randomOperation } from "./random-text.ts";

const files = corpusFiles();

test("random operations on real files give the data wanted, stay small, and can be undone to the byte", { timeout: 300_000 }, () => {
  let done = 0;
  let changed = 0;
  for (const [number, { name, text }] of files.entries()) {
    const source = parse(text);
    if (source.documents.some((document) => document.broken)) continue;
    const draw = new Draw(number);
    for (let round = 0; round < runs(2, 40); round++) {
      const operation = randomOperation(draw, source.stream);
      if (!operation) continue;
      const holder = valueAt(source.stream as Data, operation.path.slice(0, -1));
      if (operation.op === "rename" && Object.hasOwn(holder as object, operation.key)) continue;
      const wanted = applyOperation(source.stream as Data, operation);
      const result = patch(source, [operation]);
      const message = `${name}: ${JSON.stringify(operation)}`;
      expect(result.ok, message).toBe(true);
      if (!result.ok) continue;
      const after = applySplices(text, result.splices);
      expect(parse(after).stream, message).toEqual(wanted);
      expect(applySplices(after, invertSplices(text, result.splices)), message).toBe(text);
      done++;
      changed += result.splices.reduce((sum, one) => sum + one.end - one.start, 0) / Math.max(1, text.length);
    }
  }
  // Whole templates and lists are among what is removed and replaced; if files were printed again, the share would be near 1.
  expect(changed / done).toBeLessThan(0.25);
});

test("every real file reads without an error (one is broken on purpose), and prints to the same data", () => {
  const broken: string[] = [];
  for (const { name, text } of files) {
    const source = parse(text);
    if (source.documents.some((document) => document.broken)) broken.push(name);
    else expect(parse(printStream(source.stream)).stream, name).toEqual(source.stream);
  }
  expect(broken.length / files.length).toBeLessThan(0.02);
});
