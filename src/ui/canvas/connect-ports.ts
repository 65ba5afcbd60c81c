import { createStore, type StoreApi } from "zustand/vanilla";
import { nameOf } from "#editor/layout/box.ts";
import type { BoxId, Point } from "#editor/layout/geometry.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { WireEnd } from "#pipeline/edit.ts";
import type { ConnectAs, HeldWire, Judgement, PipelineCanvasProps } from "./canvas-props.ts";
import { isVolume, type Answer, type Bubble, type ConnectingModel, type DraggedWire, type List } from "./connecting-model.ts";
import type { PointerState } from "./pointer.ts";
import { fitsOf, inOrder, judgePorts, portNear, portPoint, wireEnd, type Fit, type PortAt } from "./wire-ends.ts";

/** Within this many pixels of a port a volume counts as on it. */
const ON_PORT = 14;

/** The answer to the last wire: a reason why it was refused, or a question which port is meant. */
export interface Answers {
  readonly store: StoreApi<Answer>;
  /** Returns false if there was none. */
  close(): boolean;
  ask(list: List): void;
  refuse(bubble: Bubble): void;
  refuseAt(from: BoxId, at: Point, reason: { readonly code: string; readonly values?: Readonly<Record<string, string>> }): void;
}

/** Keeps the answer to the last wire until it is closed. */
export function createAnswers(model: () => ConnectingModel): Answers {
  const store = createStore<Answer>(() => ({}));
  const refuse = (bubble: Bubble) => {
    const { props, announce } = model();
    store.setState({ bubble }, true);
    announce(props.t(bubble.judgement.reason.code, bubble.judgement.reason.values));
  };
  return {
    store,
    refuse,
    close() {
      const { bubble, list } = store.getState();
      const had = bubble !== undefined || list !== undefined;
      if (had) store.setState({}, true);
      return had;
    },
    ask: (list) => store.setState({ list }, true),
    refuseAt: (from, at, { code, values = {} }) => refuse({ from, at, judgement: { fits: "no", reason: { code, values } } }),
  };
}

/** The inputs of the fit of ports. */
type JudgedBy = Pick<PipelineCanvasProps, "graph" | "judge"> & Pick<ConnectingModel, "seen">;

function judgedBy({ seen, props: { graph, judge } }: ConnectingModel): JudgedBy {
  return { seen, graph, judge };
}

/** Which ports a wire fits. */
export interface Fits {
  judged(a: PortAt, b: PortAt): Judgement;
  /** The ports in view by how they fit. */
  fitsFrom(from: PortAt, by?: JudgedBy): ReadonlyMap<BoxId, ReadonlyMap<string, Fit>>;
  /** The port to which the loose end sticks. */
  near(from: PortAt, pointerState: PointerState): PortAt | undefined;
}

/** Judges the ports in view once for each wire and graph: moves only look up. */
export function createFits(model: () => ConnectingModel): Fits {
  let known: { readonly key: readonly unknown[]; readonly fits: ReadonlyMap<BoxId, ReadonlyMap<string, Fit>> } | undefined;
  const fitsFrom: Fits["fitsFrom"] = (from, { seen, graph, judge } = judgedBy(model())) => {
    const key = [from.box, from.row, seen, judge, graph];
    if (!known || key.some((one, i) => one !== known!.key[i]))
      known = { key, fits: fitsOf(from, seen, (port) => judgePorts(from, port, graph.template, judge)) };
    return known.fits;
  };
  return {
    judged: (a, b) => judgePorts(a, b, model().props.graph.template, model().props.judge),
    fitsFrom,
    near(from, { at }) {
      const { seen, rects, zoom } = model();
      const port = portNear(at, zoom(), from, seen, rects, fitsFrom(from));
      // Over a task a volume is mounted: it does not stick to values nearby. Right on a port it is wired to it.
      const isFar =
        port && isVolume(from) && port.row.port.volume === undefined && Math.abs(portPoint(port, rects).x - at.x) * zoom() > ON_PORT;
      return isFar ? undefined : port;
    },
  };
}

/** How two ports are connected: `as` with help, `old` the wire whose end was moved. */
export interface ConnectOptions {
  readonly as?: ConnectAs;
  readonly old?: Wire;
}

/** Passes wires on to the page. */
export interface Connector {
  cut(wire: Wire): void;
  connect(a: PortAt, b: PortAt, options?: ConnectOptions): void;
  /** The result of an attempt: a connection, or a reason that stays. */
  attempt(a: PortAt, b: PortAt, old?: Wire): void;
  /** The dragged wire for fields beside the canvas; undefined if it comes from an input. */
  heldWire(wire: DraggedWire): HeldWire | undefined;
}

/** Creates the connector of a canvas. */
export function createConnector(model: () => ConnectingModel, answers: Answers, { judged }: Fits): Connector {
  const cut = (wire: Wire) => {
    const { props } = model();
    if (wire.graph === undefined) props.onDisconnect([wire.edge]);
    else props.onDisconnect([wire.edge], wire.graph);
  };
  const write = (ends: { readonly from: PortAt; readonly end: WireEnd; readonly to: WireEnd }, { as, old }: ConnectOptions) => {
    const { props } = model();
    const { from, end, to } = ends;
    if (old && props.onReconnect) return props.onReconnect(old.edge, end, to, as);
    if (from.row.workflowParameter && props.onBindParameter) props.onBindParameter(end.port, to);
    else props.onConnect(end, to, as);
    if (old) cut(old);
  };
  const connect: Connector["connect"] = (a, b, options = {}) => {
    const { props, wires, announce } = model();
    const { t, graph } = props;
    const ends = inOrder(a, b);
    answers.close();
    if (!ends) return;
    const [end, to] = [wireEnd(ends.from, graph.template, ends.to.box), wireEnd(ends.to, graph.template, ends.from.box)];
    if (wires.some((wire) => isEnd(wire.from, wire.fromRow?.key, ends.from) && isEnd(wire.to, wire.toRow?.key, ends.to)))
      return announce(t("canvas.already-connected"));
    write({ from: ends.from, end, to }, options);
    announce(t("canvas.connected", { out: end.port, from: ends.from.box.title, in: to.port, to: ends.to.box.title }));
  };
  const connectField = ({ from, moved }: DraggedWire, to: WireEnd, as?: ConnectAs) => {
    const { props, byId, announce } = model();
    const end = wireEnd(from, props.graph.template);
    write({ from, end, to }, { as, old: moved });
    const taker = [...byId.values()].find((box) => nameOf(box) === to.task)?.title ?? to.task;
    announce(props.t("canvas.connected", { out: end.port, from: from.box.title, in: to.port, to: taker }));
  };
  return {
    cut,
    connect,
    attempt(a, b, old) {
      const judgement = judged(a, b);
      if (judgement.fits === "yes") connect(a, b, { old });
      else answers.refuse({ from: a.box.id, ends: { from: a, to: b }, at: portPoint(b, model().rects), moved: old, judgement });
    },
    heldWire(wire) {
      if (wire.from.row.side !== "output") return undefined;
      const end = wireEnd(wire.from, model().props.graph.template);
      return {
        from: end,
        isVolume: isVolume(wire.from),
        judge: (to) => model().props.judge(end, to),
        connect: (to, as) => connectField(wire, to, as),
      };
    },
  };
}

function isEnd(box: BoxId, row: string | undefined, { box: other, row: { key } }: PortAt): boolean {
  return box === other.id && row === key;
}
