import { documentEngine } from "#document/document.ts";
import { commentSplices } from "./comments.ts";
import { planEdits } from "./editing.ts";
import { readModel } from "./readers.ts";
import { writeModel } from "./writers.ts";

export const { openDocument, editDocument, undoEdit, replaceText, printFresh } = documentEngine({
  read: readModel,
  write: writeModel,
  planEdits,
  comments: commentSplices,
});

export type { Document, Edited, Undo } from "#document/document.ts";
