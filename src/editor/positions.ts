import type { Renames } from "#pipeline/edit.ts";
import type { Point } from "./layout/geometry.ts";

/** By graph template id, then by task id: the boxes positioned by a user or a layout. */
export type PositionsByGraph = Readonly<Record<string, Readonly<Record<string, Point>>>>;

/** Positions, with those of one graph replaced. */
export function placed(places: PositionsByGraph, graph: string, moved: Readonly<Record<string, Point>>): PositionsByGraph {
  return { ...places, [graph]: { ...places[graph], ...moved } };
}

/** Positions after ids have changed: a renamed task keeps its position, a removed one loses it. */
export function renamePositions(places: PositionsByGraph, renames: Renames): PositionsByGraph {
  if (renames.tasks.length === 0 && renames.templates.length === 0) return places;
  const templates = new Map<string, string | undefined>(renames.templates);
  const tasks = new Map<string, string | undefined>(renames.tasks);
  return Object.fromEntries(
    Object.entries(places).flatMap(([graph, boxes]) => {
      const name = renamed(templates, graph);
      return name === undefined ? [] : [[name, renameBoxes(boxes, tasks, graph, name)]];
    }),
  );
}

function renameBoxes(boxes: Readonly<Record<string, Point>>, tasks: ReadonlyMap<string, string | undefined>, graph: string, name: string) {
  return Object.fromEntries(
    Object.entries(boxes).flatMap(([id, point]) => {
      const renamedId = renamed(tasks, id);
      if (renamedId === undefined) return [];
      // A task whose graph was renamed is reported only once, by the graph's own name.
      const moved = renamedId === id && graph !== name && id.startsWith(`${graph}/`) ? name + id.slice(graph.length) : renamedId;
      return [[moved, point]];
    }),
  );
}

/** The id after renames; undefined if it is removed. */
export function renamed(names: ReadonlyMap<string, string | undefined>, id: string): string | undefined {
  return names.has(id) ? names.get(id) : id;
}

/** A short fingerprint of a text (53 bits, not for security): the key under which its positions are stored. */
export function fingerprint(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return `${(4294967296 * (2097151 & low) + (high >>> 0)).toString(36)}-${text.length}`;
}
