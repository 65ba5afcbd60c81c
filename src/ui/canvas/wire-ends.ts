import { nameOf, type Box } from "#editor/layout/box.ts";
import type { Row } from "#editor/layout/box-rows.ts";
import { INPUTS_BOX, OUTPUTS_BOX, type BoxId, type Point, type Rect } from "#editor/layout/geometry.ts";
import type { WireEnd } from "#pipeline/edit.ts";
import type { TemplateId } from "#pipeline/model.ts";
import type { Judgement, PipelineCanvasProps } from "./canvas-props.ts";

/** One port of one box. */
export interface PortAt {
  readonly box: Box;
  readonly row: Row;
}

export type Fit = Judgement["fits"];

/** Whether a box is in an expanded group. */
export function isInside(box: Box, frame: Box): boolean {
  return frame.frame !== undefined && (box.within?.includes(frame.id) ?? false);
}

/** The side of a port as seen from another box: on the boundary of an expanded group inputs feed the content, and outputs take from it. */
export function sideToward({ box, row }: PortAt, other: Box): Row["side"] {
  if (!isInside(other, box)) return row.side;
  return row.side === "input" ? "output" : "input";
}

/** The ports of a box at which a wire from a port could end. */
export function facing(box: Box, from: PortAt): readonly Row[] {
  const wanted = sideToward(from, box) === "output" ? "input" : "output";
  const turned = isInside(from.box, box);
  return (wanted === "input") !== turned ? box.inputs : box.outputs;
}

/** A port as the model's edits name it, seen from the box at the wire's other end. `graph` is the graph shown. */
export function wireEnd({ box, row }: PortAt, graph: TemplateId, other?: Box): WireEnd {
  const port = { port: row.port.name, portKind: row.port.kind };
  if (other && isInside(other, box)) return { task: "", graph: box.frame!.graph.template, ...port };
  return { task: box.id === INPUTS_BOX || box.id === OUTPUTS_BOX ? "" : nameOf(box), graph: box.graph ?? graph, ...port };
}

/** The ends in the order of the flow, whichever was pressed first; undefined for two of one side. */
export function inOrder(a: PortAt, b: PortAt): { readonly from: PortAt; readonly to: PortAt } | undefined {
  const [one, other] = [sideToward(a, b.box), sideToward(b, a.box)];
  if (one === other) return undefined;
  return one === "output" ? { from: a, to: b } : { from: b, to: a };
}

/** Whether two ports can be joined: first what the canvas knows by itself, then the page's judge. */
export function judgePorts(a: PortAt, b: PortAt, graph: TemplateId, judge: PipelineCanvasProps["judge"]): Judgement {
  const ends = inOrder(a, b);
  if (!ends)
    return {
      fits: "no",
      reason: { code: sideToward(a, b.box) === "output" ? "canvas.same-side-outputs" : "canvas.same-side-inputs", values: {} },
    };
  if (a.box.id === b.box.id) return { fits: "no", reason: { code: "canvas.itself", values: {} } };
  return judge(wireEnd(ends.from, graph, ends.to.box), wireEnd(ends.to, graph, ends.from.box));
}

/** Whether each row of the boxes takes the dragged wire. */
export function fitsOf(
  from: PortAt,
  boxes: readonly Box[],
  judgeOne: (port: PortAt) => Judgement,
): ReadonlyMap<BoxId, ReadonlyMap<string, Fit>> {
  const all = new Map<BoxId, ReadonlyMap<string, Fit>>();
  for (const box of boxes) {
    const fits = new Map<string, Fit>();
    for (const row of facing(box, from)) fits.set(row.key, box.id === from.box.id ? "no" : judgeOne({ box, row }).fits);
    all.set(box.id, fits);
  }
  return all;
}

/** Screen pixels from which a wire sticks to a port that fits, and to one that fits with help. */
const STICK = 40;
const STICK_HELP = 12;

/**
 * The port that a wire's loose end belongs to: the row under the pointer, whether it fits or not (a refusal must be askable), else the
 * nearest fitting port within 40 px, else the nearest that fits with help within 12 px.
 */
