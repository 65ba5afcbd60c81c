import { useEffect, useLayoutEffect, useRef, type MouseEvent as ReactMouseEvent, type PointerEvent as ReactPointerEvent } from "react";
import { snap, type BoxId, type Point, type Rect } from "#editor/layout/places.ts";

/** What lies under the pointer, read from the boxes' data attributes, or from the model where boxes are painted. */
export type Under =
  | { readonly kind: "port"; readonly box: BoxId; readonly row: string }
  | { readonly kind: "order"; readonly box: BoxId }
  | { readonly kind: "enter"; readonly box: BoxId }
  | { readonly kind: "toggle"; readonly box: BoxId }
  | { readonly kind: "box"; readonly box: BoxId; readonly title: boolean }
  | { readonly kind: "wire"; readonly wire: string }
  | { readonly kind: "cut"; readonly wire: string }
  | { readonly kind: "canvas" };

/** A pointer's place on the canvas and on the page, with the keys held. */
export interface Hand {
  readonly at: Point;
  readonly client: Point;
  readonly under: Under;
  readonly toggle: boolean;
  readonly shift: boolean;
  readonly mod: boolean;
  readonly alt?: boolean;
}

/** What gestures do. All points are on the canvas. */
export interface GestureActions {
  readonly zoom: () => number;
  readonly toCanvas: (client: Point) => Point;
  readonly underCanvas: (at: Point) => BoxId | undefined;
  readonly isWiring: () => boolean;
  readonly readOnly: boolean;
  click(hand: Hand): void;
  doubleClick(hand: Hand): void;
  /** Answers whether the press on a box may become a drag, and of what. */
  beginDrag(hand: Hand): { readonly boxes: ReadonlySet<BoxId>; readonly origin: Point } | undefined;
  drag(boxes: ReadonlySet<BoxId>, dx: number, dy: number, hand: Hand): void;
  drop(boxes: ReadonlySet<BoxId>, dx: number, dy: number, hand: Hand): void;
  cancelDrag(): void;
  /** Alt and a click on a port. */
  clearPort(hand: Hand): void;
  beginWire(hand: Hand, by: "drag" | "click"): boolean;
  moveWire(hand: Hand): void;
  endWire(hand: Hand): void;
  marquee(rect: Rect | undefined, hand: Hand, done: boolean): void;
  contextMenu(hand: Hand): void;
  pan(dx: number, dy: number): void;
}

/** A press becomes a drag after so many pixels: less for a mouse than for a finger. */
const THRESHOLD = { mouse: 4, pen: 8, touch: 8 } as const;
const DRAG_GRID = 8;
const EDGE = 32;
const EDGE_SPEED = 10;

interface Press {
  readonly start: Hand;
  readonly threshold: number;
  readonly pointer: number;
  moved: boolean;
  last: Hand;
  doing?:
    | { readonly kind: "drag"; readonly boxes: ReadonlySet<BoxId>; readonly origin: Point; dx: number; dy: number }
    | { readonly kind: "wire" }
    | { readonly kind: "marquee" };
}

/**
 * Reads pointers for the whole canvas from one place: React Flow only pans and zooms. Left button only; the others pan (React Flow) or
 * open menus. `cancel` puts a drag, wire or marquee back.
 */
