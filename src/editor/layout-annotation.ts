import { type Data, field, isMap, textField } from "#data/data.ts";
import type { Model, Workflow } from "#pipeline/model.ts";
import type { Point } from "./layout/geometry.ts";
import type { PositionsByGraph } from "./positions.ts";

// Box positions enter the file only at the user's request, as one annotation: {"version": 1, "places": {GRAPH: {CALL: [x, y]}}}.

/** The annotation that holds the positions. */
export const layoutAnnotationKey = "dagwright.io/layout";
/** Positions beyond this are ignored: a canvas that large cannot be navigated. */
const farthest = 1_000_000;

/** The positions as stored in the annotation: those of one workflow's graphs, with calls by name. */
export function layoutData(places: PositionsByGraph, workflow: Workflow): Data {
  const graphs = workflow.templates.flatMap((template) => {
    const boxes = Object.entries(places[template.id] ?? {}).map(
      ([id, { x, y }]) => [nameIn(id, template.id), [Math.round(x), Math.round(y)]] as const,
    );
    return boxes.length > 0 ? [[template.name, Object.fromEntries(boxes.toSorted(([a], [b]) => (a < b ? -1 : 1)))] as const] : [];
  });
  return { version: 1, places: Object.fromEntries(graphs) };
}

/** The positions in the annotations of a file. Whatever cannot be read as positions is skipped. */
export function placesInFile(model: Model): PositionsByGraph {
  return Object.fromEntries(model.objects.flatMap((object) => (object.kind === "workflow" ? placesOf(object) : [])));
}

function placesOf(workflow: Workflow): readonly (readonly [string, Readonly<Record<string, Point>>])[] {
  const graphs = field(parsed(textField(field(field(workflow.rest, "metadata"), "annotations"), layoutAnnotationKey)), "places");
  if (!isMap(graphs)) return [];
  return workflow.templates.flatMap((template) => {
    const boxes = field(graphs, template.name);
    if (!isMap(boxes)) return [];
    const points = Object.entries(boxes).flatMap(([name, point]) => {
      const [x, y] = Array.isArray(point) ? point : [];
      const isPosition = typeof x === "number" && typeof y === "number" && Math.abs(x) < farthest && Math.abs(y) < farthest;
      return isPosition ? [[idIn(name, template.id), { x, y }] as const] : [];
    });
    return [[template.id, Object.fromEntries(points)] as const];
  });
}

/** A box that represents the graph itself (`inputs`) has no slash; its name cannot be a call's, since calls get a leading slash. */
function nameIn(id: string, graph: string): string {
  return id.startsWith(`${graph}/`) ? id.slice(graph.length) : id;
}

function idIn(name: string, graph: string): string {
  return name.startsWith("/") ? graph + name : name;
}

function parsed(text: string | undefined): Data | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Data);
  } catch {
    return undefined;
  }
}
