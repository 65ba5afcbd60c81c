import { useImperativeHandle } from "react";
import type { BoxId } from "#editor/layout/geometry.ts";
import type { Connecting } from "./connecting.ts";
import type { GraphActions } from "./graph-actions.ts";
import type { CanvasModel } from "./use-canvas-model.ts";
import type { CanvasFocus } from "./use-focus.ts";
import type { useWireInsertion } from "./use-wire-insertion.ts";
import type { ViewActions } from "./view-actions.ts";

interface HandleParts {
  readonly view: ViewActions;
  readonly graph: GraphActions;
  readonly focus: CanvasFocus;
  readonly connecting: Connecting;
  readonly insertion: ReturnType<typeof useWireInsertion>;
  readonly arrange: () => Promise<void>;
  /** Gives the focus to the box that Tab would reach, or to the canvas itself. */
  readonly focusCanvas: () => void;
  readonly run: (command: string) => void;
}

/** What the page can ask of the canvas; it names boxes by the ids that it knows. */
export function useCanvasHandle(model: CanvasModel, parts: HandleParts): void {
  const { props, wires, rects, keysOf } = model;
  const { view, graph, focus, insertion } = parts;
  const boxOf = (id: string): BoxId => keysOf(id as BoxId)[0] ?? (id as BoxId);
  useImperativeHandle(props.handle, () => ({
    arrange: parts.arrange,
    fit: () => view.fit(),
    zoomTo: (zoom) => view.zoomTo(zoom, [focus.focus?.box]),
    middle: view.middle,
    rightOf: (id) => view.rightOf(id as BoxId),
    focusBox: (id, where = "nearest") => focus.focusNamed(id as BoxId, where),
    focus: parts.focusCanvas,
    run: parts.run,
    connectTo: (id) => parts.connecting.openList(boxOf(id)),
    renameInPlace: (id) => focus.renameNamed(id as BoxId),
    expand: (id) => graph.expand(boxOf(id)),
    splice: (id, edge) =>
      insertion.into(
        boxOf(id),
        wires.find((wire) => wire.edge.id === edge.id),
      ),
    rects: () => rects,
  }));
}
