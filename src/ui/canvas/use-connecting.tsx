import { useEffect, useMemo, useState, type ReactNode, type RefObject } from "react";
import type { Box } from "#editor/layout/box.ts";
import type { BoxId, Point, Rect } from "#editor/layout/places.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { ConnectAs, Judgement, PipelineCanvasProps } from "./canvas-props.ts";
import styles from "./canvas.module.css";
import { PortList, type PortChoice } from "./port-list.tsx";
import { Refusal } from "./refusal.tsx";
import { endsOf } from "./scene.ts";
import type { Hand } from "./use-gestures.ts";
import type { ViewControl } from "./use-view.ts";
import { toScreen } from "./view.ts";
import { LiveWire } from "./wire-layer.tsx";
import { looseWire } from "./wire-path.ts";
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
  type Wiring,
} from "./wiring.ts";

/** After this long over a port that does not fit, the reason appears, in milliseconds. */
const REASON_AFTER = 150;
/** Within so many pixels of its end a wire is taken off there. */
const WIRE_END = 20;
const BUBBLE = { width: 344, height: 190 };

export interface ConnectingOptions {
  readonly props: PipelineCanvasProps;
  readonly root: RefObject<HTMLElement | null>;
  readonly boxes: readonly Box[];
  readonly byId: ReadonlyMap<BoxId, Box>;
  readonly wires: readonly Wire[];
  readonly rects: ReadonlyMap<BoxId, Rect>;
  /** Boxes in view: their ports are judged when a wire begins. */
  readonly seen: readonly Box[];
  readonly control: ViewControl;
  readonly announce: (sentence: string) => void;
  /** The keyboard goes back to this box. */
  readonly onDone: (box: BoxId | undefined) => void;
}

interface Bubble {
  readonly from: PortAt;
  readonly to: PortAt;
  readonly moved?: Wire;
  readonly judgement: Exclude<Judgement, { fits: "yes" }>;
  readonly stays: boolean;
}

interface List {
  readonly from?: PortAt;
  readonly title: string;
  readonly choices: readonly PortChoice[];
  readonly at: Point;
  readonly pick: (choice: PortChoice) => void;
}

export interface Connecting {
  readonly wiring?: Wiring;
  readonly fits?: ReadonlyMap<BoxId, ReadonlyMap<string, Fit>>;
  portOf(box: BoxId, row: string): PortAt | undefined;
  begin(hand: Hand, by: "drag" | "click"): boolean;
  move(hand: Hand): void;
  end(hand: Hand): void;
  /** Escape: whether there was something to put back. */
  cancel(): boolean;
  close(): void;
  openList(box: BoxId, row?: string): void;
  /** Inside the moving view: the wire in hand. */
  readonly live: ReactNode;
  /** Over the canvas: reason, list, hint. */
  readonly overlay: ReactNode;
}

