/* Questions about the lines of a text. A line ends before its break: \n, or \r\n. */

/** Where the line with this place begins. */
export function lineStartAt(text: string, at: number): number {
  if (at === 0) return 0;
  const start = text.lastIndexOf("\n", at - 1) + 1;
  return start === 0 && text.startsWith("\uFEFF") ? 1 : start;
}

/** Where the line with this place ends, before its break. */
export function lineEndAt(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  if (found < 0) return text.length;
  return found > at && text[found - 1] === "\r" ? found - 1 : found;
}

/** Where the next line begins, or the text's end. */
export function nextLineAt(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  return found < 0 ? text.length : found + 1;
}

/** Whether only blanks stand between the line's beginning and this place. */
export function isFirstOnLine(text: string, at: number): boolean {
  return /^[ \t]*$/.test(text.slice(lineStartAt(text, at), at));
}

/** Where the comments begin that stand directly above the thing at `at`, in its column, without a blank line between; else its line's start. */
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

/** Lines moved to the right or left by `by` blanks; empty lines stay empty, and no line loses more than its blanks. */
export function shiftLines(lines: string, by: number): string {
  if (by === 0) return lines;
  if (by > 0) return lines.replace(/^(?=[^\r\n])/gm, " ".repeat(by));
  return lines.replace(new RegExp(`^ {1,${-by}}`, "gm"), "");
}
