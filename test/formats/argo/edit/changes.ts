import { expect } from "vitest";
import { type Document, editDocument, openDocument, undoEdit } from "#compiler/document.ts";
import type { Edit } from "#pipeline/edit.ts";
import { applySplices } from "#yaml/text-splice.ts";
import { parse } from "#yaml/parse.ts";

/** The lines that differ, `-` before and `+` after, in order; equal lines are left out. */
export function changedLines(before: string, after: string): readonly string[] {
  const [a, b] = [before.split("\n"), after.split("\n")];
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i]![j] = a[i] === b[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  const changes: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) changes.push(`-${a[i++]}`);
    else changes.push(`+${b[j++]}`);
  }
  return changes;
}

/** Does the edits and checks what every edit promises: the text says the new data, and undo gives the bytes back. */
export function edited(
  text: string,
  ...edits: readonly Edit[]
): { readonly document: Document; readonly notes: readonly string[]; readonly lines: readonly string[] } {
  const before = openDocument(text);
  const result = editDocument(before, edits);
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  const { document, splices, undo } = result;
  expect(parse(document.text).stream).toEqual(document.stream);
  expect(document.source.text).toBe(document.text);
  expect(applySplices(text, splices)).toBe(document.text);
  expect(applySplices(document.text, undo.splices)).toBe(text);
  expect(undoEdit(document, undo)).toBe(before);
  return { document, notes: result.notices.map((notice) => notice.code), lines: changedLines(text, document.text) };
}

/** The code of the refusal; nothing may have been done. */
export function refused(text: string, edit: Edit): string {
  const result = editDocument(openDocument(text), [edit]);
  if (result.ok) throw new Error(`not refused: ${result.document.text}`);
  return result.refusal.code;
}
