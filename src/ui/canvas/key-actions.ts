import { type RefObject, useRef, type KeyboardEvent } from "react";
import type { Box } from "#editor/layout/box.ts";
import type { BoxId, Positions, Point, Rect, Size } from "#editor/layout/geometry.ts";
import type { Wire } from "#editor/layout/wires.ts";
import { type KeyActions, runKey, runOnCanvas } from "./canvas-keys.ts";
import type { CanvasTarget, PipelineCanvasProps } from "./canvas-props.ts";
import { neighbour, reach, type Direction } from "./navigation.ts";
import type { Connecting } from "./connecting.ts";
import { portAt } from "./connecting-model.ts";
import type { GestureMachine } from "./gesture-machine.ts";
import type { PointerState } from "./pointer.ts";
import type { Focus } from "./use-focus.ts";
import type { ViewControl } from "./use-view.ts";
import type { Detail } from "./view.ts";
import { keyName } from "./key-name.ts";

/** What the canvas provides when a key is pressed. */
export interface KeyContext {
  readonly props: PipelineCanvasProps;
  readonly focus?: Focus;
  /** The box that keys are for: the focused one, or the one that Tab would reach. */
  readonly current?: BoxId;
  readonly byId: ReadonlyMap<BoxId, Box>;
  readonly rects: ReadonlyMap<BoxId, Rect>;
  readonly wires: readonly Wire[];
  readonly order: readonly BoxId[];
  /** The box from which the last arrow came: going straight back returns there. */
  readonly came: RefObject<BoxId | undefined>;
  readonly places?: Positions;
  readonly frame?: Size;
  readonly control: ViewControl;
  readonly connecting: Connecting;
  readonly machine: GestureMachine;
  readonly detail: Detail;
  announce(message: string): void;
  focusBox(box: BoxId, row?: string): void;
  goTo(box: BoxId): void;
  openBox(box: BoxId, inspector: boolean): void;
  leave(): void;
  /** Whether the graph can be changed; if not, it says so. */
  mayEdit(): boolean;
  remove(join: boolean): void;
  fit(of?: Iterable<BoxId>): void;
  arrange(): Promise<void>;
  middle(): Point;
  rightOf(box: BoxId): Point | undefined;
  clientOf(at: Point): Point;
  place(ids: Iterable<BoxId>, dx: number, dy: number, by: "drag" | "nudge"): void;
  setRenaming(box: BoxId): void;
  bringIntoView(box: BoxId): void;
  targetOf(pointerState: PointerState): CanvasTarget;
  /** The boxes of the graph that contains a box. */
  siblings(box: BoxId): ReadonlyMap<BoxId, Rect>;
  cutWires(wires: readonly Wire[]): void;
  openList(kind: "wires" | "run-after", box: BoxId): void;
  togglePaths(): void;
  /** Closes a list or ends showing paths, if there is one. */
  closeExtra(): boolean;
  /** Expands or collapses a group. */
  expand(box: BoxId): void;
  /** The boxes of the graph shown, without what is in expanded groups. */
  readonly top: ReadonlyMap<BoxId, Rect>;
}

/** One step of nudging and carrying: the grid of dragging. */
const STEP = 8;
/** PageUp and PageDown move by this much of a screen. */
const PAGE = 0.8;

