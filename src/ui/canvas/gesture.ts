import type { BoxId, Point, Rect } from "#editor/layout/geometry.ts";
import type { PointerState } from "./pointer.ts";

// What the gestures of the canvas are made of; the state machine is in gesture-machine.ts.

/** A port, by the ids of its box and row: it stays valid in a new model. */
export interface PortRef {
  readonly box: BoxId;
  readonly row: string;
}

/** What a connecting gesture holds: a wire from a port (`moved`: the id of the wire whose end was taken off), or an order wire from a box. */
export type Held =
  { readonly kind: "wire"; readonly from: PortRef; readonly moved?: string } | { readonly kind: "order"; readonly from: BoxId };

/** What a gesture can change before it ends, and restores when it is cancelled. */
export interface Chosen {
  readonly boxes: readonly BoxId[];
  readonly wire?: string;
}

/** `pointer` is the id of the pointer that ends the gesture; `buttons`: whether its events report which buttons are down. */
interface Pointed {
  readonly pointer: number;
  readonly buttons: boolean;
}

/** A button is down and has not moved far enough to be a drag. */
export interface Press extends Pointed {
  readonly kind: "press";
  readonly type: PointerKind;
  readonly start: PointerState;
}

export interface Drag extends Pointed {
  readonly kind: "drag";
  readonly start: PointerState;
  readonly boxes: ReadonlySet<BoxId>;
  /** Initial position of the box under the pointer. */
  readonly origin: Point;
  readonly dx: number;
  readonly dy: number;
  /** Id of the wire that would take the box. */
  readonly over?: string;
  readonly before: Chosen;
}

/** "drag": until the button is released. "click": until the next click; no pointer is down between the clicks. */
export interface Connect {
  readonly kind: "connect";
  readonly by: "drag" | "click";
  readonly pointer?: number;
  readonly buttons: boolean;
  readonly held: Held;
  /** The loose end, on the canvas. */
  readonly at: Point;
  readonly target?: PortRef;
}

export interface Marquee extends Pointed {
  readonly kind: "marquee";
  readonly start: PointerState;
  readonly rect: Rect;
  readonly before: Chosen;
}

export interface Pan extends Pointed {
  readonly kind: "pan";
  readonly start: PointerState;
  /** Screen pixels from the start; undefined until it is a drag. */
  readonly moved?: Point;
  /** Released without a drag it opens the context menu. */
  readonly menu: boolean;
  /** The wire that is held between two clicks. */
  readonly resumes?: Connect;
}

/** Move mode: arrow keys carry boxes until Enter or Escape. */
export interface Carry {
  readonly kind: "carry";
  readonly boxes: ReadonlySet<BoxId>;
  readonly dx: number;
  readonly dy: number;
}

export type Gesture = Press | Drag | Connect | Marquee | Pan | Carry;

export interface GestureState {
  readonly gesture?: Gesture;
  /** The space bar is held: a left drag pans. */
  readonly space: boolean;
}

/** What gestures do to the pipeline, the selection and the view. */
export interface GestureActions {
  readonly readOnly: boolean;
  readonly chosen: () => Chosen;
  choose(chosen: Chosen): void;
  click(pointerState: PointerState): void;
  /** Alt and a click on a port. */
  clearPort(pointerState: PointerState): void;
  contextMenu(pointerState: PointerState): void;
  /** The boxes that a drag from here moves. Selects the box under the pointer if it is not selected. */
  grab(pointerState: PointerState): { readonly boxes: ReadonlySet<BoxId>; readonly origin: Point } | undefined;
  /** Id of the wire that would take the boxes if they were dropped here. */
  overWire(boxes: ReadonlySet<BoxId>, pointerState: PointerState): string | undefined;
  drop(boxes: ReadonlySet<BoxId>, by: Point, pointerState: PointerState): void;
  /** What a drag or click picks up here; undefined if nothing. */
  take(pointerState: PointerState, by: Connect["by"]): Held | undefined;
  /** The port to which the loose end sticks. */
  aim(held: Held, pointerState: PointerState): PortRef | undefined;
  /** Connects, refuses or asks. False: a click on the port itself, the wire stays held. */
  release(held: Held, pointerState: PointerState, by: Connect["by"]): boolean;
  selectIn(rect: Rect, pointerState: PointerState, before: Chosen): void;
  /** Moves the view by screen pixels. */
  pan(dx: number, dy: number): void;
  /** Ends move mode with the boxes where they were carried. */
  endCarry(boxes: ReadonlySet<BoxId>, by: Point): void;
}

export type PointerKind = "mouse" | "pen" | "touch";
