import { act, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, test, vi } from "vitest";
import type { Arranged, ArrangeRequest, LayoutService } from "#editor/layout/arrange.ts";
import type { BoxId, Positions } from "#editor/layout/geometry.ts";
import type { Graph } from "#pipeline/graph.ts";
import type { TemplateId } from "#pipeline/model.ts";
import { PipelineCanvas } from "#ui/canvas/pipeline-canvas.tsx";
import { canvasMessages } from "#messages/sections/canvas.ts";
import { createTranslate } from "#messages/translate.ts";
import { graph, node, taskId } from "../../editor/layout/graphs.ts";

const two = graph([node("load", [], ["data:String"]), node("train", ["data:String"])], ["load.data -> train.data"]);
const answer: Positions = new Map<BoxId, { x: number; y: number }>([
  [taskId("load"), { x: 800, y: 80 }],
  [taskId("train"), { x: 1200, y: 160 }],
]);

/** A layout engine that answers when the test says so. */
function slowEngine() {
  const asked: { readonly request: ArrangeRequest; readonly answer: (arranged: Arranged) => void; readonly fail: () => void }[] = [];
  const service: LayoutService = {
    arrange: vi.fn(
      (request: ArrangeRequest) =>
        new Promise<Arranged>((resolve, reject) => asked.push({ request, answer: resolve, fail: () => reject(new Error("no worker")) })),
    ),
    dispose: () => {},
  };
  return { service, asked };
}

/** A page that keeps positions as the editor does. */
function Host({
  layout,
  shown,
  onPositions,
}: {
  layout: LayoutService;
  shown: Graph;
  onPositions: (places: Positions, by: string) => void;
}) {
  const [places, setPlaces] = useState<Positions>(new Map());
  return (
    <PipelineCanvas
      graph={shown}
      path={[{ template: "main" as TemplateId, title: "main" }]}
      places={places}
      layout={layout}
      selection={[]}
      t={createTranslate([canvasMessages], "en")}
      onPlace={(moved, by) => {
        onPositions(moved, by);
        setPlaces((old) => new Map([...old, ...moved]));
      }}
      onSelect={() => {}}
      onConnect={() => {}}
      onDisconnect={() => {}}
      onDelete={() => {}}
      onRename={() => {}}
      onOpen={() => {}}
      onEnter={() => {}}
      onGo={() => {}}
      judge={() => ({ fits: "yes" })}
    />
  );
}

function show(shown: Graph = two) {
  const { service, asked } = slowEngine();
  const onPositions = vi.fn();
  const view = render(<Host layout={service} shown={shown} onPositions={onPositions} />);
  return {
    service,
    asked,
    onPositions,
    again: (next: Graph) => view.rerender(<Host layout={service} shown={next} onPositions={onPositions} />),
  };
}

const box = (name: string) => screen.getByRole("group", { name });
/** Where a box is put, in canvas pixels. */
function position(name: string): string {
  return box(name).parentElement!.style.transform;
}

describe("opening a graph without positions", () => {
  test("all boxes are there in the first commit, before the layout engine has answered", () => {
    const { service } = show();
    expect(box("load")).toBeInTheDocument();
    expect(box("train")).toBeInTheDocument();
    expect(service.arrange).toHaveBeenCalledTimes(1);
  });

  test("the engine's answer replaces the simple arrangement while nobody has touched the canvas", async () => {
    const { asked, onPositions } = show();
    const before = position("train");
    await act(async () => asked[0]!.answer({ places: answer, by: "elk" }));
    expect(onPositions).toHaveBeenLastCalledWith(answer, "layout");
    expect(position("train")).not.toBe(before);
    expect(position("train")).toContain("1200px");
  });

  const canvas = () => screen.getByRole("application");
  test.each<[string, () => void]>([
    ["a press", () => fireEvent.pointerDown(box("load"), { button: 0, pointerId: 1 })],
    ["a moving pointer", () => fireEvent.pointerMove(canvas(), { movementX: 3, movementY: 0 })],
    ["the wheel", () => fireEvent.wheel(canvas(), { deltaY: 10 })],
    ["a key", () => fireEvent.keyDown(canvas(), { key: "ArrowRight" })],
    ["a key outside of the canvas", () => fireEvent.keyDown(document.body, { key: "0", ctrlKey: true })],
    ["a press on the zoom buttons", () => fireEvent.pointerDown(screen.getByRole("button", { name: /zoom in/i }))],
  ])("after %s a late answer moves nothing", async (_, touch) => {
    const { asked, onPositions } = show();
    const before = position("train");
    act(touch);
    await act(async () => asked[0]!.answer({ places: answer, by: "elk" }));
    expect(position("train")).toBe(before);
    expect(onPositions).toHaveBeenCalledTimes(1);
  });

  test("after an edit a late answer moves nothing, and no box that was there moves by the edit", async () => {
    const { asked, onPositions, again } = show();
    const before = [position("load"), position("train")];
    again(graph([...two.nodes, node("send")], ["load.data -> train.data"]));
    expect([position("load"), position("train")]).toEqual(before);
    expect(box("send")).toBeInTheDocument();
    await act(async () => asked[0]!.answer({ places: answer, by: "elk" }));
    expect([position("load"), position("train")]).toEqual(before);
    expect(onPositions.mock.calls.map(([, by]) => by)).toEqual(["layout", "layout"]);
  });

  test("an engine that fails leaves the simple arrangement", async () => {
    const { asked, onPositions } = show();
    await act(async () => asked[0]!.fail());
    expect(box("train")).toBeInTheDocument();
    expect(onPositions).toHaveBeenCalledTimes(1);
  });

  test.each([
    [60, 1],
    [61, 0],
  ])("a graph of %i boxes asks the engine %i times", (count, times) => {
    const { service } = show(graph(Array.from({ length: count }, (_, i) => node(`t${i}`))));
    expect(box("t0")).toBeInTheDocument();
    expect(service.arrange).toHaveBeenCalledTimes(times);
  });
});
