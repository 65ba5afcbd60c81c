import { useCallback, useMemo, useState } from "react";
import { nameOf } from "#editor/layout/box.ts";
import { INPUTS_BOX, type BoxId } from "#editor/layout/geometry.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { BoxNode } from "./box-data.ts";
import { awayFrom, litParameters } from "./graph-marks.ts";
import { seenOrKept } from "./hit-test.ts";
import { useDrawnWires, useNodeFactory } from "./scene.ts";
import type { CanvasModel } from "./use-canvas-model.ts";
import type { DragPreview } from "./use-connecting.tsx";
import type { DrawnWire } from "./wire-layer.tsx";
import { reach } from "./navigation.ts";

/** Selected boxes stay mounted out of view up to this many. */
const KEPT = 40;
const NO_NODES: BoxNode[] = [];

export interface Look {
  /** The boxes that do not fade, by the ids of the page; undefined: none does. */
  readonly hits: ReadonlySet<BoxId> | undefined;
  /** The box that Tab would reach. */
  readonly tabStop: BoxId | undefined;
  readonly renaming: BoxId | undefined;
  readonly dragPreview: DragPreview;
}

/** What is mounted: the boxes in view, the focused one, and a few selected ones. A box that looks as before is the same object. */
export function useBoxNodes(model: CanvasModel, { hits, tabStop, renaming, dragPreview }: Look): readonly BoxNode[] {
  const { props, boxes, rects, region, selected, detail, moving, isShown } = model;
  const { graph, selection, problems } = props;
  const makeNode = useNodeFactory();
  const away = useMemo(() => awayFrom(graph, rects, region), [graph, rects, region]);
  const lit = useMemo(() => litParameters(boxes, selected), [boxes, selected]);
  const { fits, mounts, wire: wiring, target: aimed } = dragPreview;
  return useMemo(() => {
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
            problem: problems?.get(nameOf(box)),
            renaming: renaming === box.id,
            fits: fits?.get(box.id),
            mounts: mounts?.has(box.id),
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
    problems,
    fits,
    mounts,
    wiring,
    aimed,
    lit,
    away,
    moving,
  ]);
}

/** The wires in view with their routes and looks. */
export function useWiresInView(
  model: CanvasModel,
  { hits, isWiring }: { readonly hits: Look["hits"]; readonly isWiring: boolean },
): readonly DrawnWire[] {
  const { props, boxes, wires, rects, region, bounds, selected, detail, moving, isShown, names } = model;
  const { selectedWire } = props;
  const spliced = moving?.kind === "drag" ? moving.over : undefined;
  const lookOf = useCallback(
    (wire: Wire): DrawnWire["look"] => {
      if (wire.id === spliced) return "gap";
      if (wire.id === selectedWire || selected.has(wire.from) || selected.has(wire.to)) return "selected";
      return isWiring || (hits && !hits.has(names.of(wire.from)) && !hits.has(names.of(wire.to))) ? "faded" : "plain";
    },
    [selectedWire, spliced, selected, isWiring, hits, names],
  );
  return useDrawnWires(boxes, wires, rects, detail === "map" || !isShown ? undefined : (region ?? bounds), lookOf);
}

/** Showing the paths through the selection (docs/spec/interaction.md#key-paths): everything else fades. */
export interface Paths {
  /** The boxes that do not fade, by the ids of the page: on a path, or what a search has found; undefined: none fades. */
  readonly hits: ReadonlySet<BoxId> | undefined;
  readonly toggle: () => void;
  /** Returns false if paths were not shown. */
  readonly end: () => boolean;
}

/** Whether the paths through the selection are shown, and what they are. */
export function usePaths({ props, wires, names }: CanvasModel): Paths {
  const [isOn, setIsOn] = useState(false);
  const { selection, hits } = props;
  const shown = useMemo(() => {
    if (!isOn || selection.length === 0) return hits;
    return new Set([...reach(selection, wires, "up"), ...reach(selection, wires, "down")].map(names.of));
  }, [isOn, selection, wires, hits, names]);
  return {
    hits: shown,
    toggle: () => setIsOn(!isOn),
    end: () => {
      setIsOn(false);
      return isOn;
    },
  };
}
