import { useState, type ReactNode } from "react";
import { requestOf } from "#editor/layout/arrange.ts";
import { boundsOf, type Positions } from "#editor/layout/geometry.ts";
import { arrangeSimple } from "#editor/layout/layered-layout.ts";
import styles from "./canvas.module.css";
import type { CanvasModel } from "./use-canvas-model.ts";
import { fitting } from "./view.ts";

/** Milliseconds after which progress is shown and can be cancelled. */
const PROGRESS_AFTER = 300;

/** Arrange: the selection if it has two or more boxes, else the whole graph. Expanded groups are laid out at their size. */
export function useArrange({ props, scene, topRects: rects, frame, control, announce }: CanvasModel): {
  readonly arrange: () => Promise<void>;
  readonly overlay: ReactNode;
} {
  const { layout, onPlace, selection, t } = props;
  const [running, setRunning] = useState<AbortController>();

  const arrange = async () => {
    const chosen = selection.filter((id) => rects.has(id));
    const only = chosen.length >= 2 ? new Set(chosen) : undefined;
    const request = requestOf(scene.top, scene.topWires, only);
    const abort = new AbortController();
    const timer = setTimeout(() => setRunning(abort), PROGRESS_AFTER);
    let found: Positions;
    try {
      found = layout ? (await layout.arrange(request, abort.signal)).places : arrangeSimple(request).places;
    } catch {
      return;
    } finally {
      clearTimeout(timer);
      setRunning(undefined);
    }
    const corner = only && boundsOf([...rects].flatMap(([id, rect]) => (only.has(id) ? [rect] : [])));
    const moved = corner ? new Map([...found].map(([id, at]) => [id, { x: at.x + corner.x, y: at.y + corner.y }])) : found;
    onPlace(moved, "arrange");
    announce(t("canvas.arranged", { n: moved.size }));
    if (only || !frame) return;
    const next = boundsOf(
      scene.top.flatMap((box) => (moved.has(box.id) ? [{ ...moved.get(box.id)!, width: box.width, height: box.height }] : [])),
    );
    if (next) control.go(fitting(next, frame), true);
  };
  const overlay = running && (
    <div className={styles.progress} role="status" data-overlay="">
      {t("canvas.arranging")}
      <button type="button" onClick={() => running.abort()}>
        {t("canvas.stop")}
      </button>
    </div>
  );
  return { arrange, overlay };
}
