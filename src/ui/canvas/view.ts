import { touches, type Point, type Rect, type Size } from "#editor/layout/geometry.ts";
import type { View } from "./canvas-props.ts";

export const MIN_ZOOM = 0.05;
export const MAX_ZOOM = 2.5;
export const ZOOM_STEP = 1.2;
/** Room that fitting leaves at the edges, in screen pixels: the path is above, the controls are below. */
const MARGIN = { x: 40, top: 52, bottom: 64 };
/** From this zoom the smallest text of a box (11 px at 100 %) is at least 10 px on the screen: boxes show everything. */
export const LEGIBLE = 10 / 11;
/** A graph that would open smaller than this shows its first boxes with everything in them: titles would be cut after a few letters. */
const TOO_SMALL = 0.4;
/** Everything is shown again from this factor above LEGIBLE, so that the level of detail does not flicker. */
const BEYOND = 1.03;
/** The share of the free room to the left of a small graph that is opened, and above it. */
const LEFT_SHARE = 0.3;
const TOP_SHARE = 0.2;

/** How much a box shows: everything, title and marks, or a painted block. */
export type Detail = "work" | "read" | "map";

/** The level of detail at a zoom; the former level stays for 3 % around a boundary. `many`: enough boxes that painting pays earlier. */
export function detailAt(zoom: number, many: boolean, former?: Detail): Detail {
  const map = many ? 0.35 : 0.3;
  const sway = (border: number, below: boolean) => border * (former === undefined ? 1 : below ? 1.03 : 0.97);
  if (zoom < sway(map, former === "map")) return "map";
  // Never below LEGIBLE, whatever the level was: text would get too small.
  return zoom < LEGIBLE * (former === undefined || former === "work" ? 1 : BEYOND) ? "read" : "work";
}

/**
 * The highest zoom at or below `zoom` at which `detailAt` can change its answer: a value to subscribe to that changes only where the
 * level of detail may.
 */
export function detailStep(zoom: number, many: boolean): number {
  const map = many ? 0.35 : 0.3;
  return Math.max(0, ...[map * 0.97, map, map * 1.03, LEGIBLE, LEGIBLE * BEYOND].filter((step) => step <= zoom));
}

export function clampZoom(zoom: number): number {
  return Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));
}

/** The view that shows a rectangle whole, never above 100 %. */
export function fitting(bounds: Rect, frame: Size): View {
  const room = { width: Math.max(1, frame.width - 2 * MARGIN.x), height: Math.max(1, frame.height - MARGIN.top - MARGIN.bottom) };
  const zoom = clampZoom(Math.min(1, room.width / Math.max(1, bounds.width), room.height / Math.max(1, bounds.height)));
  return {
    zoom,
    x: Math.round(MARGIN.x + (room.width - bounds.width * zoom) / 2 - bounds.x * zoom),
    y: Math.round(MARGIN.top + (room.height - bounds.height * zoom) / 2 - bounds.y * zoom),
  };
}

/**
 * The view a graph opens with: all of it, in the upper left part of the room if it is small; the start of its flow at a legible size if
 * all of it would be too small. `first`: the first task of the flow, which a legible view always shows.
 */
export function opening(bounds: Rect, frame: Size, first: Rect = bounds): View {
  const { zoom } = fitting(bounds, frame);
  if (zoom < TOO_SMALL) return atStart(bounds, frame, first);
  const free = {
    x: Math.max(0, frame.width - 2 * MARGIN.x - bounds.width * zoom),
    y: Math.max(0, frame.height - MARGIN.top - MARGIN.bottom - bounds.height * zoom),
  };
  return at(bounds, zoom, { x: free.x * LEFT_SHARE, y: free.y * TOP_SHARE });
}

/** The upper left corner if the first task is seen from there, else the first task in the middle of the left edge. */
function atStart(bounds: Rect, frame: Size, first: Rect): View {
  const corner = at(bounds, LEGIBLE * BEYOND, { x: 0, y: 0 });
  const seen = inView(corner, frame);
  const isSeen = (low: number, size: number, from: number, room: number) => low >= from && low + Math.min(size, room / 2) <= from + room;
  const { zoom } = corner;
  return {
    zoom,
    x: isSeen(first.x, first.width, seen.x, seen.width) ? corner.x : Math.round(MARGIN.x - first.x * zoom),
    y: isSeen(first.y, first.height, seen.y, seen.height) ? corner.y : Math.round(frame.height / 2 - (first.y + first.height / 2) * zoom),
  };
}

