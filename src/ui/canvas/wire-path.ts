import type { Point, Rect } from "#editor/layout/places.ts";

/** How a wire runs: an SVG path, the same as points (for hit-testing and painting), and where a label stands. */
export interface Route {
  readonly d: string;
  readonly points: readonly Point[];
  readonly middle: Point;
}

/** The arrow's tip stands this far before the port's centre; its length. */
export const REACH = 6;
export const ARROW = 6.5;
/** A wire starts at the rim of its port. */
const RIM = 5;
/** The distance that a wire keeps from the boxes it passes. */
const CLEAR = 10;

/**
 * The way from an output to an input. Forward wires bend only between columns and pass boxes in a lane, never behind one; a wire going
 * back runs round with rounded corners. `boxes` are those that may stand in the way, the wire's own two left out. Without
 * an arrow it reaches the port itself.
 */
export function routeWire(from: Point, to: Point, boxes: readonly Rect[], arrow = true): Route {
  const start = { x: from.x + RIM, y: from.y };
  const end = { x: to.x - (arrow ? REACH + ARROW : RIM), y: to.y };
  if (end.x - start.x < (arrow ? 12 : 4)) return around(start, end);
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

/** The way of a wire that is being drawn: it follows the pointer. */
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

/** Boxes that share a stretch of the way stand in one column; the wire bends in the gaps between columns. */
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

/** The point half of the way along. */
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

function around(a: Point, b: Point): Route {
  const r = 10;
  const down = b.y >= a.y ? 1 : -1;
  const across = Math.abs(b.y - a.y) > 4 * r ? (a.y + b.y) / 2 : Math.max(a.y, b.y) + 60;
  const first = across >= a.y ? 1 : -1;
  const second = b.y >= across ? 1 : -1;
  const turn = (clockwise: boolean, dx: number, dy: number) => `a${r} ${r} 0 0 ${clockwise ? 1 : 0} ${dx} ${dy}`;
  const d =
    `M${round(a.x)} ${round(a.y)}h6${turn(first > 0, r, first * r)}V${round(across - first * r)}${turn(first > 0, -r, first * r)}H${round(b.x - 6)}` +
    `${turn(second < 0, -r, second * r)}V${round(b.y - second * r)}${turn(second < 0, r, second * r)}H${round(b.x)}`;
  const points = [a, { x: a.x + 16, y: a.y + down }, { x: a.x + 16, y: across }, { x: b.x - 16, y: across }, { x: b.x - 16, y: b.y }, b];
  return { d, points, middle: { x: (a.x + b.x) / 2, y: across } };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
