/** Replaces the characters [start, end) by `text`. In a list, offsets refer to the text after the preceding splices. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text after all splices, in order. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const pieces = [text];
  for (const splice of splices) splicePieces(pieces, splice);
  return pieces.join("");
}

/** The splices that turn the text after `splices` back into `text`. */
export function invertSplices(text: string, splices: readonly Splice[]): readonly Splice[] {
  const pieces = [text];
  const inverse = splices.map((splice): Splice => ({
    start: splice.start,
    end: splice.start + splice.text.length,
    text: splicePieces(pieces, splice),
  }));
  return inverse.reverse();
}

/** Replaces a part of a text that is kept in pieces, so that many splices copy a large text only once; returns what was there. */
function splicePieces(pieces: string[], { start, end, text }: Splice): string {
  const first = splitAt(pieces, start);
  const last = splitAt(pieces, end);
  return pieces.splice(first, last - first, text).join("");
}

/** Splits so that a piece begins at an offset, and returns its index. */
function splitAt(pieces: string[], offset: number): number {
  let left = offset;
  for (const [index, piece] of pieces.entries()) {
    if (left === 0) return index;
    if (left < piece.length) {
      pieces.splice(index, 1, piece.slice(0, left), piece.slice(left));
      return index + 1;
    }
    left -= piece.length;
  }
  return pieces.length;
}
