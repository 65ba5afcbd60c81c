import type { Point } from "#editor/layout/geometry.ts";
import type { Answers } from "./connect-ports.ts";
import { portAt, type ConnectingModel } from "./connecting-model.ts";
import type { Connect, Held, PortRef } from "./gesture.ts";
import type { PointerState } from "./pointer.ts";
import { endsOf } from "./scene.ts";

/** Within this many pixels of its end a wire is picked up there. */
const WIRE_END = 20;

/** Creates what a press picks up: a new wire, the end of one, or an order; undefined if nothing, or if nothing can be changed. */
export function createTake(model: () => ConnectingModel, answers: Answers) {
  return ({ under, at }: PointerState, by: Connect["by"]): Held | undefined => {
    const { props, byId } = model();
    answers.close();
    if (under.kind !== "wire" && under.kind !== "port" && under.kind !== "order") return undefined;
    if (props.readOnly) {
      if (by === "drag" && props.onRefused) props.onRefused();
      else if (by === "drag" && under.kind !== "wire") answers.refuseAt(under.box, at, { code: "canvas.shown-only" });
      return undefined;
    }
    if (under.kind === "wire") return endNear(model(), under.wire, at);
    if (under.kind === "order") return byId.has(under.box) && props.onRunAfter ? { kind: "order", from: under.box } : undefined;
    return fromPort(model(), { box: under.box, row: under.row }, by);
  };
}

/** Near one of its ends a wire is detached there; the other end stays. */
function endNear({ wires, rects, byId, zoom }: ConnectingModel, id: string, at: Point): Held | undefined {
  const wire = wires.find((one) => one.id === id);
  const ends = wire && endsOf(wire, rects);
  if (!wire || !ends || wire.boundary) return undefined;
  const [fromFar, toFar] = ends.map((end) => Math.hypot(end.x - at.x, end.y - at.y) * zoom()) as [number, number];
  if (Math.min(fromFar, toFar) > WIRE_END) return undefined;
  const [box, row] = toFar <= fromFar ? [byId.get(wire.from), wire.fromRow] : [byId.get(wire.to), wire.toRow];
  return box && row ? { kind: "wire", from: { box: box.id, row: row.key }, moved: wire.id } : undefined;
}

/** Dragging a wired input takes the end of its wire; clicking it starts a new one. */
function fromPort({ wires, byId }: ConnectingModel, ref: PortRef, by: Connect["by"]): Held | undefined {
  const port = portAt(byId, ref);
  if (!port) return undefined;
  const own = by === "drag" && port.row.side === "input" ? wires.filter((wire) => wire.to === ref.box && wire.toRow?.key === ref.row) : [];
  const [only] = own;
  if (own.length === 1 && only?.fromRow) return { kind: "wire", from: { box: only.from, row: only.fromRow.key }, moved: only.id };
  return { kind: "wire", from: ref };
}
