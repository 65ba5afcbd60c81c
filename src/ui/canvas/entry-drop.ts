import type { DragEvent } from "react";
import { nameOf } from "#editor/layout/box.ts";
import type { BoxId } from "#editor/layout/geometry.ts";
import { ENTRY_TYPE } from "./canvas-props.ts";
import type { GraphActions } from "./graph-actions.ts";
import { canvasPoint, wireWithId, type CanvasModel } from "./use-canvas-model.ts";

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
