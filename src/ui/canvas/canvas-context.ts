import { createContext, useContext } from "react";
import type { BoxId } from "#editor/layout/geometry.ts";
import type { Values } from "#messages/translate.ts";
import type { TypedName } from "./canvas-props.ts";
import type { Detail } from "./view.ts";

/** What every box needs and what seldom changes. */
export interface CanvasContextValue {
  readonly t: (code: string, values?: Values) => string;
  readonly detail: Detail;
  /** Order wires can be drawn: boxes show the handle for them. */
  readonly canOrder: boolean;
  /** Groups can be expanded in place. */
  readonly canExpand: boolean;
  /** The name on the box of a task, by the name of its call. */
  readonly titleOf: (task: string) => string;
  /** Ends renaming in place; without a name nothing changes. `left`: the focus went elsewhere, so it is not brought back. */
  readonly onRenamed: (box: BoxId, name?: string, left?: boolean) => void;
  /** What is being typed as a new name is reported to the page with every key. */
  readonly typedName?: TypedName;
  /** Called by boxes after rendering: the one that should have the focus takes it in the same commit. */
  readonly arrived: () => void;
}

export const CanvasContext = createContext<CanvasContextValue>({
  t: (code) => code,
  detail: "work",
  canOrder: false,
  canExpand: false,
  titleOf: (task) => task,
  onRenamed: () => {},
  arrived: () => {},
});

export function useCanvas(): CanvasContextValue {
  return useContext(CanvasContext);
}
