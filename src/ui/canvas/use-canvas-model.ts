import { useLayoutEffect, useMemo, useRef, useState, type RefObject } from "react";
import { nameOf, type Box } from "#editor/layout/box.ts";
import { boundsOf, type BoxId, type Point, type Positions, type Rect, type Size } from "#editor/layout/geometry.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { PipelineCanvasProps, View } from "./canvas-props.ts";
import { gestureMachine, type GestureMachine } from "./gesture-machine.ts";
import { runOrder } from "./navigation.ts";
import { rectsOf, type Drag } from "./scene.ts";
import { useGestureState } from "./use-gestures.ts";
import { usePositions } from "./use-positions.ts";
import { useScene, type SceneControl } from "./use-scene.ts";
import { useDetail, useFrame, useOpening, useRegion, useViewControl, type ViewControl } from "./use-view.ts";
import { isSameView, opening, toCanvas, type Detail } from "./view.ts";

/**
 * What the canvas shows in one render, where, and how it is seen. Inside the canvas a box is identified by the path to it, since a group may
 * be expanded in two places; the page knows calls by their ids (`props` speaks the language of the canvas, `names` translates).
 */
export interface CanvasModel extends Omit<SceneControl, "scene">, Geometry, Seen {
  /** The props of the page with its selection in ids of the canvas, and `onSelect` taking those. */
  readonly props: PipelineCanvasProps;
  readonly root: RefObject<HTMLDivElement | null>;
  readonly machine: GestureMachine;
  readonly control: ViewControl;
  /** The size of the canvas; undefined where nothing is laid out. */
  readonly frame: Size | undefined;
  readonly scene: SceneControl["scene"];
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
  readonly selected: ReadonlySet<BoxId>;
  readonly names: Names;
  readonly announce: (message: string) => void;
}

/** From many boxes on painting begins at a higher zoom. */
const MANY = 150;

/** Everything that the parts of the canvas share. `spoken`: says a message where the page has no live region. */
export function useCanvasModel(given: PipelineCanvasProps, spoken: (message: string) => void): CanvasModel {
  const root = useRef<HTMLDivElement>(null);
  const measured = useFrame(root);
  const frame = typeof measured === "object" ? measured : undefined;
  const control = useViewControl(frame);
  const [machine] = useState(() => gestureMachine());
  const sceneControl = useScene(given);
  const { boxes, wires } = sceneControl.scene;
  const names = useNames(sceneControl.byId);
  const { keysOf } = sceneControl;
  const selection = useMemo(() => given.selection.flatMap(keysOf), [given.selection, keysOf]);
  const selected = useMemo(() => new Set(selection), [selection]);
  const props: PipelineCanvasProps = { ...given, selection, onSelect: (ids, ...wire) => given.onSelect(names.all(ids), ...wire) };
  const geometry = useGeometry({ props, sceneControl, machine, control, root, measured });
  const seen: Seen = { ...useDetail(boxes.length > MANY), region: useRegion(frame) };
  const announce = (message: string) => (props.announce ? props.announce(message) : spoken(message));
  return { ...sceneControl, ...geometry, ...seen, props, root, machine, control, frame, boxes, wires, selected, names, announce };
}

/** The ids by which the page knows boxes: a box in an expanded group has another id on the canvas. */
export interface Names {
  readonly of: (id: BoxId) => BoxId;
  /** Of several boxes, each once. */
  readonly all: (ids: readonly BoxId[]) => BoxId[];
}

function useNames(byId: ReadonlyMap<BoxId, Box>): Names {
  return useMemo(() => {
    const of = (id: BoxId): BoxId => (byId.has(id) ? nameOf(byId.get(id)!) : id);
    return { of, all: (ids) => [...new Set(ids.map(of))] };
  }, [byId]);
}

/** Where everything is. */
interface Geometry {
  readonly places: Positions;
  /** The positions and sizes of all boxes, on the canvas. */
  readonly rects: ReadonlyMap<BoxId, Rect>;
  /** Those of the graph itself, without what is in expanded groups. */
  readonly topRects: ReadonlyMap<BoxId, Rect>;
  readonly bounds: Rect | undefined;
  /** The boxes that are being dragged or carried. */
  readonly moving: (Drag & { readonly kind: "drag" | "carry"; readonly over?: string }) | undefined;
  /** Before size and view are known nothing is mounted: it would be the wrong boxes, or all of them. */
  readonly isShown: boolean;
  /** The boxes of the graph itself in the order in which they run. */
  readonly order: readonly BoxId[];
}

