import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from "react";
import type { Rect, Size } from "#editor/layout/geometry.ts";
import type { TemplateId } from "#pipeline/model.ts";
import type { View } from "./canvas-props.ts";
import { useView, useViewport } from "./viewport-layer.tsx";
import { clampZoom, detailAt, detailStep, fitting, inView, opening, zoomAbout, ZOOM_STEP, type Detail } from "./view.ts";

/** Boxes within this many screen pixels of the edge are mounted, and the region moves in steps, so that most frames of a pan render nothing. */
const MARGIN = 64;
const STEP = 96;

/**
 * The size of the canvas on the page, in pixels: "unknown" before it was measured, "none" where nothing is laid out (a hidden tab, a test).
 */
export function useFrame(root: RefObject<HTMLElement | null>): Size | "unknown" | "none" {
  const [frame, setFrame] = useState<Size | "unknown" | "none">("unknown");
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    const read = () => {
      const { clientWidth: width, clientHeight: height } = element;
      const none = width === 0 || height === 0;
      setFrame((old) =>
        none
          ? old === "unknown"
            ? "none"
            : old
          : typeof old === "object" && old.width === width && old.height === height
            ? old
            : { width, height },
      );
    };
    const observer = typeof ResizeObserver === "undefined" ? undefined : new ResizeObserver(read);
    observer?.observe(element);
    read();
    return () => observer?.disconnect();
  }, [root]);
  return frame;
}

export interface ViewControl {
  readonly now: () => View;
  readonly go: (view: View, smooth?: boolean) => void;
  readonly zoomBy: (steps: number) => void;
  readonly zoomTo: (zoom: number) => void;
}

/** Moves the view. */
export function useViewControl(frame: Size | undefined): ViewControl {
  const { now, go } = useViewport();
  return useMemo(() => {
    const zoomTo = (zoom: number) => {
      const middle = { x: (frame?.width ?? 0) / 2, y: (frame?.height ?? 0) / 2 };
      go(zoomAbout(now(), middle, zoom), true);
    };
    return { now, go, zoomTo, zoomBy: (steps) => zoomTo(clampZoom(now().zoom * ZOOM_STEP ** steps)) };
  }, [now, go, frame]);
}

/** The part of the canvas whose boxes are mounted; changes in steps while the view moves. */
export function useRegion(frame: Size | undefined): Rect | undefined {
  const key = useView(
    useCallback(
      ({ x, y, zoom }: View) => {
        if (!frame) return "";
        const step = STEP / zoom;
        const seen = inView({ x, y, zoom }, frame, MARGIN);
        return [
          Math.floor(seen.x / step) * step,
          Math.floor(seen.y / step) * step,
          Math.ceil((seen.x + seen.width) / step) * step,
          Math.ceil((seen.y + seen.height) / step) * step,
        ]
          .map(Math.round)
          .join(",");
      },
      [frame],
    ),
  );
  return useMemo(() => {
    if (key === "") return undefined;
    const [left = 0, top = 0, right = 0, bottom = 0] = key.split(",").map(Number);
    return { x: left, y: top, width: right - left, height: bottom - top };
  }, [key]);
}

/** The level of detail, and the zoom in steps of 3 % for what must keep its size on the screen. */
export function useDetail(many: boolean): { readonly detail: Detail; readonly zoom: number } {
  const zoom = useView((view) => 1.03 ** Math.round(Math.log(view.zoom) / Math.log(1.03)));
  const step = useView(useCallback((view: View) => detailStep(view.zoom, many), [many]));
  const [detail, setDetail] = useState<Detail>(() => detailAt(step, many));
  const next = detailAt(step, many, detail);
  if (next !== detail) setDetail(next);
  return { detail: next, zoom };
}

export interface OpeningOptions {
  readonly graph: TemplateId;
  readonly frame: Size | undefined;
  readonly bounds: Rect | undefined;
  /** The first task of the flow. */
  readonly first: Rect | undefined;
  readonly initialView?: View;
  readonly control: ViewControl;
  readonly fittedRef: RefObject<View | undefined>;
}

/**
 * Sets the view when another graph is shown: the last one in this browser, else fitted. True once that is done. `fittedRef` receives the
 * view if it was fitted, so that others can check whether the user has moved it since.
 */
export function useOpening({ graph, frame, bounds, first, initialView, control, fittedRef }: OpeningOptions): boolean {
  const [shown, setShown] = useState<TemplateId>();
  const views = useRef(new Map<TemplateId, View>());
  const former = useRef<TemplateId | undefined>(undefined);
  const ready = frame !== undefined && bounds !== undefined;
  useEffect(() => {
    if (!ready || former.current === graph) return;
    if (former.current !== undefined) views.current.set(former.current, control.now());
    const known = views.current.get(graph) ?? initialView;
    const view = known ?? opening(bounds, frame, first);
    control.go(view);
    fittedRef.current = known ? undefined : view;
    former.current = graph;
    setShown(graph);
  }, [graph, ready, frame, bounds, first, initialView, control, fittedRef]);
  return shown === graph;
}

export { fitting };
