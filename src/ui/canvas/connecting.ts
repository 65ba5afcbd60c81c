import { createStore } from "zustand/vanilla";
import { nameOf, type Box } from "#editor/layout/box.ts";
import type { BoxId, Point, Rect } from "#editor/layout/geometry.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { WireEnd } from "#pipeline/edit.ts";
import { wouldClose } from "#pipeline/port-compatibility.ts";
import type { ConnectAs, HeldWire, Judgement, PipelineCanvasProps } from "./canvas-props.ts";
import type { Connect, Held, PortRef } from "./gesture-machine.ts";
import type { PointerState } from "./pointer.ts";
import type { PortChoice } from "./port-list.tsx";
import { endsOf } from "./scene.ts";
import {
  connectChoices,
  fitsOf,
  inOrder,
  judgePorts,
  portNear,
  portPoint,
  portsOfBox,
  wireEnd,
  type Fit,
  type PortAt,
} from "./wire-ends.ts";

/** The logic of drawing a wire, without React: what a press picks up, where the loose end sticks, and what a release results in. */

/** Within this many pixels of its end a wire is picked up there. */
const WIRE_END = 20;
/** Within this many pixels of a port a volume counts as on it. */
const ON_PORT = 14;

/** The current graph and its context. */
export interface ConnectingModel {
  readonly props: PipelineCanvasProps;
  readonly boxes: readonly Box[];
  readonly byId: ReadonlyMap<BoxId, Box>;
  readonly wires: readonly Wire[];
  readonly rects: ReadonlyMap<BoxId, Rect>;
  /** Boxes in view: their ports are judged when a wire begins. */
  readonly seen: readonly Box[];
  readonly zoom: () => number;
  readonly announce: (message: string) => void;
}

/** The inputs of the fit of ports. */
type JudgedBy = Pick<PipelineCanvasProps, "graph" | "judge"> & Pick<ConnectingModel, "seen">;

function judgedBy({ seen, props: { graph, judge } }: ConnectingModel): JudgedBy {
  return { seen, graph, judge };
}

/** Why a wire was refused, or what it needs. `to` is missing where no port can be meant. */
export interface Bubble {
  readonly from: BoxId;
  readonly ends?: { readonly from: PortAt; readonly to: PortAt };
  readonly at: Point;
  readonly moved?: Wire;
  readonly judgement: Exclude<Judgement, { fits: "yes" }>;
}

/** A question which port is meant. */
export interface List {
  readonly from?: PortAt;
  readonly title: string;
  readonly choices: readonly PortChoice[];
  readonly at: Point;
  readonly pick: (choice: PortChoice) => void;
}

export interface Answer {
  readonly bubble?: Bubble;
  readonly list?: List;
}

export type Connecting = ReturnType<typeof connecting>;

/** A held wire, resolved in the current model. */
export interface DraggedWire {
  readonly from: PortAt;
  readonly moved?: Wire;
}

/** The port of a reference, if it still exists. */
export function portAt(byId: ReadonlyMap<BoxId, Box>, { box: id, row }: PortRef): PortAt | undefined {
  const box = byId.get(id);
  const found = box?.inputs.find((one) => one.key === row) ?? box?.outputs.find((one) => one.key === row);
  return box && found && { box, row: found };
}

/** What a held wire refers to now; undefined if its port, or the wire whose end it took, is gone. */
export function draggedWire({ byId, wires }: Pick<ConnectingModel, "byId" | "wires">, held: Held): DraggedWire | undefined {
  if (held.kind === "order") return undefined;
  const from = portAt(byId, held.from);
  const moved = held.moved === undefined ? undefined : wires.find(({ id }) => id === held.moved);
  return from && (held.moved === undefined || moved) ? { from, moved } : undefined;
}

/** Whether a wire from here brings a volume: the claim that a task makes. */
export function isVolume({ row }: PortAt): boolean {
  return row.side === "output" && row.port.volume === "";
}

/** The tasks that can mount a volume: they run a program. */
export function mountsVolumes(box: Box): boolean {
  return box.node?.kind === "container" || box.node?.kind === "script";
}

