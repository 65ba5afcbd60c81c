import { useEffect, type DragEvent } from "react";
import type { BoxId } from "#editor/layout/geometry.ts";
import type { Connecting } from "./connecting.ts";
import type { GestureActions } from "./gesture.ts";
import type { GraphActions } from "./graph-actions.ts";
import { boxAt, marqueeSelection } from "./hit-test.ts";
import type { PointerState } from "./pointer.ts";
import { canvasPoint, type CanvasModel, wireWithId } from "./use-canvas-model.ts";
import { useGestures, type GestureSurface } from "./use-gestures.ts";
import type { useWireInsertion } from "./use-wire-insertion.ts";
import { nameOf } from "#editor/layout/box.ts";
import { ENTRY_TYPE } from "./canvas-props.ts";

/** What gestures need beside the model. */
interface GestureParts {
  readonly graph: GraphActions;
  readonly connecting: Connecting;
  readonly insertion: ReturnType<typeof useWireInsertion>;
  readonly focusBox: (box: BoxId) => void;
  readonly focusCanvas: () => void;
  readonly rename: (box: BoxId) => void;
}

/** Gestures of the pointer on what the canvas shows now. Returns the handlers of the canvas' element. */
export function useCanvasGestures(model: CanvasModel, parts: GestureParts) {
  const { root, machine, props } = model;
  const handlers = useGestures(root, machine, { actions: gestureActions(model, parts), surface: gestureSurface(model, parts) });
  // Another graph: nothing of the former one is being dragged.
  useEffect(() => () => void machine.cancel(), [machine, props.graph.template]);
  return handlers;
}

function gestureActions(model: CanvasModel, parts: GestureParts): GestureActions {
  const { props, control } = model;
  const { graph, connecting, insertion } = parts;
  return {
    readOnly: props.readOnly ?? false,
    chosen: () => ({ boxes: props.selection, wire: props.selectedWire }),
    choose: ({ boxes, wire }) => (wire === undefined ? props.onSelect(boxes) : props.onSelect(boxes, wire)),
    click: (pointerState) => click(model, parts, pointerState),
    clearPort({ under }) {
      if (under.kind === "port") graph.cutWires(wiresAt(model, under));
    },
    contextMenu: (pointerState) => props.onContextMenu?.(graph.targetOf(pointerState), pointerState.client),
    grab: ({ under }) => (under.kind === "box" && graph.mayEdit() ? grabbed(model, under.box) : undefined),
    overWire: insertion.over,
    drop(ids, by, pointerState) {
      if (by.x === 0 && by.y === 0) return;
      graph.place(ids, by.x, by.y, "drag");
      insertion.drop(ids, pointerState);
    },
    take: connecting.take,
    aim: connecting.aim,
    release: connecting.release,
    selectIn: (rect, pointerState, before) => props.onSelect(marqueeSelection(rect, pointerState, before.boxes, model.topRects)),
    pan(dx, dy) {
      const view = control.now();
      control.go({ ...view, x: view.x + dx, y: view.y + dy });
    },
    endCarry: (ids, by) => graph.place(ids, by.x, by.y, "drag"),
  };
}

function click(model: CanvasModel, { graph, focusBox, focusCanvas }: GestureParts, { under, toggle }: PointerState): void {
  const { props, byId, selected, detail } = model;
  const { selection } = props;
  if (under.kind === "toggle") {
    graph.expand(under.box);
    focusBox(under.box);
  } else if (under.kind === "cut") {
    if (graph.mayEdit()) graph.cutWires(model.wires.filter((wire) => wire.id === under.wire));
  } else if (under.kind === "enter" && byId.has(under.box)) graph.enter(byId.get(under.box)!);
  else if (under.kind === "box" || under.kind === "port" || under.kind === "order" || under.kind === "enter") {
    const toggled = selected.has(under.box) ? selection.filter((id) => id !== under.box) : [...selection, under.box];
    props.onSelect(toggle ? toggled : [under.box]);
    if (detail === "map") focusBox(under.box);
  } else if (under.kind === "wire") props.onSelect(toggle ? selection : [], under.wire);
  else {
    if (!toggle) props.onSelect([]);
    focusCanvas();
  }
}

/** The boxes that move with a box: the selection, without what moves with its group anyway. */
function grabbed({ props, byId, selected, rects }: CanvasModel, box: BoxId): ReturnType<GestureActions["grab"]> {
  const moved = selected.has(box) ? props.selection.filter((id) => !byId.get(id)?.within?.some((frame) => selected.has(frame))) : [box];
  if (!selected.has(box)) props.onSelect([box]);
  return { boxes: new Set(moved), origin: rects.get(box) ?? { x: 0, y: 0 } };
}

function wiresAt({ wires }: CanvasModel, { box, row }: { readonly box: BoxId; readonly row: string }) {
  return wires.filter((wire) => (wire.from === box && wire.fromRow?.key === row) || (wire.to === box && wire.toRow?.key === row));
}

/** How gestures meet the page: what is where, and what closes what floats over the canvas. */
function gestureSurface(model: CanvasModel, { graph, connecting, rename }: GestureParts): GestureSurface {
  const { props, byId, boxes, rects, detail } = model;
  return {
    toCanvas: (client) => canvasPoint(model, client),
    paintedAt: (at) => (detail === "map" ? boxAt(boxes, rects, at) : undefined),
    doubleClick({ under, at, client }) {
      if (under.kind === "box" && under.title && byId.get(under.box)?.kind === "task") {
        if (graph.mayEdit()) rename(under.box);
      } else if (under.kind === "box" && under.form) graph.openForm(under.box, under.form);
      else if (under.kind === "box") graph.openBox(under.box, false);
      else if (under.kind === "canvas") props.onQuickAdd?.(at, client);
    },
    // Overlays of the canvas handle Escape themselves while they have the focus, and return the focus.
    escape: () => !document.activeElement?.closest("[data-overlay]") && connecting.close(),
    pressElsewhere: () => void connecting.close(),
  };
}

/** Takes what is dragged from the palette, anywhere over the canvas. */
export function entryDrop(model: CanvasModel, { mayEdit }: GraphActions) {
  const { props, byId } = model;
  return {
    onDragOver(event: DragEvent) {
      if (!event.dataTransfer.types.includes(ENTRY_TYPE)) return;
      // The cursor shows at once that nothing can be dropped here.
      if (!mayEdit()) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    },
    onDrop(event: DragEvent) {
      const entry = event.dataTransfer.getData(ENTRY_TYPE);
      if (!entry || props.readOnly) return;
      event.preventDefault();
      const target = event.target instanceof Element ? event.target : undefined;
      const wire = wireWithId(model, target?.closest<SVGElement>("[data-wire]")?.dataset.wire)?.edge;
      const under = byId.get(target?.closest<HTMLElement>("[data-box]")?.dataset.box as BoxId);
      props.onDropEntry?.(entry, canvasPoint(model, { x: event.clientX, y: event.clientY }), {
        ...(wire && { wire }),
        ...(under?.kind === "task" && { box: nameOf(under) }),
      });
    },
  };
}
