import type { Point, Rect } from "#editor/layout/geometry.ts";

/** The route of a wire: an SVG path, the same as points (for hit-testing and painting), and the position of a label. */
export interface Route {
  readonly d: string;
  readonly points: readonly Point[];
  readonly middle: Point;
}

/** The arrow's tip ends this far before the port's centre; its length. */
export const REACH = 6;
export const ARROW = 6.5;
/** A wire starts at the rim of its port. */
const RIM = 5;
/** Ports nearer to each other than this, or in the wrong order, are joined by a wire going back. */
export const BACKWARD = RIM + REACH + ARROW + 12;
/** The distance that a wire keeps from the boxes it passes. */
const CLEAR = 10;

/**
 * The route from an output to an input. Forward wires bend only between columns and pass boxes in a lane, never behind one; a wire going
 * back runs around all boxes with rounded corners. `boxes` are possible obstacles; for a wire going forward the wire's own two are left
 * out. Without an arrow it reaches the port itself.
 */
export function routeWire(from: Point, to: Point, boxes: readonly Rect[], arrow = true): Route {
  const start = { x: from.x + RIM, y: from.y };
  const end = { x: to.x - (arrow ? REACH + ARROW : RIM), y: to.y };
  if (to.x - from.x < (arrow ? BACKWARD : 2 * RIM + 4)) return around(start, end, boxes);
  const direct = [start, end];
  const between = boxes.filter((box) => box.x < end.x && box.x + box.width > start.x);
  if (between.length === 0 || !crosses(curvePoints(start, end), between)) return curved(direct);
  const columns = columnsOf(between, start.x, end.x);
  if (columns.length === 0) return curved(direct);
  const stops: Point[] = [start];
  let y = start.y;
  for (const column of columns) {
    y = lane(column.boxes, y, end.y);
    stops.push({ x: column.left, y }, { x: column.right, y });
  }
  stops.push(end);
  return curved(stops);
}

/** Straight from port to port: for small zooms and while nothing else is known. */
export function straight(from: Point, to: Point): Route {
  return { d: `M${from.x} ${from.y}L${to.x} ${to.y}`, points: [from, to], middle: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 } };
}

/** The route of a wire that is being drawn: it follows the pointer. */
export function looseWire(from: Point, to: Point, direction: 1 | -1): string {
  const reach = Math.max(18, Math.min(120, Math.abs(to.x - from.x) / 2)) * direction;
  return `M${from.x} ${from.y}C${round(from.x + reach)} ${from.y} ${round(to.x - reach)} ${to.y} ${to.x} ${to.y}`;
}

function crosses(points: readonly Point[], boxes: readonly Rect[]): boolean {
  return points.some(({ x, y }) =>
    boxes.some((box) => x > box.x - 2 && x < box.x + box.width + 2 && y > box.y - CLEAR / 2 && y < box.y + box.height + CLEAR / 2),
  );
}

interface Column {
  left: number;
  right: number;
  readonly boxes: Rect[];
}

/** Boxes that share a stretch of the route are one column; the wire bends in the gaps between columns. */
function columnsOf(boxes: readonly Rect[], from: number, to: number): readonly Column[] {
  const columns: Column[] = [];
  for (const box of [...boxes].sort((a, b) => a.x - b.x)) {
    const last = columns.at(-1);
    const left = box.x - CLEAR;
    const right = box.x + box.width + CLEAR;
    if (last && left < last.right + 8) {
      last.right = Math.max(last.right, right);
      last.boxes.push(box);
    } else columns.push({ left, right, boxes: [box] });
  }
  for (const column of columns) {
    column.left = Math.max(column.left, from + 12);
    column.right = Math.min(column.right, to - 12);
  }
  return columns.filter((column) => column.right > column.left);
}

/** The free height in a column that costs the least detour; staying level wins among equals. */
function lane(boxes: readonly Rect[], y: number, goal: number): number {
  const isFree = (at: number) => boxes.every((box) => at <= box.y - CLEAR || at >= box.y + box.height + CLEAR);
  if (isFree(y)) return y;
  const cost = (at: number) => Math.abs(at - y) + Math.abs(at - goal);
  const choices = [goal, ...boxes.flatMap((box) => [box.y - CLEAR - 2, box.y + box.height + CLEAR + 2])].filter(isFree);
  return choices.reduce((best, at) => (cost(at) < cost(best) ? at : best), choices[0] ?? y);
}

/** Cubics with level ends where the height changes, straight lines where it does not. */
function curved(stops: readonly Point[]): Route {
  let d = `M${round(stops[0]!.x)} ${round(stops[0]!.y)}`;
  const points: Point[] = [stops[0]!];
  for (let i = 1; i < stops.length; i++) {
    const [a, b] = [stops[i - 1]!, stops[i]!];
    if (a.y === b.y) {
      d += `H${round(b.x)}`;
      points.push(b);
      continue;
    }
    const reach = reachOf(a, b);
    d += `C${round(a.x + reach)} ${round(a.y)} ${round(b.x - reach)} ${round(b.y)} ${round(b.x)} ${round(b.y)}`;
    points.push(...curvePoints(a, b));
  }
  return { d, points, middle: middleOf(points) };
}

