import { memo, useMemo, useState, type CSSProperties } from "react";
import { useStore } from "zustand";
import { touches, type BoxId } from "#editor/layout/geometry.ts";
import type { BoxNode } from "./box-data.ts";
import { CanvasContext } from "./canvas-context.ts";
import type { PipelineCanvasProps } from "./canvas-props.ts";
import styles from "./canvas.module.css";
import type { ConnectingModel } from "./connecting-model.ts";
import type { GestureMachine } from "./gesture-machine.ts";
import { graphActions } from "./graph-actions.ts";
import { stageBars } from "./graph-marks.ts";
import { HoverCard } from "./hover-card.tsx";
import { Navigator, Path, Tray } from "./overlays.tsx";
import { Dots, PaintedLayer } from "./painted-layer.tsx";
import { useNoPageZoom, useTheme } from "./surface-hooks.ts";
import { TaskBox } from "./task-box.tsx";
import { useArrange } from "./use-arrange.tsx";
import { useBoxContext } from "./use-box-context.ts";
import { useBoxNodes, usePaths, useWiresInView } from "./use-box-nodes.ts";
import { entryDrop, useCanvasGestures } from "./use-canvas-gestures.ts";
import { useCanvasHandle } from "./use-canvas-handle.ts";
import { useCanvasKeys } from "./key-actions.ts";
import { clientPoint, siblingsOf, useCanvasModel, type CanvasModel } from "./use-canvas-model.ts";
import { Answers, besidePort, useConnecting, useDragPreview, WireBeingDragged } from "./use-connecting.tsx";
import { useCanvasFocus, useSelectionFocus } from "./use-focus.ts";
import { useGestureState } from "./use-gestures.ts";
import { useLists } from "./use-lists.tsx";
import { useWireInsertion } from "./use-wire-insertion.ts";
import { viewActions } from "./view-actions.ts";
import { useViewportInput, ViewportLayer, ViewportProvider } from "./viewport-layer.tsx";
import { WireLayer } from "./wire-layer.tsx";

/** The pipeline as boxes and wires. State comes in by props and user actions go out by callbacks; the canvas holds no document. */
export function PipelineCanvas(props: PipelineCanvasProps) {
  return (
    <ViewportProvider>
      <Canvas {...props} />
    </ViewportProvider>
  );
}

