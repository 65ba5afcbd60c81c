import {
  GAP_COLUMN,
  GAP_ROW,
  GAP_STAGE,
  finish,
  flowOf,
  type ArrangeRequest,
  type Arranged,
  type BoxToPosition,
  type WireToRoute,
} from "./arrange.ts";
import { boundsOf, type BoxId, type Point } from "./geometry.ts";

/**
 * The simple preset: columns by longest path, order within a column by the mean of the neighbours, heights so that wires are as level as
 * possible. Linear but for sorting, so thousands of boxes take milliseconds. Used for large graphs, for steps (whose stages are the
 * columns) and wherever the layout engine cannot run.
 */
export function arrangeSimple(request: ArrangeRequest): Arranged {
  const flow = flowOf(request);
  const parts = componentsOf(flow).map((part) => arrangePart(part));
  return { places: finish(request, pack(parts, request.tight ?? false)), by: "simple" };
}

/** Packs the unconnected parts of an arranged flow as the simple preset does; each part keeps its own arrangement. */
export function packParts(flow: ArrangeRequest, places: ReadonlyMap<BoxId, Point>): ReadonlyMap<BoxId, Point> {
  const parts = componentsOf(flow).map(({ boxes }): Part => {
    const bounds = boundsOf(boxes.map((box) => ({ ...places.get(box.id)!, width: box.width, height: box.height })))!;
    const moved = boxes.map(({ id }) => [id, { x: places.get(id)!.x - bounds.x, y: places.get(id)!.y - bounds.y }] as const);
    return { places: new Map(moved), width: bounds.width, height: bounds.height };
  });
  return parts.length < 2 ? places : pack(parts, false);
}

interface Part {
  readonly places: ReadonlyMap<BoxId, Point>;
  readonly width: number;
  readonly height: number;
}

/** A box being positioned, with its neighbours. */
interface Cell {
  readonly box: BoxToPosition;
  readonly ins: Cell[];
  readonly outs: Cell[];
  layer: number;
  order: number;
  y: number;
}

/** Unconnected parts are laid out one by one; with stages everything is one part. */
function componentsOf(flow: ArrangeRequest): readonly ArrangeRequest[] {
  if (flow.boxes.length === 0) return [];
  if (flow.boxes.some((box) => box.stage !== undefined)) return [flow];
  const leader = new Map<BoxId, BoxId>(flow.boxes.map((box) => [box.id, box.id]));
  const find = (id: BoxId): BoxId => {
    let top = id;
    while (leader.get(top) !== top) top = leader.get(top)!;
    for (let here = id; here !== top;) {
      const next = leader.get(here)!;
      leader.set(here, top);
      here = next;
    }
    return top;
  };
  for (const wire of flow.wires) leader.set(find(wire.from), find(wire.to));
  const groups = new Map<BoxId, { boxes: BoxToPosition[]; wires: WireToRoute[] }>();
  for (const box of flow.boxes) {
    const top = find(box.id);
    const group = groups.get(top);
    if (group) group.boxes.push(box);
    else groups.set(top, { boxes: [box], wires: [] });
  }
  for (const wire of flow.wires) groups.get(find(wire.from))!.wires.push(wire);
  return [...groups.values()];
}

function arrangePart(part: ArrangeRequest): Part {
  const cells = cellsOf(part);
  const staged = part.boxes.some((box) => box.stage !== undefined);
  if (staged) for (const cell of cells) cell.layer = cell.box.stage ?? 0;
  else layer(cells);
  const columns = splitTall(columnsOf(cells), cells.length);
  if (columns.length > 1) orderColumns(columns);
  setHeights(columns);
  return placed(columns, staged ? GAP_STAGE : GAP_COLUMN);
}

function cellsOf(part: ArrangeRequest): readonly Cell[] {
  const cells = part.boxes.map((box): Cell => ({ box, ins: [], outs: [], layer: 0, order: 0, y: 0 }));
  const byId = new Map(cells.map((cell) => [cell.box.id, cell]));
  for (const wire of part.wires) {
    const from = byId.get(wire.from)!;
    const to = byId.get(wire.to)!;
    to.ins.push(from);
    from.outs.push(to);
  }
  return cells;
}

