import type { BoxId, Rect } from "#editor/layout/geometry.ts";
import type { Wire } from "#editor/layout/wires.ts";

/**
 * Moving among boxes with the arrow keys, by the model and never by what is mounted (docs/spec/interaction.md#along-the-flow,
 * #across-the-flow).
 */
export type Direction = "left" | "right" | "up" | "down";

/**
 * Where an arrow leads from a box: along the flow to a consumer or producer, the one nearest in height; across it to the neighbour in
 * the column; else the nearest box within 45°. Going straight back returns to `came`. Undefined: a dead end.
 */
export function neighbour(
  box: BoxId,
  direction: Direction,
  rects: ReadonlyMap<BoxId, Rect>,
  wires: readonly Wire[],
  came?: BoxId,
): BoxId | undefined {
  const here = rects.get(box);
  if (!here) return undefined;
  const along =
    direction === "right" ? consumers(box, wires) : direction === "left" ? producers(box, wires) : inColumn(box, here, direction, rects);
  const reachable = along.filter((id) => id !== box && rects.has(id));
  if (came !== undefined && reachable.includes(came)) return came;
  const middle = here.y + here.height / 2;
  if (reachable.length > 0) {
    const distance = (id: BoxId) => Math.abs(rects.get(id)!.y + rects.get(id)!.height / 2 - middle);
    return reachable.reduce((best, id) => (distance(id) < distance(best) ? id : best));
  }
  return inSpace(box, here, direction, rects);
}

function consumers(box: BoxId, wires: readonly Wire[]): readonly BoxId[] {
  return wires.flatMap((wire) => (wire.from === box ? [wire.to] : []));
}

function producers(box: BoxId, wires: readonly Wire[]): readonly BoxId[] {
  return wires.flatMap((wire) => (wire.to === box ? [wire.from] : []));
}

/** The next boxes of the same column: those whose widths overlap by half. Only the nearest one, if any. */
function inColumn(box: BoxId, here: Rect, direction: "up" | "down", rects: ReadonlyMap<BoxId, Rect>): readonly BoxId[] {
  let best: BoxId | undefined;
  let least = Infinity;
  for (const [id, rect] of rects) {
    if (id === box) continue;
    const overlap = Math.min(here.x + here.width, rect.x + rect.width) - Math.max(here.x, rect.x);
    const distance = direction === "down" ? rect.y - here.y : here.y - rect.y;
    if (overlap >= Math.min(here.width, rect.width) / 2 && distance > 0 && distance < least) [best, least] = [id, distance];
  }
  return best === undefined ? [] : [best];
}

/** The nearest within ±45°, by linear distance and off-axis distance together: squares would pick diagonals. */
function inSpace(box: BoxId, here: Rect, direction: Direction, rects: ReadonlyMap<BoxId, Rect>): BoxId | undefined {
  let best: BoxId | undefined;
  let least = Infinity;
  for (const [id, rect] of rects) {
    if (id === box) continue;
    const dx = rect.x + rect.width / 2 - here.x - here.width / 2;
    const dy = rect.y + rect.height / 2 - here.y - here.height / 2;
    const along = direction === "right" ? dx : direction === "left" ? -dx : direction === "down" ? dy : -dy;
    const off = direction === "left" || direction === "right" ? Math.abs(dy) : Math.abs(dx);
    if (along <= 0 || off > along) continue;
    const distance = Math.hypot(dx, dy) + off;
    if (distance < least) [best, least] = [id, distance];
  }
  return best;
}

/** All boxes upstream or downstream of some boxes, those themselves included. */
export function reach(from: Iterable<BoxId>, wires: readonly Wire[], direction: "up" | "down"): ReadonlySet<BoxId> {
  const next = new Map<BoxId, BoxId[]>();
  for (const wire of wires) {
    const [near, far] = direction === "down" ? [wire.from, wire.to] : [wire.to, wire.from];
    const list = next.get(near);
    if (list) list.push(far);
    else next.set(near, [far]);
  }
  const found = new Set(from);
  for (const box of found) for (const other of next.get(box) ?? []) found.add(other);
  return found;
}

/** The boxes in run order: by column, then by height. */
export function runOrder(rects: ReadonlyMap<BoxId, Rect>): readonly BoxId[] {
  return [...rects].sort(([, a], [, b]) => a.x - b.x || a.y - b.y).map(([id]) => id);
}
