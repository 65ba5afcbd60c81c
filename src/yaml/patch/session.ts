import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { reparse } from "../reparse.ts";
import type { Splice } from "../splice.ts";
import type { Source } from "../tree.ts";
import { newlineOf } from "./lines.ts";

/** A patch under way: the source as changed so far, and how it came about. */
export interface Session {
  source: Source;
  readonly splices: Splice[];
  readonly notes: Diagnostic[];
}

/** Changes the text by splices that lie apart from each other, and reads what changed. */
export function change(session: Session, splices: readonly Splice[]): void {
  const newline = newlineOf(session.source.text);
  const ordered = splices
    .map((one) => trimmed(session.source.text, newline === "\n" ? one : { ...one, text: one.text.replace(/\r?\n/g, newline) }))
    .filter((one) => one.start !== one.end || one.text !== "")
    .sort((a, b) => b.start - a.start || b.end - a.end);
  if (ordered.length === 0) return;
  session.source = reparse(session.source, ordered);
  session.splices.push(...ordered);
}

/** A splice without what stays the same at its ends. */
function trimmed(text: string, splice: Splice): Splice {
  let { start, end } = splice;
  let from = 0;
  let to = splice.text.length;
  while (start < end && from < to && text[start] === splice.text[from]) {
    start++;
    from++;
  }
  while (end > start && to > from && text[end - 1] === splice.text[to - 1]) {
    end--;
    to--;
  }
  return { start, end, text: splice.text.slice(from, to) };
}
