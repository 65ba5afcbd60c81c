import { useEffect, useRef } from "react";
import type { CanvasModel } from "./use-canvas-model.ts";
import type { CanvasFocus } from "./use-focus.ts";

/**
 * Selecting from elsewhere (outline, problems, inspector) takes the focus along, so that keys act on the box that is shown as selected.
 * `selection`: that of the page.
 */
export function useSelectionFocus(
  selection: readonly string[],
  { props, selected, byId, root }: CanvasModel,
  { focus, focusBox, pointAt }: CanvasFocus,
): void {
  const { selection: boxes } = props;
  const former = useRef(selection);
  useEffect(() => {
    const before = former.current;
    former.current = selection;
    const last = boxes.at(-1);
    const isNew = selection.some((id) => !before.includes(id));
    if (!isNew || last === undefined || !focus || selected.has(focus.box) || !byId.has(last)) return;
    if (root.current?.contains(document.activeElement)) focusBox(last);
    else pointAt(last);
  }, [selection, boxes, selected, focus, byId, root, focusBox, pointAt]);
}
