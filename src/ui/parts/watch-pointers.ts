/** Callbacks for pointers anywhere on the page while a gesture is open. */
export interface PointerWatch {
  readonly move: (event: PointerEvent) => unknown;
  readonly up: (event: PointerEvent) => unknown;
  /** Ends the gesture of a pointer; without a pointer whichever is open. */
  readonly cancel: (pointer?: number) => unknown;
  /** Escape, wherever the focus is. Returns true if the key was used up. */
  readonly escape: () => boolean;
}

/**
 * Listens on the whole page for everything that moves or ends a gesture: release, cancel, lost capture of `element`, Escape, and a window
 * that loses the focus or is hidden. Returns an unsubscribe function.
 */
export function watchPointers(element: HTMLElement, watch: PointerWatch): () => void {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  window.addEventListener("pointermove", (event) => watch.move(event), options);
  window.addEventListener("pointerup", (event) => watch.up(event), options);
  window.addEventListener("pointercancel", (event) => watch.cancel(event.pointerId), options);
  // A finger's implicit capture of the element that it touched is lost when `element` takes it: only its own counts.
  element.addEventListener("lostpointercapture", (event) => event.target === element && watch.cancel(event.pointerId), options);
  window.addEventListener("blur", () => watch.cancel(), options);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && watch.cancel(), options);
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || event.isComposing || event.keyCode === 229 || !watch.escape()) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { ...options, capture: true },
  );
  return () => stop.abort();
}

/** Captures a pointer, so that its release arrives wherever it happens. A pointer that is not down cannot be captured, which is no harm. */
export function capture(element: HTMLElement, pointer: number): void {
  try {
    element.setPointerCapture(pointer);
  } catch {
    // NotFoundError: an event made by a script, or the pointer was released meanwhile.
  }
}
