import { createStore, type StoreApi } from "zustand/vanilla";
import { type BoxId, type Point, type Rect, snap } from "#editor/layout/geometry.ts";
import type { PointerState } from "./pointer.ts";
import type { Carry, Drag, Gesture, GestureActions, GestureState, Pan, PointerKind, Press } from "./gesture.ts";

/**
 * All gestures of the canvas as one state machine, without React and without DOM. At most one gesture is open. Its state is read and
 * written within the event that changes it: a press, a move and a release that arrive before the next render are one whole gesture.
 * React only draws the state, by subscription. What a gesture does to the pipeline is done by `GestureActions`.
 */

/** A pointer goes down. */
export interface PointerPress {
  readonly pointer: number;
  readonly type: PointerKind;
  readonly button: number;
  /** The event's `buttons`; 0 if its source does not report them. */
  readonly buttons: number;
  readonly pointerState: PointerState;
}

/** One machine per canvas. */
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

/** The state of one machine; only `store` is visible outside. */
interface Machine {
  readonly store: StoreApi<GestureState>;
  readonly open: () => Gesture | undefined;
  readonly put: (gesture: Gesture | undefined) => void;
  actions: GestureActions;
  /**
   * A `contextmenu` event is to be ignored: Linux and macOS send it when the right button goes down, Windows when it comes up. One right
   * press, one event to ignore.
   */
  isMenuDue: boolean;
  /** The view was panned while the space bar was held. */
  hasPanned: boolean;
}

/** Creates the machine of one canvas. It does nothing before `setActions` was called. */
export function gestureMachine(): GestureMachine {
  const store = createStore<GestureState>(() => ({ space: false }));
  const machine: Machine = {
    store,
    open: () => store.getState().gesture,
    put: (gesture) => store.setState({ gesture }),
    actions: NO_ACTIONS,
    isMenuDue: false,
    hasPanned: false,
  };
  return {
    store,
    setActions: (next) => {
      machine.actions = next;
    },
    cancel: (pointer) => cancel(machine, pointer),
    endCarry: (keep) => endCarry(machine, keep),
    down: ({ pointer, type, button, buttons, pointerState }) => {
      machine.isMenuDue = false;
      endCarry(machine, true);
      const former = machine.open();
      const waits = former?.kind === "connect" && former.pointer === undefined ? former : undefined;
      if (former && former.kind !== "carry" && !waits) {
        // The same pointer again: its release was lost. A second finger pinches. Any other pointer has to wait.
        if (former.kind === "pan" && type === "touch") machine.put(undefined);
        else if (former.pointer === pointer || type === "touch") cancel(machine);
        if (former.pointer !== pointer) return;
      }
      const held = { pointer, buttons: buttons !== 0 };
      if (button === 1 || button === 2 || (button === 0 && store.getState().space)) {
        const menu = button === 2 && !pointerState.shift;
        machine.isMenuDue = menu;
        machine.put({ kind: "pan", ...held, start: pointerState, menu, resumes: waits });
      } else if (button === 0) machine.put(waits ? { ...waits, ...held } : { kind: "press", ...held, type, start: pointerState });
    },
    move: (pointer, pointerState, buttons = 0) => {
      const now = machine.open();
      if (!now || now.kind === "carry") return;
      if (now.kind === "connect" && now.pointer === undefined) return follow(machine, now, pointerState);
      if (now.pointer !== pointer) return;
      // The button was released where no event reported it, such as over another window.
      if (now.buttons && buttons === 0) return void cancel(machine);
      if (now.kind === "press") {
        if (far(now.start, pointerState) >= THRESHOLD[now.type]) begin(machine, now, pointerState);
      } else if (now.kind !== "pan" || now.moved || far(now.start, pointerState) >= THRESHOLD.mouse) follow(machine, now, pointerState);
    },
    up: (pointer, pointerState) => {
      const now = machine.open();
      if (now && now.kind !== "carry" && now.pointer === pointer) finish(machine, now, pointerState);
    },
    menu: (pointerState) => {
      if (pointerState.shift) return false;
      if (machine.isMenuDue) {
        machine.isMenuDue = false;
        return true;
      }
      const now = machine.open();
      // A long press, or Ctrl and a click on macOS: no click follows.
      if (now?.kind === "press") cancel(machine);
      if (!now || now.kind === "press") machine.actions.contextMenu(pointerState);
      return true;
    },
    holdSpace: () => {
      machine.hasPanned = false;
      if (!store.getState().space) store.setState({ space: true });
    },
    releaseSpace: () => {
      const isTap = store.getState().space && !machine.hasPanned;
      if (store.getState().space) store.setState({ space: false });
      return isTap;
    },
    beginCarry: (boxes) => {
      machine.isMenuDue = false;
      cancel(machine);
      machine.put({ kind: "carry", boxes, dx: 0, dy: 0 });
    },
    carry: (dx, dy) => {
      const now = machine.open();
      if (now?.kind === "carry") machine.put({ ...now, dx: now.dx + dx, dy: now.dy + dy });
    },
  };
}

