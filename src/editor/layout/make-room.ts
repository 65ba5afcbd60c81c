import { GAP_COLUMN, GAP_ROW } from "./arrange.ts";
import type { Box } from "./box.ts";
import { snap, type BoxId, type Positions, type Point, type Rect } from "./geometry.ts";

/**
 * Positions with the neighbours of expanded groups moved out of their way: boxes to the right move right, boxes below move down, by no more
 * than necessary. For the view only: the positions themselves are kept, so collapsing restores everything.
 */
export function makeRoom(boxes: readonly Box[], places: Positions): Positions {
  const frames = boxes.filter((box) => box.frame && places.has(box.id));
  if (frames.length === 0) return places;
  const at = new Map<BoxId, Point>(places);
  const left = (box: Box) => places.get(box.id)!.x;
  const upper = (box: Box) => places.get(box.id)!.y;
  for (const frame of [...frames].sort((a, b) => left(a) - left(b) || upper(a) - upper(b))) pushFrom(frame, boxes, at);
  return at;
}

function pushFrom(frame: Box, boxes: readonly Box[], at: Map<BoxId, Point>): void {
  const here = at.get(frame.id)!;
  const closed = frame.frame!.closed;
  const edge = { right: here.x + closed.width, bottom: here.y + closed.height };
  const others = boxes.filter((box) => box !== frame && at.has(box.id));
  const right = others.filter((box) => at.get(box.id)!.x >= edge.right);
  const beside = right.filter((box) => {
    const { y } = at.get(box.id)!;
    return y < here.y + frame.height + GAP_ROW && y + box.height + GAP_ROW > here.y;
  });
  const dx = missing(
    beside.map((box) => at.get(box.id)!.x),
    edge.right,
    here.x + frame.width,
    GAP_COLUMN,
  );
  shift(right, at, dx, 0);

  const below = under({ x: here.x, y: here.y, width: frame.width, height: closed.height }, others, at);
  const dy = missing(
    below.map((box) => at.get(box.id)!.y),
    edge.bottom,
    here.y + frame.height,
    GAP_ROW,
  );
  shift(below, at, 0, dy);
}

/** How far the nearest of them has to move to keep its former gap (at most `gap`). */
function missing(starts: readonly number[], before: number, now: number, gap: number): number {
  if (starts.length === 0) return 0;
  const nearest = Math.min(...starts);
  return Math.max(0, now + Math.max(0, Math.min(gap, nearest - before)) - nearest);
}

/** The boxes below a rectangle, and those below them. */
function under(rect: Rect, boxes: readonly Box[], at: ReadonlyMap<BoxId, Point>): readonly Box[] {
  const found: Box[] = [];
  const spans: { left: number; right: number; top: number }[] = [{ left: rect.x, right: rect.x + rect.width, top: rect.y + rect.height }];
  for (const box of [...boxes].sort((a, b) => at.get(a.id)!.y - at.get(b.id)!.y)) {
    const { x, y } = at.get(box.id)!;
    if (!spans.some((span) => y >= span.top && x < span.right && x + box.width > span.left)) continue;
    found.push(box);
    spans.push({ left: x, right: x + box.width, top: y });
  }
  return found;
}

function shift(boxes: readonly Box[], at: Map<BoxId, Point>, dx: number, dy: number): void {
  if (dx === 0 && dy === 0) return;
  for (const { id } of boxes) {
    const { x, y } = at.get(id)!;
    at.set(id, { x: snap(x + dx), y: snap(y + dy) });
  }
}