/** Draws wires in the graph of the last `setModel`, and keeps the answer to the last wire until it is closed. */
export function connecting(first: ConnectingModel) {
  let current = first;
  const model = () => current;
  const setModel = (next: ConnectingModel) => {
    current = next;
  };
  const answers = createStore<Answer>(() => ({}));
  const close = () => {
    const had = answers.getState().bubble !== undefined || answers.getState().list !== undefined;
    if (had) answers.setState({}, true);
    return had;
  };
  const ask = (list: List) => answers.setState({ list }, true);
  const refuse = (bubble: Bubble) => {
    const { props, announce } = model();
    answers.setState({ bubble }, true);
    announce(props.t(bubble.judgement.reason.code, bubble.judgement.reason.values));
  };
  const refuseAt = (from: BoxId, at: Point, code: string, values: Readonly<Record<string, string>> = {}) =>
    refuse({ from, at, judgement: { fits: "no", reason: { code, values } } });

  const judged = (a: PortAt, b: PortAt) => judgePorts(a, b, model().props.graph.template, model().props.judge);

  // The ports in view are judged once for each wire and graph: moves only look up.
  let known: { readonly key: readonly unknown[]; readonly fits: ReadonlyMap<BoxId, ReadonlyMap<string, Fit>> } | undefined;
  const fitsFrom = (from: PortAt, { seen, graph, judge }: JudgedBy = judgedBy(model())) => {
    const key = [from.box, from.row, seen, judge, graph];
    if (!known || key.some((one, i) => one !== known!.key[i]))
      known = { key, fits: fitsOf(from, seen, (port) => judgePorts(from, port, graph.template, judge)) };
    return known.fits;
  };
  const near = (from: PortAt, { at }: PointerState) => {
    const { seen, rects, zoom } = model();
    const port = portNear(at, zoom(), from, seen, rects, fitsFrom(from));
    // Over a task a volume is mounted: it does not stick to values nearby. Right on a port it is wired to it.
    const isFar =
      port && isVolume(from) && port.row.port.volume === undefined && Math.abs(portPoint(port, rects).x - at.x) * zoom() > ON_PORT;
    return isFar ? undefined : port;
  };

  const cut = (wire: Wire) => {
    const { props } = model();
    if (wire.graph === undefined) props.onDisconnect([wire.edge]);
    else props.onDisconnect([wire.edge], wire.graph);
  };
  const connect = (a: PortAt, b: PortAt, as?: ConnectAs, old?: Wire) => {
    const { props, wires, announce } = model();
    const { t, graph } = props;
    const ends = inOrder(a, b);
    close();
    if (!ends) return;
    const [from, to] = [wireEnd(ends.from, graph.template, ends.to.box), wireEnd(ends.to, graph.template, ends.from.box)];
    if (wires.some((wire) => isEnd(wire.from, wire.fromRow?.key, ends.from) && isEnd(wire.to, wire.toRow?.key, ends.to)))
      return announce(t("canvas.already-connected"));
    if (old && props.onReconnect) props.onReconnect(old.edge, from, to, as);
    else {
      if (ends.from.row.workflowParameter && props.onBindParameter) props.onBindParameter(from.port, to);
      else props.onConnect(from, to, as);
      if (old) cut(old);
    }
    announce(t("canvas.connected", { out: from.port, from: ends.from.box.title, in: to.port, to: ends.to.box.title }));
  };
  /** A wire in hand as fields beside the canvas see it; undefined if it comes from an input. */
  const heldWire = ({ from, moved }: DraggedWire): HeldWire | undefined => {
    if (from.row.side !== "output") return undefined;
    const end = wireEnd(from, model().props.graph.template);
    return {
      from: end,
      isVolume: isVolume(from),
      judge: (to) => model().props.judge(end, to),
      connect: (to, as) => connectField({ from, moved }, to, as),
    };
  };
  const connectField = ({ from, moved }: DraggedWire, to: WireEnd, as?: ConnectAs) => {
    const { props, byId, announce } = model();
    const end = wireEnd(from, props.graph.template);
    if (moved && props.onReconnect) props.onReconnect(moved.edge, end, to, as);
    else {
      if (from.row.workflowParameter && props.onBindParameter) props.onBindParameter(end.port, to);
      else props.onConnect(end, to, as);
      if (moved) cut(moved);
    }
    const taker = [...byId.values()].find((box) => nameOf(box) === to.task)?.title ?? to.task;
    announce(props.t("canvas.connected", { out: end.port, from: from.box.title, in: to.port, to: taker }));
  };
  /** The result of an attempt: a connection, or a reason that stays. */
  const attempt = (a: PortAt, b: PortAt, old?: Wire) => {
    const judgement = judged(a, b);
    if (judgement.fits === "yes") connect(a, b, undefined, old);
    else refuse({ from: a.box.id, ends: { from: a, to: b }, at: portPoint(b, model().rects), moved: old, judgement });
  };

  /** Near one of its ends a wire is detached there; the other end stays. */
  const reroute = (id: string, at: Point): Held | undefined => {
    const { wires, rects, byId, zoom } = model();
    const wire = wires.find((one) => one.id === id);
    const ends = wire && endsOf(wire, rects);
    if (!wire || !ends || wire.boundary) return undefined;
    const [fromFar, toFar] = ends.map((end) => Math.hypot(end.x - at.x, end.y - at.y) * zoom()) as [number, number];
    if (Math.min(fromFar, toFar) > WIRE_END) return undefined;
    const [box, row] = toFar <= fromFar ? [byId.get(wire.from), wire.fromRow] : [byId.get(wire.to), wire.toRow];
    return box && row ? { kind: "wire", from: { box: box.id, row: row.key }, moved: wire.id } : undefined;
  };
  const take = ({ under, at }: PointerState, by: Connect["by"]): Held | undefined => {
    const { props, wires, byId } = model();
    close();
    if (under.kind !== "wire" && under.kind !== "port" && under.kind !== "order") return undefined;
    if (props.readOnly) {
      if (by === "drag" && props.onRefused) props.onRefused();
      else if (by === "drag" && under.kind !== "wire") refuseAt(under.box, at, "canvas.shown-only");
      return undefined;
    }
    if (under.kind === "wire") return reroute(under.wire, at);
    if (under.kind === "order") return byId.has(under.box) && props.onRunAfter ? { kind: "order", from: under.box } : undefined;
    const port = portAt(byId, under);
    if (!port) return undefined;
    // Dragging a wired input takes the end of its wire; clicking it starts a new one.
    const own =
      by === "drag" && port.row.side === "input" ? wires.filter((wire) => wire.to === under.box && wire.toRow?.key === under.row) : [];
    const [only] = own;
    if (own.length === 1 && only?.fromRow) return { kind: "wire", from: { box: only.from, row: only.fromRow.key }, moved: only.id };
    return { kind: "wire", from: { box: under.box, row: under.row } };
  };

  const aim = (held: Held, pointerState: PointerState): PortRef | undefined => {
    const wire = draggedWire(model(), held);
    model().props.fields?.aim(pointerState.under.kind === "outside" ? pointerState.client : undefined);
    const port = wire && near(wire.from, pointerState);
    return port && { box: port.box.id, row: port.row.key };
  };

  const release = (held: Held, pointerState: PointerState, by: Connect["by"]): boolean => {
    if (held.kind === "order") {
      releaseOrder(held.from, pointerState);
      return true;
    }
    const { props, byId } = model();
    const wire = draggedWire(model(), held);
    if (!wire || props.readOnly) return true;
    const { from, moved } = wire;
    const { under } = pointerState;
    const hit = near(from, pointerState) ?? (under.kind === "port" ? portAt(byId, under) : undefined);
    const over = "box" in under ? byId.get(under.box) : undefined;
    if (hit && hit.row.key === from.row.key && hit.box.id === from.box.id) return by === "drag";
    if (hit) attempt(from, hit, moved);
    else if (under.kind === "outside") {
      const field = heldWire(wire);
      if (field) props.fields?.drop(field, pointerState.client);
    } else if (over && isVolume(from) && props.mounting && over.id !== from.box.id) releaseVolume(wire, over, pointerState);
    else if (over) releaseOnBox(wire, over, pointerState);
    else if (moved) cut(moved);
    else props.onWireDropped?.(wireEnd(from, props.graph.template), pointerState.at, pointerState.client);
    return true;
  };
  const releaseOnBox = ({ from, moved }: DraggedWire, box: Box, pointerState: PointerState) => {
    const { t } = model().props;
    if (box.id === from.box.id) {
      const sameSide = from.row.side === "output" ? "canvas.same-side-outputs" : "canvas.same-side-inputs";
      return refuseAt(box.id, pointerState.at, box.kind === "task" ? "canvas.itself" : sameSide);
    }
    const answer = portsOfBox(box, from, fitsFrom(from).get(box.id));
    if (answer.take) return connect(from, answer.take, undefined, moved);
    if (answer.refuse) return attempt(from, answer.refuse, moved);
    if (!answer.choose)
      return refuseAt(from.box.id, pointerState.at, from.row.side === "output" ? "canvas.no-input" : "canvas.no-output", {
        task: box.title,
      });
    ask({
      title: t("canvas.choose-input", { task: box.title }),
      choices: answer.choose.map((port) => ({ port })),
      at: pointerState.at,
      pick: ({ port }) => connect(from, port, undefined, moved),
    });
  };
  const releaseVolume = ({ from }: DraggedWire, box: Box, pointerState: PointerState) => {
    const { props } = model();
    if (!box.node || !props.mounting) return refuseAt(from.box.id, pointerState.at, "canvas.mounts-nothing");
    const volume = wireEnd(from, props.graph.template);
    const judgement = props.mounting.judge(volume, box.node.id);
    if (judgement.fits === "yes")
      props.mounting.ask({ volume, task: box.node.id, names: { volume: from.box.title, task: box.title }, screen: pointerState.client });
    else refuse({ from: from.box.id, at: pointerState.at, judgement });
  };
  const releaseOrder = (id: BoxId, pointerState: PointerState) => {
    const { props, byId } = model();
    const from = byId.get(id);
    const over = "box" in pointerState.under ? byId.get(pointerState.under.box) : undefined;
    if (!from || !over || props.readOnly) return;
    if (over === from) refuseAt(id, pointerState.at, "canvas.itself-order");
    else if (!over.node || !from.node || over.graph !== from.graph)
      refuseAt(id, pointerState.at, "canvas.order-elsewhere", { task: from.title });
    else {
      const graph = over.within ? byId.get(over.within.at(-1)!)?.frame?.graph : props.graph;
      const back = graph && wouldClose(graph, from.node.id, over.node.id);
      if (!graph || !back) return props.onRunAfter?.(over.node.id, from.node.id);
      const titles = new Map(graph.nodes.map((node) => [node.id, node.title]));
      const path = [from.node.id, ...back].map((task) => titles.get(task) ?? task).join(" → ");
      refuseAt(id, pointerState.at, "would-close-cycle", { path });
    }
  };

  const listFrom = (from: PortAt) => {
    const { props, boxes, rects } = model();
    ask({
      from,
      title: props.t("canvas.connect-to", { port: from.row.port.label, task: from.box.title }),
      choices: connectChoices(from, boxes, rects, (port) => judged(from, port)),
      at: portPoint(from, rects),
      pick: ({ port }) => attempt(from, port),
    });
  };
  const openList = (id: BoxId, row?: string) => {
    const { props, byId, rects } = model();
    const box = byId.get(id);
    if (!box || props.readOnly) return;
    close();
    const only = row === undefined ? undefined : portAt(byId, { box: id, row });
    const ports = [...box.outputs, ...box.inputs].map((one): PortAt => ({ box, row: one }));
    if (only) listFrom(only);
    else if (ports.length === 1) listFrom(ports[0]!);
    else if (ports.length > 1)
      ask({
        title: props.t("canvas.choose-port"),
        choices: ports.map((port) => ({ port })),
        at: rects.get(id) ?? { x: 0, y: 0 },
        pick: ({ port }) => listFrom(port),
      });
  };
  return { setModel, answers, close, connect, take, aim, release, openList, fitsFrom, judged, heldWire };
}

function isEnd(box: BoxId, row: string | undefined, { box: other, row: { key } }: PortAt): boolean {
  return box === other.id && row === key;
}
