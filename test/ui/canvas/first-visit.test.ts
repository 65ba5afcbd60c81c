import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openDocument } from "#compiler/document.ts";
import { boxesOf } from "#editor/layout/box.ts";
import { chipsOf } from "#editor/layout/chips.ts";
import { boundsOf, INPUTS_BOX, touches, type Point, type Rect } from "#editor/layout/geometry.ts";
import { placesInFile } from "#editor/layout-annotation.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import { indexOfModel } from "#pipeline/model-index.ts";
import type { Workflow } from "#pipeline/model.ts";
import { detailAt, opening } from "#ui/canvas/view.ts";

/** The boxes of the first visit's example where its file puts them. */
function exampleBoxes(): ReadonlyMap<string, Rect> {
  const { model } = openDocument(readFileSync("examples/train-and-score.yaml", "utf8"));
  const workflow = model.objects[0] as Workflow;
  const graph = graphOf(model, workflow, workflow.templates[0]!.id);
  const { templates, tasks } = indexOfModel(model);
  const boxes = boxesOf(graph, {
    parameters: workflow.parameters,
    chips: (node) => chipsOf(node.template && templates.get(node.template)?.template, tasks.get(node.id)?.task, node.sources),
  });
  const places = placesInFile(model)[graph.template] ?? {};
  return new Map(boxes.map(({ id, width, height }) => [id, { ...(places[id] as Point), width, height }]));
}

const boxes = exampleBoxes();
const bounds = boundsOf(boxes.values())!;

test("the first visit's example opens with all its text legible in a window of 1280 × 800", () => {
  // The canvas between both side panels.
  const { zoom } = opening(bounds, { width: 745, height: 728 });
  expect(detailAt(zoom, false)).toBe("work");
});

test("in a narrow window its boxes are still large", () => {
  expect(opening(bounds, { width: 668, height: 696 }).zoom).toBeGreaterThan(0.75);
});

test("its boxes do not touch one another, and values flow to the right", () => {
  const all = [...boxes.values()];
  for (const one of all)
    for (const other of all)
      if (one !== other) expect(touches({ ...one, width: one.width + 24, height: one.height + 24 }, other)).toBe(false);
  const left = (name: string) => boxes.get(name)!.x;
  expect(left("train-and-score/prepare-data")).toBeLessThan(left("train-and-score/train"));
  expect(left("train-and-score/train")).toBeLessThan(left("train-and-score/score"));
  expect(boxes.get(INPUTS_BOX)).toMatchObject({ x: 0, y: 0 });
});