/** Drawing a wire, by pointer or list, from the press to the answer. */
export function useConnecting({ props, root, boxes, byId, wires, rects, seen, control, announce, onDone }: ConnectingOptions): Connecting {
  const { graph, judge, say } = props;
  const [wiring, setWiring] = useState<Wiring>();
  const [order, setOrder] = useState<{ readonly from: Box; readonly at: Point }>();
  const [bubble, setBubble] = useState<Bubble>();
  const [list, setList] = useState<List>();

  const start = wiring?.from;
  const fits = useMemo(
    () => (start ? fitsOf(start, seen, (port) => judgePorts(start, port, graph.template, judge)) : undefined),
    [start, seen, graph.template, judge],
  );
  const target = wiring?.target;
  const verdict = useMemo(
    () => (start && target ? judgePorts(start, target, graph.template, judge) : undefined),
    [start, target, graph.template, judge],
  );
  const moved = wiring?.moved;
  useEffect(() => {
    if (!start || !target || !verdict || verdict.fits === "yes") return;
    const timer = setTimeout(() => setBubble({ from: start, to: target, moved, judgement: verdict, stays: false }), REASON_AFTER);
    return () => {
      clearTimeout(timer);
      setBubble((old) => (old?.stays ? old : undefined));
    };
  }, [start, target, verdict, moved]);

  const portOf = (id: BoxId, row: string): PortAt | undefined => {
    const box = byId.get(id);
    const found = box?.inputs.find((one) => one.key === row) ?? box?.outputs.find((one) => one.key === row);
    return box && found && { box, row: found };
  };
  const close = () => {
    setWiring(undefined);
    setOrder(undefined);
    setBubble(undefined);
    setList(undefined);
  };

  const cut = (wire: Wire) => (wire.graph === undefined ? props.onDisconnect([wire.edge]) : props.onDisconnect([wire.edge], wire.graph));
  const connect = (a: PortAt, b: PortAt, as?: ConnectAs, old?: Wire) => {
    const ends = inOrder(a, b);
    close();
    if (!ends) return;
    const [from, to] = [wireEnd(ends.from, graph.template, ends.to.box), wireEnd(ends.to, graph.template, ends.from.box)];
    if (wires.some((wire) => wire.fromRow === ends.from.row && wire.toRow === ends.to.row))
      return announce(say("canvas.already-connected"));
    if (old && props.onReconnect) props.onReconnect(old.edge, from, to, as);
    else {
      if (ends.from.row.workflowParameter && props.onBindParameter) props.onBindParameter(from.port, to);
      else props.onConnect(from, to, as);
      if (old) cut(old);
    }
    announce(say("canvas.connected", { out: from.port, from: ends.from.box.title, in: to.port, to: ends.to.box.title }));
  };
  /** What an attempt comes to: a connection, or a reason that stays. */
  const attempt = (a: PortAt, b: PortAt, old?: Wire) => {
    const judgement = judgePorts(a, b, graph.template, judge);
    if (judgement.fits === "yes") return connect(a, b, undefined, old);
    setWiring(undefined);
    setList(undefined);
    setBubble({ from: a, to: b, moved: old, judgement, stays: true });
    announce(say(judgement.reason.code, judgement.reason.values));
  };

  /** Near one of its ends a wire comes off there; the other end stays (P15). */
  const reroute = (id: string, at: Point, by: "drag" | "click"): boolean => {
    const wire = wires.find((one) => one.id === id);
    const ends = wire && endsOf(wire, rects);
    if (!wire || !ends || wire.border) return false;
    const [fromFar, toFar] = ends.map((end) => Math.hypot(end.x - at.x, end.y - at.y) * control.now().zoom) as [number, number];
    if (Math.min(fromFar, toFar) > WIRE_END) return false;
    const [box, row] = toFar <= fromFar ? [byId.get(wire.from), wire.fromRow] : [byId.get(wire.to), wire.toRow];
    if (!box || !row) return false;
    setWiring({ from: { box, row }, moved: wire, by, at });
    return true;
  };
  const begin = ({ under, at }: Hand, by: "drag" | "click"): boolean => {
    close();
    if (under.kind === "order") {
      const from = byId.get(under.box);
      if (from && props.onRunAfter) setOrder({ from, at });
      return from !== undefined && props.onRunAfter !== undefined;
    }
    if (under.kind === "wire") return reroute(under.wire, at, by);
    const port = under.kind === "port" ? portOf(under.box, under.row) : undefined;
    if (!port) return false;
    // A wired input hands over the end of its wire; clicking it starts a new one.
    const own = by === "drag" && port.row.side === "input" ? wires.filter((wire) => wire.toRow === port.row) : [];
    const source = own.length === 1 && own[0]!.fromRow ? { box: byId.get(own[0]!.from)!, row: own[0]!.fromRow } : undefined;
    setWiring({ from: source ?? port, moved: source && own[0], by, at });
    return true;
  };

  const move = ({ at }: Hand) => {
    if (order) return setOrder({ ...order, at });
    if (!wiring || !fits) return;
    const next = portNear(at, control.now().zoom, wiring.from, seen, rects, fits);
    const same = next?.row === wiring.target?.row && next?.box === wiring.target?.box;
    setWiring({ ...wiring, at, target: same ? wiring.target : next });
  };

  const end = (hand: Hand) => {
    const over = "box" in hand.under ? byId.get(hand.under.box) : undefined;
    if (order) {
      close();
      if (over?.node && order.from.node && over !== order.from && over.graph === order.from.graph)
        props.onRunAfter?.(over.node.id, order.from.node.id);
      return;
    }
    if (!wiring) return;
    const { from, moved: old } = wiring;
    const hit =
      (fits && portNear(hand.at, control.now().zoom, from, seen, rects, fits)) ??
      (hand.under.kind === "port" ? portOf(hand.under.box, hand.under.row) : undefined);
    if (hit && hit.row === from.row && hit.box === from.box) return wiring.by === "click" ? undefined : close();
    if (hit) return attempt(from, hit, old);
    if (over && over.id === from.box.id) return close();
    if (over) return dropOnBox(over, hand);
    close();
    if (old) cut(old);
    else props.onWireDropped?.(wireEnd(from, graph.template), hand.at, hand.client);
  };
  const dropOnBox = (box: Box, hand: Hand) => {
    const { from, moved: old } = wiring!;
    const answer = portsOfBox(box, from, fits?.get(box.id));
    if (answer.take) return connect(from, answer.take, undefined, old);
    if (answer.refuse) return attempt(from, answer.refuse, old);
    close();
    if (answer.choose) {
      setList({
        title: say("canvas.choose-input", { task: box.title }),
        choices: answer.choose.map((port) => ({ port })),
        at: hand.at,
        pick: ({ port }) => connect(from, port, undefined, old),
      });
    }
  };

  const listFrom = (from: PortAt) => {
    const choices = connectChoices(from, boxes, rects, (port) => judgePorts(from, port, graph.template, judge));
    setList({
      from,
      title: say("canvas.connect-to", { port: from.row.port.label, task: from.box.title }),
      choices,
      at: portPoint(from, rects),
      pick: ({ port }) => attempt(from, port),
    });
  };
  const openList = (id: BoxId, row?: string) => {
    const box = byId.get(id);
    if (!box || props.readOnly) return;
    close();
    const only = row === undefined ? undefined : portOf(id, row);
    const ports = [...box.outputs, ...box.inputs].map((one): PortAt => ({ box, row: one }));
    if (only) listFrom(only);
    else if (ports.length === 1) listFrom(ports[0]!);
    else if (ports.length > 1)
      setList({
        title: say("canvas.choose-port"),
        choices: ports.map((port) => ({ port })),
        at: rects.get(id) ?? { x: 0, y: 0 },
        pick: ({ port }) => listFrom(port),
      });
  };

  const bubbleShown = bubble;
  const listOwner = list?.from?.box.id ?? list?.choices[0]?.port.box.id;
  return {
    wiring,
    fits,
    portOf,
    begin,
    move,
    end,
    close,
    openList,
    cancel: () => {
      const had = wiring !== undefined || order !== undefined || bubble !== undefined || list !== undefined;
      close();
      return had;
    },
    live: wiring ? <InHand wiring={wiring} rects={rects} /> : order ? <OrderInHand from={rects.get(order.from.id)} at={order.at} /> : null,
    overlay: (
      <>
        {wiring && fits && (
          <Hints wiring={wiring} fits={fits} rects={rects} control={control} say={say} dropAdds={props.onWireDropped !== undefined} />
        )}
        {bubbleShown && (
          <Refusal
            judgement={bubbleShown.judgement}
            at={besidePort(portPoint(bubbleShown.to, rects), control, root)}
            stays={bubbleShown.stays}
            say={say}
            onPick={(offer) => {
              if (offer.as) connect(bubbleShown.from, bubbleShown.to, offer.as, bubbleShown.moved);
              else {
                close();
                offer.run?.();
              }
              onDone(bubbleShown.to.box.id);
            }}
            onClose={() => {
              close();
              onDone(bubbleShown.from.box.id);
            }}
          />
        )}
        {list && (
          <PortList
            key={list.title}
            title={list.title}
            choices={list.choices}
            at={besidePort(list.at, control, root)}
            say={say}
            onPick={(choice) => {
              list.pick(choice);
              if (!list.from || choice.judgement?.fits === "yes") onDone(listOwner);
            }}
            onClose={() => {
              close();
              onDone(listOwner);
            }}
          />
        )}
      </>
    ),
  };
}

