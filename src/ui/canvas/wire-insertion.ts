import type { Box } from "#editor/layout/box.ts";
import type { Row } from "#editor/layout/box-rows.ts";
import type { BoxId, Point } from "#editor/layout/geometry.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { DrawnWire } from "./wire-layer.tsx";
import type { PortAt } from "./wire-ends.ts";

/** Setting a box between the two ends of a wire (docs/spec/interaction.md#splice). */
export interface WireInsertion {
  readonly wire: Wire;
  readonly from: PortAt;
  readonly input: PortAt;
  readonly output: PortAt;
  readonly to: PortAt;
}

/** Distance in screen pixels within which a wire takes what is dropped. */
const REACH = 12;

/** The wire under a point; undefined if none is near enough. */
export function wireAt(at: Point, drawn: readonly DrawnWire[], zoom: number): Wire | undefined {
  let best: Wire | undefined;
  let least = REACH / zoom;
  for (const { wire, route } of drawn) {
    for (let i = 1; i < route.points.length; i++) {
      const distance = toSegment(at, route.points[i - 1]!, route.points[i]!);
      if (distance < least) [best, least] = [wire, distance];
    }
  }
  return best;
}

function toSegment({ x, y }: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / length));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}

/**
 * How a box would be spliced into a wire: by its first free ports that fit. Boxes of other graphs, and ports that have wires, never are.
 */
export function insertionOf(
  wire: Wire,
  box: Box,
  byId: ReadonlyMap<BoxId, Box>,
  wires: readonly Wire[],
  fits: (a: PortAt, b: PortAt) => boolean,
): WireInsertion | undefined {
  const [source, target] = [byId.get(wire.from), byId.get(wire.to)];
  if (!source || !target || !wire.fromRow || !wire.toRow || wire.boundary || box === source || box === target || box.frame)
    return undefined;
  if (box.kind !== "task" || box.within?.at(-1) !== wire.within) return undefined;
  const from: PortAt = { box: source, row: wire.fromRow };
  const to: PortAt = { box: target, row: wire.toRow };
  const isFree = (row: Row) =>
    !wires.some((one) => (one.from === box.id && one.fromRow === row) || (one.to === box.id && one.toRow === row));
  const input = box.inputs.find((row) => isFree(row) && row.content.kind !== "chip" && fits(from, { box, row }));
  const output = box.outputs.find((row) => isFree(row) && fits({ box, row }, to));
  return input && output && { wire, from, input: { box, row: input }, output: { box, row: output }, to };
}
