import { useMemo, useState } from "react";
import type { BoxId } from "#editor/layout/geometry.ts";
import { reach } from "./navigation.ts";
import type { CanvasModel } from "./use-canvas-model.ts";

/** Showing the paths through the selection (docs/spec/interaction.md#key-paths): everything else fades. */
export interface Paths {
  /** The boxes that do not fade, by the ids of the page: on a path, or what a search has found; undefined: none fades. */
  readonly hits: ReadonlySet<BoxId> | undefined;
  readonly toggle: () => void;
  /** Returns false if paths were not shown. */
  readonly end: () => boolean;
}

/** Whether the paths through the selection are shown, and what they are. */
export function usePaths({ props, wires, names }: CanvasModel): Paths {
  const [isOn, setIsOn] = useState(false);
  const { selection, hits } = props;
  const shown = useMemo(() => {
    if (!isOn || selection.length === 0) return hits;
    return new Set([...reach(selection, wires, "up"), ...reach(selection, wires, "down")].map(names.of));
  }, [isOn, selection, wires, hits, names]);
  return {
    hits: shown,
    toggle: () => setIsOn(!isOn),
    end: () => {
      setIsOn(false);
      return isOn;
    },
  };
}
