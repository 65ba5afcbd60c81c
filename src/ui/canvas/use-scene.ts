import { useCallback, useMemo, useState } from "react";
import { nameOf, type Box } from "#editor/layout/box.ts";
import { countInside, isExpandable, sceneOf, type Nesting, type Scene } from "#editor/layout/frame.ts";
import type { BoxId } from "#editor/layout/geometry.ts";
import type { GraphNode } from "#pipeline/graph.ts";
import type { PipelineCanvasProps } from "./canvas-props.ts";

/** Groups with more boxes than this in them are collapsed until the user asks. */
const SMALL = 12;
/** In a graph with more boxes than this every group is: it would grow beyond a screen. */
const FEW = 40;

export interface SceneControl {
  readonly scene: Scene;
  readonly byId: ReadonlyMap<BoxId, Box>;
  /** The boxes that show what the page knows by one id: one, or one for each call that shows the same template. */
  readonly keysOf: (name: BoxId) => readonly BoxId[];
  /** Whether a group can be expanded or collapsed here. */
  readonly canToggle: (box: Box | undefined) => boolean;
  /** Expands or collapses a group for the view; nothing of the document changes. */
  readonly toggle: (box: BoxId) => void;
}

/** The boxes and wires of the graph shown, with the groups that are expanded now. */
export function useScene(props: PipelineCanvasProps): SceneControl {
  const { graph, graphOf, placesOf, expandSmall = false, parameters, chips, inside, showParameterWires } = props;
  const [asked, setAsked] = useState<ReadonlyMap<string, boolean>>(new Map());
  const nesting = useMemo(() => {
    if (!graphOf || !graph.nodes.some((node) => node.group)) return undefined;
    const few = expandSmall && graph.nodes.length <= FEW;
    const isOpen = (box: BoxId, node: GraphNode) =>
      asked.get(`${graph.template} ${box}`) ?? (few && countInside(node, graphOf, SMALL) <= SMALL);
    return { graphOf, placesOf, isOpen } satisfies Nesting;
  }, [graph, graphOf, placesOf, expandSmall, asked]);
  const scene = useMemo(
    () => sceneOf(graph, { nesting, parameters, chips, inside, entrypoint: parameters !== undefined, parameterWires: showParameterWires }),
    [graph, nesting, parameters, chips, inside, showParameterWires],
  );
  const byId = useMemo(() => new Map(scene.boxes.map((box) => [box.id, box])), [scene]);
  const names = useMemo(() => {
    const found = new Map<BoxId, BoxId[]>();
    for (const box of scene.boxes) if (box.within) found.set(nameOf(box), [...(found.get(nameOf(box)) ?? []), box.id]);
    return found;
  }, [scene]);
  const keysOf = useCallback((name: BoxId) => names.get(name) ?? [name], [names]);
  const canToggle = (box: Box | undefined) => graphOf !== undefined && isExpandable(box?.node);
  const toggle = (id: BoxId) => {
    const box = byId.get(id);
    if (box && canToggle(box)) setAsked((old) => new Map(old).set(`${graph.template} ${id}`, box.frame === undefined));
  };
  return { scene, byId, keysOf, canToggle, toggle };
}
