/* Questions about the lines of a text. A line ends before its break: \n, or \r\n. */

/** The start of the line that contains this position. */
export function lineStartAt(text: string, at: number): number {
  if (at === 0) return 0;
  const start = text.lastIndexOf("\n", at - 1) + 1;
  return start === 0 && text.startsWith("\uFEFF") ? 1 : start;
}

/** The end of the line that contains this position, before its line break. */
export function lineEndAt(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  if (found < 0) return text.length;
  return found > at && text[found - 1] === "\r" ? found - 1 : found;
}

/** The start of the next line, or the end of the text. */
export function nextLineAt(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  return found < 0 ? text.length : found + 1;
}

/** Whether only spaces precede this position in its line. */
export function isFirstOnLine(text: string, at: number): boolean {
  return /^[ \t]*$/.test(text.slice(lineStartAt(text, at), at));
}

/**
 * The start of the comments directly above the item at `at`, in its column and without a blank line between; otherwise the start of its
 * line.
 */
export function commentedStart(text: string, at: number, floor: number): number {
  let start = lineStartAt(text, at);
  const column = at - start;
  while (start > floor) {
    const above = lineStartAt(text, start - 1);
    const line = text.slice(above, lineEndAt(text, above));
    if (above < floor || line.search(/\S/) !== column || line[column] !== "#") break;
    start = above;
  }
  return start;
}

/** The line break that a text uses. */
export function newlineOf(text: string): "\n" | "\r\n" {
  const first = text.indexOf("\n");
  return first > 0 && text[first - 1] === "\r" ? "\r\n" : "\n";
}

/** Indents lines by `by` spaces, or unindents them if negative; empty lines stay empty, and no line loses more than its indentation. */
export function shiftLines(lines: string, by: number): string {
  if (by === 0) return lines;
  if (by > 0) return lines.replace(/^(?=[^\r\n])/gm, " ".repeat(by));
  return lines.replace(new RegExp(`^ {1,${-by}}`, "gm"), "");
}
