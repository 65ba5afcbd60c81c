import type { Data } from "#data/data.ts";
import type { Operation } from "#data/operations.ts";
import { printValue } from "../print.ts";
import type { Splice } from "../text-splice.ts";
import type { Source } from "../tree.ts";
import { lineStartAt } from "./lines.ts";

/* Documents of the stream: one more at the end, and the last one taken out. Any other change of the stream's documents is refused. */

/** The splices that add or remove the last document; undefined if the operation is none of these, or the text is JSON. */
export function changeDocuments(source: Source, operation: Operation): readonly Splice[] | undefined {
  const { text, documents } = source;
  const index = operation.path[0];
  if (documents.length === 0) return undefined;
  if (operation.op === "insert" && index === documents.length && !text.trimStart().startsWith("{")) return [append(text, operation.value)];
  const last = documents.at(-1);
  if (operation.op !== "remove" || index !== documents.length - 1 || index === 0 || !last?.marked) return undefined;
  const marker = text.lastIndexOf("---", last.start - 1);
  const start = marker < 0 ? -1 : lineStartAt(text, marker);
  return start < 0 || text.slice(last.end).trim() !== "" ? undefined : [{ start, end: text.length, text: "" }];
}

function append(text: string, value: Data): Splice {
  const open = text === "" || text.endsWith("\n") ? "" : "\n";
  return { start: text.length, end: text.length, text: `${open}---\n${printValue(value)}\n` };
}
