import type { Point, Rect, Size } from "#editor/layout/places.ts";
import type { View } from "./canvas-props.ts";

export const MIN_ZOOM = 0.05;
export const MAX_ZOOM = 2.5;
export const ZOOM_STEP = 1.2;
/** Room that fitting leaves at the edges, in screen pixels: the path stands above, the controls below. */
const MARGIN = { x: 40, top: 52, bottom: 64 };
/** A graph that would open smaller than this shows its first boxes at READABLE instead. */
const TOO_SMALL = 0.3;
const READABLE = 0.75;

/** How much a box shows: everything, title and marks, or a painted block. */
export type Detail = "work" | "read" | "map";

/** The level of detail at a zoom; the former level stays for 3 % around a border. `many`: enough boxes that painting pays earlier. */
export function detailAt(zoom: number, many: boolean, former?: Detail): Detail {
  const map = many ? 0.35 : 0.3;
  const sway = (border: number, below: boolean) => border * (former === undefined ? 1 : below ? 1.03 : 0.97);
  if (zoom < sway(map, former === "map")) return "map";
  return zoom < sway(0.6, former !== "work") ? "read" : "work";
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

/** The view a graph opens with: fitted, or its upper left at a readable size if it would be too small. */
export function opening(bounds: Rect, frame: Size): View {
  const fit = fitting(bounds, frame);
  if (fit.zoom >= TOO_SMALL) return fit;
  return { zoom: READABLE, x: Math.round(MARGIN.x - bounds.x * READABLE), y: Math.round(MARGIN.top - bounds.y * READABLE) };
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
