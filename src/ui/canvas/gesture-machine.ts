import { createStore, type StoreApi } from "zustand/vanilla";
import { snap, type BoxId, type Point, type Rect } from "#editor/layout/geometry.ts";
import type { PointerState } from "./pointer.ts";

/**
 * All gestures of the canvas as one state machine, without React and without DOM. At most one gesture is open. Its state is read and
 * written within the event that changes it: a press, a move and a release that arrive before the next render are one whole gesture.
 * React only draws the state, by subscription. What a gesture does to the pipeline is done by `GestureActions`.
 */

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

export interface PointerPress {
  readonly pointer: number;
  readonly type: PointerKind;
  readonly button: number;
  /** The event's `buttons`; 0 if its source does not report them. */
  readonly buttons: number;
  readonly pointerState: PointerState;
}

export interface GestureMachine {
  readonly store: StoreApi<GestureState>;
  /** Sets what gestures do from now on. */
  setActions(actions: GestureActions): void;
  down(press: PointerPress): void;
  move(pointer: number, pointerState: PointerState, buttons?: number): void;
  up(pointer: number, pointerState: PointerState): void;
  /** A context menu event. Returns false if the browser's own menu may open. */
  menu(pointerState: PointerState): boolean;
  /** Restores everything: cancels the gesture of one pointer, or whichever is open. Returns whether one was open. */
  cancel(pointer?: number): boolean;
  /** The space bar. `release` returns whether it was only tapped, without a pan in between. */
  holdSpace(): void;
  releaseSpace(): boolean;
  beginCarry(boxes: ReadonlySet<BoxId>): void;
  carry(dx: number, dy: number): void;
  endCarry(keep: boolean): void;
}

/** A press becomes a drag after this many pixels: less for a mouse than for a finger. */
const THRESHOLD = { mouse: 4, pen: 8, touch: 8 } as const;
const GRID = 8;
const FINE_GRID = 4;

