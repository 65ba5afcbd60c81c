import { useEffect, useLayoutEffect, useMemo, useState, type ReactNode, type RefObject } from "react";
import { useStore } from "zustand";
import type { BoxId, Point, Rect } from "#editor/layout/geometry.ts";
import type { PipelineCanvasProps } from "./canvas-props.ts";
import styles from "./canvas.module.css";
import { connecting, type Connecting } from "./connecting.ts";
import { draggedWire, isVolume, mountsVolumes, portAt, type ConnectingModel, type DraggedWire } from "./connecting-model.ts";
import type { Gesture, Held, PortRef } from "./gesture.ts";
import type { GestureMachine } from "./gesture-machine.ts";
import { PortList } from "./port-list.tsx";
import { Refusal } from "./refusal.tsx";
import { useGestureState } from "./use-gestures.ts";
import type { ViewControl } from "./use-view.ts";
import { toScreen } from "./view.ts";
import { LiveWire } from "./wire-layer.tsx";
import { looseWire } from "./wire-path.ts";
import { portPoint, type Fit, type PortAt } from "./wire-ends.ts";
import { typeLabel } from "#compiler/readers.ts";

/** Milliseconds over a port that does not fit after which the reason appears. */
const REASON_AFTER = 150;
const BUBBLE = { width: 344, height: 190 };

/** The logic of wires with the model of the last render, so that everything between two renders reads the same. */
export function useConnecting(model: ConnectingModel): Connecting {
  const [wires] = useState(() => connecting(model));
  useLayoutEffect(() => wires.setModel(model));
  // The next action closes a reason: another graph, or a change of this one.
  const { graph } = model.props;
  useEffect(() => void wires.close(), [wires, graph]);
  return wires;
}

/** What the canvas shows of the dragged wire. All parts keep their identity while it is only moved. */
export interface DragPreview {
  readonly wire?: DraggedWire;
  readonly order?: BoxId;
  readonly target?: PortRef;
  readonly fits?: ReadonlyMap<BoxId, ReadonlyMap<string, Fit>>;
  /** The boxes in view that can mount the dragged volume. */
  readonly mounts?: ReadonlySet<BoxId>;
}

/** The dragged wire and the ports that fit it. Ends the gesture if what it holds is gone from the graph. */
export function useDragPreview(machine: GestureMachine, wires: Connecting, model: ConnectingModel): DragPreview {
  const held = useGestureState(machine, ({ gesture }) => heldOf(gesture));
  const target = useGestureState(machine, ({ gesture }) => (gesture?.kind === "connect" ? gesture.target : undefined));
  const { byId, wires: drawn, seen, props } = model;
  const wire = useMemo(() => held && draggedWire({ byId, wires: drawn }, held), [held, byId, drawn]);
  const { graph, judge } = props;
  const fits = useMemo(() => wire && wires.fitsFrom(wire.from, { seen, graph, judge }), [wires, wire, seen, graph, judge]);
  const canMount = props.mounting !== undefined;
  const mounts = useMemo(
    () => (wire && canMount && isVolume(wire.from) ? new Set(seen.filter(mountsVolumes).map(({ id }) => id)) : undefined),
    [wire, canMount, seen],
  );
  const { fields } = props;
  useEffect(() => {
    if (!wire || !fields) return;
    fields.hold(wires.heldWire(wire));
    return () => fields.hold(undefined);
  }, [wires, wire, fields]);
  const order = held?.kind === "order" && byId.has(held.from) ? held.from : undefined;
  const isGone = held !== undefined && !wire && order === undefined;
  useEffect(() => {
    if (isGone) machine.cancel();
  }, [isGone, machine]);
  return { wire, order, target, fits, mounts };
}

function heldOf(gesture: Gesture | undefined): Held | undefined {
  return gesture?.kind === "connect" ? gesture.held : gesture?.kind === "pan" ? gesture.resumes?.held : undefined;
}

/** Inside the moving view: the dragged wire, drawn to the pointer or to the port it sticks to. */
export function WireBeingDragged({ machine, shown, model }: { machine: GestureMachine; shown: DragPreview; model: ConnectingModel }) {
  const at = useGestureState(machine, ({ gesture }) => (gesture?.kind === "connect" ? gesture.at : undefined));
  const { wire, order } = shown;
  const { rects, byId } = model;
  if (!at) return null;
  if (order !== undefined) {
    const from = rects.get(order);
    if (!from) return null;
    const start = { x: from.x + from.width, y: from.y + Math.min(22, from.height / 2) };
    return <LiveWire d={looseWire(start, at, 1)} kind="order" family="order" refused={false} />;
  }
  if (!wire) return null;
  const { row } = wire.from;
  const target = shown.target && portAt(byId, shown.target);
  const rim = target ? (target.row.side === "input" ? -6 : 6) : 0;
  const to = target ? portPoint(target, rects) : at;
  const d = looseWire(portPoint(wire.from, rects), { x: to.x + rim, y: to.y }, row.side === "output" ? 1 : -1);
  return <LiveWire d={d} kind={row.shape} family={row.family} refused={false} />;
}

