/** Replaces the characters [start, end) by `text`. In a list, places count in the text after the splices before it. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text after all splices, in order. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  return splices.reduce((now, splice) => now.slice(0, splice.start) + splice.text + now.slice(splice.end), text);
}

/** The splices which, applied to the text after `splices`, give `text` back. */
export function invertSplices(text: string, splices: readonly Splice[]): readonly Splice[] {
  const inverse: Splice[] = [];
  let now = text;
  for (const splice of splices) {
    inverse.push({ start: splice.start, end: splice.start + splice.text.length, text: now.slice(splice.start, splice.end) });
    now = now.slice(0, splice.start) + splice.text + now.slice(splice.end);
  }
  return inverse.reverse();
}