/** Creates the machine of one canvas. It does nothing before `setActions` was called. */
export function gestureMachine(): GestureMachine {
  const store = createStore<GestureState>(() => ({ space: false }));
  let actions: GestureActions = NO_ACTIONS;
  const open = () => store.getState().gesture;
  const put = (gesture: Gesture | undefined) => store.setState({ gesture });
  // Linux and macOS send `contextmenu` when the right button goes down, Windows when it comes up. One right press, one event to ignore.
  let menuDue = false;
  let panned = false;

  const begin = (press: Press, pointerState: PointerState) => {
    const { start, pointer, buttons } = press;
    const does = actions;
    // A gesture that cannot begin is over: its release does nothing.
    put(undefined);
    const pan = () => {
      const now: Pan = { kind: "pan", pointer, buttons, start, menu: false };
      put(now);
      follow(now, pointerState);
    };
    switch (start.under.kind) {
      case "port":
      case "order":
      case "wire": {
        const held = does.take(start, "drag");
        if (held) put({ kind: "connect", by: "drag", pointer, buttons, held, at: pointerState.at });
        break;
      }
      case "box": {
        const before = does.chosen();
        // One finger pans, unless it is on a box that is selected.
        if (press.type === "touch" && !before.boxes.includes(start.under.box)) return pan();
        const found = does.grab(start);
        if (found) put({ kind: "drag", pointer, buttons, start, ...found, dx: 0, dy: 0, before });
        break;
      }
      case "canvas":
        if (press.type === "touch") return pan();
        put({ kind: "marquee", pointer, buttons, start, rect: between(start.at, pointerState.at), before: does.chosen() });
        break;
      case "cut":
      case "enter":
      case "toggle":
      case "outside":
        break;
    }
    const now = open();
    if (now) follow(now, pointerState);
  };

  const follow = (now: Gesture, pointerState: PointerState) => {
    const does = actions;
    if (now.kind === "connect") {
      const next = does.aim(now.held, pointerState);
      const target = next?.box === now.target?.box && next?.row === now.target?.row ? now.target : next;
      put({ ...now, at: pointerState.at, target });
    } else if (now.kind === "drag") {
      const by = dragBy(now, pointerState);
      const over = does.overWire(now.boxes, pointerState);
      if (by.x !== now.dx || by.y !== now.dy || over !== now.over) put({ ...now, dx: by.x, dy: by.y, over });
    } else if (now.kind === "marquee") {
      const rect = between(now.start.at, pointerState.at);
      put({ ...now, rect });
      does.selectIn(rect, pointerState, now.before);
    } else if (now.kind === "pan") {
      const to = { x: pointerState.client.x - now.start.client.x, y: pointerState.client.y - now.start.client.y };
      const from = now.moved ?? { x: 0, y: 0 };
      panned = true;
      put({ ...now, moved: to });
      does.pan(to.x - from.x, to.y - from.y);
    }
  };

  const finish = (now: Exclude<Gesture, Carry>, pointerState: PointerState) => {
    // Closed first: whatever an action does, the gesture is over.
    put(now.kind === "pan" ? now.resumes : undefined);
    const does = actions;
    switch (now.kind) {
      case "press":
        return click(now.start, pointerState);
      case "drag": {
        if (!does.readOnly) does.drop(now.boxes, dragBy(now, pointerState), pointerState);
        return;
      }
      case "connect":
        if (!does.release(now.held, pointerState, now.by)) put({ ...now, pointer: undefined, at: pointerState.at });
        return;
      case "marquee":
        return does.selectIn(between(now.start.at, pointerState.at), pointerState, now.before);
      case "pan":
        if (now.menu && !now.moved) does.contextMenu(now.start);
    }
  };

  const click = (start: PointerState, pointerState: PointerState) => {
    const does = actions;
    const { under } = start;
    if (under.kind === "port" && start.alt && !does.readOnly) return does.clearPort(start);
    const held = under.kind === "port" || under.kind === "order" ? does.take(start, "click") : undefined;
    if (held) put({ kind: "connect", by: "click", buttons: false, held, at: pointerState.at });
    else does.click({ ...pointerState, under });
  };

  const cancel = (pointer?: number): boolean => {
    const now = open();
    if (!now || (pointer !== undefined && (now.kind === "carry" || now.pointer !== pointer))) return false;
    put(undefined);
    if (now.kind === "drag" || now.kind === "marquee") actions.choose(now.before);
    if (now.kind === "pan" && now.moved) actions.pan(-now.moved.x, -now.moved.y);
    return true;
  };

  const endCarry = (keep: boolean) => {
    const now = open();
    if (now?.kind !== "carry") return;
    put(undefined);
    if (keep && !actions.readOnly) actions.endCarry(now.boxes, { x: now.dx, y: now.dy });
  };

  return {
    store,
    setActions: (next) => {
      actions = next;
    },
    cancel,
    endCarry,
    down: ({ pointer, type, button, buttons, pointerState }) => {
      menuDue = false;
      endCarry(true);
      const former = open();
      const waits = former?.kind === "connect" && former.pointer === undefined ? former : undefined;
      if (former && former.kind !== "carry" && !waits) {
        // The same pointer again: its release was lost. A second finger pinches. Any other pointer has to wait.
        if (former.kind === "pan" && type === "touch") put(undefined);
        else if (former.pointer === pointer || type === "touch") cancel();
        if (former.pointer !== pointer) return;
      }
      const held = { pointer, buttons: buttons !== 0 };
      if (button === 1 || button === 2 || (button === 0 && store.getState().space)) {
        const menu = button === 2 && !pointerState.shift;
        menuDue = menu;
        put({ kind: "pan", ...held, start: pointerState, menu, resumes: waits });
      } else if (button === 0) put(waits ? { ...waits, ...held } : { kind: "press", ...held, type, start: pointerState });
    },
    move: (pointer, pointerState, buttons = 0) => {
      const now = open();
      if (!now || now.kind === "carry") return;
      if (now.kind === "connect" && now.pointer === undefined) return follow(now, pointerState);
      if (now.pointer !== pointer) return;
      // The button was released where no event reported it, such as over another window.
      if (now.buttons && buttons === 0) return void cancel();
      if (now.kind === "press") {
        if (far(now.start, pointerState) >= THRESHOLD[now.type]) begin(now, pointerState);
      } else if (now.kind !== "pan" || now.moved || far(now.start, pointerState) >= THRESHOLD.mouse) follow(now, pointerState);
    },
    up: (pointer, pointerState) => {
      const now = open();
      if (now && now.kind !== "carry" && now.pointer === pointer) finish(now, pointerState);
    },
    menu: (pointerState) => {
      if (pointerState.shift) return false;
      if (menuDue) {
        menuDue = false;
        return true;
      }
      const now = open();
      // A long press, or Ctrl and a click on macOS: no click follows.
      if (now?.kind === "press") cancel();
      if (!now || now.kind === "press") actions.contextMenu(pointerState);
      return true;
    },
    holdSpace: () => {
      panned = false;
      if (!store.getState().space) store.setState({ space: true });
    },
    releaseSpace: () => {
      const isTap = store.getState().space && !panned;
      if (store.getState().space) store.setState({ space: false });
      return isTap;
    },
    beginCarry: (boxes) => {
      menuDue = false;
      cancel();
      put({ kind: "carry", boxes, dx: 0, dy: 0 });
    },
    carry: (dx, dy) => {
      const now = open();
      if (now?.kind === "carry") put({ ...now, dx: now.dx + dx, dy: now.dy + dy });
    },
  };
}

const NO_ACTIONS: GestureActions = {
  readOnly: true,
  chosen: () => ({ boxes: [] }),
  choose: () => {},
  click: () => {},
  clearPort: () => {},
  contextMenu: () => {},
  grab: () => undefined,
  overWire: () => undefined,
  drop: () => {},
  take: () => undefined,
  aim: () => undefined,
  release: () => true,
  selectIn: () => {},
  pan: () => {},
  endCarry: () => {},
};

/** How far dragged boxes are moved: on the grid, with Mod on a finer one, with Shift along one axis. */
function dragBy({ start, origin }: Drag, { at, mod, shift }: PointerState): Point {
  const dx = at.x - start.at.x;
  const dy = at.y - start.at.y;
  const grid = mod ? FINE_GRID : GRID;
  const isLevel = Math.abs(dx) > Math.abs(dy);
  return {
    x: shift && !isLevel ? 0 : snap(origin.x + dx, grid) - origin.x,
    y: shift && isLevel ? 0 : snap(origin.y + dy, grid) - origin.y,
  };
}

function between(a: Point, b: Point): Rect {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

function far(a: PointerState, b: PointerState): number {
  return Math.hypot(b.client.x - a.client.x, b.client.y - a.client.y);
}
