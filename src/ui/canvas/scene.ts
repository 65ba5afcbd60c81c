import { useMemo, useRef } from "react";
import type { Box } from "#editor/layout/box.ts";
import { makeRoom } from "#editor/layout/make-room.ts";
import { touches, type BoxId, type Positions, type Point, type Rect } from "#editor/layout/geometry.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { BoxData, BoxNode } from "./box-data.ts";
import { BACKWARD, routeWire, type Route } from "./wire-path.ts";
import type { DrawnWire } from "./wire-layer.tsx";

/** Boxes being moved with the pointer. */
export interface Drag {
  readonly boxes: ReadonlySet<BoxId>;
  readonly dx: number;
  readonly dy: number;
}

/** What a box shows beside its own dimensions. */
export type BoxLook = { readonly [K in keyof BoxData as string extends K ? never : K extends "box" ? never : K]: BoxData[K] };

/** The current position of each box of a graph: neighbours of expanded groups make room, and dragged boxes follow the pointer. */
export function rectsOf(boxes: readonly Box[], places: Positions | undefined, drag: Drag | undefined): ReadonlyMap<BoxId, Rect> {
  const rects = new Map<BoxId, Rect>();
  if (places) putRects(boxes, makeRoom(boxes, places), { x: 0, y: 0 }, drag, rects);
  return rects;
}

function putRects(boxes: readonly Box[], places: Positions, corner: Point, drag: Drag | undefined, rects: Map<BoxId, Rect>): void {
  for (const { id, width, height, frame } of boxes) {
    const at = places.get(id);
    if (!at) continue;
    const moves = drag?.boxes.has(id) ?? false;
    const here = { x: corner.x + at.x + (moves ? drag!.dx : 0), y: corner.y + at.y + (moves ? drag!.dy : 0) };
    rects.set(id, { ...here, width, height });
    if (frame) putRects(frame.boxes, frame.places, here, drag, rects);
  }
}

/** The centres of a wire's two ports. A wire inside an expanded group begins or ends on the inner side of its boundary. */
export function endsOf(wire: Wire, rects: ReadonlyMap<BoxId, Rect>): readonly [Point, Point] | undefined {
  const from = rects.get(wire.from);
  const to = rects.get(wire.to);
  if (!from || !to) return undefined;
  const turnedFrom = wire.boundary === "from" || wire.boundary === "both";
  const turnedTo = wire.boundary === "to" || wire.boundary === "both";
  return [
    { x: turnedFrom ? from.x : from.x + from.width, y: from.y + wire.fromY },
    { x: turnedTo ? to.x + to.width : to.x, y: to.y + wire.toY },
  ];
}

/** The wires in a region with their routes. Routes are cached while no box in between moves. */
export function useDrawnWires(
  boxes: readonly Box[],
  wires: readonly Wire[],
  rects: ReadonlyMap<BoxId, Rect>,
  region: Rect | undefined,
  lookOf: (wire: Wire) => DrawnWire["look"],
): readonly DrawnWire[] {
  return useMemo(() => {
    if (!region) return [];
    const beside = obstacles(boxes, rects);
    return wires.flatMap((wire): readonly DrawnWire[] => {
      const ends = endsOf(wire, rects);
      if (!ends || !touches(region, around(ends))) return [];
      const [from, to] = ends;
      const between = inTheWay(beside.get(wire.within) ?? [], wire, from, to);
      return [{ wire, route: cachedRoute(wire, from, to, between), tip: to, look: lookOf(wire) }];
    });
  }, [boxes, wires, rects, region, lookOf]);
}

/** A wire that goes back may run this far around the boxes in its way. */
const DETOUR = 400;

/** The boxes that a wire must avoid. A wire going back also passes its own two boxes, and may go around others. */
function inTheWay(beside: readonly (readonly [BoxId, Rect])[], wire: Wire, from: Point, to: Point): readonly Rect[] {
  if (to.x - from.x >= BACKWARD)
    return beside.flatMap(([id, rect]) =>
      id !== wire.from && id !== wire.to && rect.x < to.x && rect.x + rect.width > from.x ? [rect] : [],
    );
  const room = around([from, to]);
  const reach = { x: room.x - DETOUR, y: room.y - DETOUR, width: room.width + 2 * DETOUR, height: room.height + 2 * DETOUR };
  return beside.flatMap(([, rect]) => (touches(reach, rect) ? [rect] : []));
}

/** The boxes among which a wire runs: those of its own graph, by the frame around them. */
function obstacles(
  boxes: readonly Box[],
  rects: ReadonlyMap<BoxId, Rect>,
): ReadonlyMap<BoxId | undefined, readonly (readonly [BoxId, Rect])[]> {
  const found = new Map<BoxId | undefined, (readonly [BoxId, Rect])[]>();
  for (const { id, within } of boxes) {
    const rect = rects.get(id);
    if (!rect) continue;
    const frame = within?.at(-1);
    const list = found.get(frame);
    if (list) list.push([id, rect]);
    else found.set(frame, [[id, rect]]);
  }
  return found;
}

const routes = new WeakMap<Wire, { readonly key: string; readonly route: Route }>();

function cachedRoute(wire: Wire, from: Point, to: Point, between: readonly Rect[]): Route {
  const key = `${wire.boundary ?? ""}${from.x},${from.y},${to.x},${to.y};${between.map((rect) => `${rect.x},${rect.y},${rect.width},${rect.height}`).join(";")}`;
  const known = routes.get(wire);
  if (known?.key === key) return known.route;
  const route = routeWire(from, to, between, wire.boundary === undefined);
  routes.set(wire, { key, route });
  return route;
}

function around([a, b]: readonly [Point, Point]): Rect {
  return { x: Math.min(a.x, b.x) - 40, y: Math.min(a.y, b.y) - 80, width: Math.abs(a.x - b.x) + 80, height: Math.abs(a.y - b.y) + 160 };
}

/** Creates what is mounted of each box, returning the former object of every box that did not change, so that it does not render. */
export function useNodeFactory(): (box: Box, rect: Rect, data: BoxLook, level: number) => BoxNode {
  const former = useRef(new Map<BoxId, BoxNode>());
  return useMemo(
    () => (box, rect, data, level) => {
      const old = former.current.get(box.id);
      const same = old && sameData(old.data, box, data);
      if (same && old.position.x === rect.x && old.position.y === rect.y && old.zIndex === level) return old;
      const made: BoxNode = {
        id: box.id,
        position: { x: rect.x, y: rect.y },
        data: same ? old.data : ({ ...data, box } as BoxData),
        zIndex: level,
      };
      former.current.set(box.id, made);
      return made;
    },
    [],
  );
}

function sameData(old: BoxData, box: Box, data: BoxLook): boolean {
  if (old.box !== box) return false;
  const keys = new Set([...Object.keys(old), ...Object.keys(data)]);
  keys.delete("box");
  for (const key of keys) if (old[key] !== (data as unknown as Record<string, unknown>)[key]) return false;
  return true;
}