/** Turns a press into the gesture of what is under it. */
function begin(machine: Machine, press: Press, pointerState: PointerState): void {
  const { start, pointer, buttons } = press;
  const does = machine.actions;
  // A gesture that cannot begin is over: its release does nothing.
  machine.put(undefined);
  const pan = () => {
    const now: Pan = { kind: "pan", pointer, buttons, start, menu: false };
    machine.put(now);
    follow(machine, now, pointerState);
  };
  switch (start.under.kind) {
    case "port":
    case "order":
    case "wire": {
      const held = does.take(start, "drag");
      if (held) machine.put({ kind: "connect", by: "drag", pointer, buttons, held, at: pointerState.at });
      break;
    }
    case "box": {
      const before = does.chosen();
      // One finger pans, unless it is on a box that is selected.
      if (press.type === "touch" && !before.boxes.includes(start.under.box)) return pan();
      const found = does.grab(start);
      if (found) machine.put({ kind: "drag", pointer, buttons, start, ...found, dx: 0, dy: 0, before });
      break;
    }
    case "canvas":
      if (press.type === "touch") return pan();
      machine.put({ kind: "marquee", pointer, buttons, start, rect: between(start.at, pointerState.at), before: does.chosen() });
      break;
    case "cut":
    case "enter":
    case "toggle":
    case "outside":
      break;
  }
  const now = machine.open();
  if (now) follow(machine, now, pointerState);
}

/** Continues the open gesture at another position of the pointer. */
function follow(machine: Machine, now: Gesture, pointerState: PointerState): void {
  const does = machine.actions;
  if (now.kind === "connect") {
    const next = does.aim(now.held, pointerState);
    const target = next?.box === now.target?.box && next?.row === now.target?.row ? now.target : next;
    machine.put({ ...now, at: pointerState.at, target });
  } else if (now.kind === "drag") {
    const by = dragBy(now, pointerState);
    const over = does.overWire(now.boxes, pointerState);
    if (by.x !== now.dx || by.y !== now.dy || over !== now.over) machine.put({ ...now, dx: by.x, dy: by.y, over });
  } else if (now.kind === "marquee") {
    const rect = between(now.start.at, pointerState.at);
    machine.put({ ...now, rect });
    does.selectIn(rect, pointerState, now.before);
  } else if (now.kind === "pan") {
    const to = { x: pointerState.client.x - now.start.client.x, y: pointerState.client.y - now.start.client.y };
    const from = now.moved ?? { x: 0, y: 0 };
    machine.hasPanned = true;
    machine.put({ ...now, moved: to });
    does.pan(to.x - from.x, to.y - from.y);
  }
}

/** Ends a gesture of the pointer with its effect. */
function finish(machine: Machine, now: Exclude<Gesture, Carry>, pointerState: PointerState): void {
  // Closed first: whatever an action does, the gesture is over.
  machine.put(now.kind === "pan" ? now.resumes : undefined);
  const does = machine.actions;
  switch (now.kind) {
    case "press":
      return click(machine, now.start, pointerState);
    case "drag": {
      if (!does.readOnly) does.drop(now.boxes, dragBy(now, pointerState), pointerState);
      return;
    }
    case "connect":
      if (!does.release(now.held, pointerState, now.by)) machine.put({ ...now, pointer: undefined, at: pointerState.at });
      return;
    case "marquee":
      return does.selectIn(between(now.start.at, pointerState.at), pointerState, now.before);
    case "pan":
      if (now.menu && !now.moved) does.contextMenu(now.start);
  }
}

/** A press and a release without a drag. */
function click(machine: Machine, start: PointerState, pointerState: PointerState): void {
  const does = machine.actions;
  const { under } = start;
  if (under.kind === "port" && start.alt && !does.readOnly) return does.clearPort(start);
  const held = under.kind === "port" || under.kind === "order" ? does.take(start, "click") : undefined;
  if (held) machine.put({ kind: "connect", by: "click", buttons: false, held, at: pointerState.at });
  else does.click({ ...pointerState, under });
}

/** Restores what was there before the gesture of one pointer, or before any. Returns whether a gesture was open. */
function cancel(machine: Machine, pointer?: number): boolean {
  const now = machine.open();
  if (!now || (pointer !== undefined && (now.kind === "carry" || now.pointer !== pointer))) return false;
  machine.put(undefined);
  if (now.kind === "drag" || now.kind === "marquee") machine.actions.choose(now.before);
  if (now.kind === "pan" && now.moved) machine.actions.pan(-now.moved.x, -now.moved.y);
  return true;
}

/** Ends move mode. */
function endCarry(machine: Machine, keep: boolean): void {
  const now = machine.open();
  if (now?.kind !== "carry") return;
  machine.put(undefined);
  if (keep && !machine.actions.readOnly) machine.actions.endCarry(now.boxes, { x: now.dx, y: now.dy });
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
