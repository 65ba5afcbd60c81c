import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { checkDocument } from "#compiler/checking.ts";
import { type Document, editDocument, openDocument } from "#compiler/document.ts";
import { readModel } from "#compiler/readers.ts";
import type { Edit } from "#pipeline/edit.ts";
import { applySplices } from "#yaml/text-splice.ts";

/** The pipeline with every kind of group. */
export const groups = readFileSync(new URL("../../../fixtures/kfp-v2/groups.yaml", import.meta.url), "utf8");

/** The text after edits. On the way: undo gives the bytes back, the model is that of the text, and no new error is found in it. */
export function edited(text: string, ...edits: readonly Edit[]): string {
  return editedDocument(text, edits).text;
}

/** The lines that an edit changes which leaves an error of this code, such as an input without a value. */
export function changedLeaving(code: string, text: string, edit: Edit): readonly string[] {
  return difference(text.split("\n"), editedDocument(text, [edit], code).text.split("\n"));
}

/** The document after edits, checked as `edited` says. */
export function editedDocument(text: string, edits: readonly Edit[], leaving?: string): Document {
  const document = openDocument(text);
  const result = editDocument(document, edits);
  if (!result.ok) throw new Error(`${result.refusal.code} ${JSON.stringify(result.refusal.values)}`);
  const { document: after, undo } = result;
  expect(applySplices(after.text, undo.splices)).toBe(text);
  expect(readModel(after.stream).model).toEqual(openDocument(after.text).model);
  const added = errors(after).filter((one) => !errors(document).includes(one));
  expect(added).toEqual(leaving === undefined ? [] : [expect.stringMatching(new RegExp(`^${leaving} `))]);
  return after;
}

function errors(document: Document): readonly string[] {
  return checkDocument(document)
    .filter(({ level }) => level === "error" || level === "cluster")
    .map(({ code, values }) => `${code} ${JSON.stringify(values)}`)
    .sort();
}

/** The lines that edits take out (`- `) and put in (`+ `), without the blanks before them, in the order of the text. */
export function changed(text: string, ...edits: readonly Edit[]): readonly string[] {
  return difference(text.split("\n"), edited(text, ...edits).split("\n"));
}

/** The refusal of an edit: its code. */
export function refused(text: string, edit: Edit): string {
  const result = editDocument(openDocument(text), [edit]);
  return result.ok ? "done" : result.refusal.code;
}

/** The codes of the notes of an edit. */
export function notes(text: string, edit: Edit): readonly string[] {
  const result = editDocument(openDocument(text), [edit]);
  return result.ok ? result.notices.map(({ code }) => code) : [result.refusal.code];
}

function difference(before: readonly string[], after: readonly string[]): readonly string[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  const at = (i: number, j: number) => lengths[i]![j]!;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      lengths[i]![j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: string[] = [];
  for (let i = 0, j = 0; i < before.length || j < after.length;) {
    if (i < before.length && j < after.length && before[i] === after[j]) [i, j] = [i + 1, j + 1];
    else if (j >= after.length || (i < before.length && at(i + 1, j) >= at(i, j + 1))) lines.push(`- ${before[i++]!.trim()}`);
    else lines.push(`+ ${after[j++]!.trim()}`);
  }
  return lines;
}
