import { applySplices, type Splice } from "#yaml/text-splice.ts";

/** The one splice that turns the first text into the second: what lies between their common beginning and end. Empty if equal. */
export function differenceOf(before: string, after: string): readonly Splice[] {
  if (before === after) return [];
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let tail = 0;
  while (tail < most - start && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail += 1;
  return [{ start, end: before.length - tail, text: after.slice(start, after.length - tail) }];
}

/**
 * Merges two changes of `base`: what somebody typed, and what it has become in the meantime. Where both changed the same characters, the
 * typed text wins.
 */
export function combinedTexts(base: string, typed: string, now: string): string {
  const [mine] = differenceOf(base, typed);
  const [other] = differenceOf(base, now);
  if (!mine) return now;
  if (!other) return typed;
  if (mine.end <= other.start) return applySplices(now, [mine]);
  if (other.end <= mine.start) {
    const moved = other.text.length - (other.end - other.start);
    return applySplices(now, [{ ...mine, start: mine.start + moved, end: mine.end + moved }]);
  }
  return typed;
}
