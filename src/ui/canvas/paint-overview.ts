import { touches, type BoxId, type Rect, type Size } from "#editor/layout/geometry.ts";
import type { Box } from "#editor/layout/box.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { BoxProblem, View } from "./canvas-props.ts";
import { inView } from "./view.ts";

/** Everything the map zoom shows. */
export interface Painting {
  readonly boxes: readonly Box[];
  readonly rects: ReadonlyMap<BoxId, Rect>;
  readonly wires: readonly Wire[];
  readonly selected: ReadonlySet<BoxId>;
  readonly hits?: ReadonlySet<BoxId>;
  readonly problems?: ReadonlyMap<BoxId, BoxProblem>;
}

/** Colours of the current theme, read once per theme: a canvas does not resolve custom properties. */
export type Colour = (token: string) => string;

const themes = new Map<string, Map<string, string>>();

/** The tokens of a theme, each read once: reading forces the browser to update all styles. */
export function coloursOf(theme: string): Colour {
  let known = themes.get(theme);
  if (!known) themes.set(theme, (known = new Map()));
  const values = known;
  let style: CSSStyleDeclaration | undefined;
  return (token) => {
    let value = values.get(token);
    if (value === undefined) {
      style ??= getComputedStyle(document.documentElement);
      values.set(token, (value = style.getPropertyValue(`--${token}`).trim() || "#888"));
    }
    return value;
  };
}

/** Paints blocks and straight wires in screen pixels: one pass for wires, one for each colour of boxes, so 1,000 cost 2–3 ms. */
export function paint(pen: CanvasRenderingContext2D, ratio: number, frame: Size, view: View, scene: Painting, colour: Colour): void {
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, frame.width, frame.height);
  const seen = inView(view, frame, 20);
  pen.setTransform(ratio * view.zoom, 0, 0, ratio * view.zoom, ratio * view.x, ratio * view.y);
  const px = 1 / view.zoom;
  paintWires(pen, seen, scene, colour, px);
  paintBoxes(pen, seen, scene, colour, px);
  paintMarks(pen, seen, scene, colour, px);
}

function paintWires(pen: CanvasRenderingContext2D, seen: Rect, { wires, rects, hits }: Painting, colour: Colour, px: number): void {
  pen.globalAlpha = hits ? 0.2 : 0.35;
  pen.lineWidth = 0.8 * px;
  pen.strokeStyle = colour("fg-muted");
  pen.beginPath();
  for (const wire of wires) {
    const from = rects.get(wire.from);
    const to = rects.get(wire.to);
    if (!from || !to) continue;
    const [x1, y1, x2, y2] = [from.x + from.width, from.y + wire.fromY, to.x, to.y + wire.toY];
    if (
      Math.max(x1, x2) < seen.x ||
      Math.min(x1, x2) > seen.x + seen.width ||
      Math.max(y1, y2) < seen.y ||
      Math.min(y1, y2) > seen.y + seen.height
    )
      continue;
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
  }
  pen.stroke();
  pen.globalAlpha = 1;
}

function paintBoxes(pen: CanvasRenderingContext2D, seen: Rect, { boxes, rects, hits }: Painting, colour: Colour, px: number): void {
  const shown = boxes.flatMap((box) => {
    const rect = rects.get(box.id);
    return rect && touches(rect, seen) ? [{ box, rect }] : [];
  });
  pen.lineWidth = px;
  const blocks = (some: readonly { readonly rect: Rect }[], fill: string, stroke: string) => {
    pen.fillStyle = colour(fill);
    pen.strokeStyle = colour(stroke);
    pen.beginPath();
    for (const { rect } of some) pen.rect(rect.x, rect.y, rect.width, rect.height);
    pen.fill();
    pen.stroke();
  };
  const frames = shown.filter(({ box }) => box.frame);
  if (frames.length > 0) blocks(frames, "bg-group", "line-group");
  blocks(frames.length > 0 ? shown.filter(({ box }) => !box.frame) : shown, "bg-box", "line-box");
  const bars = new Map<string, Rect[]>();
  for (const { box, rect } of shown) {
    if (box.frame) continue;
    const token = `port-${(box.outputs[0] ?? box.inputs[0])?.family ?? "order"}`;
    const list = bars.get(token);
    if (list) list.push(rect);
    else bars.set(token, [rect]);
  }
  pen.globalAlpha = hits ? 0.4 : 1;
  for (const [token, list] of bars) {
    pen.fillStyle = colour(token);
    for (const rect of list) pen.fillRect(rect.x, rect.y, 2.5 * px, rect.height);
  }
  pen.globalAlpha = 1;
}

/** What must be visible at any size: search hits, selection, problems, and names of groups. */
function paintMarks(pen: CanvasRenderingContext2D, seen: Rect, scene: Painting, colour: Colour, px: number): void {
  for (const box of scene.boxes) {
    const rect = scene.rects.get(box.id);
    if (!rect || !touches(rect, seen)) continue;
    const problem = scene.problems?.get(box.id);
    const isSelected = scene.selected.has(box.id);
    const isHit = scene.hits?.has(box.id) ?? false;
    if (isHit) fillRect(pen, rect, colour("accent-line"));
    if (problem && problem.level !== "info") {
      fillRect(pen, rect, colour(`${problem.level}-mark`));
      ring(pen, rect, colour(`${problem.level}-mark`), 1.5 * px, 3 * px);
    }
    if (isSelected) ring(pen, rect, colour("accent"), 2.5 * px, 2 * px);
    const isMarked = isSelected || isHit || (problem !== undefined && problem.level !== "info");
    const wide = rect.width / px;
    if (isSelected || wide >= NAMED || (wide >= NAMED_MARK && (isMarked || (box.node?.group ?? false))))
      name(pen, box.title, rect, colour, px, { above: isHit || isSelected || isMarked, full: isSelected });
  }
}

/** From this many pixels on the screen a block is wide enough for its name; groups and marked blocks get theirs earlier. */
const NAMED = 56;
const NAMED_MARK = 40;

function fillRect(pen: CanvasRenderingContext2D, rect: Rect, fill: string): void {
  pen.fillStyle = fill;
  pen.fillRect(rect.x, rect.y, rect.width, rect.height);
}

function ring(pen: CanvasRenderingContext2D, rect: Rect, stroke: string, width: number, gap: number): void {
  pen.strokeStyle = stroke;
  pen.lineWidth = width;
  pen.strokeRect(rect.x - gap, rect.y - gap, rect.width + 2 * gap, rect.height + 2 * gap);
}

/** Names are 11 px on the screen: in the block, or above it where the block is filled; the selection's is never cut. */
function name(
  pen: CanvasRenderingContext2D,
  title: string,
  rect: Rect,
  colour: Colour,
  px: number,
  { above, full }: { above: boolean; full: boolean },
): void {
  pen.font = `600 ${11 * px}px ${colour("font-ui")}`;
  pen.textBaseline = above ? "bottom" : "top";
  const most = full ? 60 : Math.max(3, Math.floor((rect.width / px - 6) / 6));
  const text = title.length > most ? `${title.slice(0, most - 1)}…` : title;
  const [x, y] = [rect.x + (above ? 0 : 6 * px), above ? rect.y - 5 * px : rect.y + 5 * px];
  if (full) {
    pen.fillStyle = colour("bg-raised");
    pen.fillRect(x - 3 * px, y - 14 * px, pen.measureText(text).width + 6 * px, 15 * px);
  }
  pen.fillStyle = colour("fg");
  pen.fillText(text, x, y);
}
