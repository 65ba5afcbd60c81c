import { describe, expect, it } from "vitest";
import { currentGraph, moveBoxes } from "#editor/actions.ts";
import { editorWith, smallWorkflow } from "./outside.ts";

const moved = { code: "step-move", values: { n: 1 } };

describe("places of boxes", () => {
  it("stay in the browser for a file that was opened", async () => {
    const editor = await editorWith(smallWorkflow);
    const graph = currentGraph(editor.store.getState())!;
    moveBoxes(editor, graph.id, { [graph.tasks[0]!.id]: { x: 8, y: 16 } }, moved);
    expect(await editor.settledText()).toBe(smallWorkflow);
    expect(editor.store.getState().document.places[graph.id]?.[graph.tasks[0]!.id]).toEqual({ x: 8, y: 16 });
  });

  it("go into the file of a pipeline created here, in the same step as the move", async () => {
    const editor = await editorWith(smallWorkflow);
    await editor.open("pipeline.yaml", smallWorkflow, { isNew: true });
    const graph = currentGraph(editor.store.getState())!;
    moveBoxes(editor, graph.id, { [graph.tasks[0]!.id]: { x: 8, y: 16 } }, moved);
    expect(await editor.settledText()).toMatch(/\/a\\?":\[8,16\]/);
    editor.undo();
    expect(await editor.settledText()).toBe(smallWorkflow);
  });
});
