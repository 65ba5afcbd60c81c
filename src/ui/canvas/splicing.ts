import type { Box } from "#editor/layout/box.ts";
import type { BoxId } from "#editor/layout/places.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { PipelineCanvasProps } from "./canvas-props.ts";
import { spliceOf, wireAt, type Splice } from "./splice.ts";
import type { Hand } from "./hand.ts";
import type { DrawnWire } from "./wire-layer.tsx";
import { judgePorts, wireEnd, type PortAt } from "./wiring.ts";

export interface SpliceOptions {
  readonly props: PipelineCanvasProps;
  readonly byId: ReadonlyMap<BoxId, Box>;
  readonly wires: readonly Wire[];
  /** The wires on the screen, requested when a box is dragged. */
  readonly drawn: () => readonly DrawnWire[];
  readonly zoom: () => number;
  readonly announce: (sentence: string) => void;
}

/** A box held over a wire: whether it fits, and splicing it when it is dropped there. Ctrl or Cmd prevents it. */
export function splicing({ props, byId, wires, drawn, zoom, announce }: SpliceOptions) {
  const { graph, judge, onSplice, say } = props;

  const found = (box: Box | undefined, over: Wire | undefined) =>
    box && over && onSplice && spliceOf(over, box, byId, wires, (a, b) => judgePorts(a, b, graph.template, judge).fits === "yes");
  const foundAt = (ids: ReadonlySet<BoxId>, hand: Hand) => {
    const [only] = ids;
    if (ids.size !== 1 || hand.mod || only === undefined || !onSplice) return undefined;
    return found(byId.get(only), wireAt(hand.at, drawn(), zoom()));
  };
  const does = ({ wire: { edge }, from, input, output, to }: Splice) => {
    const end = (port: PortAt) => wireEnd(port, graph.template);
    onSplice?.(edge, [end(from), end(input)], [end(output), end(to)]);
    announce(say("canvas.connected", { out: from.row.port.label, from: from.box.title, in: input.row.port.label, to: input.box.title }));
  };
  return {
    /** Id of the wire that would take the dragged boxes. */
    over: (ids: ReadonlySet<BoxId>, hand: Hand) => foundAt(ids, hand)?.wire.id,
    drop: (ids: ReadonlySet<BoxId>, hand: Hand) => {
      const splice = foundAt(ids, hand);
      if (splice) does(splice);
    },
    into: (box: BoxId, over: Wire | undefined) => {
      const splice = found(byId.get(box), over);
      if (splice) does(splice);
    },
  };
}
