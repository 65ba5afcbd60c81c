import type { BoxId, Point } from "#editor/layout/geometry.ts";
import type { Box } from "#editor/layout/box.ts";
import type { BoxProblem } from "./canvas-props.ts";

/** Everything one box shows; a new object only if something of it changed. */
export interface BoxData extends Record<string, unknown> {
  readonly box: Box;
  readonly selected: boolean;
  /** The box has the keyboard focus, or would if the canvas got it. */
  readonly tabStop: boolean;
  readonly dimmed: boolean;
  readonly cut?: boolean;
  readonly problem?: BoxProblem;
  readonly renaming: boolean;
  /** While a wire is drawn: whether it fits each row, by key. */
  readonly fits?: ReadonlyMap<string, "yes" | "help" | "no">;
  /** A volume is being dragged that the task can mount. */
  readonly mounts?: boolean;
  /** Row under the wire's end. */
  readonly target?: string;
  /** The row at which the dragged wire starts. */
  readonly source?: string;
  /** Parameters whose references are highlighted because either end is selected. */
  readonly lit?: ReadonlySet<string>;
  /** Titles of calls that are out of view, by name, for rows whose wire leads there. */
  readonly away?: ReadonlyMap<string, string>;
}
/** A mounted box: its position and content; the same object as long as nothing of it changes. */
export interface BoxNode {
  readonly id: BoxId;
  readonly position: Point;
  readonly zIndex: number;
  readonly data: BoxData;
}
