import { describe, expect, it } from "vitest";
import { boxOf, boxesOf, nameOf, type Box } from "#editor/layout/box.ts";
import { countInside, isExpandable, sceneOf, type Nesting, type Scene } from "#editor/layout/frame.ts";
import { makeRoom } from "#editor/layout/make-room.ts";
import { touches, type BoxId, type Positions, type Rect } from "#editor/layout/geometry.ts";
import type { Graph, GraphNode } from "#pipeline/graph.ts";
import type { TaskId, TemplateId } from "#pipeline/model.ts";
import { edge, fed, graph, node, port, taskId } from "./graphs.ts";

/** A call of a group, with the loop's item or a wire as its inputs. */
function group(
  name: string,
  template: string,
  inputs: Parameters<typeof node>[1] = [],
  outputs: Parameters<typeof node>[2] = [],
  more: Partial<GraphNode> = {},
): GraphNode {
  return node(name, inputs, outputs, { group: true, kind: "dag", template: template as TemplateId, ...more });
}

/** A graph whose calls have ids of its own. */
function inner(
  template: string,
  nodes: readonly GraphNode[],
  edges: readonly { from: [string, string]; to: [string, string]; kind?: "parameter" | "artifact" }[] = [],
): Graph {
  const own = (name: string) => (name === "" ? "" : (`${template}/${name}` as TaskId));
  return graph(
    nodes.map((one) => ({ ...one, id: `${template}/${one.name}` as TaskId })),
    edges.map(({ from, to, kind }, i) => ({
      id: `${template} ${i}`,
      from: { node: own(from[0]), port: from[1] },
      to: { node: own(to[0]), port: to[1] },
      kind: kind ?? ("parameter" as const),
    })),
    { template: template as TemplateId, name: template },
  );
}

const graphInput = (text: string, name: string) => ({
  ...port(text),
  binding: {
    kind: "reference" as const,
    field: "value" as const,
    reference: { kind: "graph-input" as const, port: "parameter" as const, name },
  },
});
const item = (text: string) => ({
  ...port(text),
  binding: { kind: "reference" as const, field: "value" as const, reference: { kind: "item" as const } },
});

const body = inner(
  "body",
  [
    node("train", [graphInput("data", "data"), graphInput("lr:Float", "rate")], ["model"]),
    node("judge", [fed("model", "train", "model")], ["auc:Float"]),
  ],
  [
    { from: ["", "data"], to: ["train", "data"] },
    { from: ["", "rate"], to: ["train", "lr"] },
    { from: ["train", "model"], to: ["judge", "model"] },
    { from: ["judge", "auc"], to: ["", "auc"] },
  ],
);
const load = node("load", [], ["out"]);
const loop = group("loop", "body", [fed("data", "load", "out"), item("rate")], ["auc:Float"], {
  loop: { kind: "items", count: 3, text: "[1,2,3]" },
});
const outer = graph([load, loop], ["load.out -> loop.data"]);

function nest(graphs: readonly Graph[], open: (id: BoxId) => boolean = () => true, places?: Positions): Nesting {
  const known = new Map(graphs.map((one) => [one.template, one]));
  return { graphOf: (id) => known.get(id), isOpen: open, ...(places ? { placesOf: () => places } : {}) };
}

function boxAt(scene: Scene, id: string): Box {
  return scene.boxes.find((box) => box.id === id)!;
}

