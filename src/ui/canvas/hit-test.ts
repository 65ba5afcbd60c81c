import type { Box } from "#editor/layout/box.ts";
import { touches, type BoxId, type Point, type Rect } from "#editor/layout/geometry.ts";
import type { PointerState } from "./pointer.ts";

/** Whether a box is mounted: in the region, or kept for its focus or selection. */
export function seenOrKept(box: Box, rects: ReadonlyMap<BoxId, Rect>, region: Rect | undefined, kept: ReadonlySet<BoxId>): boolean {
  const rect = rects.get(box.id);
  return rect !== undefined && (!region || kept.has(box.id) || touches(rect, region));
}

/** The topmost box at a point. */
export function boxAt(boxes: readonly Box[], rects: ReadonlyMap<BoxId, Rect>, { x, y }: Point): BoxId | undefined {
  return boxes.findLast(({ id }) => {
    const rect = rects.get(id);
    return rect && x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height;
  })?.id;
}

/** The box nearest to the former position of another. */
export function nearest(from: Rect | undefined, rects: ReadonlyMap<BoxId, Rect>): BoxId | undefined {
  if (!from) return undefined;
  const far = (rect: Rect) => Math.hypot(rect.x - from.x, rect.y - from.y);
  return [...rects].sort(([, a], [, b]) => far(a) - far(b))[0]?.[0];
}

/** Touched by the marquee: alone, added with Shift, toggled with Ctrl or Cmd. */
export function marqueeSelection(
  area: Rect,
  pointerState: PointerState,
  base: readonly BoxId[],
  rects: ReadonlyMap<BoxId, Rect>,
): readonly BoxId[] {
  const touched = [...rects].flatMap(([id, rect]) => (touches(rect, area) ? [id] : []));
  if (pointerState.mod) return [...base.filter((id) => !touched.includes(id)), ...touched.filter((id) => !base.includes(id))];
  return pointerState.shift ? [...new Set([...base, ...touched])] : touched;
}
