import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Document, editDocument, openDocument, type Undo, undoEdit } from "#compiler/document.ts";
import { parse } from "#yaml/parse.ts";
import { applySplices } from "#yaml/text-splice.ts";
import { editsFor } from "../../../corpus/storm-edits.ts";
import { runs } from "#test/runs.ts";
import { dag, depends, kfp, steps } from "./fixtures.ts";

describe("a random sequence of edits", () => {
  it.each([
    ["a dag", dag],
    ["steps", steps],
    ["depends formulas", depends],
    ["a KFP file", kfp],
  ])("on %s keeps text and data in step, and undo leads back to the first byte", (_, text) => {
    const first = openDocument(text);
    fc.assert(
      fc.property(fc.array(fc.noBias(fc.nat(99_999)), { minLength: 2, maxLength: 8 }), (choices) => {
        let document: Document = first;
        const history: Undo[] = [];
        for (const choice of choices) {
          const edits = editsFor(document.model, 1000);
          const edit = edits[choice % edits.length];
          if (!edit) break;
          const result = editDocument(document, [edit]);
          if (!result.ok) continue;
          document = result.document;
          history.push(result.undo);
          expect(parse(document.text).stream, JSON.stringify(edit)).toEqual(document.stream);
        }
        let back = document.text;
        for (const undo of history.reverse()) {
          back = applySplices(back, undo.splices);
          document = undoEdit(document, undo);
        }
        expect(back).toBe(text);
        expect(document).toBe(first);
      }),
      { numRuns: runs(20, 2_000) },
    );
  });
});
