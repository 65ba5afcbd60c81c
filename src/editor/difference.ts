import type { Splice } from "#yaml/splice.ts";

/** The one splice that makes the second text out of the first: what lies between their common beginning and end. Empty if equal. */
export function differenceOf(before: string, after: string): readonly Splice[] {
  if (before === after) return [];
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let tail = 0;
  while (tail < most - start && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail += 1;
  return [{ start, end: before.length - tail, text: after.slice(start, after.length - tail) }];
}
