import type { Box } from "#editor/layout/box.ts";
import type { BoxId } from "#editor/layout/geometry.ts";
import { wouldClose } from "#pipeline/port-compatibility.ts";
import type { Answers, Connector, Fits } from "./connect-ports.ts";
import { draggedWire, isVolume, portAt, type ConnectingModel, type DraggedWire } from "./connecting-model.ts";
import type { Connect, Held } from "./gesture.ts";
import type { PointerState } from "./pointer.ts";
import { portsOfBox, wireEnd } from "./wire-ends.ts";

/** What a release needs. */
export interface ReleaseParts {
  readonly model: () => ConnectingModel;
  readonly answers: Answers;
  readonly fits: Fits;
  readonly connector: Connector;
}

/** Creates what a release does: connects, refuses or asks. False: a click on the port itself, the wire stays held. */
export function createRelease(parts: ReleaseParts) {
  const { model, fits, connector } = parts;
  return (held: Held, pointerState: PointerState, by: Connect["by"]): boolean => {
    if (held.kind === "order") {
      releaseOrder(parts, held.from, pointerState);
      return true;
    }
    const { props, byId } = model();
    const wire = draggedWire(model(), held);
    if (!wire || props.readOnly) return true;
    const { from, moved } = wire;
    const { under } = pointerState;
    const hit = fits.near(from, pointerState) ?? (under.kind === "port" ? portAt(byId, under) : undefined);
    if (hit && hit.row.key === from.row.key && hit.box.id === from.box.id) return by === "drag";
    if (hit) connector.attempt(from, hit, moved);
    else releaseBeside(parts, wire, pointerState);
    return true;
  };
}

/** Not on a port: on a box, on the canvas, or beside it. */
function releaseBeside(parts: ReleaseParts, wire: DraggedWire, pointerState: PointerState): void {
  const { model, connector } = parts;
  const { props, byId } = model();
  const { from, moved } = wire;
  const { under } = pointerState;
  const over = "box" in under ? byId.get(under.box) : undefined;
  if (under.kind === "outside") {
    const field = connector.heldWire(wire);
    if (field) props.fields?.drop(field, pointerState.client);
  } else if (over && isVolume(from) && props.mounting && over.id !== from.box.id) releaseVolume(parts, wire, { box: over, pointerState });
  else if (over) releaseOnBox(parts, wire, { box: over, pointerState });
  else if (moved) connector.cut(moved);
  else props.onWireDropped?.(wireEnd(from, props.graph.template), pointerState.at, pointerState.client);
}

interface OnBox {
  readonly box: Box;
  readonly pointerState: PointerState;
}

/** The only free fitting port takes the wire; several ask which; none refuses. */
function releaseOnBox({ model, answers, fits, connector }: ReleaseParts, { from, moved }: DraggedWire, { box, pointerState }: OnBox): void {
  const { t } = model().props;
  if (box.id === from.box.id) {
    const sameSide = from.row.side === "output" ? "canvas.same-side-outputs" : "canvas.same-side-inputs";
    return answers.refuseAt(box.id, pointerState.at, { code: box.kind === "task" ? "canvas.itself" : sameSide });
  }
  const answer = portsOfBox(box, from, fits.fitsFrom(from).get(box.id));
  if (answer.take) return connector.connect(from, answer.take, { old: moved });
  if (answer.refuse) return connector.attempt(from, answer.refuse, moved);
  if (!answer.choose) {
    const code = from.row.side === "output" ? "canvas.no-input" : "canvas.no-output";
    return answers.refuseAt(from.box.id, pointerState.at, { code, values: { task: box.title } });
  }
  answers.ask({
    title: t("canvas.choose-input", { task: box.title }),
    choices: answer.choose.map((port) => ({ port })),
    at: pointerState.at,
    pick: ({ port }) => connector.connect(from, port, { old: moved }),
  });
}

/** A volume on a task is mounted there. */
function releaseVolume({ model, answers }: ReleaseParts, { from }: DraggedWire, { box, pointerState }: OnBox): void {
  const { props } = model();
  if (!box.node || !props.mounting) return answers.refuseAt(from.box.id, pointerState.at, { code: "canvas.mounts-nothing" });
  const volume = wireEnd(from, props.graph.template);
  const judgement = props.mounting.judge(volume, box.node.id);
  if (judgement.fits === "yes")
    props.mounting.ask({ volume, task: box.node.id, names: { volume: from.box.title, task: box.title }, screen: pointerState.client });
  else answers.refuse({ from: from.box.id, at: pointerState.at, judgement });
}

/** The order handle of one box on another box of the same graph: that one runs after it. */
function releaseOrder({ model, answers }: ReleaseParts, id: BoxId, { under, at }: PointerState): void {
  const { props, byId } = model();
  const from = byId.get(id);
  const over = "box" in under ? byId.get(under.box) : undefined;
  if (!from || !over || props.readOnly) return;
  if (over === from) return answers.refuseAt(id, at, { code: "canvas.itself-order" });
  if (!over.node || !from.node || over.graph !== from.graph)
    return answers.refuseAt(id, at, { code: "canvas.order-elsewhere", values: { task: from.title } });
  const graph = over.within ? byId.get(over.within.at(-1)!)?.frame?.graph : props.graph;
  const back = graph && wouldClose(graph, from.node.id, over.node.id);
  if (!graph || !back) return props.onRunAfter?.(over.node.id, from.node.id);
  const titles = new Map(graph.nodes.map((node) => [node.id, node.title]));
  const path = [from.node.id, ...back].map((task) => titles.get(task) ?? task).join(" → ");
  answers.refuseAt(id, at, { code: "would-close-cycle", values: { path } });
}
