import { nameOf, type Box } from "#editor/layout/box.ts";
import type { BoxId, Positions, Point } from "#editor/layout/geometry.ts";
import type { TemplateId } from "#pipeline/model.ts";

/** Places of moved boxes by their ids, for each graph; of an expanded group's graph also the places that all its boxes have now. */
export function movedByGraph(
  ids: readonly BoxId[],
  byId: ReadonlyMap<BoxId, Box>,
  places: Positions | undefined,
  dx: number,
  dy: number,
): ReadonlyMap<TemplateId | undefined, { readonly all: Positions; readonly moved: Positions }> {
  const graphs = new Map<TemplateId | undefined, { all: Positions; moved: Map<BoxId, Point> }>();
  for (const id of ids) {
    const box = byId.get(id);
    const frame = box?.within && byId.get(box.within.at(-1)!)?.frame;
    const known = frame ? frame.own : places;
    const at = known?.get(id);
    if (!box || !at) continue;
    let graph = graphs.get(box.graph);
    if (!graph)
      graphs.set(
        box.graph,
        (graph = {
          all: frame
            ? new Map(frame.boxes.flatMap((one) => (frame.own.has(one.id) ? [[nameOf(one), frame.own.get(one.id)!] as const] : [])))
            : new Map(),
          moved: new Map(),
        }),
      );
    graph.moved.set(nameOf(box), { x: at.x + dx, y: at.y + dy });
  }
  return graphs;
}