/** The view with the upper left corner of a rectangle at the margins, moved by `offset` screen pixels. */
function at(bounds: Rect, zoom: number, offset: Point): View {
  return { zoom, x: Math.round(MARGIN.x + offset.x - bounds.x * zoom), y: Math.round(MARGIN.top + offset.y - bounds.y * zoom) };
}

/**
 * Another zoom that keeps what is in view: the first of `preferred` boxes of which something is in view, else the middle of the frame; if
 * no box would be left in view, the one that was nearest to the middle.
 */
export function zoomKeeping(view: View, zoom: number, frame: Size, boxes: { all: Iterable<Rect>; preferred: readonly Rect[] }): View {
  const seen = inView(view, frame);
  const middle = { x: frame.width / 2, y: frame.height / 2 };
  const kept = boxes.preferred.find((rect) => touches(rect, seen));
  const about = (rect: Rect) => {
    const next = zoomAbout(view, toScreen(view, centreOf(rect)), zoom);
    return reveal(next, rect, frame) ?? next;
  };
  if (kept) return about(kept);
  const next = zoomAbout(view, middle, zoom);
  const visible = [...boxes.all].filter((rect) => touches(rect, seen));
  if (visible.length === 0 || visible.some((rect) => touches(rect, inView(next, frame)))) return next;
  const centre = toCanvas(view, middle);
  const distance = (rect: Rect) => Math.hypot(centreOf(rect).x - centre.x, centreOf(rect).y - centre.y);
  return about(visible.reduce((best, rect) => (distance(rect) < distance(best) ? rect : best)));
}

function centreOf(rect: Rect): Point {
  return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
}

/** Another zoom with one point of the screen staying where it is. */
export function zoomAbout(view: View, screen: Point, zoom: number): View {
  const next = clampZoom(zoom);
  const k = next / view.zoom;
  return { zoom: next, x: screen.x - (screen.x - view.x) * k, y: screen.y - (screen.y - view.y) * k };
}

/** A point of the frame as a point of the canvas. */
export function toCanvas(view: View, screen: Point): Point {
  return { x: (screen.x - view.x) / view.zoom, y: (screen.y - view.y) / view.zoom };
}

export function toScreen(view: View, at: Point): Point {
  return { x: at.x * view.zoom + view.x, y: at.y * view.zoom + view.y };
}

/** Whether two views show the same, but for rounding. */
export function isSameView(one: View, other: View): boolean {
  return Math.abs(one.x - other.x) < 0.5 && Math.abs(one.y - other.y) < 0.5 && Math.abs(one.zoom - other.zoom) < 0.001;
}

/** What of the canvas is in view, and `margin` screen pixels around it. */
export function inView(view: View, frame: Size, margin = 0): Rect {
  const { x, y } = toCanvas(view, { x: -margin, y: -margin });
  return { x, y, width: (frame.width + 2 * margin) / view.zoom, height: (frame.height + 2 * margin) / view.zoom };
}

/** The least movement that brings a rectangle into view; undefined if it is there already. */
export function reveal(view: View, rect: Rect, frame: Size): View | undefined {
  const gap = 24;
  const at = toScreen(view, rect);
  const [width, height] = [rect.width * view.zoom, rect.height * view.zoom];
  const dx = shift(at.x, width, gap, frame.width - gap);
  const dy = shift(at.y, height, MARGIN.top, frame.height - MARGIN.bottom);
  return dx === 0 && dy === 0 ? undefined : { ...view, x: view.x + dx, y: view.y + dy };
}

function shift(start: number, length: number, low: number, high: number): number {
  if (start < low || length > high - low) return low - start;
  return start + length > high ? high - start - length : 0;
}

/** The same zoom with a rectangle in the middle. */
export function centred(view: View, rect: Rect, frame: Size): View {
  return {
    zoom: view.zoom,
    x: frame.width / 2 - (rect.x + rect.width / 2) * view.zoom,
    y: frame.height / 2 - (rect.y + rect.height / 2) * view.zoom,
  };
}