/** Longest path from the sources. Wires that close a cycle (broken files have them) are ignored. */
function layer(cells: readonly Cell[]): void {
  const waiting = new Map(cells.map((cell) => [cell, cell.ins.length]));
  const ready = cells.filter((cell) => cell.ins.length === 0);
  let next = 0;
  for (let seen = 0; seen < cells.length; seen++) {
    // In a cycle no box is ready: the first remaining box of the file is taken.
    if (ready.length <= seen) {
      while (waiting.get(cells[next]!) === -1) next++;
      ready.push(cells[next]!);
    }
    const cell = ready[seen]!;
    waiting.set(cell, -1);
    for (const to of cell.outs) {
      const left = waiting.get(to)!;
      if (left === -1) continue;
      to.layer = Math.max(to.layer, cell.layer + 1);
      waiting.set(to, left - 1);
      if (left === 1) {
        ready.push(to);
        waiting.set(to, -1);
      }
    }
  }
  pullSources(cells);
}

/** A source is placed just before its first consumer rather than at the far left: shorter wires. */
function pullSources(cells: readonly Cell[]): void {
  for (const cell of cells) {
    if (cell.ins.length > 0 || cell.outs.length === 0) continue;
    const first = Math.min(...cell.outs.map((out) => out.layer));
    if (first > 0) cell.layer = first - 1;
  }
}

function columnsOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const columns: Cell[][] = [];
  for (const cell of cells) (columns[cell.layer] ??= []).push(cell);
  return Array.from(columns, (column) => column ?? []).filter((column) => column.length > 0);
}

/** A fan of hundreds becomes several columns side by side instead of one endless one. */
function splitTall(columns: readonly (readonly Cell[])[], count: number): readonly Cell[][] {
  const most = Math.max(24, Math.ceil(2.2 * Math.sqrt(count)));
  const split: Cell[][] = [];
  for (const column of columns) {
    const pieces = Math.ceil(column.length / most);
    const size = Math.ceil(column.length / pieces);
    for (let start = 0; start < column.length; start += size) split.push(column.slice(start, start + size));
  }
  return split;
}

const SWEEPS = 4;

function orderColumns(columns: readonly Cell[][]): void {
  for (const column of columns) column.forEach((cell, i) => (cell.order = i));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0;
    for (const column of forward ? columns : [...columns].reverse()) {
      const middle = new Map(column.map((cell) => [cell, middleOf(forward ? cell.ins : cell.outs, cell.order)]));
      column.sort((a, b) => middle.get(a)! - middle.get(b)! || a.order - b.order);
      // Relative positions, so that columns of different length are comparable.
      column.forEach((cell, i) => (cell.order = (i + 0.5) / column.length));
    }
  }
}

function middleOf(near: Cell["ins"], own: number): number {
  if (near.length === 0) return own;
  let sum = 0;
  for (const cell of near) sum += cell.order;
  return sum / near.length;
}

/**
 * Sweeps over the columns, each time moving a column as near to its neighbours' heights as its order allows. Heads are aligned, not ports:
 * outputs are below inputs, so level wires would make every column sink below the one before.
 */
function setHeights(columns: readonly Cell[][]): void {
  for (const column of columns) {
    let y = 0;
    const height = column.reduce((sum, cell) => sum + cell.box.height + GAP_ROW, -GAP_ROW);
    for (const cell of column) {
      cell.y = y - height / 2;
      y += cell.box.height + GAP_ROW;
    }
  }
  const wish = (cell: Cell, near: Cell["ins"]) =>
    near.length === 0 ? cell.y : near.reduce((sum, other) => sum + other.y, 0) / near.length;
  for (let sweep = 0; sweep < 3; sweep++) {
    if (sweep !== 1) for (const column of columns) settle(column, (cell) => wish(cell, cell.ins));
    else for (const column of [...columns].reverse()) settle(column, (cell) => wish(cell, cell.outs));
  }
}