interface GeometryOptions {
  readonly props: PipelineCanvasProps;
  readonly sceneControl: SceneControl;
  readonly machine: GestureMachine;
  readonly control: ViewControl;
  readonly root: RefObject<HTMLDivElement | null>;
  readonly measured: Size | "unknown" | "none";
}

function useGeometry({ props, sceneControl, machine, control, root, measured }: GeometryOptions): Geometry {
  const { graph, pending } = props;
  const { boxes, top, topWires } = sceneControl.scene;
  const frame = typeof measured === "object" ? measured : undefined;
  const fittedRef = useRef<View | undefined>(undefined);
  const places = usePositions({
    graph,
    boxes: top,
    wires: topWires,
    props,
    root,
    isViewUntouched: () => !frame || (fittedRef.current !== undefined && isSameView(fittedRef.current, control.now())),
    onEngine: (found) => {
      const all = boundsOf(
        top.flatMap((box) => (found.has(box.id) ? [{ ...found.get(box.id)!, width: box.width, height: box.height }] : [])),
      );
      if (!frame || !all) return;
      fittedRef.current = opening(all, frame, firstTask(top, rectsOf(top, found, undefined)));
      control.go(fittedRef.current);
    },
  });
  const moving = useGestureState(machine, ({ gesture }) => (gesture?.kind === "drag" || gesture?.kind === "carry" ? gesture : undefined));
  const rects = useMemo(() => rectsOf(top, places, moving), [top, places, moving]);
  const topRects = useMemo(
    () => (top === boxes ? rects : new Map(top.flatMap((box) => (rects.has(box.id) ? [[box.id, rects.get(box.id)!] as const] : [])))),
    [top, boxes, rects],
  );
  const bounds = useMemo(() => boundsOf(rects.values()), [rects]);
  const first = useMemo(() => firstTask(top, topRects), [top, topRects]);
  const order = useMemo(() => runOrder(topRects), [topRects]);
  const isOpen = useOpening({ graph: graph.template, frame, bounds, first, initialView: props.initialView, control, fittedRef });
  const isShown = frame ? isOpen : measured === "none";
  const isComing = frame !== undefined && !isShown && boxes.length > 0;
  useLayoutEffect(() => (isComing ? pending?.begin("view") : undefined), [isComing, pending]);
  return { places, rects, topRects, bounds, moving, isShown, order };
}

/** Position of the task that comes first in the flow. */
function firstTask(boxes: readonly Box[], rects: ReadonlyMap<BoxId, Rect>): Rect | undefined {
  const tasks = new Map(boxes.flatMap((box) => (box.kind === "task" && rects.has(box.id) ? [[box.id, rects.get(box.id)!] as const] : [])));
  const [id] = runOrder(tasks);
  return id && tasks.get(id);
}

/** How it is seen. */
interface Seen {
  readonly detail: Detail;
  /** The zoom in steps of 3 %. */
  readonly zoom: number;
  /** The part of the canvas whose boxes are mounted; undefined: all. */
  readonly region: Rect | undefined;
}

/** The point of the canvas at a point of the page. */
export function canvasPoint({ root, control }: Pick<CanvasModel, "root" | "control">, client: Point): Point {
  const box = root.current?.getBoundingClientRect();
  return toCanvas(control.now(), { x: client.x - (box?.left ?? 0), y: client.y - (box?.top ?? 0) });
}

/** The point of the page at a point of the canvas. */
export function clientPoint({ root, control }: Pick<CanvasModel, "root" | "control">, at: Point): Point {
  const box = root.current?.getBoundingClientRect();
  const view = control.now();
  return { x: (box?.left ?? 0) + at.x * view.zoom + view.x, y: (box?.top ?? 0) + at.y * view.zoom + view.y };
}

/** The boxes of the graph that contains a box: arrows stay among them. */
export function siblingsOf({ byId, rects, topRects }: CanvasModel, id: BoxId): ReadonlyMap<BoxId, Rect> {
  const frame = byId.get(id)?.within?.at(-1);
  if (frame === undefined) return topRects;
  return new Map(
    (byId.get(frame)?.frame?.boxes ?? []).flatMap((box) => (rects.has(box.id) ? [[box.id, rects.get(box.id)!] as const] : [])),
  );
}

/** The wire with an id. */
export function wireWithId({ wires }: CanvasModel, id: string | undefined): Wire | undefined {
  return wires.find((wire) => wire.id === id);
}
