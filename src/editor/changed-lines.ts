/** One row of a line difference; numbers are 1-based. */
export type DiffRow =
  | { readonly kind: "same"; readonly text: string; readonly before: number; readonly after: number }
  | { readonly kind: "removed"; readonly text: string; readonly before: number }
  | { readonly kind: "added"; readonly text: string; readonly after: number };

/** Beyond this many steps the middle is shown as removed and added as a whole: nobody would read such a difference line by line. */
const mostSteps = 4_000;

/** The number of lines of the second text that are new or changed; removed lines count where nothing replaced them. */
export function changedLines(before: string, after: string): number {
  let count = 0;
  let removed = 0;
  let added = 0;
  const close = () => {
    count += Math.max(removed, added);
    removed = added = 0;
  };
  const { a, b } = middleOf(linesOf(before), linesOf(after));
  for (const row of rowsOf(a, b, 0)) {
    if (row.kind === "same") close();
    else if (row.kind === "removed") removed += 1;
    else added += 1;
  }
  close();
  return count;
}

/** The whole difference, all lines included. */
export function lineDifference(before: string, after: string): readonly DiffRow[] {
  const [linesBefore, linesAfter] = [linesOf(before), linesOf(after)];
  const { head, tail, a, b } = middleOf(linesBefore, linesAfter);
  const same = (index: number, shift: number): DiffRow => ({
    kind: "same",
    text: linesBefore[index] as string,
    before: index + 1,
    after: index + 1 + shift,
  });
  return [
    ...Array.from({ length: head }, (_, index) => same(index, 0)),
    ...rowsOf(a, b, head),
    ...Array.from({ length: tail }, (_, index) => same(linesBefore.length - tail + index, linesAfter.length - linesBefore.length)),
  ];
}

/** Lines without the empty one caused by a final line break. */
function linesOf(text: string): readonly string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** The lines between the common beginning (`head` lines) and the common end (`tail` lines). */
function middleOf(before: readonly string[], after: readonly string[]) {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { head, tail, a: before.slice(head, before.length - tail), b: after.slice(head, after.length - tail) };
}

/** Myers' difference of two lists of lines. */
function rowsOf(a: readonly string[], b: readonly string[], offset: number): readonly DiffRow[] {
  const trail = pathOf(a, b);
  const rows: DiffRow[] = [];
  const removed = (index: number): DiffRow => ({ kind: "removed", text: a[index] as string, before: offset + index + 1 });
  const added = (index: number): DiffRow => ({ kind: "added", text: b[index] as string, after: offset + index + 1 });
  if (!trail) return [...a.map((_, index) => removed(index)), ...b.map((_, index) => added(index))];
  let x = a.length;
  let y = b.length;
  for (let step = trail.length - 1; step >= 0; step--) {
    const furthest = trail[step] as Map<number, number>;
    const k = x - y;
    const down = k === -step || (k !== step && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
    const startX = furthest.get(down ? k + 1 : k - 1) ?? 0;
    const startY = startX - (down ? k + 1 : k - 1);
    while (x > Math.max(0, startX) && y > Math.max(0, startY) && x > 0 && y > 0 && a[x - 1] === b[y - 1]) {
      x -= 1;
      y -= 1;
      rows.push({ kind: "same", text: a[x] as string, before: offset + x + 1, after: offset + y + 1 });
    }
    if (step === 0) break;
    if (down) rows.push(added(--y));
    else rows.push(removed(--x));
  }
  while (x > 0 && y > 0) {
    x -= 1;
    y -= 1;
    rows.push({ kind: "same", text: a[x] as string, before: offset + x + 1, after: offset + y + 1 });
  }
  return rows.reverse();
}

function pathOf(a: readonly string[], b: readonly string[]): readonly ReadonlyMap<number, number>[] | undefined {
  const trail: Map<number, number>[] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  let work = 0;
  for (let step = 0; step <= a.length + b.length; step++) {
    trail.push(new Map(furthest));
    const next = new Map(furthest);
    for (let k = -step; k <= step; k += 2) {
      const down = k === -step || (k !== step && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
      let x = down ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return trail;
    }
    furthest = next;
    work += step;
    if (work > mostSteps * 10) return undefined;
  }
  return trail;
}
