import { useEffect, useMemo, useRef, useState, type RefObject } from "react";
import { requestOf, type ArrangeRequest } from "#editor/layout/arrange.ts";
import type { Box } from "#editor/layout/box.ts";
import { placeNew } from "#editor/layout/position-new-boxes.ts";
import type { BoxId, Positions } from "#editor/layout/geometry.ts";
import { arrangeSimple } from "#editor/layout/layered-layout.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { Graph } from "#pipeline/graph.ts";
import type { TemplateId } from "#pipeline/model.ts";
import type { PipelineCanvasProps } from "./canvas-props.ts";

const NONE: Positions = new Map();
/** A graph with more boxes opens in the simple arrangement and keeps it until Arrange is asked for: the engine would take seconds. */
const ENGINE_UP_TO = 60;
/** What counts as touching the canvas. A box must not move away from a pointer that is on its way to it. */
const TOUCHES = ["pointerdown", "pointermove", "wheel", "dragover", "drop"] as const;

export interface PositionsOptions {
  readonly graph: Graph;
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
  readonly props: Pick<PipelineCanvasProps, "places" | "layout" | "pending" | "onPlace">;
  readonly root: RefObject<HTMLElement | null>;
  /** Returns false if the user has moved the view since the graph was opened. */
  readonly isViewUntouched: () => boolean;
  /** Called with the layout engine's positions just before they are shown, so that the view can follow. */
  readonly onEngine: (places: Positions) => void;
}

/**
 * Positions for every box, in the very first render: those of the page, and for boxes that have none those of the simple arrangement,
 * which are reported to the page. For a small graph without any positions the layout engine is asked, too. Its answer replaces the simple
 * arrangement only if until then nobody has touched the canvas or edited the graph.
 */
export function usePositions({ graph, boxes, wires, props, root, isViewUntouched, onEngine }: PositionsOptions): Positions {
  const { places, layout, pending, onPlace } = props;
  const [fromEngine, setFromEngine] = useState<{ readonly template: TemplateId; readonly places: Positions }>();
  const asked = useRef<AbortController | undefined>(undefined);
  const latest = useRef({ places, onPlace, isViewUntouched, onEngine });
  useEffect(() => {
    latest.current = { places, onPlace, isViewUntouched, onEngine };
  });

  const known = useMemo(
    () => (fromEngine?.template === graph.template ? new Map([...fromEngine.places, ...places]) : places),
    [fromEngine, graph.template, places],
  );
  const request = useMemo(() => (boxes.every((box) => known.has(box.id)) ? undefined : requestOf(boxes, wires)), [boxes, wires, known]);
  const isNew = request !== undefined && !boxes.some((box) => known.has(box.id));
  const found = useMemo(
    () => (!request ? NONE : isNew ? arrangeSimple(request).places : placeNew(request, known)),
    [request, isNew, known],
  );

  // An edit gives another graph: an answer about the former one would be wrong.
  useEffect(
    () => () => {
      asked.current?.abort();
      asked.current = undefined;
    },
    [graph, layout],
  );
  useEffect(() => {
    if (found.size > 0) latest.current.onPlace(found, "layout");
    if (!isNew || !request || !layout || !isForEngine(request)) return;
    asked.current?.abort();
    const control = new AbortController();
    asked.current = control;
    // Aborted in every case: by an edit, or after the answer.
    const done = pending?.begin("layout");
    control.signal.addEventListener("abort", () => done?.(), { once: true });
    const untouched = watchTouches(root.current, control.signal);
    const isAsOpened = () =>
      !control.signal.aborted && untouched() && latest.current.isViewUntouched() && stands(found, latest.current.places);
    layout.arrange(request, control.signal).then(
      (arranged) => {
        if (isAsOpened() && arranged.by === "elk") {
          latest.current.onEngine(arranged.places);
          setFromEngine({ template: graph.template, places: arranged.places });
          latest.current.onPlace(arranged.places, "layout");
        }
        control.abort();
      },
      // The simple arrangement stays.
      () => control.abort(),
    );
    // What the request was made of is in `found`; the rest may change while the engine works.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [found]);

  return useMemo(() => (found.size === 0 ? known : new Map([...known, ...found])), [known, found]);
}

function isForEngine(request: ArrangeRequest): boolean {
  return request.boxes.length <= ENGINE_UP_TO && request.boxes.every((box) => box.stage === undefined);
}

/** Watches the canvas (and all keys) until the signal aborts; the function returned is true as long as nothing has happened. */
function watchTouches(root: HTMLElement | null, signal: AbortSignal): () => boolean {
  let touched = false;
  const touch = (event: Event) => {
    // A browser reports a pointer at rest again when something else comes to lie under it.
    if (event.type === "pointermove" && (event as PointerEvent).movementX === 0 && (event as PointerEvent).movementY === 0) return;
    touched = true;
  };
  const options = { capture: true, passive: true, signal };
  // The overlays of the canvas (zoom, minimap) are siblings of its root.
  for (const type of TOUCHES) (root?.parentElement ?? root)?.addEventListener(type, touch, options);
  root?.ownerDocument.addEventListener("keydown", touch, options);
  return () => !touched;
}

/** Whether all boxes still have the positions given to them, as far as the page keeps positions at all. */
function stands(given: Positions, places: Positions): boolean {
  return [...given].every(([id, at]) => {
    const now = places.get(id as BoxId);
    return now === undefined || (now.x === at.x && now.y === at.y);
  });
}
