import { describe, expect, test } from "vitest";
import { requestOf, type ArrangeRequest } from "#editor/layout/arrange.ts";
import { boxesOf } from "#editor/layout/box.ts";
import { arrangedByElk, elkGraphOf } from "#editor/layout/elk.ts";
import { INPUTS_BOX, touches, type Positions, type Rect } from "#editor/layout/geometry.ts";
import { placeNew } from "#editor/layout/position-new-boxes.ts";
import { arrangeSimple } from "#editor/layout/layered-layout.ts";
import { wiresOf } from "#editor/layout/wires.ts";
import type { Graph } from "#pipeline/graph.ts";
import { createLayoutService, type LayoutWorker } from "#services/layout.ts";
import { edge, graph, largeGraph, node, taskId } from "./graphs.ts";

const request = (g: Graph): ArrangeRequest => {
  const boxes = boxesOf(g);
  return requestOf(boxes, wiresOf(g, boxes));
};
const rectsOf = (r: ArrangeRequest, places: Positions): readonly Rect[] =>
  r.boxes.map((box) => ({ ...places.get(box.id)!, width: box.width, height: box.height }));
const overlaps = (rects: readonly Rect[]): number =>
  rects.reduce((sum, a, i) => sum + rects.slice(i + 1).filter((b) => touches(a, b)).length, 0);
const chain = () =>
  graph([node("a", [], ["o:String"]), node("b", ["i:String"], ["o:String"]), node("c", ["i:String"])], ["a.o -> b.i", "b.o -> c.i"]);

describe("the simple preset", () => {
  test("a chain runs from left to right on one level", () => {
    const { places } = arrangeSimple(request(chain()));
    const [a, b, c] = ["a", "b", "c"].map((name) => places.get(taskId(name))!);
    expect(a!.x).toBeLessThan(b!.x);
    expect(b!.x).toBeLessThan(c!.x);
    expect(Math.abs(b!.y - c!.y)).toBeLessThanOrEqual(32);
  });
  test("no two of 1,000 boxes overlap, and all are on the grid", () => {
    const r = request(largeGraph(1000));
    const { places } = arrangeSimple(r);
    expect(places.size).toBe(1000);
    expect(overlaps(rectsOf(r, places))).toBe(0);
    for (const { x, y } of places.values()) expect([x % 4, y % 4]).toEqual([0, 0]);
  });
  test("independent chains are stacked, never one behind the other", () => {
    const names = ["a", "b", "c"].flatMap((chainName) => [1, 2, 3].map((i) => `${chainName}${i}`));
    const nodes = names.map((name) => node(name, ["i:String"], ["o:String"]));
    const edges = ["a", "b", "c"].flatMap((one) => [`${one}1.o -> ${one}2.i`, `${one}2.o -> ${one}3.i`]);
    const r = request(graph(nodes, edges));
    const elk = elkGraphOf(r);
    // An engine's answer with all chains in one row is stacked as well.
    const answer = { ...elk, children: elk.children.map((child, i) => ({ ...child, x: i * 300, y: 0 })) };
    for (const { places } of [arrangeSimple(r), arrangedByElk(r, answer)!]) {
      const at = (name: string) => places.get(taskId(name))!;
      expect(new Set(["a1", "b1", "c1"].map((name) => at(name).x)).size).toBe(1);
      expect(new Set(["a3", "b3", "c3"].map((name) => at(name).y)).size).toBe(3);
      expect(overlaps(rectsOf(r, places))).toBe(0);
    }
  });
  test("many independent chains and single boxes fill a screen's shape rather than one endless column", () => {
    const nodes = Array.from({ length: 90 }, (_, i) => node(`t${i}`, ["i:String"], ["o:String"]));
    const r = request(
      graph(
        nodes,
        Array.from({ length: 30 }, (_, i) => `t${2 * i}.o -> t${2 * i + 1}.i`),
      ),
    );
    const { places } = arrangeSimple(r);
    const all = rectsOf(r, places);
    expect(overlaps(all)).toBe(0);
    const [width, height] = [Math.max(...all.map((one) => one.x + one.width)), Math.max(...all.map((one) => one.y + one.height))];
    expect(height / width).toBeLessThan(2);
    expect(width / height).toBeLessThan(3);
  });
  test("a cycle in a broken file is laid out all the same", () => {
    const nodes = ["a", "b", "c"].map((name) => node(name));
    const r = request(graph(nodes, ["a -> b", "b -> c", "c -> a", "a -> a"]));
    const { places } = arrangeSimple(r);
    expect(places.size).toBe(3);
    expect(overlaps(rectsOf(r, places))).toBe(0);
  });
  test("a fan of 500 becomes several columns, not one", () => {
    const nodes = [node("root", [], ["o:String"]), ...Array.from({ length: 500 }, (_, i) => node(`t${i}`, ["i:String"]))];
    const r = request(
      graph(
        nodes,
        nodes.slice(1).map((one) => `root.o -> ${one.name}.i`),
      ),
    );
    const { places } = arrangeSimple(r);
    const columns = new Set([...places.values()].map((at) => at.x));
    expect(columns.size).toBeGreaterThan(5);
    expect(overlaps(rectsOf(r, places))).toBe(0);
  });
  test("steps are in the columns of their groups", () => {
    const nodes = [node("a", [], [], { stage: 0 }), node("b", [], [], { stage: 1 }), node("c", [], [], { stage: 1 })];
    const { places } = arrangeSimple(request(graph(nodes, [], { kind: "steps" })));
    expect(places.get(taskId("b"))!.x).toBe(places.get(taskId("c"))!.x);
    expect(places.get(taskId("b"))!.x - places.get(taskId("a"))!.x).toBe(280);
  });
  test("the inputs are at the left, exit handlers below", () => {
    const nodes = [node("a"), node("bye", [], [], { hook: { owner: "", name: "exit" } })];
    const { places } = arrangeSimple(
      request(graph(nodes, [], { inputs: [{ name: "n", label: "n", kind: "parameter", required: false }] })),
    );
    expect(places.get(INPUTS_BOX)!.x).toBeLessThan(places.get(taskId("a"))!.x);
    expect(places.get(taskId("bye"))!.y).toBeGreaterThan(places.get(taskId("a"))!.y);
  });
  test("an empty graph has no places", () => {
    expect(arrangeSimple({ boxes: [], wires: [] }).places.size).toBe(0);
  });
});

