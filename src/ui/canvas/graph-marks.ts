import type { Graph } from "#pipeline/graph.ts";
import type { Box } from "#editor/layout/box.ts";
import { touches, type BoxId, type Rect } from "#editor/layout/geometry.ts";

/** Names of the pipeline's parameters that the selected boxes take: highlighted at both ends. */
export function litParameters(boxes: readonly Box[], selected: ReadonlySet<BoxId>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const box of boxes) {
    if (!selected.has(box.id)) continue;
    for (const row of box.inputs) if (row.content.kind === "chip") names.add(row.content.name ?? row.content.text);
  }
  return names;
}

const known = new Map<string, ReadonlyMap<string, string>>();

/**
 * For a box the titles of the calls that feed it from out of view, by call name. Equal answers are the same object, so that a box is
 * drawn again only when its answer changes.
 */
export function awayFrom(
  graph: Graph,
  rects: ReadonlyMap<BoxId, Rect>,
  region: Rect | undefined,
): (box: Box) => ReadonlyMap<string, string> | undefined {
  const titles = new Map<string, string>();
  if (region) {
    for (const node of graph.nodes) {
      const rect = rects.get(node.id);
      if (rect && !touches(rect, region)) titles.set(node.name, node.title);
    }
  }
  return (box) => {
    const mine = box.inputs.flatMap(({ content }) =>
      content.kind === "wire" && titles.has(content.task) ? [[content.task, titles.get(content.task)!] as const] : [],
    );
    if (mine.length === 0) return undefined;
    const key = JSON.stringify(mine);
    let map = known.get(key);
    if (!map) {
      if (known.size > 2000) known.clear();
      known.set(key, (map = new Map(mine)));
    }
    return map;
  };
}

/** The bars between the stages of steps: everything left of one ends before anything right of it begins. */
export function stageBars(
  boxes: readonly Box[],
  rects: ReadonlyMap<BoxId, Rect>,
): readonly { readonly x: number; readonly y: number; readonly height: number }[] {
  const stages: { left: number; right: number }[] = [];
  let top = Infinity;
  let bottom = -Infinity;
  for (const { id, node } of boxes) {
    const rect = rects.get(id);
    if (!rect || node?.stage === undefined) continue;
    const stage = (stages[node.stage] ??= { left: Infinity, right: -Infinity });
    stage.left = Math.min(stage.left, rect.x);
    stage.right = Math.max(stage.right, rect.x + rect.width);
    top = Math.min(top, rect.y);
    bottom = Math.max(bottom, rect.y + rect.height);
  }
  const filled = stages.filter(Boolean);
  return filled.slice(1).flatMap(({ left }, i) => {
    const { right } = filled[i]!;
    // Moved by hand so that no bar fits between them: then none is drawn.
    return left - right < 12 ? [] : [{ x: (left + right) / 2 - 1.5, y: top - 12, height: bottom - top + 24 }];
  });
}
