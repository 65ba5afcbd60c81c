import { nameOf, type Box } from "#editor/layout/box.ts";
import type { BoxId, Positions, Point } from "#editor/layout/geometry.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { TaskId, TemplateId } from "#pipeline/model.ts";
import type { CanvasTarget } from "./canvas-props.ts";
import { portAt } from "./connecting-model.ts";
import type { BoxForm, PointerState } from "./pointer.ts";
import { wireWithId, type CanvasModel } from "./use-canvas-model.ts";
import { wireEnd } from "./wire-ends.ts";

/** What the user does with boxes and wires, passed on to the page. */
export interface GraphActions {
  /** Whether the graph can be changed; if not, the page says so. */
  mayEdit(): boolean;
  place(ids: Iterable<BoxId>, dx: number, dy: number, by: "drag" | "nudge"): void;
  enter(box: Box): void;
  /** Leaves the group shown. */
  leave(): void;
  /** Expands a group in place, or collapses it. */
  expand(box: BoxId): void;
  /** Opens a task in the inspector, or enters a group; `inspector`: in any case the former. */
  openBox(box: BoxId, inspector: boolean): void;
  openForm(box: BoxId, form: BoxForm): void;
  cutWires(wires: readonly Wire[]): void;
  /** Removes the selected boxes, else the selected wire, else the focused box. */
  remove(join: boolean, focused: BoxId | undefined): void;
  /** What a context menu is about. */
  targetOf(pointerState: PointerState): CanvasTarget;
}

/** The actions on what the canvas shows now. */
export function graphActions(model: CanvasModel): GraphActions {
  const { props, byId, names } = model;
  const mayEdit = () => {
    if (props.readOnly) props.onRefused?.();
    return !props.readOnly;
  };
  const enter = (box: Box) =>
    box.within
      ? props.onEnter(
          nameOf(box) as TaskId,
          box.within.map((id) => names.of(id) as TaskId),
        )
      : props.onEnter(nameOf(box) as TaskId);
  const cutWires = (gone: readonly Wire[]) => {
    for (const of of new Set(gone.map((wire) => wire.graph))) {
      const edges = gone.flatMap((wire) => (wire.graph === of ? [wire.edge] : []));
      if (of === undefined) props.onDisconnect(edges);
      else props.onDisconnect(edges, of);
    }
  };
  return {
    mayEdit,
    enter,
    cutWires,
    place: (ids, dx, dy, by) => place(model, { ids: [...ids], dx, dy, by }),
    leave() {
      const parent = props.path.at(-2);
      if (parent) props.onGo(parent.template);
    },
    expand(id) {
      const box = byId.get(id);
      if (!box || !model.canToggle(box)) return;
      model.toggle(id);
      model.announce(props.t(box.frame ? "canvas.collapsed" : "canvas.expanded", { group: box.title }));
    },
    openBox(id, inspector) {
      const box = byId.get(id);
      if (!inspector && box?.node?.group) enter(box);
      else props.onOpen(names.of(id));
    },
    openForm: (id, form) => (form === "inspector" || props.readOnly ? props.onOpen(names.of(id)) : props.onOpen(names.of(id), form)),
    remove(join, focused) {
      const wire = wireWithId(model, props.selectedWire);
      const gone = props.selection.length > 0 ? props.selection : wire || !focused ? [] : [focused];
      const tasks = gone.filter((id) => byId.get(id)?.kind === "task");
      if ((tasks.length === 0 && !wire) || !mayEdit()) return;
      if (tasks.length === 0) {
        if (wire) cutWires([wire]);
        return;
      }
      // The focus moves on when its box is gone (useCanvasFocus), so it stays if the deletion is refused.
      props.onDelete(names.all(tasks), wire && wire.graph === undefined ? [wire.edge] : [], join);
    },
    targetOf: (pointerState) => targetOf(model, pointerState),
  };
}

interface Moved {
  readonly ids: readonly BoxId[];
  readonly dx: number;
  readonly dy: number;
  readonly by: "drag" | "nudge";
}

function place({ props, byId, places, announce }: CanvasModel, { ids, dx, dy, by }: Moved): void {
  if (dx === 0 && dy === 0) return;
  let n = 0;
  for (const [graphOf, moved] of movedByGraph(ids, byId, places, dx, dy)) {
    // A graph that was never shown by itself gets all its positions at once, so that the others are not laid out again.
    if (graphOf) {
      props.onPlace(moved.all, "layout", graphOf);
      props.onPlace(moved.moved, by, graphOf);
    } else props.onPlace(moved.moved, by);
    n += moved.moved.size;
  }
  if (n > 0) announce(props.t("canvas.moved", { n, dx, dy }));
}

function targetOf(model: CanvasModel, { under, at }: PointerState): CanvasTarget {
  const { props, byId, names, selected } = model;
  if (under.kind === "port") {
    const port = portAt(byId, under);
    if (port) return { kind: "port", end: wireEnd(port, props.graph.template), direction: port.row.side, at };
  }
  if (under.kind === "wire") {
    const wire = wireWithId(model, under.wire);
    if (wire) return { kind: "wire", edge: wire.edge, at, ...(wire.graph === undefined ? {} : { graph: wire.graph }) };
  }
  if ("box" in under)
    return props.selection.length > 1 && selected.has(under.box)
      ? { kind: "boxes", boxes: names.all(props.selection), at }
      : { kind: "box", box: names.of(under.box), at };
  return { kind: "canvas", at };
}

/** Places of moved boxes by their ids, for each graph; of an expanded group's graph also the places that all its boxes have now. */
function movedByGraph(
  ids: readonly BoxId[],
  byId: ReadonlyMap<BoxId, Box>,
  places: Positions | undefined,
  dx: number,
  dy: number,
): ReadonlyMap<TemplateId | undefined, { readonly all: Positions; readonly moved: Positions }> {
  const graphs = new Map<TemplateId | undefined, { all: Positions; moved: Map<BoxId, Point> }>();
  for (const id of ids) {
    const box = byId.get(id);
    const frame = box?.within && byId.get(box.within.at(-1)!)?.frame;
    const known = frame ? frame.own : places;
    const at = known?.get(id);
    if (!box || !at) continue;
    let graph = graphs.get(box.graph);
    if (!graph)
      graphs.set(
        box.graph,
        (graph = {
          all: frame
            ? new Map(frame.boxes.flatMap((one) => (frame.own.has(one.id) ? [[nameOf(one), frame.own.get(one.id)!] as const] : [])))
            : new Map(),
          moved: new Map(),
        }),
      );
    graph.moved.set(nameOf(box), { x: at.x + dx, y: at.y + dy });
  }
  return graphs;
}