export function useGestures(actions: GestureActions, spaceHeld: () => boolean) {
  const latest = useRef(actions);
  const press = useRef<Press | undefined>(undefined);
  const rightHandled = useRef(false);
  const stop = useRef<() => void>(() => {});
  useLayoutEffect(() => {
    latest.current = actions;
  });
  useEffect(() => () => stop.current(), []);

  const handOf = (event: {
    clientX: number;
    clientY: number;
    altKey: boolean;
    shiftKey: boolean;
    ctrlKey: boolean;
    metaKey: boolean;
    target: EventTarget | null;
  }): Hand => {
    const client = { x: event.clientX, y: event.clientY };
    const at = latest.current.toCanvas(client);
    return {
      at,
      client,
      under: underOf(event.target, () => latest.current.underCanvas(at)),
      toggle: event.shiftKey || event.ctrlKey || event.metaKey,
      shift: event.shiftKey,
      mod: event.ctrlKey || event.metaKey,
      alt: event.altKey,
    };
  };

  const begin = (now: Press, hand: Hand) => {
    const { under } = now.start;
    if (under.kind === "port" || under.kind === "order" || under.kind === "wire")
      now.doing = !latest.current.readOnly && latest.current.beginWire(now.start, "drag") ? { kind: "wire" } : undefined;
    else if (under.kind === "box") {
      const drag = latest.current.readOnly ? undefined : latest.current.beginDrag(now.start);
      now.doing = drag && { kind: "drag", ...drag, dx: 0, dy: 0 };
    } else if (under.kind === "canvas") now.doing = { kind: "marquee" };
    move(now, hand);
  };

  const move = (now: Press, hand: Hand) => {
    const doing = now.doing;
    now.last = hand;
    if (!doing) return;
    if (doing.kind === "wire") latest.current.moveWire(hand);
    else if (doing.kind === "marquee") latest.current.marquee(between(now.start.at, hand.at), hand, false);
    else {
      const dx = hand.at.x - now.start.at.x;
      const dy = hand.at.y - now.start.at.y;
      const grid = hand.mod ? 4 : DRAG_GRID;
      const isLevel = Math.abs(dx) > Math.abs(dy);
      doing.dx = hand.shift && !isLevel ? 0 : snap(doing.origin.x + dx, grid) - doing.origin.x;
      doing.dy = hand.shift && isLevel ? 0 : snap(doing.origin.y + dy, grid) - doing.origin.y;
      latest.current.drag(doing.boxes, doing.dx, doing.dy, hand);
    }
  };

  const cancel = (): boolean => {
    const doing = press.current?.doing;
    if (!press.current?.moved) return false;
    if (doing?.kind === "drag") latest.current.cancelDrag();
    if (doing?.kind === "marquee") latest.current.marquee(undefined, press.current.last, false);
    stop.current();
    return doing !== undefined;
  };

  /**
   * Linux and macOS send `contextmenu` when the right button goes down, Windows when it comes up. A right drag pans, so the menu always
   * waits until the button comes up where it went down; the event itself counts only when no button sent it (menu key, long press).
   */
  const beginRight = (event: ReactPointerEvent<HTMLElement>) => {
    const start = handOf(event);
    let moved = event.shiftKey;
    rightHandled.current = !event.shiftKey;
    const onMove = ({ clientX, clientY }: PointerEvent) => {
      moved ||= Math.hypot(clientX - start.client.x, clientY - start.client.y) >= THRESHOLD.mouse;
    };
    const end = (up: PointerEvent) => {
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", end);
      window.removeEventListener("pointercancel", end);
      if (!moved && up.type === "pointerup") latest.current.contextMenu(start);
      setTimeout(() => (rightHandled.current = false));
    };
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", end);
  };

  const onPointerDown = (event: ReactPointerEvent<HTMLElement>) => {
    if (event.target instanceof Element && event.target.closest("[data-overlay],input")) return;
    if (event.button === 2) return beginRight(event);
    if (event.button !== 0 || spaceHeld()) return;
    const start = handOf(event);
    const now: Press = {
      start,
      last: start,
      threshold: THRESHOLD[event.pointerType as keyof typeof THRESHOLD] ?? 4,
      pointer: event.pointerId,
      moved: false,
    };
    const wiring = latest.current.isWiring();
    press.current = now;
    const root = event.currentTarget;

    const onMove = (moved: PointerEvent) => {
      if (moved.pointerId !== now.pointer) return;
      const hand = handOf(moved);
      if (!now.moved && Math.hypot(hand.client.x - start.client.x, hand.client.y - start.client.y) >= now.threshold && !wiring) {
        now.moved = true;
        begin(now, hand);
      } else if (now.moved) move(now, hand);
    };
    const onUp = (up: PointerEvent) => {
      if (up.pointerId !== now.pointer) return;
      const hand = handOf(up);
      const doing = now.doing;
      stop.current();
      if (wiring) latest.current.endWire(hand);
      else if (!now.moved) {
        if (start.under.kind === "port" && start.alt && !latest.current.readOnly) latest.current.clearPort(start);
        else if ((start.under.kind === "port" || start.under.kind === "order") && !latest.current.readOnly)
          latest.current.beginWire(start, "click");
        else latest.current.click({ ...hand, under: start.under });
      } else if (doing?.kind === "wire") latest.current.endWire(hand);
      else if (doing?.kind === "drag") latest.current.drop(doing.boxes, doing.dx, doing.dy, hand);
      else if (doing?.kind === "marquee") latest.current.marquee(between(start.at, hand.at), hand, true);
    };
    let frame = requestAnimationFrame(function follow() {
      if (now.moved && now.doing) panAtEdge(root, now, latest.current, (hand) => move(now, hand));
      frame = requestAnimationFrame(follow);
    });
    const onCancel = () => void cancel();
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", onUp);
    window.addEventListener("pointercancel", onCancel);
    stop.current = () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", onCancel);
      press.current = undefined;
      stop.current = () => {};
    };
  };

  return {
    cancel,
    handlers: {
      onPointerDown,
      onPointerMove: (event: ReactPointerEvent<HTMLElement>) => {
        if (!press.current && latest.current.isWiring()) latest.current.moveWire(handOf(event));
      },
      onDoubleClick: (event: ReactMouseEvent<HTMLElement>) => {
        if (event.target instanceof Element && event.target.closest("[data-overlay],input")) return;
        latest.current.doubleClick(handOf(event));
      },
      onContextMenu: (event: ReactMouseEvent<HTMLElement>) => {
        if (event.shiftKey || (event.target instanceof Element && event.target.closest("[data-overlay],input"))) return;
        event.preventDefault();
        if (rightHandled.current) return;
        latest.current.contextMenu(handOf(event));
      },
    },
  };
}

