import { touches, type Point, type Rect, type Size } from "#editor/layout/geometry.ts";

/** Distances from the pointer at which a card is tried, in pixels, the nearest first. */
const RINGS = [14, 40, 80, 130, 200, 280];
const DIRECTIONS: readonly (readonly [x: number, y: number])[] = [
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
];
/** Distance that a card keeps from the frame's edges and from what it must not cover. */
const EDGE = 8;

/** What a card must leave uncovered, in pixels of the frame: ports, and the routes of wires as lines from point to point. */
export interface Uncovered {
  readonly ports: readonly Rect[];
  readonly ways: readonly (readonly Point[])[];
}

/**
 * The upper left corner of a card near `at` that covers no port and no wire; all in pixels of the frame. Undefined if there is no such
 * position: then the card must not be shown.
 */
export function cardPosition(at: Point, size: Size, frame: Size, { ports, ways }: Uncovered): Point | undefined {
  for (const ring of RINGS) {
    for (const [dx, dy] of DIRECTIONS) {
      const x = dx > 0 ? at.x + ring : dx < 0 ? at.x - ring - size.width : at.x - size.width / 2;
      const y = dy > 0 ? at.y + ring : dy < 0 ? at.y - ring - size.height : at.y - size.height / 2;
      const card = { x: Math.round(x), y: Math.round(y), ...size };
      if (card.x < EDGE || card.y < EDGE || card.x + size.width > frame.width - EDGE || card.y + size.height > frame.height - EDGE)
        continue;
      if (ports.some((port) => touches(port, card)) || ways.some((way) => crosses(way, card))) continue;
      return { x: card.x, y: card.y };
    }
  }
  return undefined;
}

function crosses(way: readonly Point[], rect: Rect): boolean {
  return way.slice(1).some((b, i) => meets(way[i]!, b, rect));
}

/** Whether a line between two points passes through a rectangle (Liang and Barsky's clipping). */
function meets(a: Point, b: Point, { x, y, width, height }: Rect): boolean {
  let [enter, leave] = [0, 1];
  for (const [delta, low, high] of [
    [b.x - a.x, x - a.x, x + width - a.x],
    [b.y - a.y, y - a.y, y + height - a.y],
  ] as const) {
    if (delta === 0) {
      if (low > 0 || high < 0) return false;
      continue;
    }
    enter = Math.max(enter, Math.min(low / delta, high / delta));
    leave = Math.min(leave, Math.max(low / delta, high / delta));
  }
  return enter <= leave;
}