function InHand({ wiring, rects }: { wiring: Wiring; rects: ReadonlyMap<BoxId, Rect> }) {
  const from = portPoint(wiring.from, rects);
  const outward = wiring.from.row.side === "output" ? 1 : -1;
  const rim = wiring.target ? (wiring.target.row.side === "input" ? -6 : 6) : 0;
  const to = wiring.target ? portPoint(wiring.target, rects) : wiring.at;
  return (
    <LiveWire
      d={looseWire(from, { x: to.x + rim, y: to.y }, outward)}
      kind={wiring.from.row.shape}
      family={wiring.from.row.family}
      refused={false}
    />
  );
}

function OrderInHand({ from, at }: { from: Rect | undefined; at: Point }) {
  return from ? (
    <LiveWire
      d={looseWire({ x: from.x + from.width, y: from.y + Math.min(22, from.height / 2) }, at, 1)}
      kind="order"
      family="order"
      refused={false}
    />
  ) : null;
}

function Hints({
  wiring,
  fits,
  rects,
  control,
  say,
  dropAdds,
}: {
  wiring: Wiring;
  fits: NonNullable<Connecting["fits"]>;
  rects: ReadonlyMap<BoxId, Rect>;
  control: ViewControl;
  say: PipelineCanvasProps["say"];
  dropAdds: boolean;
}) {
  let count = 0;
  for (const rows of fits.values()) for (const fit of rows.values()) if (fit === "yes") count += 1;
  const at = toScreen(control.now(), portPoint(wiring.from, rects));
  const { port, side, shape } = wiring.from.row;
  return (
    <>
      <span className={styles.fitCount} style={{ left: at.x + (side === "output" ? 8 : -72), top: at.y + 14 }}>
        {count === 0 ? say("canvas.fits-none") : say("canvas.fits", { n: count })}
      </span>
      {dropAdds && side === "output" && (
        <div className={styles.hint}>
          {say("canvas.drop-to-add", { type: port.type ?? say(`canvas.${shape}`) })} <kbd>Esc</kbd> {say("canvas.cancel")}
        </div>
      )}
    </>
  );
}

/** Below a port, inside the canvas, never over the port itself. */
export function besidePort(at: Point, control: ViewControl, root: RefObject<HTMLElement | null>): { left: number; top: number } {
  const screen = toScreen(control.now(), at);
  const { clientWidth: width = 0, clientHeight: height = 0 } = root.current ?? {};
  const left = Math.max(8, Math.min(screen.x, width - BUBBLE.width - 8));
  const below = screen.y + 20;
  return { left, top: below + BUBBLE.height > height && screen.y > BUBBLE.height + 20 ? screen.y - BUBBLE.height - 20 : below };
}
