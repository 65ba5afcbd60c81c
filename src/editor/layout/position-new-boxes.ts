import { GAP_COLUMN, GAP_ROW, type ArrangeRequest, type BoxToPosition } from "./arrange.ts";
import { boundsOf, snap, touches, type BoxId, type Positions, type Point, type Rect } from "./geometry.ts";
import { arrangeSimple } from "./layered-layout.ts";

/** More new boxes than this are laid out among themselves and placed below the others. */
const MANY = 60;

/**
 * Positions for the boxes that have none, in free space beside their neighbours; others keep theirs. Empty if nothing is missing. Not for a
 * graph without any positions, which is arranged instead.
 */
export function placeNew(request: ArrangeRequest, known: Positions): Positions {
  const missing = request.boxes.filter((box) => !known.has(box.id));
  if (missing.length === 0) return new Map();
  const rects = new Map<BoxId, Rect>();
  for (const box of request.boxes) {
    const at = known.get(box.id);
    if (at) rects.set(box.id, { ...at, width: box.width, height: box.height });
  }
  if (missing.length > MANY) return below(request, missing, rects);
  const found = new Map<BoxId, Point>();
  for (const box of missing) {
    const at = free({ ...wanted(request, box, rects), width: box.width, height: box.height }, [...rects.values()]);
    rects.set(box.id, { ...at, width: box.width, height: box.height });
    found.set(box.id, at);
  }
  return found;
}

function below(request: ArrangeRequest, missing: readonly BoxToPosition[], rects: ReadonlyMap<BoxId, Rect>): Positions {
  const ids = new Set(missing.map((box) => box.id));
  const { places } = arrangeSimple({ boxes: missing, wires: request.wires.filter((wire) => ids.has(wire.from) && ids.has(wire.to)) });
  const around = boundsOf(rects.values()) ?? { x: 0, y: 0, width: 0, height: 0 };
  return new Map([...places].map(([id, at]) => [id, { x: snap(at.x + around.x), y: snap(at.y + around.y + around.height + 2 * GAP_ROW) }]));
}

function wanted(request: ArrangeRequest, box: BoxToPosition, rects: ReadonlyMap<BoxId, Rect>): Point {
  const before = request.wires.flatMap((wire) => (wire.to === box.id ? sides(rects.get(wire.from), wire.fromY - wire.toY) : []));
  if (before.length > 0)
    return { x: Math.max(...before.map(({ rect }) => rect.x + rect.width)) + GAP_COLUMN, y: mean(before.map(({ y }) => y)) };
  const behind = request.wires.flatMap((wire) => (wire.from === box.id ? sides(rects.get(wire.to), wire.toY - wire.fromY) : []));
  if (behind.length > 0)
    return { x: Math.min(...behind.map(({ rect }) => rect.x)) - GAP_COLUMN - box.width, y: mean(behind.map(({ y }) => y)) };
  const all = boundsOf(rects.values());
  if (!all) return { x: 0, y: 0 };
  if (box.pin === "first") return { x: all.x - GAP_COLUMN - box.width, y: all.y };
  if (box.pin === "last") return { x: all.x + all.width + GAP_COLUMN, y: all.y };
  return { x: all.x, y: all.y + all.height + GAP_ROW };
}

function sides(rect: Rect | undefined, shift: number): readonly { rect: Rect; y: number }[] {
  return rect ? [{ rect, y: rect.y + shift }] : [];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The nearest position above or below the wanted one that keeps the row gap to every box. */
export function free(wantedRect: Rect, taken: readonly Rect[]): Point {
  const x = snap(wantedRect.x);
  const start = snap(wantedRect.y);
  const near = taken.filter((rect) => rect.x < x + wantedRect.width + GAP_ROW && x < rect.x + rect.width + GAP_ROW);
  const isFree = (y: number) => {
    const room = {
      x: x - GAP_ROW + 1,
      y: y - GAP_ROW + 1,
      width: wantedRect.width + 2 * GAP_ROW - 2,
      height: wantedRect.height + 2 * GAP_ROW - 2,
    };
    return !near.some((rect) => touches(room, rect));
  };
  if (isFree(start)) return { x, y: start };
  // The nearest free position can only begin directly below or above some box.
  const candidates = near.flatMap((rect) => [snap(rect.y + rect.height + GAP_ROW + 2), snap(rect.y - GAP_ROW - 2 - wantedRect.height)]);
  candidates.sort((a, b) => Math.abs(a - start) - Math.abs(b - start));
  return { x, y: candidates.find(isFree) ?? start };
}
