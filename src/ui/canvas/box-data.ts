import type { BoxId, Point } from "#editor/layout/places.ts";
import type { Box } from "#editor/layout/box.ts";
import type { BoxProblem } from "./canvas-props.ts";

/** Everything one box shows; a new object only if something of it changed. */
export interface BoxData extends Record<string, unknown> {
  readonly box: Box;
  readonly selected: boolean;
  /** The box holds the keyboard, or would if the canvas got it. */
  readonly tabStop: boolean;
  readonly dimmed: boolean;
  readonly cut?: boolean;
  readonly problem?: BoxProblem;
  readonly renaming: boolean;
  /** While a wire is drawn: how each row takes it, by key. */
  readonly fits?: ReadonlyMap<string, "yes" | "help" | "no">;
  /** A volume is in hand that the task can mount. */
  readonly mounts?: boolean;
  /** Row under the wire's end. */
  readonly target?: string;
  /** The row that the wire in hand starts from. */
  readonly source?: string;
  /** Parameters whose references are lit because either end is selected. */
  readonly lit?: ReadonlySet<string>;
  /** Titles of calls that are out of view, by name, for rows whose wire leads there. */
  readonly away?: ReadonlyMap<string, string>;
}
/** A mounted box: where it is and what it shows; the same object as long as nothing of it changes. */
export interface BoxNode {
  readonly id: BoxId;
  readonly position: Point;
  readonly zIndex: number;
  readonly data: BoxData;
}
