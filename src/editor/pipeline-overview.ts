import { readModel } from "#compiler/readers.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { Model } from "#pipeline/model.ts";
import type { Editor } from "./editor.ts";
import { BOX_WIDTH } from "./layout/box-size.ts";
import type { BoxId, Point, Rect } from "./layout/geometry.ts";
import { arrangeSimple } from "./layout/layered-layout.ts";
import type { PositionsByGraph } from "./positions.ts";
import type { KeptEntry } from "./ports.ts";
import { countShownTasks, startingView, templateWithId, workflowAt } from "./view.ts";

/** What My pipelines shows of a pipeline: its first graph, small, and the number of its tasks as the status bar counts them. */
export interface PipelineOverview {
  readonly tasks: number;
  readonly boxes: readonly Rect[];
  /** Lines between the middles of two sides. */
  readonly wires: readonly (readonly [from: Point, to: Point])[];
}

/** As high as a box without ports: two boxes of a column never touch, whatever their real heights are. */
const boxHeight = 48;
const mostBoxes = 300;

/** The overview of a model with the positions of its boxes; boxes without a position are in the simple arrangement. */
export function overviewOf(model: Model, places: PositionsByGraph): PipelineOverview {
  const view = startingView(model);
  const workflow = workflowAt(model, view.workflow);
  const template = templateWithId(workflow, view.graph);
  if (!workflow || !template) return { tasks: 0, boxes: [], wires: [] };
  const { nodes, edges } = graphOf(model, workflow, template);
  const shown = nodes.slice(0, mostBoxes);
  const ids = new Set<string>(shown.map(({ id }) => id));
  const pairs = [
    ...new Map(
      edges
        .filter(({ from, to }) => from.node !== to.node && ids.has(from.node) && ids.has(to.node))
        .map(({ from, to }) => [`${from.node}\n${to.node}`, { from: from.node as string, to: to.node as string }] as const),
    ).values(),
  ];
  const at = positions(shown, pairs, places[template.id] ?? {});
  const rectOf = (id: string): Rect => ({ ...(at.get(id) ?? { x: 0, y: 0 }), width: BOX_WIDTH, height: boxHeight });
  return {
    tasks: countShownTasks(model),
    boxes: shown.map(({ id }) => rectOf(id)),
    wires: pairs.map(({ from, to }) => {
      const [start, end] = [rectOf(from), rectOf(to)];
      return [
        { x: start.x + start.width, y: start.y + boxHeight / 2 },
        { x: end.x, y: end.y + boxHeight / 2 },
      ] as const;
    }),
  };
}

function positions(
  nodes: readonly { readonly id: string; readonly stage?: number }[],
  pairs: readonly { readonly from: string; readonly to: string }[],
  known: Readonly<Record<string, Point>>,
): ReadonlyMap<string, Point> {
  const at = new Map(nodes.flatMap(({ id }) => (Object.hasOwn(known, id) ? [[id, known[id] as Point] as const] : [])));
  if (at.size === nodes.length) return at;
  const request = {
    boxes: nodes.map(({ id, stage }) => ({ id: id as BoxId, width: BOX_WIDTH, height: boxHeight, ...(stage !== undefined && { stage }) })),
    wires: pairs.map(({ from, to }) => ({ from: from as BoxId, to: to as BoxId, fromY: boxHeight / 2, toY: boxHeight / 2 })),
  };
  return arrangeSimple(request).places;
}

const overviews = new WeakMap<Editor, Map<string, Promise<PipelineOverview | undefined>>>();

/**
 * The overview of a stored pipeline, read in the worker: stored are only text and positions. Read once for each of its revisions, one
 * pipeline after the other. undefined if it is not stored any more.
 */
export function storedOverview(
  editor: Editor,
  { id, revision }: Pick<KeptEntry, "id" | "revision">,
): Promise<PipelineOverview | undefined> {
  const known = overviews.get(editor) ?? new Map<string, Promise<PipelineOverview | undefined>>();
  overviews.set(editor, known);
  const key = `${id}\n${revision}`;
  const found = known.get(key);
  if (found) return found;
  const { document } = editor.store.getState();
  const before = [...known.values()].at(-1);
  const reading = (async () => {
    if (document.id === id) return overviewOf(document.model, document.places);
    await before?.catch(() => undefined);
    const kept = await editor.outside.storage.read(id);
    if (!kept || !editor.outside.text.read) return undefined;
    const { stream } = await editor.outside.text.read(kept.text);
    return overviewOf(readModel(stream).model, kept.places);
  })();
  // What failed is tried again when the row appears again.
  reading.catch(() => known.delete(key));
  known.set(key, reading);
  return reading;
}