function underOf(target: EventTarget | null, painted: () => BoxId | undefined): Under {
  const element = target instanceof Element ? target : null;
  const box = element?.closest<HTMLElement>("[data-box]")?.dataset.box as BoxId | undefined;
  const port = element?.closest<HTMLElement>("[data-port]")?.dataset.port;
  if (box !== undefined && port !== undefined) return { kind: "port", box, row: port };
  if (box !== undefined && element?.closest("[data-order]")) return { kind: "order", box };
  if (box !== undefined && element?.closest("[data-enter]")) return { kind: "enter", box };
  if (box !== undefined && element?.closest("[data-toggle]")) return { kind: "toggle", box };
  if (box !== undefined) return { kind: "box", box, title: element?.closest("[data-title]") !== null };
  const wire = element?.closest<SVGElement>("[data-wire]")?.dataset.wire;
  if (wire !== undefined) return { kind: element?.closest("[data-cut]") ? "cut" : "wire", wire };
  const hit = painted();
  return hit === undefined ? { kind: "canvas" } : { kind: "box", box: hit, title: false };
}

function between(a: Point, b: Point): Rect {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

/** Near the edge the canvas moves on under the pointer, and what is in hand with it. */
function panAtEdge(root: HTMLElement, now: Press, actions: GestureActions, again: (hand: Hand) => void): void {
  const box = root.getBoundingClientRect();
  const { x, y } = now.last.client;
  const push = (low: number, high: number) => (low < EDGE ? EDGE_SPEED : high < EDGE ? -EDGE_SPEED : 0);
  const dx = push(x - box.left, box.right - x);
  const dy = push(y - box.top, box.bottom - y);
  if (dx === 0 && dy === 0) return;
  actions.pan(dx, dy);
  again({ ...now.last, at: actions.toCanvas(now.last.client) });
}
