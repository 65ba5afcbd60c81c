import { useEffect, useMemo, useRef, useState } from "react";
import { requestOf, SIMPLE_FROM, type ArrangeRequest } from "#editor/layout/arrange.ts";
import type { Box } from "#editor/layout/box.ts";
import { placeNew } from "#editor/layout/place-new.ts";
import type { Places } from "#editor/layout/places.ts";
import { arrangeSimple } from "#editor/layout/simple.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { TemplateId } from "#model/model.ts";
import type { PipelineCanvasProps } from "./canvas-props.ts";

const NONE: Places = new Map();

/**
 * Places for every box: those of the page, and for boxes that have none those that the layout finds, which the page is told. Undefined
 * while a whole graph waits for the layout worker; large graphs and a few new boxes are placed at once.
 */
export function usePlaces(
  graph: TemplateId,
  boxes: readonly Box[],
  wires: readonly Wire[],
  { places, layout, onPlace }: Pick<PipelineCanvasProps, "places" | "layout" | "onPlace">,
): Places | undefined {
  const [late, setLate] = useState<{ readonly graph: TemplateId; readonly places: Places }>();
  const tell = useRef(onPlace);
  useEffect(() => {
    tell.current = onPlace;
  });

  const known = useMemo(() => (late?.graph === graph ? new Map([...late.places, ...places]) : places), [late, graph, places]);
  const request = useMemo(() => (boxes.every((box) => known.has(box.id)) ? undefined : requestOf(boxes, wires)), [boxes, wires, known]);
  const isNew = request !== undefined && !boxes.some((box) => known.has(box.id));
  const waits = isNew && layout !== undefined && needsWorker(request);
  const found = useMemo(
    () => (!request || waits ? NONE : isNew ? arrangeSimple(request).places : placeNew(request, known)),
    [request, waits, isNew, known],
  );

  useEffect(() => {
    if (found.size > 0) tell.current(found, "layout");
  }, [found]);

  useEffect(() => {
    if (!waits || !request || !layout) return;
    const control = new AbortController();
    layout.arrange(request, control.signal).then(
      (arranged) => {
        if (control.signal.aborted) return;
        setLate({ graph, places: arranged.places });
        tell.current(arranged.places, "layout");
      },
      () => {
        if (!control.signal.aborted) setLate({ graph, places: arrangeSimple(request).places });
      },
    );
    return () => control.abort();
  }, [waits, request, layout, graph]);

  return useMemo(() => (waits ? undefined : found.size === 0 ? known : new Map([...known, ...found])), [waits, known, found]);
}

function needsWorker(request: ArrangeRequest): boolean {
  return request.boxes.length < SIMPLE_FROM && request.boxes.every((box) => box.stage === undefined);
}
