import type { Box } from "#editor/layout/box.ts";
import type { BoxId } from "#editor/layout/geometry.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { PipelineCanvasProps } from "./canvas-props.ts";
import { insertionOf, wireAt, type WireInsertion } from "./wire-insertion.ts";
import type { PointerState } from "./pointer.ts";
import type { DrawnWire } from "./wire-layer.tsx";
import { judgePorts, wireEnd, type PortAt } from "./wire-ends.ts";

export interface WireInsertionOptions {
  readonly props: PipelineCanvasProps;
  readonly byId: ReadonlyMap<BoxId, Box>;
  readonly wires: readonly Wire[];
  /** The wires on the screen, requested when a box is dragged. */
  readonly drawn: () => readonly DrawnWire[];
  readonly zoom: () => number;
  readonly announce: (message: string) => void;
}

/** A box held over a wire: whether it fits, and splicing it when it is dropped there. Ctrl or Cmd prevents it. */
export function useWireInsertion({ props, byId, wires, drawn, zoom, announce }: WireInsertionOptions) {
  const { graph, judge, onInsertOnWire, t } = props;

  const found = (box: Box | undefined, over: Wire | undefined) =>
    box && over && onInsertOnWire && insertionOf(over, box, byId, wires, (a, b) => judgePorts(a, b, graph.template, judge).fits === "yes");
  const foundAt = (ids: ReadonlySet<BoxId>, pointerState: PointerState) => {
    const [only] = ids;
    if (ids.size !== 1 || pointerState.mod || only === undefined || !onInsertOnWire) return undefined;
    return found(byId.get(only), wireAt(pointerState.at, drawn(), zoom()));
  };
  const does = ({ wire: { edge }, from, input, output, to }: WireInsertion) => {
    const end = (port: PortAt) => wireEnd(port, graph.template);
    onInsertOnWire?.(edge, [end(from), end(input)], [end(output), end(to)]);
    announce(t("canvas.connected", { out: from.row.port.label, from: from.box.title, in: input.row.port.label, to: input.box.title }));
  };
  return {
    /** Id of the wire that would take the dragged boxes. */
    over: (ids: ReadonlySet<BoxId>, pointerState: PointerState) => foundAt(ids, pointerState)?.wire.id,
    drop: (ids: ReadonlySet<BoxId>, pointerState: PointerState) => {
      const splice = foundAt(ids, pointerState);
      if (splice) does(splice);
    },
    into: (box: BoxId, over: Wire | undefined) => {
      const splice = found(byId.get(box), over);
      if (splice) does(splice);
    },
  };
}
