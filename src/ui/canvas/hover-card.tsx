import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { kindOf } from "#editor/task-kind.ts";
import type { Box } from "#editor/layout/box.ts";
import type { Row } from "#editor/layout/box-rows.ts";
import { nameOf } from "#editor/layout/box.ts";
import type { BoxId, Point, Rect } from "#editor/layout/geometry.ts";
import { conditionText, loopText, readable } from "#editor/layout/readable.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { PipelineCanvasProps, View } from "./canvas-props.ts";
import styles from "./canvas.module.css";
import { cardPosition, type Uncovered } from "./card-position.ts";
import { toScreen } from "./view.ts";
import type { DrawnWire } from "./wire-layer.tsx";
import { boxRole, boxTitle, portName, portValue, displayName } from "./accessible-names.ts";
import { typeLabel } from "#compiler/readers.ts";

/** After this many milliseconds on something its card opens; on leaving the card stays a moment so that it can be reached. */
const OPENS_AFTER = 400;
const STAYS = 160;

export interface HoverCardProps {
  readonly root: RefObject<HTMLElement | null>;
  readonly byId: ReadonlyMap<BoxId, Box>;
  readonly wires: readonly Wire[];
  readonly problems: PipelineCanvasProps["problems"];
  readonly t: PipelineCanvasProps["t"];
  /** The name on the box of a task. */
  readonly titleOf: (task: string) => string;
  /** The wires in view with their routes, and the current view. */
  readonly drawn: readonly DrawnWire[];
  readonly view: () => View;
  /** Something is being dragged: no card opens. */
  readonly busy: boolean;
}

interface Card {
  readonly lines: readonly string[];
  readonly problem?: string;
  /** Position of the pointer or the focused port, in pixels of the canvas. */
  readonly at: Point;
}

/** Full name, type, value or source and problem of the element under the pointer or with the focus. Escape hides it. */
export function HoverCard(props: HoverCardProps) {
  const { root, busy } = props;
  const [card, setCard] = useState<Card>();
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const keep = useRef(() => {});
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    let over: Element | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const close = (after = 0) => {
      clearTimeout(timer);
      over = undefined;
      if (after === 0) setCard(undefined);
      else timer = setTimeout(() => setCard(undefined), after);
    };
    const show = (target: Element, x: number, y: number) => {
      const found = latest.current.busy ? undefined : cardOf(target, latest.current);
      const frame = element.getBoundingClientRect();
      setCard(found && { ...found, at: { x: x - frame.left, y: y - frame.top } });
    };
    const onOver = (event: PointerEvent) => {
      const target =
        event.target instanceof Element
          ? (event.target.closest<HTMLElement>("[data-port],[data-row],[data-wire]") ?? event.target.closest<HTMLElement>("[data-title]"))
          : null;
      if (target === (over ?? null)) return;
      if (!target || event.pointerType === "touch") return close(STAYS);
      clearTimeout(timer);
      over = target;
      const { clientX, clientY } = event;
      timer = setTimeout(() => show(target, clientX, clientY), OPENS_AFTER);
    };
    const onFocus = (event: FocusEvent) => {
      const target = event.target instanceof Element && event.target.matches("[data-port]:focus-visible") ? event.target : undefined;
      if (!target) return close();
      const box = target.getBoundingClientRect();
      clearTimeout(timer);
      timer = setTimeout(() => show(target, box.left, box.bottom), OPENS_AFTER);
    };
    const onKey = (event: KeyboardEvent) => event.key !== "Shift" && close();
    const onLeave = () => close(STAYS);
    const hide = () => close();
    keep.current = () => clearTimeout(timer);
    element.addEventListener("pointerover", onOver);
    element.addEventListener("pointerleave", onLeave);
    element.addEventListener("pointerdown", hide, true);
    element.addEventListener("wheel", hide, { passive: true });
    element.addEventListener("focusin", onFocus);
    element.addEventListener("keydown", onKey, true);
    return () => {
      clearTimeout(timer);
      element.removeEventListener("pointerover", onOver);
      element.removeEventListener("pointerleave", onLeave);
      element.removeEventListener("pointerdown", hide, true);
      element.removeEventListener("wheel", hide);
      element.removeEventListener("focusin", onFocus);
      element.removeEventListener("keydown", onKey, true);
    };
  }, [root]);

  // Measured before it is painted: it is placed beside the ports and wires around, or not shown at all.
  const shown = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const [element, canvas] = [shown.current, root.current];
    if (!element || !canvas || !card) return;
    const frame = { width: canvas.clientWidth, height: canvas.clientHeight };
    const size = { width: element.offsetWidth, height: element.offsetHeight };
    const to = cardPosition(card.at, size, frame, uncovered(canvas, latest.current));
    element.style.visibility = to ? "visible" : "hidden";
    if (to) element.style.translate = `${to.x}px ${to.y}px`;
  }, [card, busy, root]);

  if (!card || busy) return null;
  const [title, ...more] = card.lines;
  return (
    <div
      ref={shown}
      className={styles.card}
      role="tooltip"
      data-overlay=""
      onPointerEnter={() => keep.current()}
      onPointerMove={(event) => coversPort(event.clientX, event.clientY) && setCard(undefined)}
      onPointerLeave={() => setCard(undefined)}
    >
      <b translate="no">{title}</b>
      {more.map((line, i) => (
        <span key={i}>{line}</span>
      ))}
      {card.problem && <span className={styles.cardProblem}>{card.problem}</span>}
    </div>
  );
}

