import { GAP_COLUMN, GAP_ROW, finish, flowOf, type ArrangeRequest, type Arranged } from "./arrange.ts";
import type { BoxId, Point } from "./geometry.ts";
import { packParts } from "./layered-layout.ts";

/** The part of ELK's graph format that is used here. Plain data for its worker. */
export interface ElkGraph {
  readonly id: string;
  readonly layoutOptions: Readonly<Record<string, string>>;
  readonly children: readonly ElkBox[];
  readonly edges: readonly { readonly id: string; readonly sources: readonly string[]; readonly targets: readonly string[] }[];
}
interface ElkBox {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
  readonly ports: readonly {
    readonly id: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly layoutOptions: Readonly<Record<string, string>>;
  }[];
  readonly layoutOptions: Readonly<Record<string, string>>;
}

const OPTIONS: Readonly<Record<string, string>> = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.randomSeed": "1",
  // Keeps the file's order where it costs no crossing: step 1 above step 2.
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.aspectRatio": "1.6",
  "elk.spacing.nodeNode": String(GAP_ROW),
  "elk.spacing.edgeNode": "16",
  "elk.spacing.edgeEdge": "10",
  "elk.spacing.componentComponent": String(2 * GAP_ROW),
  "elk.layered.spacing.nodeNodeBetweenLayers": String(GAP_COLUMN),
  "elk.layered.spacing.edgeNodeBetweenLayers": "16",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.nodePlacement.favorStraightEdges": "true",
  "elk.edgeRouting": "POLYLINE",
};

/**
 * The flowing boxes of a request as a graph for ELK's layered algorithm. Boxes and ports get short ids: ours may contain any character.
 */
export function elkGraphOf(request: ArrangeRequest): ElkGraph {
  const flow = flowOf(request);
  const index = new Map(flow.boxes.map((box, i) => [box.id, i]));
  const ports = flow.boxes.map(
    () => new Map<string, { id: string; x: number; y: number; width: number; height: number; layoutOptions: Record<string, string> }>(),
  );
  const portOf = (id: BoxId, side: "WEST" | "EAST", y: number): string => {
    const i = index.get(id)!;
    const key = `p${i}_${side}_${y}`;
    if (!ports[i]!.has(key))
      ports[i]!.set(key, {
        id: key,
        x: side === "WEST" ? 0 : flow.boxes[i]!.width,
        y,
        width: 0,
        height: 0,
        layoutOptions: { "elk.port.side": side },
      });
    return key;
  };
  const edges = flow.wires.map((wire, i) => ({
    id: `e${i}`,
    sources: [portOf(wire.from, "EAST", wire.fromY)],
    targets: [portOf(wire.to, "WEST", wire.toY)],
  }));
  const children = flow.boxes.map((box, i): ElkBox => ({
    id: `b${i}`,
    width: box.width,
    height: box.height,
    ports: [...ports[i]!.values()],
    layoutOptions: { "elk.portConstraints": "FIXED_POS" },
  }));
  return { id: "root", layoutOptions: OPTIONS, children, edges };
}

/** The positions in ELK's answer to `elkGraphOf(request)`; undefined if the answer is invalid. */
export function arrangedByElk(request: ArrangeRequest, answer: unknown): Arranged | undefined {
  const children = (answer as Partial<ElkGraph> | undefined)?.children;
  const flow = flowOf(request);
  if (!Array.isArray(children) || children.length !== flow.boxes.length) return undefined;
  const places = new Map<BoxId, Point>();
  for (const [i, box] of flow.boxes.entries()) {
    const { x, y } = children[i] as ElkBox;
    if (!Number.isFinite(x) || !Number.isFinite(y)) return undefined;
    places.set(box.id, { x: x!, y: y! });
  }
  return { places: finish(request, packParts(flow, places)), by: "elk" };
}
