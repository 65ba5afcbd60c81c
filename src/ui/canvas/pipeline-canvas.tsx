import {
  memo,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type DragEvent,
  type KeyboardEvent,
} from "react";
import { useStore } from "zustand";
import { BOX_WIDTH, nameOf, type Box } from "#editor/layout/box.ts";
import { free } from "#editor/layout/position-new-boxes.ts";
import { boundsOf, INPUTS_BOX, touches, type BoxId, type Point, type Rect } from "#editor/layout/geometry.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { GraphEdge } from "#pipeline/graph.ts";
import type { TaskId } from "#pipeline/model.ts";
import { CanvasContext, type CanvasContextValue } from "./canvas-context.ts";
import { runKey, runOnCanvas } from "./canvas-keys.ts";
import { keyActions } from "./key-actions.ts";
import { ENTRY_TYPE, type CanvasTarget, type PipelineCanvasProps, type TypedName, type View } from "./canvas-props.ts";
import styles from "./canvas.module.css";
import { Path, Tray, ZoomBar } from "./overlays.tsx";
import { HoverCard } from "./hover-card.tsx";
import { keyName } from "./key-name.ts";
import { Minimap } from "./minimap.tsx";
import { movedByGraph } from "./moved-by-graph.ts";
import { reach, runOrder } from "./navigation.ts";
import { Dots, PaintedLayer } from "./painted-layer.tsx";
import { boxAt, marqueeSelection, seenOrKept } from "./hit-test.ts";
import { rectsOf, useDrawnWires, useNodeFactory } from "./scene.ts";
import { useNoPageZoom, useTheme } from "./surface-hooks.ts";
import { awayFrom, litParameters, stageBars } from "./graph-marks.ts";
import type { BoxNode } from "./box-data.ts";
import { TaskBox } from "./task-box.tsx";
import { useArrange } from "./use-arrange.tsx";
import { useCanvasFocus } from "./use-focus.ts";
import { portAt, type ConnectingModel } from "./connecting.ts";
import { gestureMachine, type Chosen, type GestureActions, type GestureMachine } from "./gesture-machine.ts";
import type { BoxForm, PointerState } from "./pointer.ts";
import { Answers, besidePort, useConnecting, useDragPreview, WireBeingDragged } from "./use-connecting.tsx";
import { useGestures, useGestureState, type GestureSurface } from "./use-gestures.ts";
import { useLists } from "./use-lists.tsx";
import { usePositions } from "./use-positions.ts";
import { useWireInsertion } from "./use-wire-insertion.ts";
import { useScene } from "./use-scene.ts";
import { useDetail, useFrame, useOpening, useRegion, useViewControl } from "./use-view.ts";
import { centred, fitting, isSameView, opening, reveal, toCanvas, zoomKeeping } from "./view.ts";
import { useViewportInput, ViewportLayer, ViewportProvider } from "./viewport-layer.tsx";
import { WireLayer } from "./wire-layer.tsx";
import { wireEnd } from "./wire-ends.ts";

/** The pipeline as boxes and wires. State comes in by props and user actions go out by callbacks; the canvas holds no document. */
export function PipelineCanvas(props: PipelineCanvasProps) {
  return (
    <ViewportProvider>
      <Canvas {...props} />
    </ViewportProvider>
  );
}

/** From this many boxes painting begins at a higher zoom. */
const MANY = 150;
/** Selected boxes stay mounted out of view up to this many. */
const KEPT = 40;
const NO_NODES: BoxNode[] = [];

