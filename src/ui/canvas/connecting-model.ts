import type { Box } from "#editor/layout/box.ts";
import type { BoxId, Point, Rect } from "#editor/layout/geometry.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { Judgement, PipelineCanvasProps } from "./canvas-props.ts";
import type { Held, PortRef } from "./gesture.ts";
import type { PortChoice } from "./port-list.tsx";
import type { PortAt } from "./wire-ends.ts";

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
