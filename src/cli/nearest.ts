/** The valid word nearest to a mistyped one; undefined if none is near. */
export function nearest(word: string, valid: readonly string[]): string | undefined {
  const scored = valid.map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }));
  scored.sort((a, b) => a.far - b.far);
  const best = scored[0];
  if (best === undefined) return undefined;
  const near = best.far <= Math.max(2, Math.floor(word.length / 3));
  return near ? best.candidate : valid.find((candidate) => word !== "" && candidate.toLowerCase().startsWith(word.toLowerCase()));
}

/**
 * The number of letters to change, insert, remove or swap with a neighbour to turn `a` into `b`. Words longer than 200 letters are cut.
 */
export function distance(a: string, b: string): number {
  const [from, to] = [a.slice(0, 200), b.slice(0, 200)];
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1];
      let best = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = above;
    above = row;
  }
  return above[to.length] ?? 0;
}