describe("groups expanded in place", () => {
  const scene = sceneOf(outer, { nesting: nest([body]) });
  const frame = boxAt(scene, "main/loop");

  it("surround the boxes of their graph, whose ids are paths", () => {
    expect(scene.boxes.map((box) => box.id)).toEqual(["main/load", "main/loop", "main/loop > body/train", "main/loop > body/judge"]);
    expect(scene.boxes.map(nameOf)).toEqual(["main/load", "main/loop", "body/train", "body/judge"]);
    expect(boxAt(scene, "main/loop > body/train")).toMatchObject({ within: ["main/loop"], graph: "body" });
  });

  it("hold all their boxes with a padding of 20 beside and under them", () => {
    for (const box of frame.frame!.boxes) {
      const at = frame.frame!.places.get(box.id)!;
      expect(at.x).toBeGreaterThanOrEqual(20);
      expect(at.y).toBeGreaterThanOrEqual(32);
      expect(at.x + box.width).toBeLessThanOrEqual(frame.width - 20);
      expect(at.y + box.height).toBeLessThanOrEqual(frame.height - 20);
    }
  });

  it("have a boundary port only for what a wire brings, level with the port it feeds", () => {
    expect(frame.inputs.map((row) => row.port.name)).toEqual(["data"]);
    const train = boxAt(scene, "main/loop > body/train");
    expect(frame.inputs[0]!.y).toBe(frame.frame!.places.get(train.id)!.y + train.inputs[0]!.y);
  });

  it("draw the wires inside from and to their boundary", () => {
    const inside = scene.wires.filter((wire) => wire.within === "main/loop");
    expect(inside.map(({ from, to, boundary }) => [from, to, boundary])).toEqual([
      ["main/loop", "main/loop > body/train", "from"],
      ["main/loop > body/train", "main/loop > body/judge", undefined],
      ["main/loop > body/judge", "main/loop", "to"],
    ]);
    expect(new Set(scene.wires.map((wire) => wire.id)).size).toBe(scene.wires.length);
  });

  it("say inside what the group is given instead of the input's name", () => {
    const [data, rate] = boxAt(scene, "main/loop > body/train").inputs;
    expect(data!.content).toMatchObject({ kind: "wire" });
    expect(rate!.content).toEqual({ kind: "chip", text: "item", family: "number" });
  });

  it("turn values that leave a loop into lists", () => {
    expect(frame.outputs.map((row) => row.family)).toEqual(["json"]);
    expect(boxAt(scene, "main/loop > body/judge").outputs[0]!.family).toBe("number");
  });

  it("do not clash when one template is shown by two calls", () => {
    const twice = sceneOf(graph([group("a", "body"), group("b", "body")]), { nesting: nest([body]) });
    expect(new Set(twice.boxes.map((box) => box.id)).size).toBe(6);
  });

  it("nest", () => {
    const deep = inner("deep", [group("again", "body")]);
    const nested = sceneOf(graph([group("top", "deep")]), { nesting: nest([body, deep]) });
    expect(nested.boxes.map((box) => box.id)).toEqual([
      "main/top",
      "main/top > deep/again",
      "main/top > deep/again > body/train",
      "main/top > deep/again > body/judge",
    ]);
    expect(nested.boxes.at(-1)!.within).toEqual(["main/top", "main/top > deep/again"]);
  });

  it("are never expanded where a template leads back to itself", () => {
    const circle = group("self", "main", [], [], { recursive: true });
    expect(isExpandable(circle)).toBe(false);
    expect(sceneOf(graph([circle]), { nesting: nest([outer]) }).boxes).toHaveLength(1);
    expect(countInside(group("g", "holds"), nest([inner("holds", [circle])]).graphOf, 12)).toBe(Infinity);
  });

  it("keep the places that the user gave their boxes", () => {
    const kept = new Map<BoxId, { x: number; y: number }>([
      ["body/train" as BoxId, { x: 400, y: 80 }],
      ["body/judge" as BoxId, { x: 0, y: 0 }],
    ]);
    const moved = boxAt(sceneOf(outer, { nesting: nest([body], () => true, kept) }), "main/loop").frame!;
    const [train, judge] = moved.boxes;
    expect(moved.places.get(train!.id)!.x - moved.places.get(judge!.id)!.x).toBe(400);
  });

  it("are the same boxes again while nothing changes", () => {
    const again = sceneOf(outer, { nesting: nest([body]) });
    expect(boxAt(again, "main/loop > body/judge")).toBe(boxAt(scene, "main/loop > body/judge"));
    expect(boxAt(again, "main/load")).toBe(boxAt(scene, "main/load"));
  });
});

