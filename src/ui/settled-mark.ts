import { type RefObject, useLayoutEffect } from "react";
import { useEditor } from "./use-editor.ts";

/**
 * Keeps `data-settled` on an element: "false" from the moment that anything is to be done, "true" two frames after the last of it: every
 * edit is written into the text, the checks have seen it, the layout answered, the focus went where it should, and all
 * parts of the page that are shown were loaded. Written past React, since it changes with every key.
 */
export function useSettledMark(mark: RefObject<HTMLElement | null>): void {
  const editor = useEditor();
  useLayoutEffect(() => {
    let frame = 0;
    const write = (settled: boolean) => {
      const text = String(settled);
      if (mark.current && mark.current.dataset.settled !== text) mark.current.dataset.settled = text;
    };
    const isBusy = () => {
      const { status } = editor.store.getState();
      return status.waiting > 0 || status.checking || status.opening !== undefined || editor.pending.now().length > 0;
    };
    // React may still have to render what has just finished: that is on the screen in the frame after the next.
    const wait = (frames: number) => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        if (isBusy()) return;
        if (frames > 1) wait(frames - 1);
        else write(true);
      });
    };
    const look = () => {
      write(false);
      if (isBusy()) cancelAnimationFrame(frame);
      else wait(2);
    };
    look();
    const stops = [editor.store.subscribe(look), editor.pending.subscribe(look)];
    return () => {
      cancelAnimationFrame(frame);
      stops.forEach((stop) => stop());
    };
  }, [editor, mark]);
}