/** The point halfway along. */
function middleOf(points: readonly Point[]): Point {
  const lengths = points.slice(1).map((point, i) => Math.hypot(point.x - points[i]!.x, point.y - points[i]!.y));
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [i, length] of lengths.entries()) {
    const [a, b] = [points[i]!, points[i + 1]!];
    if (left <= length && length > 0)
      return { x: round(a.x + ((b.x - a.x) * left) / length), y: round(a.y + ((b.y - a.y) * left) / length) };
    left -= length;
  }
  return points[0]!;
}

function reachOf(a: Point, b: Point): number {
  return Math.min(120, Math.max(18, (b.x - a.x) / 2), Math.max(18, b.x - a.x));
}

function curvePoints(a: Point, b: Point): readonly Point[] {
  const reach = reachOf(a, b);
  return Array.from({ length: 16 }, (_, i) => {
    const t = (i + 1) / 16;
    const s = 1 - t;
    return {
      x: s * s * s * a.x + 3 * s * s * t * (a.x + reach) + 3 * s * t * t * (b.x - reach) + t * t * t * b.x,
      y: s * s * s * a.y + 3 * s * s * t * a.y + 3 * s * t * t * b.y + t * t * t * b.y,
    };
  });
}

/** Radius of a backward wire's corners, and how far beside the port it turns. */
const CORNER = 10;
const TURN = 16;

/**
 * A wire going back: out to the right, up or down, left along a free height, and into the input from the left. Its upright parts give
 * way sidewards, its level part runs over, under or between the boxes.
 */
function around(a: Point, b: Point, boxes: readonly Rect[]): Route {
  let right = a.x + TURN;
  let left = b.x - TURN;
  let across = level(a, b, boxes, left, right);
  // Each round may move an upright part beyond a box, and the level part is then as much longer.
  for (let i = 0; i < 4; i++) {
    const [nextRight, nextLeft] = [sideways(right, a.y, across, boxes, 1), sideways(left, b.y, across, boxes, -1)];
    if (nextRight === right && nextLeft === left) break;
    [right, left] = [nextRight, nextLeft];
    across = level(a, b, boxes, left, right);
  }
  const first = across >= a.y ? 1 : -1;
  const second = b.y >= across ? 1 : -1;
  const r1 = Math.min(CORNER, Math.abs(across - a.y) / 2);
  const r2 = Math.min(CORNER, Math.abs(b.y - across) / 2);
  const turn = (r: number, clockwise: boolean, dx: number, dy: number) => `a${round(r)} ${round(r)} 0 0 ${clockwise ? 1 : 0} ${dx} ${dy}`;
  const d =
    `M${round(a.x)} ${round(a.y)}H${round(right - r1)}${turn(r1, first > 0, round(r1), round(first * r1))}V${round(across - first * r1)}` +
    `${turn(r1, first > 0, round(-r1), round(first * r1))}H${round(left + r2)}${turn(r2, second < 0, round(-r2), round(second * r2))}` +
    `V${round(b.y - second * r2)}${turn(r2, second < 0, round(r2), round(second * r2))}H${round(b.x)}`;
  const points = [a, { x: right, y: a.y }, { x: right, y: across }, { x: left, y: across }, { x: left, y: b.y }, b];
  return { d, points, middle: { x: (left + right) / 2, y: across } };
}

/** The height at which a backward wire runs left: free of boxes between `left` and `right`, with the least detour. */
function level(a: Point, b: Point, boxes: readonly Rect[], left: number, right: number): number {
  const wall = boxes.filter((box) => box.x < right + CLEAR && box.x + box.width > left - CLEAR);
  const isFree = (y: number) =>
    Math.abs(y - a.y) >= 2 * CORNER &&
    Math.abs(y - b.y) >= 2 * CORNER &&
    wall.every((box) => y <= box.y - CLEAR || y >= box.y + box.height + CLEAR);
  const cost = (y: number) => Math.abs(y - a.y) + Math.abs(y - b.y);
  const choices = [
    (a.y + b.y) / 2,
    Math.max(a.y, b.y) + 60,
    Math.min(a.y, b.y) - 60,
    ...wall.flatMap((box) => [box.y - CLEAR - 4, box.y + box.height + CLEAR + 4]),
  ].filter(isFree);
  const lowest = Math.max(a.y, b.y, ...wall.map((box) => box.y + box.height)) + 60;
  return choices.reduce((best, y) => (cost(y) < cost(best) ? y : best), choices[0] ?? lowest);
}

/** Where an upright part between two heights passes no box: `x`, or beyond the boxes in its way. */
function sideways(x: number, from: number, to: number, boxes: readonly Rect[], direction: 1 | -1): number {
  const [top, bottom] = [Math.min(from, to), Math.max(from, to)];
  const hit = boxes.filter((box) => box.x < x + 4 && box.x + box.width > x - 4 && box.y < bottom && box.y + box.height > top);
  if (hit.length === 0) return x;
  return direction > 0 ? Math.max(...hit.map((box) => box.x + box.width + CLEAR)) : Math.min(...hit.map((box) => box.x - CLEAR));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