describe("ELK's graph", () => {
  test("ports are given at their heights, and the answer is read back onto the grid", () => {
    const r = request(chain());
    const elk = elkGraphOf(r);
    expect(elk.children).toHaveLength(3);
    expect(elk.children[1]!.ports.map((port) => port.y)).toEqual([58, 88]);
    const answer = { ...elk, children: elk.children.map((child, i) => ({ ...child, x: i * 301, y: 3 })) };
    expect([...arrangedByElk(r, answer)!.places.values()]).toEqual([
      { x: 0, y: 0 },
      { x: 300, y: 0 },
      { x: 604, y: 0 },
    ]);
  });
  test("an answer without positions is ignored", () => {
    expect(arrangedByElk(request(chain()), undefined)).toBeUndefined();
    expect(arrangedByElk(request(chain()), { children: [{}, {}, {}] })).toBeUndefined();
  });
});

describe("new boxes among placed ones", () => {
  test("a new consumer is placed right of its producer, and nothing else moves", () => {
    const r = request(chain());
    const known: Positions = new Map([
      [taskId("a"), { x: 0, y: 0 }],
      [taskId("c"), { x: 264, y: 0 }],
    ]);
    const found = placeNew(r, known);
    expect([...found.keys()]).toEqual([taskId("b")]);
    expect(found.get(taskId("b"))!.x).toBe(264);
    expect(overlaps(rectsOf(r, new Map([...known, ...found])))).toBe(0);
  });
  test("nothing is placed when nothing is missing", () => {
    const r = request(chain());
    expect(placeNew(r, arrangeSimple(r).places).size).toBe(0);
  });
  test("many new boxes are placed below the existing ones", () => {
    const r = request(largeGraph(200));
    const known: Positions = new Map([[taskId("task-0"), { x: 400, y: 400 }]]);
    const found = placeNew(r, known);
    expect(found.size).toBe(199);
    expect(overlaps(rectsOf(r, new Map([...known, ...found])))).toBe(0);
  });
});

describe("the layout service", () => {
  const fake = (answer: (message: { id: number; cmd: string; graph?: unknown }) => object | undefined): LayoutWorker => {
    const worker: LayoutWorker = {
      onmessage: null,
      onerror: null,
      terminate: () => {},
      postMessage: (message) => {
        const data = answer(message as never);
        if (data) queueMicrotask(() => worker.onmessage?.({ data } as MessageEvent));
      },
    };
    return worker;
  };
  test("what the worker cannot do the simple preset does", async () => {
    const service = createLayoutService(() =>
      fake(({ id, cmd }) => (cmd === "layout" ? { id, error: { message: "no" } } : { id, data: null })),
    );
    expect((await service.arrange(request(chain()))).by).toBe("simple");
  });
  test("a cancelled request ends with an AbortError", async () => {
    const control = new AbortController();
    const service = createLayoutService(() => fake(({ cmd, id }) => (cmd === "layout" ? undefined : { id, data: null })));
    const going = service.arrange(request(chain()), control.signal);
    control.abort();
    await expect(going).rejects.toMatchObject({ name: "AbortError" });
  });
  test("large graphs never start the worker", async () => {
    const service = createLayoutService(() => {
      throw new Error("started");
    });
    expect((await service.arrange(request(largeGraph(400)))).by).toBe("simple");
  });
  test("a worker that cannot start is answered by the simple preset", async () => {
    const service = createLayoutService(() => {
      throw new Error("blocked by policy");
    });
    expect((await service.arrange(request(graph([node("a"), node("b")], [edge("a -> b", [])])))).by).toBe("simple");
  });
});

describe("the wires of a hook", () => {
  const owner = node("main", [], ["status", "out"]);
  const hook = node("notify", ["text"], [], { hook: { owner: taskId("main"), name: "running" } });
  const order = edge("main -> notify", [owner, hook], { via: "hook" });
  const condition = (name: string) => edge(`main.${name} -> notify.expression`, [owner, hook], { via: "hook" });
  const drawn = (edges: Parameters<typeof graph>[1]) => {
    const g = graph([owner, hook], edges);
    return wiresOf(g, boxesOf(g)).map((wire) => wire.id);
  };
  test("are one where its condition reads the task it hangs on", () => {
    expect(drawn([condition("status"), condition("out"), order])).toEqual(["main.status -> notify.expression"]);
  });
  test("are one where it has no condition", () => {
    expect(drawn([order])).toEqual(["main -> notify"]);
  });
  test("are its arguments where it has some", () => {
    expect(drawn([edge("main.out -> notify.text", [owner, hook], { via: "hook" }), condition("status"), order])).toEqual([
      "main.out -> notify.text",
    ]);
  });
});
