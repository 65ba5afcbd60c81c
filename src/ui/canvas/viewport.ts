import { createStore, type StoreApi } from "zustand/vanilla";
import type { View } from "./canvas-props.ts";
import { clampZoom, zoomAbout } from "./view.ts";

/** The view of the canvas: offset and zoom, held outside of React. Drawing code subscribes to the store; most of a pan renders nothing. */
export interface Viewport {
  readonly store: StoreApi<View>;
  now(): View;
  /** Shows a view. `smooth` glides there unless the user asks for reduced motion; any later change of the view ends the glide. */
  go(view: View, smooth?: boolean): void;
}

const GLIDE_MS = 200;

/** Creates the viewport of one canvas, at the origin and 100 %. */
export function createViewport(): Viewport {
  const store = createStore<View>(() => ({ x: 0, y: 0, zoom: 1 }));
  let gliding = 0;
  const set = (view: View) => {
    const { x, y, zoom } = store.getState();
    if (x !== view.x || y !== view.y || zoom !== view.zoom) store.setState(view);
  };
  const glide = (from: View, to: View) => {
    let start: number | undefined;
    const step = (time: number) => {
      start ??= time;
      const t = Math.min(1, (time - start) / GLIDE_MS);
      const eased = 1 - (1 - t) ** 3;
      // Zoom changes by equal factors, so that neither end of a long way feels faster.
      const zoom = from.zoom * (to.zoom / from.zoom) ** eased;
      const along = from.zoom === to.zoom ? eased : (zoom - from.zoom) / (to.zoom - from.zoom);
      gliding = t < 1 ? requestAnimationFrame(step) : 0;
      set(t < 1 ? { x: from.x + (to.x - from.x) * along, y: from.y + (to.y - from.y) * along, zoom } : to);
    };
    gliding = requestAnimationFrame(step);
  };
  return {
    store,
    now: store.getState,
    go(wanted, smooth = false) {
      cancelAnimationFrame(gliding);
      gliding = 0;
      const view = { x: wanted.x, y: wanted.y, zoom: clampZoom(wanted.zoom) };
      const still = !smooth || (typeof matchMedia === "function" && matchMedia("(prefers-reduced-motion: reduce)").matches);
      if (still) set(view);
      else glide(store.getState(), view);
    },
  };
}

const LINE = 20;
/** A wheel's notch of 120 zooms by this power of two for each pixel; a pinch on a trackpad of a Mac comes in much smaller steps. */
const ZOOM_PER_PIXEL = 0.002;
const ZOOM_PER_LINE = 0.05;
const MAC_PINCH = 10;

/** What is read of a WheelEvent. */
export type Wheel = Pick<WheelEvent, "deltaX" | "deltaY" | "deltaMode" | "ctrlKey" | "metaKey" | "shiftKey" | "clientX" | "clientY">;

/** The view after a turn of the wheel: it pans, and zooms about the pointer with Ctrl or Cmd held, as a trackpad's pinch does. */
export function wheeled(view: View, wheel: Wheel, frame: { readonly left: number; readonly top: number }): View {
  const lines = wheel.deltaMode === 1;
  if (wheel.ctrlKey || wheel.metaKey) {
    const by = -wheel.deltaY * (lines ? ZOOM_PER_LINE : ZOOM_PER_PIXEL) * (wheel.ctrlKey && isMac() ? MAC_PINCH : 1);
    return zoomAbout(view, { x: wheel.clientX - frame.left, y: wheel.clientY - frame.top }, clampZoom(view.zoom * 2 ** by));
  }
  const unit = lines ? LINE : 1;
  // Shift and the wheel scroll sideways; on a Mac the system has done that already.
  const sideways = wheel.shiftKey && wheel.deltaX === 0 && !isMac();
  const [dx, dy] = sideways ? [wheel.deltaY, 0] : [wheel.deltaX, wheel.deltaY];
  return { ...view, x: view.x - dx * unit, y: view.y - dy * unit };
}

function isMac(): boolean {
  return typeof navigator !== "undefined" && /Mac/.test(navigator.platform);
}

/** Two fingers that move the view: what was between them stays between them. */
export interface Pinch {
  down(event: PointerEvent): void;
  move(event: PointerEvent): void;
  up(event: PointerEvent): void;
}

/** Follows fingers on the canvas and pinches as long as exactly two are down. `frame`: the canvas' place on the page. */
export function pinching(viewport: Viewport, frame: () => { readonly left: number; readonly top: number }): Pinch {
  const fingers = new Map<number, { readonly x: number; readonly y: number }>();
  const isFinger = (event: PointerEvent) => event.pointerType === "touch";
  const measure = () => {
    const [a, b] = [...fingers.values()];
    if (fingers.size !== 2 || !a || !b) return undefined;
    const { left, top } = frame();
    return { x: (a.x + b.x) / 2 - left, y: (a.y + b.y) / 2 - top, span: Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)) };
  };
  return {
    down(event) {
      if (isFinger(event)) fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    },
    move(event) {
      if (!fingers.has(event.pointerId)) return;
      const before = measure();
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      const after = measure();
      if (!before || !after) return;
      const view = viewport.now();
      const zoomed = zoomAbout(view, before, clampZoom((view.zoom * after.span) / before.span));
      viewport.go({ ...zoomed, x: zoomed.x + after.x - before.x, y: zoomed.y + after.y - before.y });
    },
    up(event) {
      fingers.delete(event.pointerId);
    },
  };
}
