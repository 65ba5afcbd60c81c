import {
  useLayoutEffect,
  useRef,
  useState,
  type MouseEvent as ReactMouseEvent,
  type PointerEvent as ReactPointerEvent,
  type RefObject,
} from "react";
import { useStore } from "zustand";
import type { BoxId, Point } from "#editor/layout/geometry.ts";
import { capture, watchPointers } from "../parts/watch-pointers.ts";
import type { GestureActions, GestureState, PointerKind } from "./gesture.ts";
import type { GestureMachine } from "./gesture-machine.ts";
import { underOf, type PointerState } from "./pointer.ts";

/** What the binding to the page needs beside the actions. */
export interface GestureSurface {
  readonly toCanvas: (client: Point) => Point;
  /** The box at a point where boxes are painted. */
  readonly paintedAt: (at: Point) => BoxId | undefined;
  doubleClick(pointerState: PointerState): void;
  /** Escape found no gesture open. Returns true if there was something else to close. */
  readonly escape: () => boolean;
  /** A press outside of what floats over the canvas. */
  readonly pressElsewhere: () => void;
}

export interface GestureBinding {
  readonly actions: GestureActions;
  readonly surface: GestureSurface;
}

const EDGE = 32;
const EDGE_SPEED = 10;

/** Binds the gesture machine to the canvas' element and the page. Wheel and pinch move the view by themselves (viewport-layer.tsx). */
export function useGestures(root: RefObject<HTMLElement | null>, machine: GestureMachine, does: GestureBinding) {
  const latest = useRef(does);
  useLayoutEffect(() => {
    latest.current = does;
    machine.setActions(does.actions);
  });
  const [read] = useState(
    () =>
      (event: MouseEvent, target: EventTarget | null = event.target) =>
        pointerStateOf(event, isOutside(root.current, event) ? "outside" : target, latest.current.surface),
  );

  // Before the browser paints: what is visible can be dragged.
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    let last: PointerEvent | undefined;
    const isOpen = () => machine.store.getState().gesture !== undefined;
    const stopWatching = watchPointers(element, {
      move: (event) => {
        if (!isOpen()) return;
        last = event;
        machine.move(event.pointerId, read(event, targetOf(event, element)), event.buttons);
      },
      up: (event) => isOpen() && machine.up(event.pointerId, read(event, targetOf(event, element))),
      cancel: (pointer) => {
        if (pointer === undefined) machine.releaseSpace();
        machine.cancel(pointer);
      },
      escape: () => machine.cancel() || latest.current.surface.escape(),
    });
    const onKeyUp = (event: KeyboardEvent) => {
      // The canvas handles it when it has the focus, and distinguishes a tap from a hold.
      if (event.code === "Space" && !element.contains(event.target as Node)) machine.releaseSpace();
    };
    const onPress = (event: PointerEvent) => {
      if (!(event.target instanceof Element && event.target.closest("[data-overlay]"))) latest.current.surface.pressElsewhere();
    };
    window.addEventListener("keyup", onKeyUp);
    window.addEventListener("pointerdown", onPress, { capture: true });
    const stopEdge = panAtEdge(machine, () => {
      const by = last && pushOf(element.getBoundingClientRect(), last);
      if (!last || !by) return;
      // Beside the canvas a wire is on its way to a field there.
      if (machine.store.getState().gesture?.kind === "connect" && isOutside(element, last)) return;
      latest.current.actions.pan(by.x, by.y);
      machine.move(last.pointerId, read(last, targetOf(last, element)), last.buttons);
    });
    const stopNative = keepFromScrolling(element);
    const stopShowing = machine.store.subscribe(({ gesture }) => {
      // For tests and for styles: which gesture is open.
      if (gesture) element.dataset.gesture = gesture.kind;
      else delete element.dataset.gesture;
      if (!gesture || gesture.kind === "press" || gesture.kind === "carry" || gesture.pointer === undefined) return;
      if (!isCaptured(element, gesture.pointer)) capture(element, gesture.pointer);
    });
    return () => {
      machine.cancel();
      stopWatching();
      window.removeEventListener("keyup", onKeyUp);
      window.removeEventListener("pointerdown", onPress, { capture: true });
      stopEdge();
      stopNative();
      stopShowing();
    };
  }, [root, machine, read]);

  const isOverlaid = (event: ReactMouseEvent<HTMLElement>) =>
    event.target instanceof Element && event.target.closest("[data-overlay],input") !== null;
  return {
    onPointerDown: (event: ReactPointerEvent<HTMLElement>) => {
      if (isOverlaid(event)) return;
      const { pointerId: pointer, pointerType, button, buttons } = event;
      const type = pointerType === "pen" || pointerType === "touch" ? (pointerType as PointerKind) : "mouse";
      machine.down({ pointer, type, button, buttons, pointerState: read(event.nativeEvent) });
    },
    onDoubleClick: (event: ReactMouseEvent<HTMLElement>) => {
      if (!isOverlaid(event)) latest.current.surface.doubleClick(read(event.nativeEvent));
    },
    onContextMenu: (event: ReactMouseEvent<HTMLElement>) => {
      if (!isOverlaid(event) && machine.menu(read(event.nativeEvent))) event.preventDefault();
    },
  };
}

