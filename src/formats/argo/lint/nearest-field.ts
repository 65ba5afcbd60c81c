/** The field name nearest to a mistyped one (other case, plural, one or two letters off); undefined if none is near. */
export function nearestField(word: string, fields: readonly string[]): string | undefined {
  const folded = fold(word);
  const same = fields.find((one) => fold(one) === folded);
  if (same !== undefined) return same;
  const most = word.length <= 4 ? 1 : 2;
  const scored = fields.map((one) => ({ one, far: distance(folded, fold(one), most) })).filter(({ far }) => far <= most);
  scored.sort((a, b) => a.far - b.far);
  return scored[0]?.one;
}

function fold(word: string): string {
  return word.toLowerCase().replace(/[-_]/g, "").replace(/s$/, "");
}

/** The number of letters to change, add or remove; counting stops above `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most || a.length > 100) return most + 1;
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row.push(Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    above = row;
  }
  return above[b.length] ?? 0;
}