export function portNear(
  at: Point,
  zoom: number,
  from: PortAt,
  boxes: readonly Box[],
  rects: ReadonlyMap<BoxId, Rect>,
  fits: ReadonlyMap<BoxId, ReadonlyMap<string, Fit>>,
): PortAt | undefined {
  let best: PortAt | undefined;
  let least = Infinity;
  for (const box of boxes) {
    const rect = rects.get(box.id);
    if (
      !rect ||
      at.x < rect.x - STICK / zoom ||
      at.x > rect.x + rect.width + STICK / zoom ||
      at.y < rect.y - STICK / zoom ||
      at.y > rect.y + rect.height + STICK / zoom
    )
      continue;
    for (const row of facing(box, from)) {
      const y = rect.y + row.y;
      const x = row.side === "input" ? rect.x : rect.x + rect.width;
      // On a boundary only the port itself counts as the row: the rest of that height belongs to other boxes.
      const under =
        Math.abs(at.y - y) <= 11 && (box.frame ? Math.abs(at.x - x) <= 14 : at.x >= rect.x - 14 && at.x <= rect.x + rect.width + 14);
      if (under && box.id !== from.box.id) return { box, row };
      const distance = Math.hypot(at.x - x, at.y - y) * zoom;
      const fit = fits.get(box.id)?.get(row.key);
      const reach = fit === "yes" ? STICK : fit === "help" ? STICK_HELP : 0;
      if (distance <= reach && distance < least) [best, least] = [{ box, row }, distance];
    }
  }
  return best;
}

/** Position of a port on the canvas. */
export function portPoint({ box, row }: PortAt, rects: ReadonlyMap<BoxId, Rect>): Point {
  const rect = rects.get(box.id) ?? { x: 0, y: 0, width: box.width };
  return { x: row.side === "input" ? rect.x : rect.x + rect.width, y: rect.y + row.y };
}

/** What to do with a wire dropped on a box but no port: the only free fitting port takes it, several ask, none refuses. */
export function portsOfBox(
  box: Box,
  from: PortAt,
  fits: ReadonlyMap<string, Fit> | undefined,
): { readonly take?: PortAt; readonly choose?: readonly PortAt[]; readonly refuse?: PortAt } {
  const rows = facing(box, from).map((row) => ({ box, row }));
  const fitting = rows.filter(({ row }) => fits?.get(row.key) === "yes");
  const free = fitting.filter(({ row }) => row.mark !== "filled");
  if (free.length === 1) return { take: free[0] };
  if (fitting.length === 1) return { take: fitting[0] };
  if (fitting.length > 1) return { choose: fitting };
  return { refuse: rows.find(({ row }) => fits?.get(row.key) === "help") ?? rows[0] };
}

/** Fitting ports for the list of "Connect to…": free before taken, near before far, then by name. */
export function connectChoices(
  from: PortAt,
  boxes: readonly Box[],
  rects: ReadonlyMap<BoxId, Rect>,
  judgeOne: (port: PortAt) => Judgement,
): readonly { readonly port: PortAt; readonly judgement: Judgement }[] {
  const start = portPoint(from, rects);
  const far = ({ port }: { port: PortAt }) => {
    const at = portPoint(port, rects);
    return Math.hypot(at.x - start.x, at.y - start.y);
  };
  const rank = { yes: 0, help: 1, no: 2 } as const;
  return boxes
    .filter((box) => box.id !== from.box.id)
    .flatMap((box) => facing(box, from).map((row) => ({ port: { box, row }, judgement: judgeOne({ box, row }) })))
    .sort(
      (a, b) =>
        rank[a.judgement.fits] - rank[b.judgement.fits] ||
        Number(isTaken(a.port)) - Number(isTaken(b.port)) ||
        far(a) - far(b) ||
        a.port.row.port.label.localeCompare(b.port.row.port.label),
    );
}

/** Whether an input has a source of its own already. */
export function isTaken({ row }: PortAt): boolean {
  return row.side === "input" && row.content.kind !== "nothing" && row.content.kind !== "missing";
}