export interface AnswersProps {
  readonly wires: Connecting;
  readonly shown: DragPreview;
  readonly model: ConnectingModel;
  readonly control: ViewControl;
  readonly root: RefObject<HTMLElement | null>;
  /** The box to which the keyboard focus returns. */
  readonly onDone: (box: BoxId | undefined) => void;
}

/** Over the canvas: how many ports fit, why the wire would be refused here, and the result of the last one. */
export function Answers({ wires, shown, model, control, root, onDone }: AnswersProps): ReactNode {
  const { bubble, list } = useStore(wires.answers);
  const { props, rects, byId } = model;
  const { t } = props;
  const listOwner = list?.from?.box.id ?? list?.choices[0]?.port.box.id;
  const target = shown.target && portAt(byId, shown.target);
  return (
    <>
      {shown.wire && shown.fits && (
        <Hints
          from={shown.wire.from}
          fits={shown.fits}
          mounts={shown.mounts?.size}
          rects={rects}
          control={control}
          t={t}
          dropAdds={props.onWireDropped !== undefined}
        />
      )}
      {shown.wire && target && (
        <HoverReason
          key={`${target.box.id} ${target.row.key}`}
          from={shown.wire.from}
          to={target}
          wires={wires}
          t={t}
          at={besidePort(portPoint(target, rects), control, root)}
        />
      )}
      {bubble && (
        <Refusal
          judgement={bubble.judgement}
          at={besidePort(bubble.at, control, root)}
          stays
          t={t}
          onPick={(offer) => {
            const { ends, moved } = bubble;
            wires.close();
            if (offer.as && ends) wires.connect(ends.from, ends.to, { as: offer.as, old: moved });
            else offer.run?.();
            onDone(ends?.to.box.id ?? bubble.from);
          }}
          onClose={() => {
            wires.close();
            onDone(bubble.from);
          }}
        />
      )}
      {list && (
        <PortList
          key={list.title}
          title={list.title}
          choices={list.choices}
          at={besidePort(list.at, control, root)}
          t={t}
          onPick={(choice) => {
            list.pick(choice);
            if (!list.from || choice.judgement?.fits === "yes") onDone(listOwner);
          }}
          onClose={() => {
            wires.close();
            onDone(listOwner);
          }}
        />
      )}
    </>
  );
}

interface HoverReasonProps {
  readonly from: PortAt;
  readonly to: PortAt;
  readonly wires: Connecting;
  readonly t: PipelineCanvasProps["t"];
  readonly at: { readonly left: number; readonly top: number };
}

/** The reason at a port that does not fit, after the wire has rested on it for a moment. */
function HoverReason({ from, to, wires, t, at }: HoverReasonProps) {
  const [isDue, setIsDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsDue(true), REASON_AFTER);
    return () => clearTimeout(timer);
  }, []);
  const judgement = useMemo(() => (isDue ? wires.judged(from, to) : undefined), [isDue, wires, from, to]);
  if (!judgement || judgement.fits === "yes") return null;
  return <Refusal judgement={judgement} at={at} stays={false} t={t} onPick={NOTHING} onClose={NOTHING} />;
}

const NOTHING = () => {};

function Hints({
  from,
  fits,
  mounts,
  rects,
  control,
  t,
  dropAdds,
}: {
  from: PortAt;
  fits: NonNullable<DragPreview["fits"]>;
  mounts: number | undefined;
  rects: ReadonlyMap<BoxId, Rect>;
  control: ViewControl;
  t: PipelineCanvasProps["t"];
  dropAdds: boolean;
}) {
  let count = 0;
  for (const rows of fits.values()) for (const fit of rows.values()) if (fit === "yes") count += 1;
  // Above the corner of its own box: below the port it would cover the ports that it counts.
  const at = toScreen(control.now(), { x: portPoint(from, rects).x, y: rects.get(from.box.id)?.y ?? portPoint(from, rects).y });
  const { port, side, shape } = from.row;
  return (
    <>
      <span className={styles.fitCount} data-side={side} style={{ left: at.x, top: at.y - 24 }}>
        {mounts ? t("canvas.mounts", { n: mounts }) : count === 0 ? t("canvas.fits-none") : t("canvas.fits", { n: count })}
      </span>
      {dropAdds && side === "output" && (
        <div className={styles.hint}>
          {t("canvas.drop-to-add", { type: port.type === undefined ? t(`canvas.${shape}`) : typeLabel(port.type) })} <kbd>Esc</kbd>{" "}
          {t("canvas.cancel")}
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