/** The action of each key in the current state of the canvas. */
function keyActions(canvas: KeyContext): KeyActions {
  const { props, focus, current, byId, rects, control } = canvas;
  const { selection, t } = props;
  const carried = () => new Set(selection.length > 0 ? selection : current ? [current] : []);
  const focused = focus && byId.get(focus.box);
  const rows = focus?.row?.startsWith("o:") ? (focused?.outputs ?? []) : (focused?.inputs ?? []);
  return {
    carrying: canvas.machine.store.getState().gesture?.kind === "carry",
    onPort: focus?.row !== undefined,
    move: (direction, extend) => {
      if (!current) return;
      const next = neighbour(current, direction, canvas.siblings(current), canvas.wires, canvas.came.current);
      if (!next) return canvas.announce(t(`canvas.dead-end-${direction}`));
      canvas.came.current = current;
      canvas.goTo(next);
      props.onSelect(extend ? [...new Set([...selection, current, next])] : [next]);
    },
    nudge: (direction, steps) => {
      if (carried().size > 0 && canvas.mayEdit()) canvas.place(carried(), ...stepOf(direction, steps), "nudge");
    },
    carry: (direction, steps) => {
      const [dx, dy] = stepOf(direction, steps);
      canvas.machine.carry(dx, dy);
    },
    beginCarry: () => {
      if (carried().size === 0 || !canvas.mayEdit()) return;
      canvas.machine.beginCarry(carried());
      canvas.announce(t("canvas.move-mode"));
    },
    endCarry: (keep) => canvas.machine.endCarry(keep),
    open: (inspector) => current && canvas.openBox(current, inspector),
    leave: canvas.leave,
    expand: () => current && canvas.expand(current),
    listWires: () => current && canvas.openList("wires", current),
    runAfter: () => {
      if (current && props.onRunAfter && canvas.mayEdit()) canvas.openList("run-after", current);
    },
    paths: canvas.togglePaths,
    selectAlong: (direction) => {
      const chosen = [...reach(carried(), canvas.wires, direction)];
      props.onSelect(chosen);
      canvas.announce(t("canvas.selected", { n: chosen.length }));
    },
    rename: () => {
      if (!current || byId.get(current)?.kind !== "task" || !canvas.mayEdit()) return;
      canvas.bringIntoView(current);
      canvas.setRenaming(current);
    },
    remove: canvas.remove,
    selectAll: () => {
      props.onSelect([...canvas.top.keys()]);
      canvas.announce(t("canvas.selected", { n: canvas.top.size }));
    },
    connect: () => current && canvas.mayEdit() && canvas.connecting.openList(current),
    ports: (side) => {
      const box = current && byId.get(current);
      const row = box && (side === "input" ? box.inputs[0] : box.outputs[0]);
      if (box && row && canvas.detail !== "map") canvas.focusBox(box.id, row.key);
    },
    portMove: (by) => {
      const next = rows[rows.findIndex((row) => row.key === focus?.row) + by];
      if (focused && next) canvas.focusBox(focused.id, next.key);
    },
    portSide: () => {
      const other = focus?.row?.startsWith("o:") ? focused?.inputs[0] : focused?.outputs[0];
      if (focused && other) canvas.focusBox(focused.id, other.key);
    },
    portOpen: () => focus?.row && canvas.mayEdit() && canvas.connecting.openList(focus.box, focus.row),
    portClear: () => {
      const port = focus?.row ? portAt(byId, { box: focus.box, row: focus.row }) : undefined;
      const wires = canvas.wires.filter((wire) => port && (wire.fromRow === port.row || wire.toRow === port.row));
      if (wires.length > 0 && canvas.mayEdit()) canvas.cutWires(wires);
    },
    portLeave: () => focus && canvas.focusBox(focus.box),
    ends: (last) => {
      const box = last ? canvas.order.at(-1) : canvas.order[0];
      if (!box) return;
      canvas.goTo(box);
      props.onSelect([box]);
    },
    page: (direction) => {
      const view = control.now();
      const [dx, dy] = unit(direction);
      control.go(
        { ...view, x: view.x - dx * PAGE * (canvas.frame?.width ?? 0), y: view.y - dy * PAGE * (canvas.frame?.height ?? 0) },
        true,
      );
    },
    zoom: control.zoomBy,
    zoomTo: control.zoomTo,
    fit: (ofSelection) => canvas.fit(ofSelection && selection.length > 0 ? selection : undefined),
    quickAdd: () => {
      if (!canvas.mayEdit()) return;
      const at = (current && canvas.rightOf(current)) ?? canvas.middle();
      props.onQuickAdd?.(at, canvas.clientOf(at));
    },
    arrange: () => {
      if (canvas.mayEdit()) void canvas.arrange();
    },
    menu: () => {
      const rect = current && rects.get(current);
      const at = rect ? { x: rect.x + 40, y: rect.y + 40 } : canvas.middle();
      const client = canvas.clientOf(at);
      props.onContextMenu?.(
        canvas.targetOf({
          at,
          client,
          under: current ? { kind: "box", box: current, title: false } : { kind: "canvas" },
          toggle: false,
          shift: false,
          mod: false,
        }),
        client,
      );
    },
    escape: () => {
      if (canvas.machine.cancel() || canvas.connecting.close() || canvas.closeExtra()) return true;
      if (focus?.row) canvas.focusBox(focus.box);
      else if (selection.length > 0 || props.selectedWire) props.onSelect([]);
      else return false;
      return true;
    },
  };
}

function unit(direction: Direction): readonly [number, number] {
  if (direction === "left") return [-1, 0];
  if (direction === "right") return [1, 0];
  return direction === "up" ? [0, -1] : [0, 1];
}

function stepOf(direction: Direction, steps: number): readonly [number, number] {
  const [dx, dy] = unit(direction);
  return [dx * steps * STEP, dy * steps * STEP];
}

/** Keys on the canvas, and commands that it runs as if their key was pressed. `context`: what a key acts on, at the moment of the press. */
export function useCanvasKeys(contextNow: () => Omit<KeyContext, "came">) {
  const spaceDown = useRef(0);
  const came = useRef<BoxId | undefined>(undefined);
  const context = (): KeyContext => ({ ...contextNow(), came });
  return {
    run: (command: string) => void runOnCanvas(command, keyActions(context())),
    onKeyDown(event: KeyboardEvent) {
      if (event.target instanceof Element && event.target.closest("input,[data-overlay]")) return;
      const canvas = context();
      const name = keyName(event.nativeEvent);
      if (name === "Space" && canvas.focus?.row === undefined) {
        event.preventDefault();
        if (event.repeat) return;
        spaceDown.current = event.timeStamp;
        canvas.machine.holdSpace();
      } else if (runKey(name, keyActions(canvas))) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
    /** The space bar selects a box when it was tapped; held, it makes drags pan. */
    onKeyUp(event: KeyboardEvent) {
      if (event.code !== "Space") return;
      const { machine, current, focus, props } = context();
      const isTapped = machine.releaseSpace() && event.timeStamp - spaceDown.current < 200;
      const isOnBox = event.target instanceof Element && event.target.closest("[data-box]") !== null && focus?.row === undefined;
      if (!isTapped || !current || !isOnBox) return;
      const { selection } = props;
      props.onSelect(selection.includes(current) ? selection.filter((id) => id !== current) : [...selection, current]);
    },
  };
}
