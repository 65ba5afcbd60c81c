import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { reparse } from "../reparse.ts";
import type { Splice } from "../text-splice.ts";
import type { Source } from "../tree.ts";
import { newlineOf } from "./lines.ts";

/** A patch in progress: the source as changed so far, and the splices that led to it. */
export interface Session {
  source: Source;
  readonly splices: Splice[];
  readonly notices: Diagnostic[];
}

/** Changes the text by splices that do not overlap, and parses what changed. */
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

/** A splice without the parts at its ends that stay the same. */
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
