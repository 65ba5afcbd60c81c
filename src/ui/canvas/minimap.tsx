import { useEffect, useRef, type PointerEvent } from "react";
import { boundsOf, type BoxId, type Point, type Rect, type Size } from "#editor/layout/geometry.ts";
import styles from "./canvas.module.css";
import { coloursOf } from "./paint-overview.ts";
import { inView } from "./view.ts";
import { useViewport } from "./viewport-layer.tsx";

const SIZE = { width: 152, height: 92 };
const EDGE = 6;

export interface MinimapProps {
  readonly rects: ReadonlyMap<BoxId, Rect>;
  readonly selected: ReadonlySet<BoxId>;
  readonly frame: Size;
  readonly theme: string;
  readonly label: string;
  readonly onGo: (to: Point) => void;
}

/** The whole graph small. Boxes are painted only when they change; the frame of the view is one element moved with the view. */
export function Minimap({ rects, selected, frame, theme, label, onGo }: MinimapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<HTMLDivElement>(null);
  const viewport = useViewport();

  useEffect(() => {
    const pen = canvas.current?.getContext("2d");
    const bounds = boundsOf(rects.values());
    if (!canvas.current || !pen || !bounds) return;
    const ratio = window.devicePixelRatio || 1;
    canvas.current.width = SIZE.width * ratio;
    canvas.current.height = SIZE.height * ratio;
    const { k, x, y } = scaleOf(bounds);
    const colour = coloursOf(theme);
    const draw = () => {
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, SIZE.width, SIZE.height);
      for (const [id, rect] of rects) {
        pen.globalAlpha = selected.has(id) ? 1 : 0.55;
        pen.fillStyle = colour(selected.has(id) ? "accent-line" : "line-control");
        pen.fillRect(x + rect.x * k, y + rect.y * k, Math.max(1, rect.width * k - 0.5), Math.max(1, rect.height * k - 0.5));
      }
    };
    const pending = requestAnimationFrame(draw);
    const follow = () => {
      const seen = inView(viewport.now(), frame);
      const left = Math.max(1, x + seen.x * k);
      const top = Math.max(1, y + seen.y * k);
      const right = Math.min(SIZE.width - 1, x + (seen.x + seen.width) * k);
      const bottom = Math.min(SIZE.height - 1, y + (seen.y + seen.height) * k);
      const style = view.current?.style;
      if (!style) return;
      style.transform = `translate(${left}px, ${top}px)`;
      style.width = `${Math.max(4, right - left)}px`;
      style.height = `${Math.max(4, bottom - top)}px`;
    };
    follow();
    const stop = viewport.store.subscribe(follow);
    return () => {
      stop();
      cancelAnimationFrame(pending);
    };
  }, [rects, selected, frame, theme, viewport]);

  const go = (event: PointerEvent<HTMLDivElement>) => {
    const bounds = boundsOf(rects.values());
    if (!bounds || (event.type === "pointermove" && event.buttons !== 1)) return;
    event.stopPropagation();
    const box = event.currentTarget.getBoundingClientRect();
    const { k, x, y } = scaleOf(bounds);
    onGo({ x: (event.clientX - box.left - x) / k, y: (event.clientY - box.top - y) / k });
  };
  return (
    <div className={styles.minimap} role="img" aria-label={label} onPointerDown={go} onPointerMove={go}>
      <canvas ref={canvas} style={SIZE} />
      <div ref={view} className={styles.minimapView} />
    </div>
  );
}

function scaleOf(bounds: Rect): { k: number; x: number; y: number } {
  const k = Math.min((SIZE.width - 2 * EDGE) / bounds.width, (SIZE.height - 2 * EDGE) / bounds.height, 0.12);
  return { k, x: (SIZE.width - bounds.width * k) / 2 - bounds.x * k, y: (SIZE.height - bounds.height * k) / 2 - bounds.y * k };
}