function Canvas(given: PipelineCanvasProps) {
  const [announcement, setAnnouncement] = useState("");
  const model = useCanvasModel(given, setAnnouncement);
  const { props, root, machine, control, wires, byId, keysOf, rects, order, announce } = model;
  const { graph: shownGraph, t, pending } = props;
  const [renaming, setRenaming] = useState<BoxId>();
  // Another tab edits now: what was typed here was saved as its draft.
  if (props.readOnly && renaming !== undefined) setRenaming(undefined);

  // What can be done, and what has the focus.
  const view = viewActions(model);
  const graph = graphActions(model);
  const focusControl = useCanvasFocus({
    root,
    template: shownGraph.template,
    byId,
    keysOf,
    wires,
    rects,
    selection: props.selection,
    order,
    pending,
    bringIntoView: view.bringIntoView,
    rename: setRenaming,
  });
  const { focus, focusBox, arrived } = focusControl;
  useSelectionFocus(given.selection, model, focusControl);
  const tabStop = focus && rects.has(focus.box) ? focus.box : (props.selection.find((id) => rects.has(id)) ?? order[0]);
  const goTo = (box: BoxId) => {
    focusBox(box);
    view.bringIntoView(box);
  };
  const focusCanvas = () => root.current?.focus({ preventScroll: true });
  const zoomTo = (zoom: number) => view.zoomTo(zoom, [focus?.box]);

  // Wires being drawn, and what is mounted.
  const connectingModel = useConnectingModel(model);
  const connecting = useConnecting(connectingModel);
  const dragPreview = useDragPreview(machine, connecting, connectingModel);
  const paths = usePaths(model);
  const nodes = useBoxNodes(model, { hits: paths.hits, tabStop, renaming, dragPreview });
  const drawn = useWiresInView(model, { hits: paths.hits, isWiring: dragPreview.wire !== undefined });
  const insertion = useWireInsertion({ props, byId, wires, drawn: () => drawn, zoom: () => control.now().zoom, announce });
  const { arrange, overlay: progress } = useArrange(model);
  const lists = useLists({
    props,
    byId,
    wires,
    goTo,
    focusBox,
    cutWires: graph.cutWires,
    siblings: (id) => siblingsOf(model, id),
    beside: (id) => besidePort({ x: rects.get(id)?.x ?? 0, y: (rects.get(id)?.y ?? 0) + 24 }, control, root),
  });

  // Pointers and keys.
  const handlers = useCanvasGestures(model, { graph, connecting, insertion, focusBox, focusCanvas, rename: setRenaming });
  const keys = useCanvasKeys(() => ({
    ...model,
    ...view,
    ...graph,
    focus,
    focusBox,
    goTo,
    connecting,
    arrange,
    setRenaming,
    current: focus?.box ?? tabStop,
    control: { ...control, zoomTo },
    remove: (join) => graph.remove(join, focus?.box),
    clientOf: (at) => clientPoint(model, at),
    siblings: (id) => siblingsOf(model, id),
    openList: lists.open,
    togglePaths: paths.toggle,
    closeExtra: () => lists.close() || paths.end(),
    top: model.topRects,
  }));
  const drop = entryDrop(model, graph);
  useNoPageZoom(root);
  useViewportInput(root);
  useCanvasHandle(model, {
    view,
    graph,
    focus: focusControl,
    connecting,
    insertion,
    arrange,
    run: keys.run,
    focusCanvas: () => (tabStop ? goTo(tabStop) : root.current?.focus()),
  });

  const context = useBoxContext(model, { setRenaming, focusBox, arrived });
  const hasSpace = useGestureState(machine, (state) => state.space);
  const isAnswered = useStore(connecting.answers, ({ bubble, list }) => bubble !== undefined || list !== undefined);
  const isWiring = dragPreview.wire !== undefined;
  return (
    <CanvasContext value={context}>
      {/* What floats over the graph takes no drop away from it: the message of an empty graph covers most of it. */}
      <div className={`${styles.canvas} ${hasSpace ? styles.hand : ""} ${isWiring ? styles.wiring : ""}`} {...drop}>
        <div
          ref={root}
          className={styles.graph}
          role="application"
          aria-label={t("canvas.graph", { n: shownGraph.nodes.length })}
          tabIndex={tabStop ? -1 : 0}
          data-detail={model.detail}
          style={{ "--canvas-zoom": model.zoom } as CSSProperties}
          {...handlers}
          onKeyDown={keys.onKeyDown}
          onKeyUp={keys.onKeyUp}
          onFocus={focusControl.onFocus}
          onBlur={focusControl.onBlur}
        >
          <Ground model={model} hits={paths.hits} />
          <ViewportLayer>
            {nodes.map((node) => (
              <BoxHolder key={node.id} node={node} />
            ))}
            {model.detail !== "map" && (
              <WireLayer
                wires={drawn}
                labels={model.detail === "work"}
                cut={props.readOnly || model.detail !== "work" ? undefined : t("canvas.cut-wire")}
              />
            )}
            <StageBars model={model} />
            <WireBeingDragged machine={machine} shown={dragPreview} model={connectingModel} />
            <MarqueeFrame machine={machine} zoom={control.now().zoom} />
          </ViewportLayer>
        </div>
        <Path path={props.path} t={t} onGo={props.onGo} />
        {props.unreached && <Tray unreached={props.unreached} t={t} onGo={props.onGo} />}
        <Navigator model={model} onFit={() => view.fit()} onActual={() => zoomTo(1)} />
        {shownGraph.nodes.length === 0 && props.empty && <div className={styles.empty}>{props.empty}</div>}
        {props.children}
        <Answers
          wires={connecting}
          shown={dragPreview}
          model={connectingModel}
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
          t={t}
          drawn={drawn}
          problems={props.problems}
          titleOf={context.titleOf}
          view={control.now}
          busy={isWiring || model.moving !== undefined || isAnswered}
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

/** What wires are drawn among: everything, and the boxes in view, whose ports can take them. */
function useConnectingModel({ props, boxes, byId, wires, rects, region, control, announce }: CanvasModel): ConnectingModel {
  const seen = useMemo(
    () => boxes.filter((box) => rects.has(box.id) && (!region || touches(rects.get(box.id)!, region))),
    [boxes, rects, region],
  );
  return { props, boxes, byId, wires, rects, seen, zoom: () => control.now().zoom, announce };
}

/** Under the boxes: the grid, or where boxes are too small to be read, the painted graph. */
function Ground({ model, hits }: { readonly model: CanvasModel; readonly hits: ReadonlySet<BoxId> | undefined }) {
  const { boxes, rects, wires, selected, frame, detail, isShown } = model;
  const { problems } = model.props;
  const theme = useTheme();
  const painting = useMemo(() => ({ boxes, rects, wires, selected, hits, problems }), [boxes, rects, wires, selected, hits, problems]);
  if (detail !== "map") return <Dots />;
  return frame && isShown ? <PaintedLayer scene={painting} frame={frame} theme={theme} /> : null;
}

/** The bars between the stages of steps, also in expanded groups. */
function StageBars({ model: { scene, boxes, rects } }: { readonly model: CanvasModel }) {
  const bars = useMemo(
    () => [...stageBars(scene.top, rects), ...boxes.flatMap((box) => (box.frame ? stageBars(box.frame.boxes, rects) : []))],
    [scene, boxes, rects],
  );
  return bars.map((bar, i) => (
    <div key={i} className={styles.stage} style={{ left: bar.x, top: bar.y, height: bar.height }} aria-hidden="true" />
  ));
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
