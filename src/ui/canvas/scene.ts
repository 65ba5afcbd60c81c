import { useMemo, useRef } from "react";
import { touches, type BoxId, type Places, type Point, type Rect } from "#editor/layout/places.ts";
import type { Box } from "#editor/layout/box.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { BoxData, BoxNode } from "./task-box.tsx";
import { routeWire, type Route } from "./wire-path.ts";
import type { DrawnWire } from "./wire-layer.tsx";

/** Boxes on their way with the pointer. */
export interface Drag {
  readonly boxes: ReadonlySet<BoxId>;
  readonly dx: number;
  readonly dy: number;
}

/** What a box shows beside its own measures. */
export type BoxLook = { readonly [K in keyof BoxData as string extends K ? never : K extends "box" ? never : K]: BoxData[K] };

/** Where each box stands now, what is being dragged included. */
export function rectsOf(boxes: readonly Box[], places: Places | undefined, drag: Drag | undefined): ReadonlyMap<BoxId, Rect> {
  const rects = new Map<BoxId, Rect>();
  if (!places) return rects;
  for (const { id, width, height } of boxes) {
    const at = places.get(id);
    if (!at) continue;
    const moves = drag?.boxes.has(id) ?? false;
    rects.set(id, { x: at.x + (moves ? drag!.dx : 0), y: at.y + (moves ? drag!.dy : 0), width, height });
  }
  return rects;
}

/** The centres of a wire's two ports. */
export function endsOf(wire: Wire, rects: ReadonlyMap<BoxId, Rect>): readonly [Point, Point] | undefined {
  const from = rects.get(wire.from);
  const to = rects.get(wire.to);
  return from && to && [{ x: from.x + from.width, y: from.y + wire.fromY }, { x: to.x, y: to.y + wire.toY }];
}

/** The wires in a region with their ways. Ways are kept while no box in between moves. */
export function useDrawnWires(wires: readonly Wire[], rects: ReadonlyMap<BoxId, Rect>, region: Rect | undefined, lookOf: (wire: Wire) => DrawnWire["look"]): readonly DrawnWire[] {
  return useMemo(() => {
    if (!region) return [];
    const all = [...rects];
    return wires.flatMap((wire): readonly DrawnWire[] => {
      const ends = endsOf(wire, rects);
      if (!ends || !touches(region, around(ends))) return [];
      const [from, to] = ends;
      const between = all.flatMap(([id, rect]) => (id !== wire.from && id !== wire.to && rect.x < to.x && rect.x + rect.width > from.x ? [rect] : []));
      return [{ wire, route: cachedRoute(wire, from, to, between), tip: to, look: lookOf(wire) }];
    });
  }, [wires, rects, region, lookOf]);
}

const routes = new WeakMap<Wire, { readonly key: string; readonly route: Route }>();

function cachedRoute(wire: Wire, from: Point, to: Point, between: readonly Rect[]): Route {
  const key = `${from.x},${from.y},${to.x},${to.y};${between.map((rect) => `${rect.x},${rect.y},${rect.width},${rect.height}`).join(";")}`;
  const known = routes.get(wire);
  if (known?.key === key) return known.route;
  const route = routeWire(from, to, between);
  routes.set(wire, { key, route });
  return route;
}

function around([a, b]: readonly [Point, Point]): Rect {
  return { x: Math.min(a.x, b.x) - 40, y: Math.min(a.y, b.y) - 80, width: Math.abs(a.x - b.x) + 80, height: Math.abs(a.y - b.y) + 160 };
}

/** Makes React Flow's nodes, giving back the former object of every box of which nothing changed, so that nothing of it renders. */
export function useNodeFactory(): (box: Box, rect: Rect, data: BoxLook, level: number) => BoxNode {
  const former = useRef(new Map<BoxId, BoxNode>());
  return useMemo(
    () => (box, rect, data, level) => {
      const old = former.current.get(box.id);
      const same = old && sameData(old.data, box, data);
      if (same && old.position.x === rect.x && old.position.y === rect.y && old.zIndex === level) return old;
      const made: BoxNode = {
        id: box.id, type: "box", position: { x: rect.x, y: rect.y }, data: same ? old.data : ({ ...data, box } as BoxData), width: box.width, height: box.height, zIndex: level,
        measured: { width: box.width, height: box.height }, handles: [], draggable: false, selectable: false, focusable: false, connectable: false, style: STYLE, domAttributes: SILENT,
      };
      former.current.set(box.id, made);
      return made;
    },
    [],
  );
}

/** The box inside is what readers hear. */
const SILENT = { "aria-roledescription": undefined };
const STYLE = { pointerEvents: "all" } as const;

function sameData(old: BoxData, box: Box, data: BoxLook): boolean {
  if (old.box !== box) return false;
  const keys = new Set([...Object.keys(old), ...Object.keys(data)]);
  keys.delete("box");
  for (const key of keys) if (old[key] !== (data as unknown as Record<string, unknown>)[key]) return false;
  return true;
}
