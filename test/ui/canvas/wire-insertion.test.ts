import { describe, expect, test } from "vitest";
import { sceneOf } from "#editor/layout/frame.ts";
import type { BoxId } from "#editor/layout/geometry.ts";
import { reach } from "#ui/canvas/navigation.ts";
import { insertionOf, wireAt } from "#ui/canvas/wire-insertion.ts";
import { routeWire } from "#ui/canvas/wire-path.ts";
import { fed, graph, node, taskId } from "../../editor/layout/graphs.ts";

const nodes = [
  node("a", [], ["out:CSV"]),
  node("b", [fed("in:CSV", "a", "out")], ["out:CSV"]),
  node("c", ["in:CSV"], ["out:CSV"]),
  node("d", [fed("in:CSV", "b", "out")]),
];
const { boxes, wires } = sceneOf(graph(nodes, ["a.out -> b.in", "b.out -> d.in"]));
const byId = new Map(boxes.map((box) => [box.id, box]));
const box = (name: string) => byId.get(taskId(name))!;

describe("splicing", () => {
  test("takes the first free input and output that fit", () => {
    const found = insertionOf(wires[0]!, box("c"), byId, wires, () => true);
    expect(found && [found.from, found.input, found.output, found.to].map(({ box: one, row }) => `${one.title}.${row.port.name}`)).toEqual([
      "a.out",
      "c.in",
      "c.out",
      "b.in",
    ]);
  });
  test("never takes a box whose ports have wires already, nor one that does not fit", () => {
    expect(insertionOf(wires[0]!, box("d"), byId, wires, () => true)).toBeUndefined();
    expect(insertionOf(wires[0]!, box("c"), byId, wires, () => false)).toBeUndefined();
    expect(insertionOf(wires[0]!, box("a"), byId, wires, () => true)).toBeUndefined();
  });
  test("the wire under the pointer is the nearest within 12 pixels of the screen", () => {
    const drawn = [
      { wire: wires[0]!, route: routeWire({ x: 0, y: 0 }, { x: 200, y: 0 }, []), tip: { x: 200, y: 0 }, look: "plain" as const },
    ];
    expect(wireAt({ x: 100, y: 8 }, drawn, 1)).toBe(wires[0]);
    expect(wireAt({ x: 100, y: 20 }, drawn, 1)).toBeUndefined();
    expect(wireAt({ x: 100, y: 20 }, drawn, 0.5)).toBe(wires[0]);
  });
});

test("what is upstream and downstream is found along the wires, the start included", () => {
  expect([...reach([taskId("b") as BoxId], wires, "up")]).toEqual([taskId("b"), taskId("a")]);
  expect([...reach([taskId("b") as BoxId], wires, "down")]).toEqual([taskId("b"), taskId("d")]);
});