/** Renders from the machine: only when the result of `select` changes. */
export function useGestureState<T>(machine: GestureMachine, select: (state: GestureState) => T): T {
  return useStore(machine.store, select);
}

/** Whether an event is beside the canvas. Where nothing is laid out nothing is. */
function isOutside(element: HTMLElement | null, { clientX, clientY }: MouseEvent): boolean {
  const box = element?.getBoundingClientRect();
  if (!box || box.width === 0) return false;
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}

function pointerStateOf(event: MouseEvent, touched: EventTarget | null | "outside", { toCanvas, paintedAt }: GestureSurface): PointerState {
  const client = { x: event.clientX, y: event.clientY };
  const at = toCanvas(client);
  const target = ("pointerType" in event && event.pointerType === "touch" && portOfTouch(touched, client)) || touched;
  return {
    at,
    client,
    under: target === "outside" ? { kind: "outside" } : underOf(target, () => paintedAt(at)),
    toggle: event.shiftKey || event.ctrlKey || event.metaKey,
    shift: event.shiftKey,
    mod: event.ctrlKey || event.metaKey,
    alt: event.altKey,
  };
}

/** The port that a finger means, on the canvas that it touches. */
function portOfTouch(touched: EventTarget | null | "outside", { x, y }: Point): Element | undefined {
  const canvas = touched instanceof Element ? touched.closest('[role="application"]') : null;
  return canvas ? touchedPort(canvas, x, y) : undefined;
}

/** What is under the pointer. A captured pointer's events go to the element that captured it, a finger's to where it went down. */
function targetOf(event: PointerEvent, element: HTMLElement): EventTarget | null {
  if (event.target !== element && event.pointerType !== "touch") return event.target;
  return document.elementFromPoint?.(event.clientX, event.clientY) ?? event.target;
}

function isCaptured(element: HTMLElement, pointer: number): boolean {
  return element.hasPointerCapture?.(pointer) ?? false;
}

/** Calls `push` in each frame in which a drag is open. Returns a function that stops it. */
function panAtEdge(machine: GestureMachine, push: () => void): () => void {
  let frame = 0;
  const step = () => {
    frame = 0;
    const { gesture } = machine.store.getState();
    const isDrag = gesture?.kind === "drag" || gesture?.kind === "marquee" || (gesture?.kind === "connect" && gesture.by === "drag");
    if (!isDrag) return;
    frame = requestAnimationFrame(step);
    push();
  };
  const unsubscribe = machine.store.subscribe(() => {
    if (frame === 0) frame = requestAnimationFrame(step);
  });
  return () => {
    unsubscribe();
    cancelAnimationFrame(frame);
  };
}

/** Near the edge the canvas moves on under the pointer, and with it what is dragged: by this many pixels a frame, undefined if not. */
function pushOf(box: DOMRect, { clientX, clientY }: PointerEvent): Point | undefined {
  if (box.width === 0) return undefined;
  const push = (low: number, high: number) => (low < EDGE ? EDGE_SPEED : high < EDGE ? -EDGE_SPEED : 0);
  const by = { x: push(clientX - box.left, box.right - clientX), y: push(clientY - box.top, box.bottom - clientY) };
  return by.x === 0 && by.y === 0 ? undefined : by;
}

/** Suppresses the browser's own scrolling by the middle button. Returns a function that stops it. */
function keepFromScrolling(element: HTMLElement): () => void {
  const onMouse = (event: MouseEvent) => event.button === 1 && event.preventDefault();
  element.addEventListener("mousedown", onMouse, { capture: true });
  return () => element.removeEventListener("mousedown", onMouse, { capture: true });
}

/** A finger covers this much on each side of the point that is reported: with it a port's target is 44 px wide. */
const REACH = 22;

/**
 * The port that a finger means: the nearest one whose center is within 22 px, else undefined. Ports are closer together than that, so
 * larger elements would cover one another; the nearest center decides instead. Inside of a box the reach ends at a quarter of its width,
 * so that a small box can still be pressed.
 */
export function touchedPort(root: Element, x: number, y: number): Element | undefined {
  const box = document.elementFromPoint?.(x, y)?.closest("[data-box]")?.getBoundingClientRect();
  const reach = box ? Math.min(REACH, box.width / 4) : REACH;
  let best: Element | undefined;
  let least = Infinity;
  for (const port of root.querySelectorAll("[data-port]")) {
    const { left, top, width, height } = port.getBoundingClientRect();
    const by = { x: Math.abs(left + width / 2 - x), y: Math.abs(top + height / 2 - y) };
    const distance = Math.hypot(by.x, by.y);
    if (Math.max(by.x, by.y) > reach || distance >= least) continue;
    least = distance;
    best = port;
  }
  return best;
}
