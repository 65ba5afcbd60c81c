import { useRef, type KeyboardEvent } from "react";
import { runKey, runOnCanvas } from "./canvas-keys.ts";
import type { BoxId } from "#editor/layout/geometry.ts";
import { keyActions, type KeyContext } from "./key-actions.ts";
import { keyName } from "./key-name.ts";

/** Keys on the canvas, and commands that it runs as if their key was pressed. `context`: what a key acts on, at the moment of the press. */
export function useCanvasKeys(contextNow: () => Omit<KeyContext, "came">) {
  const spaceDown = useRef(0);
  const came = useRef<BoxId | undefined>(undefined);
  const context = (): KeyContext => ({ ...contextNow(), came });
  return {
    run: (command: string) => void runOnCanvas(command, keyActions(context())),
    onKeyDown(event: KeyboardEvent) {
      if (event.target instanceof Element && event.target.closest("input,[data-overlay]")) return;
      const canvas = context();
      const name = keyName(event.nativeEvent);
      if (name === "Space" && canvas.focus?.row === undefined) {
        event.preventDefault();
        if (event.repeat) return;
        spaceDown.current = event.timeStamp;
        canvas.machine.holdSpace();
      } else if (runKey(name, keyActions(canvas))) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
    /** The space bar selects a box when it was tapped; held, it makes drags pan. */
    onKeyUp(event: KeyboardEvent) {
      if (event.code !== "Space") return;
      const { machine, current, focus, props } = context();
      const isTapped = machine.releaseSpace() && event.timeStamp - spaceDown.current < 200;
      const isOnBox = event.target instanceof Element && event.target.closest("[data-box]") !== null && focus?.row === undefined;
      if (!isTapped || !current || !isOnBox) return;
      const { selection } = props;
      props.onSelect(selection.includes(current) ? selection.filter((id) => id !== current) : [...selection, current]);
    },
  };
}
