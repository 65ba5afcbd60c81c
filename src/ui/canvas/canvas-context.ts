import { createContext, useContext } from "react";
import type { BoxId } from "#editor/layout/places.ts";
import type { Values } from "#words/say.ts";
import type { Detail } from "./view.ts";

/** What every box needs and what seldom changes. */
export interface CanvasSurroundings {
  readonly say: (code: string, values?: Values) => string;
  readonly detail: Detail;
  /** Order wires can be drawn: boxes show the handle for them. */
  readonly canOrder: boolean;
  /** Groups can be expanded in place. */
  readonly canExpand: boolean;
  /** Ends renaming in place; without a name nothing changes. */
  readonly onRenamed: (box: BoxId, name?: string) => void;
}

export const CanvasContext = createContext<CanvasSurroundings>({
  say: (code) => code,
  detail: "work",
  canOrder: false,
  canExpand: false,
  onRenamed: () => {},
});

export function useCanvas(): CanvasSurroundings {
  return useContext(CanvasContext);
}