/**
 * The heights nearest to the wanted ones that keep order and gaps: neighbours that would overlap are joined to a block at the mean of its
 * members' wanted heights (pool adjacent violators).
 */
function settle(column: readonly Cell[], wish: (cell: Cell) => number): void {
  const blocks: { sum: number; count: number; cells: { cell: Cell; offset: number }[]; height: number }[] = [];
  for (const cell of column) {
    let block = { sum: wish(cell), count: 1, cells: [{ cell, offset: 0 }], height: cell.box.height + GAP_ROW };
    for (let last = blocks.at(-1); last && last.sum / last.count + last.height > block.sum / block.count; last = blocks.at(-1)) {
      blocks.pop();
      for (const one of block.cells) one.offset += last.height;
      block = {
        sum: last.sum + block.sum - block.count * last.height,
        count: last.count + block.count,
        cells: last.cells.concat(block.cells),
        height: last.height + block.height,
      };
    }
    blocks.push(block);
  }
  for (const block of blocks) for (const { cell, offset } of block.cells) cell.y = block.sum / block.count + offset;
}

function placed(columns: readonly Cell[][], gap: number): Part {
  const places = new Map<BoxId, Point>();
  let x = 0;
  let top = Infinity;
  let bottom = -Infinity;
  for (const column of columns) {
    let width = 0;
    for (const { box, y } of column) {
      places.set(box.id, { x, y });
      width = Math.max(width, box.width);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + box.height);
    }
    x += width + gap;
  }
  return { places: new Map([...places].map(([id, at]) => [id, { x: at.x, y: at.y - top }])), width: x - gap, height: bottom - top };
}

/** Up to this many parts are stacked; more are spread over several columns. */
const STACKED = 12;

/**
 * Stacks the parts, larger ones first, all beginning at the left: a chain after another one would look like its continuation. Many parts
 * become columns of about equal heights, far enough apart to be distinct from the columns of one part. Single boxes follow below, in rows.
 */
function pack(parts: readonly Part[], tight: boolean): ReadonlyMap<BoxId, Point> {
  const sorted = [...parts].sort((a, b) => b.places.size - a.places.size);
  const chains = sorted.filter((part) => part.places.size > 1);
  const single = sorted.filter((part) => part.places.size === 1);
  const gap = tight ? GAP_ROW : 2 * GAP_ROW;
  const places = new Map<BoxId, Point>();
  const put = (part: Part, x: number, y: number) => part.places.forEach((at, id) => places.set(id, { x: x + at.x, y: y + at.y }));

  const total = chains.reduce((sum, part) => sum + part.height + gap, 0);
  const area = chains.reduce((sum, part) => sum + (part.width + GAP_COLUMN) * (part.height + gap), 0);
  const highest = chains.length <= STACKED ? Infinity : Math.max(total / Math.ceil(chains.length / STACKED), Math.sqrt(area / 1.6));
  let [x, y, bottom, column] = [0, 0, 0, 0];
  for (const part of chains) {
    if (y > 0 && y + part.height > highest) {
      x += column + 3 * GAP_COLUMN;
      [y, column] = [0, 0];
    }
    put(part, x, y);
    y += part.height + gap;
    bottom = Math.max(bottom, y);
    column = Math.max(column, part.width);
  }
  const right = x + column;

  const rowArea = single.reduce((sum, part) => sum + (part.width + GAP_COLUMN) * (part.height + GAP_ROW), 0);
  const widest = Math.max(0, ...single.map((part) => part.width));
  const limit = tight && single.length <= 4 ? widest : Math.max(widest, right, Math.sqrt(rowArea * 1.6));
  [x, y] = [0, bottom];
  let tallest = 0;
  for (const part of single) {
    if (x > 0 && x + part.width > limit) {
      x = 0;
      y += tallest + GAP_ROW;
      tallest = 0;
    }
    put(part, x, y);
    x += part.width + GAP_COLUMN;
    tallest = Math.max(tallest, part.height);
  }
  return places;
}