describe("making room", () => {
  const closed = sceneOf(outer, {}).top.find((box) => box.id === "main/loop")!;
  const right = node("right");
  const below = node("below");
  const full = graph([load, loop, right, below], ["load.out -> loop.data"]);
  const places: Positions = new Map([
    [taskId("load"), { x: 0, y: 0 }],
    [taskId("loop"), { x: 264, y: 0 }],
    [taskId("right"), { x: 264 + closed.width + 64, y: 0 }],
    [taskId("below"), { x: 264, y: closed.height + 28 }],
  ]);

  it("moves neighbours by what is missing and keeps the gap they had", () => {
    const { top } = sceneOf(full, { nesting: nest([body]) });
    const frame = top.find((box) => box.id === "main/loop")!;
    const at = makeRoom(top, places);
    expect(at.get(taskId("right"))!.x).toBe(264 + frame.width + 64);
    expect(at.get(taskId("below"))!.y).toBe(frame.height + 28);
    expect(at.get(taskId("load"))).toEqual({ x: 0, y: 0 });
    const rects = top.map((box): Rect => ({ ...at.get(box.id)!, width: box.width, height: box.height }));
    for (const [i, a] of rects.entries()) for (const b of rects.slice(i + 1)) expect(touches(a, b)).toBe(false);
  });

  it("leaves all places alone when nothing is expanded", () => {
    expect(makeRoom(boxesOf(full), places)).toBe(places);
  });

  it("moves nothing where there is room already", () => {
    const { top } = sceneOf(full, { nesting: nest([body]) });
    const wide: Positions = new Map([...places, [taskId("right"), { x: 4000, y: 0 }], [taskId("below"), { x: 264, y: 4000 }]]);
    expect(makeRoom(top, wide).get(taskId("right"))).toEqual({ x: 4000, y: 0 });
    expect(makeRoom(top, wide).get(taskId("below"))).toEqual({ x: 264, y: 4000 });
  });
});

describe("volumes", () => {
  const claim = { ...port("pvc-name"), volume: "" };
  const mount = { ...fed("claim", "pvc", "pvc-name"), volume: "/mnt/data" };

  it("are hexagons, and what leads from one to the other is a pipe", () => {
    const nodes = [node("pvc", [], [claim], { kind: "resource" }), node("use", [mount])];
    const { boxes, wires } = sceneOf(graph(nodes, [edge("pvc.pvc-name -> use.claim", nodes)]));
    expect(boxes.flatMap((box) => [...box.inputs, ...box.outputs]).map((row) => [row.shape, row.family])).toEqual([
      ["volume", "volume"],
      ["volume", "volume"],
    ]);
    expect(wires.map((wire) => [wire.kind, wire.family])).toEqual([["volume", "volume"]]);
  });

  it("need no chip beside their port", () => {
    const box = boxOf(node("use", [mount]), {
      chips: [
        { kind: "volume", text: "/mnt/data" },
        { kind: "volume", text: "/cache" },
      ],
    });
    expect(box.chips).toEqual([{ kind: "volume", text: "/cache" }]);
  });

  it("show on the boundary of a group that passes one on", () => {
    const holds = inner(
      "holds",
      [node("use", [{ ...graphInput("claim", "claim"), volume: "/mnt" }])],
      [{ from: ["", "claim"], to: ["use", "claim"] }],
    );
    const nodes = [node("pvc", [], [claim], { kind: "resource" }), group("g", "holds", [fed("claim", "pvc", "pvc-name")])];
    const scene = sceneOf(graph(nodes, [edge("pvc.pvc-name -> g.claim", nodes)]), { nesting: nest([holds]) });
    expect(boxAt(scene, "main/g").inputs.map((row) => row.shape)).toEqual(["volume"]);
    expect(scene.wires.map((wire) => wire.kind)).toEqual(["volume", "volume"]);
  });
});
