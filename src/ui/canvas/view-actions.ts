import { BOX_WIDTH } from "#editor/layout/box-size.ts";
import { boundsOf, type BoxId, type Point } from "#editor/layout/geometry.ts";
import { free } from "#editor/layout/position-new-boxes.ts";
import type { CanvasModel } from "./use-canvas-model.ts";
import { centred, fitting, reveal, toCanvas, zoomKeeping } from "./view.ts";

/** Moves the view; changes nothing of the graph. */
export interface ViewActions {
  bringIntoView(box: BoxId, where?: "nearest" | "center"): void;
  /** Fits these boxes, or all. */
  fit(of?: Iterable<BoxId>): void;
  /** `preferred`: boxes that stay in view if possible. */
  zoomTo(zoom: number, preferred?: readonly (BoxId | undefined)[]): void;
  /** Where a new box finds room in the middle of the view. */
  middle(): Point;
  /** Where a new box finds room right of a box. */
  rightOf(box: BoxId): Point | undefined;
}

/** The actions of the view on what the canvas shows now. */
export function viewActions({ props, rects, topRects, bounds, frame, control }: CanvasModel): ViewActions {
  // A new box is not on the canvas yet; it takes about this much space and must not cover existing boxes.
  const roomAt = (at: Point): Point => free({ ...at, width: BOX_WIDTH, height: 120 }, [...topRects.values()]);
  return {
    bringIntoView(box, where = "nearest") {
      const rect = rects.get(box);
      if (!rect || !frame) return;
      const view = where === "center" ? centred(control.now(), rect, frame) : reveal(control.now(), rect, frame);
      if (view) control.go(view, true);
    },
    fit(of) {
      const rect = of ? boundsOf([...of].flatMap((id) => rects.get(id) ?? [])) : bounds;
      if (rect && frame) control.go(fitting(rect, frame), true);
    },
    zoomTo(zoom, preferred = []) {
      if (!frame) return control.zoomTo(zoom);
      const kept = [...preferred, ...props.selection].flatMap((id) => (id && rects.get(id)) ?? []);
      control.go(zoomKeeping(control.now(), zoom, frame, { all: rects.values(), preferred: kept }), true);
    },
    middle: () => roomAt(toCanvas(control.now(), { x: (frame?.width ?? 0) / 2, y: (frame?.height ?? 0) / 2 })),
    rightOf(box) {
      const rect = rects.get(box);
      return rect && roomAt({ x: rect.x + rect.width + 64, y: rect.y });
    },
  };
}
