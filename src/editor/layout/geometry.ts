import type { TaskId } from "#pipeline/model.ts";

/** A point of the canvas, in its own units (screen pixels at zoom 1). */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export type Rect = Point & Size;

/**
 * Identifies one box of a graph: the id of its call, or one of the two boxes that represent the graph itself. A call's id always contains a
 * slash, so the three cannot clash.
 */
export type BoxId = TaskId | typeof INPUTS_BOX | typeof OUTPUTS_BOX;
/** The box of the pipeline's parameters; inside a group, of the group's inputs. */
export const INPUTS_BOX = "inputs";
/** The box of a group's outputs. */
export const OUTPUTS_BOX = "outputs";

/** Upper left corners of the boxes of one graph. Boxes that are missing here have no position yet. */
export type Positions = ReadonlyMap<BoxId, Point>;

/** Everything snaps to this many units. */
export const GRID = 4;

/** The nearest multiple of the grid. */
export function snap(value: number, grid: number = GRID): number {
  return Math.round(value / grid) * grid || 0;
}

/** The bounding rectangle; undefined for none. */
export function boundsOf(rects: Iterable<Rect>): Rect | undefined {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const { x, y, width, height } of rects) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return left === Infinity ? undefined : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Whether two rectangles share an area or an edge. */
export function touches(a: Rect, b: Rect): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}
