import { useEffect, useRef } from "react";
import type { Size } from "#editor/layout/geometry.ts";
import { coloursOf, paint, type Painting } from "./paint-overview.ts";
import styles from "./canvas.module.css";
import { useViewport } from "./viewport-layer.tsx";

/** The map zoom: boxes and wires painted on one canvas that follows the view without a render. */
export function PaintedLayer({ scene, frame, theme }: { readonly scene: Painting; readonly frame: Size; readonly theme: string }) {
  const element = useRef<HTMLCanvasElement>(null);
  const viewport = useViewport();
  const latest = useRef(scene);
  const repaint = useRef<() => void>(() => {});

  useEffect(() => {
    const canvas = element.current;
    const pen = canvas?.getContext("2d");
    if (!canvas || !pen) return;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(frame.width * ratio);
    canvas.height = Math.round(frame.height * ratio);
    const colour = coloursOf(theme);
    let pending = 0;
    const draw = () => {
      pending = 0;
      paint(pen, ratio, frame, viewport.now(), latest.current, colour);
    };
    repaint.current = () => (pending ||= requestAnimationFrame(draw));
    draw();
    // The store notifies in the middle of the pointer's event; painting right there keeps picture and pointer in sync.
    const stop = viewport.store.subscribe(draw);
    return () => {
      stop();
      cancelAnimationFrame(pending);
      repaint.current = () => {};
    };
  }, [frame, viewport, theme]);

  useEffect(() => {
    latest.current = scene;
    repaint.current();
  }, [scene]);

  return <canvas ref={element} className={styles.painted} style={{ width: frame.width, height: frame.height }} aria-hidden="true" />;
}

/** The grid's dots, which move and grow with the view. Under 60 % they would only be noise. */
export function Dots() {
  const element = useRef<HTMLDivElement>(null);
  const viewport = useViewport();
  useEffect(() => {
    const follow = () => {
      const style = element.current?.style;
      const { x, y, zoom } = viewport.now();
      if (!style) return;
      const step = 16 * zoom;
      style.display = zoom < 0.5 ? "none" : "";
      style.backgroundSize = `${step}px ${step}px`;
      style.backgroundPosition = `${(x % step) - step / 2}px ${(y % step) - step / 2}px`;
    };
    follow();
    return viewport.store.subscribe(follow);
  }, [viewport]);
  return <div ref={element} className={styles.dots} aria-hidden="true" />;
}
