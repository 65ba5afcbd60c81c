import { createContext, useContext, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from "react";
import { useStore } from "zustand";
import type { View } from "./canvas-props.ts";
import styles from "./canvas.module.css";
import { createViewport, pinching, wheeled, type Viewport } from "./viewport.ts";

const ViewportContext = createContext<Viewport | undefined>(undefined);

/** Gives a viewport to the canvas and everything that floats over it. */
export function ViewportProvider({ children }: { readonly children: ReactNode }) {
  const [viewport] = useState(createViewport);
  return <ViewportContext value={viewport}>{children}</ViewportContext>;
}

/** The canvas' viewport, to read from and to subscribe to without rendering. */
export function useViewport(): Viewport {
  const viewport = useContext(ViewportContext);
  if (!viewport) throw new Error("no ViewportProvider");
  return viewport;
}

/** Something of the view; renders again only when it becomes another. */
export function useView<T>(select: (view: View) => T): T {
  return useStore(useViewport().store, select);
}

/** Lets wheel and fingers on the canvas move the view. The page itself never scrolls or zooms from here. */
export function useViewportInput(root: RefObject<HTMLElement | null>): void {
  const viewport = useViewport();
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    const stop = new AbortController();
    const frame = () => element.getBoundingClientRect();
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      viewport.go(wheeled(viewport.now(), event, frame()));
    };
    element.addEventListener("wheel", onWheel, { passive: false, signal: stop.signal });
    const pinch = pinching(viewport, frame);
    element.addEventListener("pointerdown", pinch.down, { signal: stop.signal });
    window.addEventListener("pointermove", pinch.move, { signal: stop.signal });
    for (const end of ["pointerup", "pointercancel"] as const) window.addEventListener(end, pinch.up, { signal: stop.signal });
    return () => stop.abort();
  }, [root, viewport]);
}

/** What moves with the view: its children are placed in units of the canvas. */
export function ViewportLayer({ children }: { readonly children: ReactNode }) {
  const element = useRef<HTMLDivElement>(null);
  const viewport = useViewport();
  useLayoutEffect(() => {
    const follow = ({ x, y, zoom }: View) => {
      if (element.current) element.current.style.transform = `translate(${x}px,${y}px) scale(${zoom})`;
    };
    follow(viewport.now());
    return viewport.store.subscribe(follow);
  }, [viewport]);
  return (
    <div ref={element} className={styles.viewport}>
      {children}
    </div>
  );
}