/** The ports and the routes of the wires in view, in pixels of the canvas. */
function uncovered(canvas: HTMLElement, { drawn, view }: Pick<HoverCardProps, "drawn" | "view">): Uncovered {
  const frame = canvas.getBoundingClientRect();
  const ports = [...canvas.querySelectorAll("[data-port]")].map((port): Rect => {
    const { left, top, width, height } = port.getBoundingClientRect();
    return { x: left - frame.left, y: top - frame.top, width, height };
  });
  const now = view();
  return { ports, ways: drawn.map(({ route }) => route.points.map((point) => toScreen(now, point))) };
}

/** A card can be reached with the pointer, but it disappears over a port behind it: the user wants to draw a wire. */
function coversPort(x: number, y: number): boolean {
  return document.elementsFromPoint(x, y).some((element) => element.matches("[data-port]"));
}

type Known = Pick<HoverCardProps, "byId" | "wires" | "problems" | "t" | "titleOf">;

function cardOf(target: Element, known: Known): Omit<Card, "at"> | undefined {
  const wireId = target instanceof SVGElement ? target.dataset.wire : undefined;
  const wire = wireId === undefined ? undefined : known.wires.find((one) => one.id === wireId);
  if (wire) return { lines: wireLines(wire, known) };
  const box = known.byId.get(target.closest<HTMLElement>("[data-box]")?.dataset.box as BoxId);
  if (!box || !(target instanceof HTMLElement)) return undefined;
  const key = target.dataset.port ?? target.dataset.row;
  const row = box.inputs.find((one) => one.key === key) ?? box.outputs.find((one) => one.key === key);
  if (row) return { lines: portLines(row, known) };
  return { lines: boxLines(box, known.t), problem: known.problems?.get(nameOf(box))?.message };
}

function boxLines(box: Box, t: Known["t"]): readonly string[] {
  const { node } = box;
  if (!node) return [boxTitle(box, t)];
  return [
    box.title,
    [t(boxRole(box)), node.name === box.title ? "" : node.name, readable(node.subtitle) || (node.group ? "" : t(`kind-${kindOf(node)}`))]
      .filter(Boolean)
      .join(" · "),
    ...(node.when ? [t("canvas.if", { condition: conditionText(node) })] : []),
    ...(node.loop ? [t("canvas.for-each", { items: loopText(node) })] : []),
  ];
}

function portLines(row: Row, { t, titleOf }: Known): readonly string[] {
  return [portName(row, t), portValue(row, t, titleOf), row.port.description].filter((line): line is string => Boolean(line));
}

function wireLines(wire: Wire, { byId, t }: Known): readonly string[] {
  const values = {
    from: byId.get(wire.from)?.title ?? "",
    to: byId.get(wire.to)?.title ?? "",
    out: wire.fromRow ? displayName(wire.fromRow, t) : "",
    in: wire.toRow ? displayName(wire.toRow, t) : (wire.edge.to.port ?? ""),
  };
  if (wire.kind === "order" || !wire.fromRow) return [t("canvas.card-order", values), ...(wire.label ? [wire.label] : [])];
  return [
    t("canvas.card-wire", values),
    [t(`canvas.${wire.fromRow.shape}`), wire.fromRow.port.type && typeLabel(wire.fromRow.port.type)].filter(Boolean).join(", "),
  ];
}