function Canvas(given: PipelineCanvasProps) {
  const { graph, t, pending } = given;
  const root = useRef<HTMLDivElement>(null);
  const measured = useFrame(root);
  const frame = typeof measured === "object" ? measured : undefined;
  const control = useViewControl(frame);
  const [renaming, setRenaming] = useState<BoxId>();
  // Another tab edits now: what was typed here was saved as its draft.
  if (given.readOnly && renaming !== undefined) setRenaming(undefined);
  const [minimap, setMinimap] = useState(true);
  const [paths, setPaths] = useState(false);
  const [announcement, setAnnouncement] = useState("");
  const came = useRef<BoxId | undefined>(undefined);

  // The scene: everything is computed from the graph and the places.
  const { scene, byId, keysOf, canToggle, toggle } = useScene(given);
  const { boxes, wires, top } = scene;
  // Inside, boxes are identified by the path to them; the page knows calls by their ids.
  const selection = useMemo(() => given.selection.flatMap(keysOf), [given.selection, keysOf]);
  const named = (ids: readonly BoxId[]) => [...new Set(ids.map((id) => (byId.has(id) ? nameOf(byId.get(id)!) : id)))];
  const props: PipelineCanvasProps = { ...given, selection, onSelect: (ids, ...wire) => given.onSelect(named(ids), ...wire) };
  const nameAt = useCallback((id: BoxId) => (byId.has(id) ? nameOf(byId.get(id)!) : id), [byId]);
  const fittedRef = useRef<View | undefined>(undefined);
  const places = usePositions({
    graph,
    boxes: top,
    wires: scene.topWires,
    props,
    root,
    isViewUntouched: () => !frame || (fittedRef.current !== undefined && isSameView(fittedRef.current, control.now())),
    onEngine: (found) => {
      const all = boundsOf(
        top.flatMap((box) => (found.has(box.id) ? [{ ...found.get(box.id)!, width: box.width, height: box.height }] : [])),
      );
      if (!frame || !all) return;
      fittedRef.current = opening(all, frame, firstTask(top, rectsOf(top, found, undefined)));
      control.go(fittedRef.current);
    },
  });
  const [machine] = useState(() => gestureMachine());
  const moving = useGestureState(machine, ({ gesture }) => (gesture?.kind === "drag" || gesture?.kind === "carry" ? gesture : undefined));
  const space = useGestureState(machine, (state) => state.space);
  const rects = useMemo(() => rectsOf(top, places, moving), [top, places, moving]);
  const topRects = useMemo(
    () => (top === boxes ? rects : new Map(top.flatMap((box) => (rects.has(box.id) ? [[box.id, rects.get(box.id)!] as const] : [])))),
    [top, boxes, rects],
  );
  const bounds = useMemo(() => boundsOf(rects.values()), [rects]);
  const first = useMemo(() => firstTask(top, topRects), [top, topRects]);
  const isOpen = useOpening({ graph: graph.template, frame, bounds, first, initialView: props.initialView, control, fittedRef });
  // Before size and view are known nothing is mounted: it would be the wrong boxes, or all of them.
  const isShown = frame ? isOpen : measured === "none";
  const isComing = frame !== undefined && !isShown && boxes.length > 0;
  useLayoutEffect(() => (isComing ? pending?.begin("view") : undefined), [isComing, pending]);
  const { detail, zoom } = useDetail(boxes.length > MANY);
  const region = useRegion(frame);
  const selected = useMemo(() => new Set(selection), [selection]);
  const theme = useTheme();

  const order = useMemo(() => runOrder(topRects), [topRects]);
  const bringIntoView = (box: BoxId, where: "nearest" | "center" = "nearest") => {
    const rect = rects.get(box);
    if (!rect || !frame) return;
    const view = where === "center" ? centred(control.now(), rect, frame) : reveal(control.now(), rect, frame);
    if (view) control.go(view, true);
  };
  const { focus, focusBox, focusNamed, pointAt, renameNamed, arrived, ...focusHandlers } = useCanvasFocus({
    root,
    template: graph.template,
    byId,
    keysOf,
    wires,
    rects,
    selection,
    order,
    bringIntoView,
    rename: setRenaming,
    pending,
  });
  const goTo = (box: BoxId) => {
    focusBox(box);
    bringIntoView(box);
  };

  const announce = (message: string) => (props.announce ? props.announce(message) : setAnnouncement(message));
  const seen = useMemo(
    () => boxes.filter((box) => rects.has(box.id) && (!region || touches(rects.get(box.id)!, region))),
    [boxes, rects, region],
  );
  const model: ConnectingModel = { props, boxes, byId, wires, rects, seen, zoom: () => control.now().zoom, announce };
  const connecting = useConnecting(model);
  const dragPreview = useDragPreview(machine, connecting, model);
  const wiring = dragPreview.wire;
  const aimed = dragPreview.target;
  const isAnswered = useStore(connecting.answers, ({ bubble, list }) => bubble !== undefined || list !== undefined);

  // What is mounted: boxes in view, the focused one, and a few selected ones.
  const tabStop = focus && rects.has(focus.box) ? focus.box : (selection.find((id) => rects.has(id)) ?? order[0]);
  const makeNode = useNodeFactory();
  const away = useMemo(() => awayFrom(graph, rects, region), [graph, rects, region]);
  // What is neither found nor on a path through the selection fades.
  const hits = useMemo(() => {
    if (!paths || selection.length === 0) return given.hits;
    return new Set([...reach(selection, wires, "up"), ...reach(selection, wires, "down")].map((id) => nameAt(id)));
  }, [paths, selection, wires, given.hits, nameAt]);
  const lit = useMemo(() => litParameters(boxes, selected), [boxes, selected]);
  const nodes = useMemo(() => {
    if (!isShown) return NO_NODES;
    const kept = new Set<BoxId>(selection.length <= KEPT && detail !== "map" ? selection : []);
    if (tabStop) kept.add(tabStop);
    if (renaming) kept.add(renaming);
    const shown = detail === "map" ? boxes.filter((box) => kept.has(box.id)) : boxes.filter((box) => seenOrKept(box, rects, region, kept));
    return shown.flatMap((box): BoxNode[] => {
      const rect = rects.get(box.id);
      if (!rect) return NO_NODES;
      const isSelected = selected.has(box.id);
      return [
        makeNode(
          box,
          rect,
          {
            selected: isSelected,
            tabStop: box.id === tabStop,
            dimmed: hits ? !hits.has(nameOf(box)) && !box.frame : false,
            problem: given.problems?.get(nameOf(box)),
            renaming: renaming === box.id,
            fits: dragPreview.fits?.get(box.id),
            mounts: dragPreview.mounts?.has(box.id),
            target: aimed?.box === box.id ? aimed.row : undefined,
            source: wiring?.from.box.id === box.id ? wiring.from.row.key : undefined,
            lit: lit.size > 0 && (isSelected || box.id === INPUTS_BOX) ? lit : undefined,
            away: away(box),
          },
          box.frame ? -2 : isSelected || moving?.boxes.has(box.id) ? 2 : 1,
        ),
      ];
    });
  }, [
    isShown,
    boxes,
    rects,
    region,
    selection,
    selected,
    tabStop,
    renaming,
    detail,
    makeNode,
    hits,
    given.problems,
    dragPreview.fits,
    dragPreview.mounts,
    wiring,
    aimed,
    lit,
    away,
    moving,
  ]);

  const { selectedWire } = given;
  const isWiring = wiring !== undefined;
  const spliced = moving?.kind === "drag" ? moving.over : undefined;
  const splice = useWireInsertion({ props, byId, wires, drawn: () => drawn, zoom: () => control.now().zoom, announce });
  const lookOf = useCallback(
    (wire: Wire) => {
      if (wire.id === spliced) return "gap" as const;
      if (wire.id === selectedWire || selected.has(wire.from) || selected.has(wire.to)) return "selected" as const;
      return isWiring || (hits && !hits.has(nameAt(wire.from)) && !hits.has(nameAt(wire.to))) ? ("faded" as const) : ("plain" as const);
    },
    [selectedWire, spliced, selected, isWiring, hits, nameAt],
  );
  const drawn = useDrawnWires(boxes, wires, rects, detail === "map" || !isShown ? undefined : (region ?? bounds), lookOf);
  const bars = useMemo(
    () => [...stageBars(top, rects), ...boxes.flatMap((box) => (box.frame ? stageBars(box.frame.boxes, rects) : []))],
    [top, boxes, rects],
  );

  // Selecting from elsewhere (outline, problems, inspector) takes the focus along, so that keys act on the box that is shown as selected.
  const formerSelection = useRef(given.selection);
  useEffect(() => {
    const before = formerSelection.current;
    formerSelection.current = given.selection;
    const last = selection.at(-1);
    const isNew = given.selection.some((id) => !before.includes(id));
    if (!isNew || last === undefined || !focus || selected.has(focus.box) || !byId.has(last)) return;
    if (root.current?.contains(document.activeElement)) focusBox(last);
    else pointAt(last);
  }, [given.selection, selection, selected, focus, byId, focusBox, pointAt]);
  const zoomTo = (to: number) => {
    if (!frame) return control.zoomTo(to);
    const preferred = [focus?.box, ...selection].flatMap((id) => (id && rects.get(id)) ?? []);
    control.go(zoomKeeping(control.now(), to, frame, { all: rects.values(), preferred }), true);
  };

  // Doing.
  const wireOf = (id: string | undefined) => wires.find((wire) => wire.id === id);
  const place = (ids: Iterable<BoxId>, dx: number, dy: number, by: "drag" | "nudge") => {
    if (dx === 0 && dy === 0) return;
    let n = 0;
    for (const [graphOf, moved] of movedByGraph([...ids], byId, places, dx, dy)) {
      // A graph that was never shown by itself gets all its positions at once, so that the others are not laid out again.
      if (graphOf) {
        props.onPlace(moved.all, "layout", graphOf);
        props.onPlace(moved.moved, by, graphOf);
      } else props.onPlace(moved.moved, by);
      n += moved.moved.size;
    }
    if (n > 0) announce(t("canvas.moved", { n, dx, dy }));
  };
  const { arrange, overlay: progress } = useArrange({ props, scene, selection, rects: topRects, frame, control, announce });
  const enter = (box: Box) =>
    box.within
      ? props.onEnter(
          nameOf(box) as TaskId,
          box.within.map((id) => nameAt(id) as TaskId),
        )
      : props.onEnter(nameOf(box) as TaskId);
  const expand = (id: BoxId) => {
    const box = byId.get(id);
    if (!box || !canToggle(box)) return;
    toggle(id);
    announce(t(box.frame ? "canvas.collapsed" : "canvas.expanded", { group: box.title }));
  };
  const openBox = (id: BoxId, inspector: boolean) => {
    const box = byId.get(id);
    if (!inspector && box?.node?.group) enter(box);
    else props.onOpen(nameAt(id));
  };
  const openForm = (id: BoxId, form: BoxForm) =>
    form === "inspector" || props.readOnly ? props.onOpen(nameAt(id)) : props.onOpen(nameAt(id), form);
  const leave = () => {
    const parent = props.path.at(-2);
    if (parent) props.onGo(parent.template);
  };
  const cutWires = (gone: readonly Wire[]) => {
    for (const of of new Set(gone.map((wire) => wire.graph))) {
      const edges = gone.flatMap((wire) => (wire.graph === of ? [wire.edge] : []));
      if (of === undefined) props.onDisconnect(edges);
      else props.onDisconnect(edges, of);
    }
  };
  /** The boxes of one graph: arrows stay among them. */
  const siblings = (id: BoxId): ReadonlyMap<BoxId, Rect> => {
    const frame = byId.get(id)?.within?.at(-1);
    if (frame === undefined) return topRects;
    return new Map(
      (byId.get(frame)?.frame?.boxes ?? []).flatMap((box) => (rects.has(box.id) ? [[box.id, rects.get(box.id)!] as const] : [])),
    );
  };
  const mayEdit = () => {
    if (props.readOnly) props.onRefused?.();
    return !props.readOnly;
  };
  const remove = (join: boolean) => {
    const wire = wireOf(selectedWire);
    const gone = selection.length > 0 ? selection : wire || !focus ? [] : [focus.box];
    const tasks = gone.filter((id) => byId.get(id)?.kind === "task");
    if ((tasks.length === 0 && !wire) || !mayEdit()) return;
    if (tasks.length === 0) {
      if (wire) cutWires([wire]);
      return;
    }
    // The focus moves on when its box is gone (useCanvasFocus), so it stays if the deletion is refused.
    props.onDelete(named(tasks), wire && wire.graph === undefined ? [wire.edge] : [], join);
  };
  const fit = (of?: Iterable<BoxId>) => {
    const rect = of ? boundsOf([...of].flatMap((id) => rects.get(id) ?? [])) : bounds;
    if (rect && frame) control.go(fitting(rect, frame), true);
  };
  const clientOf = (at: Point): Point => {
    const box = root.current?.getBoundingClientRect();
    const view = control.now();
    return { x: (box?.left ?? 0) + at.x * view.zoom + view.x, y: (box?.top ?? 0) + at.y * view.zoom + view.y };
  };
  // A new box is not on the canvas yet; it takes about this much space and must not cover existing boxes.
  const roomAt = (at: Point): Point => free({ ...at, width: BOX_WIDTH, height: 120 }, [...topRects.values()]);
  const middle = (): Point => roomAt(toCanvas(control.now(), { x: (frame?.width ?? 0) / 2, y: (frame?.height ?? 0) / 2 }));
  const rightOf = (id: BoxId): Point | undefined => {
    const rect = rects.get(id);
    return rect && roomAt({ x: rect.x + rect.width + 64, y: rect.y });
  };

  const lists = useLists({
    props,
    byId,
    wires,
    siblings,
    goTo,
    focusBox,
    cutWires,
    beside: (id) => besidePort({ x: rects.get(id)?.x ?? 0, y: (rects.get(id)?.y ?? 0) + 24 }, control, root),
  });

  // Pointers.
  const actions: GestureActions = {
    readOnly: props.readOnly ?? false,
    chosen: () => ({ boxes: selection, wire: selectedWire }),
    choose: ({ boxes: chosen, wire }: Chosen) => (wire === undefined ? props.onSelect(chosen) : props.onSelect(chosen, wire)),
    click: ({ under, toggle }) => {
      if (under.kind === "toggle") {
        expand(under.box);
        focusBox(under.box);
      } else if (under.kind === "cut") {
        if (mayEdit()) cutWires(wires.filter((wire) => wire.id === under.wire));
      } else if (under.kind === "enter" && byId.has(under.box)) enter(byId.get(under.box)!);
      else if (under.kind === "box" || under.kind === "port" || under.kind === "order" || under.kind === "enter") {
        const next = toggle
          ? selected.has(under.box)
            ? selection.filter((id) => id !== under.box)
            : [...selection, under.box]
          : [under.box];
        props.onSelect(next);
        if (detail === "map") focusBox(under.box);
      } else if (under.kind === "wire") props.onSelect(toggle ? selection : [], under.wire);
      else {
        if (!toggle) props.onSelect([]);
        root.current?.focus({ preventScroll: true });
      }
    },
    clearPort: ({ under }) => {
      if (under.kind === "port")
        cutWires(
          wires.filter(
            (wire) =>
              (wire.from === under.box && wire.fromRow?.key === under.row) || (wire.to === under.box && wire.toRow?.key === under.row),
          ),
        );
    },
    contextMenu: (pointerState) => props.onContextMenu?.(targetOf(pointerState), pointerState.client),
    grab: ({ under }) => {
      if (under.kind !== "box" || !mayEdit()) return undefined;
      // The content of a moved group moves with it.
      const moved = selected.has(under.box)
        ? selection.filter((id) => !byId.get(id)?.within?.some((frame) => selected.has(frame)))
        : [under.box];
      if (!selected.has(under.box)) props.onSelect([under.box]);
      return { boxes: new Set(moved), origin: rects.get(under.box) ?? { x: 0, y: 0 } };
    },
    overWire: splice.over,
    drop: (ids, by, pointerState) => {
      place(ids, by.x, by.y, "drag");
      splice.drop(ids, pointerState);
    },
    take: connecting.take,
    aim: connecting.aim,
    release: connecting.release,
    selectIn: (rect, pointerState, before) => props.onSelect(marqueeSelection(rect, pointerState, before.boxes, topRects)),
    pan: (dx, dy) => {
      const view = control.now();
      control.go({ ...view, x: view.x + dx, y: view.y + dy });
    },
    endCarry: (ids, by) => place(ids, by.x, by.y, "drag"),
  };
  const surface: GestureSurface = {
    toCanvas: (client) => {
      const box = root.current?.getBoundingClientRect();
      return toCanvas(control.now(), { x: client.x - (box?.left ?? 0), y: client.y - (box?.top ?? 0) });
    },
    paintedAt: (at) => (detail === "map" ? boxAt(boxes, rects, at) : undefined),
    doubleClick: ({ under, at, client }) => {
      if (under.kind === "box" && under.title && byId.get(under.box)?.kind === "task") {
        if (mayEdit()) setRenaming(under.box);
      } else if (under.kind === "box" && under.form) openForm(under.box, under.form);
      else if (under.kind === "box") openBox(under.box, false);
      else if (under.kind === "canvas") props.onQuickAdd?.(at, client);
    },
    // Overlays of the canvas handle Escape themselves while they have the focus, and return the focus.
    escape: () => !document.activeElement?.closest("[data-overlay]") && connecting.close(),
    pressElsewhere: () => void connecting.close(),
  };
  const handlers = useGestures(root, machine, { actions, surface });
  const { template: currentTemplate } = graph;
  // Another graph: nothing of the former one is in hand.
  useEffect(() => () => void machine.cancel(), [machine, currentTemplate]);

  const targetOf = ({ under, at }: PointerState): CanvasTarget => {
    if (under.kind === "port") {
      const port = portAt(byId, under);
      if (port) return { kind: "port", end: wireEnd(port, graph.template), direction: port.row.side, at };
    }
    if (under.kind === "wire") {
      const wire = wireOf(under.wire);
      if (wire) return { kind: "wire", edge: wire.edge, at, ...(wire.graph === undefined ? {} : { graph: wire.graph }) };
    }
    if ("box" in under)
      return selection.length > 1 && selected.has(under.box)
        ? { kind: "boxes", boxes: named(selection), at }
        : { kind: "box", box: nameAt(under.box), at };
    return { kind: "canvas", at };
  };

  // Keys.
  const current = focus?.box ?? tabStop;
  const closeExtra = () => {
    if (lists.close()) return true;
    setPaths(false);
    return paths;
  };
  const keys = () =>
    keyActions({
      props,
      focus,
      current,
      byId,
      rects,
      wires,
      order,
      came,
      places,
      frame,
      control: { ...control, zoomTo },
      connecting,
      machine,
      detail,
      announce,
      focusBox,
      goTo,
      openBox,
      leave,
      mayEdit,
      remove,
      fit,
      arrange,
      middle,
      rightOf,
      clientOf,
      place,
      setRenaming,
      bringIntoView,
      targetOf,
      siblings,
      expand,
      cutWires,
      openList: lists.open,
      togglePaths: () => setPaths(!paths),
      closeExtra,
      top: topRects,
    });
  const spaceDown = useRef(0);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest("input,[data-overlay]")) return;
    const name = keyName(event.nativeEvent);
    if (name === "Space" && focus?.row === undefined) {
      event.preventDefault();
      if (event.repeat) return;
      spaceDown.current = event.timeStamp;
      machine.holdSpace();
    } else if (runKey(name, keys())) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const onKeyUp = (event: KeyboardEvent) => {
    if (event.code !== "Space") return;
    const tapped = machine.releaseSpace() && event.timeStamp - spaceDown.current < 200;
    if (tapped && current && event.target instanceof Element && event.target.closest("[data-box]") && focus?.row === undefined)
      props.onSelect(selected.has(current) ? selection.filter((id) => id !== current) : [...selection, current]);
  };

  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(ENTRY_TYPE)) return;
    // The cursor shows at once that nothing can be dropped here.
    if (!mayEdit()) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  };
  const onDrop = (event: DragEvent) => {
    const entry = event.dataTransfer.getData(ENTRY_TYPE);
    if (!entry || props.readOnly) return;
    event.preventDefault();
    const target = event.target instanceof Element ? event.target : undefined;
    const wire = wireOf(target?.closest<SVGElement>("[data-wire]")?.dataset.wire)?.edge;
    const under = byId.get(target?.closest<HTMLElement>("[data-box]")?.dataset.box as BoxId);
    props.onDropEntry?.(entry, surface.toCanvas({ x: event.clientX, y: event.clientY }), {
      ...(wire && { wire }),
      ...(under?.kind === "task" && { box: nameOf(under) }),
    });
  };

  useNoPageZoom(root);
  useViewportInput(root);
  useImperativeHandle(props.handle, () => ({
    arrange,
    fit: () => fit(),
    zoomTo,
    middle,
    rightOf,
    focusBox: (name, where = "nearest") => focusNamed(name, where),
    focus: () => (tabStop ? goTo(tabStop) : root.current?.focus()),
    run: (command) => void runOnCanvas(command, keys()),
    connectTo: (name) => connecting.openList(keysOf(name)[0] ?? name),
    renameInPlace: renameNamed,
    expand: (name) => expand(keysOf(name)[0] ?? name),
    splice: (name, edge: GraphEdge) => {
      splice.into(
        keysOf(name)[0] ?? name,
        wires.find((wire) => wire.edge.id === edge.id),
      );
    },
    rects: () => rects,
  }));

  const canOrder = props.onRunAfter !== undefined && !props.readOnly;
  const canExpand = given.graphOf !== undefined;
  const titleOf = useMemo(() => {
    const titles = new Map(boxes.flatMap(({ node }) => (node ? [[node.name, node.title] as const] : [])));
    return (task: string) => titles.get(task) ?? task;
  }, [boxes]);
  const typedName = useMemo<TypedName | undefined>(
    () =>
      given.typedName && { of: (box) => given.typedName?.of(nameAt(box)), type: (box, name) => given.typedName?.type(nameAt(box), name) },
    [given.typedName, nameAt],
  );
  const viewState = useMemo<CanvasContextValue>(
    () => ({
      t,
      titleOf,
      detail,
      canOrder,
      canExpand,
      onRenamed: (box, name, left) => {
        setRenaming(undefined);
        const old = byId.get(box)?.title;
        if (name && name !== old) props.onRename(nameAt(box) as TaskId, name);
        if (!left) focusBox(box);
      },
      arrived,
      typedName,
    }),
    // The callback is asked for when it runs; a new one each time would render every box.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [t, titleOf, detail, canOrder, canExpand, byId, given.onRename, focusBox, arrived, typedName],
  );
  const painting = useMemo(
    () => ({ boxes, rects, wires, selected, hits, problems: given.problems }),
    [boxes, rects, wires, selected, hits, given.problems],
  );
  const tasks = graph.nodes.length;
  const view = control.now();

  return (
    <CanvasContext value={viewState}>
      {/* What floats over the graph takes no drop away from it: the message of an empty graph covers most of it. */}
      <div
        className={`${styles.canvas} ${space ? styles.hand : ""} ${isWiring ? styles.wiring : ""}`}
        onDragOver={onDragOver}
        onDrop={onDrop}
      >
        <div
          ref={root}
          className={styles.graph}
          role="application"
          aria-label={t("canvas.graph", { n: tasks })}
          tabIndex={tabStop ? -1 : 0}
          data-detail={detail}
          style={{ "--canvas-zoom": zoom } as CSSProperties}
          {...handlers}
          onKeyDown={onKeyDown}
          onKeyUp={onKeyUp}
          onFocus={focusHandlers.onFocus}
          onBlur={focusHandlers.onBlur}
        >
          {detail !== "map" && <Dots />}
          {detail === "map" && frame && isShown && <PaintedLayer scene={painting} frame={frame} theme={theme} />}
          <ViewportLayer>
            {nodes.map((node) => (
              <BoxHolder key={node.id} node={node} />
            ))}
            {detail !== "map" && (
              <WireLayer
                wires={drawn}
                labels={detail === "work"}
                cut={props.readOnly || detail !== "work" ? undefined : t("canvas.cut-wire")}
              />
            )}
            {bars.map((bar, i) => (
              <div key={i} className={styles.stage} style={{ left: bar.x, top: bar.y, height: bar.height }} aria-hidden="true" />
            ))}
            <WireBeingDragged machine={machine} shown={dragPreview} model={model} />
            <MarqueeFrame machine={machine} zoom={view.zoom} />
          </ViewportLayer>
        </div>
        <Path path={props.path} t={t} onGo={props.onGo} />
        {props.unreached && <Tray unreached={props.unreached} t={t} onGo={props.onGo} />}
        <ZoomBar
          t={t}
          minimap={minimap}
          onZoom={control.zoomBy}
          onFit={() => fit()}
          onActual={() => zoomTo(1)}
          onMinimap={() => setMinimap(!minimap)}
        />
        {minimap && frame && bounds && (
          <Minimap
            rects={rects}
            selected={selected}
            frame={frame}
            theme={theme}
            label={t("canvas.minimap")}
            onGo={(to) => control.go(centred(control.now(), { ...to, width: 0, height: 0 }, frame))}
          />
        )}
        {tasks === 0 && props.empty && <div className={styles.empty}>{props.empty}</div>}
        {props.children}
        <Answers
          wires={connecting}
          shown={dragPreview}
          model={model}
          control={control}
          root={root}
          onDone={(box) => box && focusBox(box)}
        />
        {lists.overlay}
        {progress}
        <HoverCard
          root={root}
          byId={byId}
          wires={wires}
          problems={given.problems}
          t={t}
          titleOf={titleOf}
          drawn={drawn}
          view={control.now}
          busy={wiring !== undefined || moving !== undefined || isAnswered}
        />
        {!props.announce && (
          <div role="status" aria-live="polite" className={styles.spoken}>
            {announcement}
          </div>
        )}
      </div>
    </CanvasContext>
  );
}

/** Position of the task that comes first in the flow. */
function firstTask(boxes: readonly Box[], rects: ReadonlyMap<BoxId, Rect>): Rect | undefined {
  const tasks = new Map(boxes.flatMap((box) => (box.kind === "task" && rects.has(box.id) ? [[box.id, rects.get(box.id)!] as const] : [])));
  const [id] = runOrder(tasks);
  return id && tasks.get(id);
}

function MarqueeFrame({ machine, zoom }: { machine: GestureMachine; zoom: number }) {
  const rect = useGestureState(machine, ({ gesture }) => (gesture?.kind === "marquee" ? gesture.rect : undefined));
  if (!rect) return null;
  return (
    <div className={styles.marquee} style={{ left: rect.x, top: rect.y, width: rect.width, height: rect.height, borderWidth: 1 / zoom }} />
  );
}

/** A box at its place; a box that did not change does not render again. */
const BoxHolder = memo(function BoxHolder({ node: { position, zIndex, data } }: { readonly node: BoxNode }) {
  return (
    <div className={styles.holder} style={{ transform: `translate(${position.x}px,${position.y}px)`, zIndex }}>
      <TaskBox data={data} />
    </div>
  );
});
