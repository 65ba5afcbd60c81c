import type { Box } from "./box.ts";
import { INPUTS_BOX, OUTPUTS_BOX, boundsOf, snap, type BoxId, type Positions, type Point, type Rect, type Size } from "./geometry.ts";
import type { Wire } from "./wires.ts";

/** One box to position. */
export interface BoxToPosition extends Size {
  readonly id: BoxId;
  /** steps: the index of its group, which ends before the next one begins. */
  readonly stage?: number;
  /** "first": at the upper left; "last": at the right; "below": hooks and exit handlers, under all others. Other boxes flow. */
  readonly pin?: "first" | "last" | "below";
}

/** A wire between two boxes, with the heights of its ends, so that wires do not cross unnecessarily. */
export interface WireToRoute {
  readonly from: BoxId;
  readonly fromY: number;
  readonly to: BoxId;
  readonly toY: number;
}

/** Plain data, so that it can be sent to a worker. */
export interface ArrangeRequest {
  readonly boxes: readonly BoxToPosition[];
  readonly wires: readonly WireToRoute[];
  /** Inside a frame: unconnected parts are stacked no farther apart than rows. */
  readonly tight?: boolean;
}

/** The resulting positions, on the grid; the upper left corner of all boxes is at 0, 0. */
export interface Arranged {
  readonly places: Positions;
  readonly by: "elk" | "simple";
}

/** Computes positions without blocking the page. */
export interface LayoutService {
  /** Rejects with an AbortError when the signal aborts. If the worker fails or takes too long, the simple preset answers. */
  arrange(request: ArrangeRequest, signal?: AbortSignal): Promise<Arranged>;
  dispose(): void;
}

/** Gaps between columns (where wires bend), between rows, and between stages (with a bar). */
export const GAP_COLUMN = 64;
export const GAP_ROW = 28;
export const GAP_STAGE = 80;
/** From this many boxes on the simple preset is used. */
export const SIMPLE_FROM = 300;

/** The input of a layout for boxes and wires. `only`: lays out these and ignores the rest. */
export function requestOf(boxes: readonly Box[], wires: readonly Wire[], only?: ReadonlySet<BoxId>): ArrangeRequest {
  const kept = only ? boxes.filter((box) => only.has(box.id)) : boxes;
  const ids = new Set(kept.map((box) => box.id));
  return {
    boxes: kept.map((box) => ({ id: box.id, width: box.width, height: box.height, stage: box.node?.stage, pin: pinOf(box) })),
    wires: wires.flatMap(({ from, to, fromY, toY }) => (ids.has(from) && ids.has(to) && from !== to ? [{ from, fromY, to, toY }] : [])),
  };
}

function pinOf(box: Box): BoxToPosition["pin"] {
  if (box.id === INPUTS_BOX) return "first";
  if (box.id === OUTPUTS_BOX) return "last";
  return box.node?.hook ? "below" : undefined;
}

/** Splits a request into the boxes that flow and those that are pinned around them. */
export function flowOf(request: ArrangeRequest): ArrangeRequest {
  const flowing = new Set(request.boxes.flatMap((box) => (box.pin ? [] : [box.id])));
  return {
    boxes: request.boxes.filter((box) => flowing.has(box.id)),
    wires: request.wires.filter((wire) => flowing.has(wire.from) && flowing.has(wire.to)),
  };
}

/** Places the pinned boxes around the others and snaps everything, so that both layouts finish alike. */
export function finish(request: ArrangeRequest, flowing: ReadonlyMap<BoxId, Point>): Positions {
  const places = new Map<BoxId, Point>(flowing);
  const sizes = new Map(request.boxes.map((box) => [box.id, box]));
  const rects = () => [...places].map(([id, at]): Rect => ({ ...at, width: sizes.get(id)!.width, height: sizes.get(id)!.height }));
  const flow = boundsOf(rects()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const hasFlow = places.size > 0;

  for (const box of request.boxes) {
    if (box.pin === "first")
      places.set(box.id, { x: hasFlow ? flow.x - GAP_COLUMN - box.width : 0, y: besides(request, box, places, "to") ?? flow.y });
    if (box.pin === "last")
      places.set(box.id, {
        x: flow.x + flow.width + (hasFlow ? GAP_COLUMN : 2 * GAP_COLUMN),
        y: besides(request, box, places, "from") ?? flow.y,
      });
  }
  const around = boundsOf(rects()) ?? flow;
  let x = around.x;
  for (const box of request.boxes) {
    if (box.pin !== "below") continue;
    places.set(box.id, { x, y: around.y + around.height + 2 * GAP_ROW });
    x += box.width + GAP_COLUMN;
  }
  const all = boundsOf(rects());
  return new Map([...places].map(([id, at]) => [id, { x: snap(at.x - (all?.x ?? 0)), y: snap(at.y - (all?.y ?? 0)) }]));
}

/** The height at which the wires of a pinned box are level on average. */
function besides(request: ArrangeRequest, box: BoxToPosition, places: Positions, far: "from" | "to"): number | undefined {
  const near = far === "to" ? "from" : "to";
  let sum = 0;
  let count = 0;
  for (const wire of request.wires) {
    const other = places.get(wire[far]);
    if (wire[near] !== box.id || !other) continue;
    sum += other.y + (far === "to" ? wire.toY - wire.fromY : wire.fromY - wire.toY);
    count += 1;
  }
  return count === 0 ? undefined : sum / count;
}
