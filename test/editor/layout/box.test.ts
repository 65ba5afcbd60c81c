import { describe, expect, test } from "vitest";
import { boxOf, boxSize, boxesOf } from "#editor/layout/box.ts";
import { BOX_WIDE, BOX_WIDTH } from "#editor/layout/box-size.ts";
import { familyOf } from "#editor/layout/port-family.ts";
import { INPUTS_BOX, OUTPUTS_BOX } from "#editor/layout/geometry.ts";
import { wiresOf } from "#editor/layout/wires.ts";
import type { PipelineParameter } from "#pipeline/model.ts";
import { constant, edge, fed, graph, node, parameter, port } from "./graphs.ts";

const rows = (name: string, ...ports: NonNullable<Parameters<typeof node>[1]>[number][]) => boxOf(node(name, ports), { chips: [] }).inputs;
const pipelineParameter = (name: string, value?: string): PipelineParameter => ({ name, path: [], value, rest: {}, order: [] });

describe("the size of a box", () => {
  test("a box without ports is its head alone", () => {
    expect(boxSize(node("a"))).toEqual({ width: BOX_WIDTH, height: 44 });
  });
  test("each port takes a row of 22, and a hairline of 8 parts inputs from outputs", () => {
    expect(boxSize(node("a", ["x:String"])).height).toBe(44 + 3 + 22 + 4);
    expect(boxSize(node("a", ["x:String", "y:String"], ["z:Float"])).height).toBe(44 + 3 + 3 * 22 + 8 + 4);
  });
  test("a foot of 28 is there only for chips and groups", () => {
    expect(boxSize(node("a"), [{ kind: "gpu", text: "1" }]).height).toBe(72);
    expect(boxSize(node("a", [], [], { group: true, kind: "dag" })).height).toBe(72);
  });
  test("a long title makes the box wide, and nothing makes it wider", () => {
    expect(boxSize(node("a", [], [], { title: "Read file and multiply" })).width).toBe(BOX_WIDTH);
    expect(boxSize(node("a", [], [], { title: "Download the newest events from S3" })).width).toBe(BOX_WIDE);
    expect(boxSize(node("a", [], [], { title: "데이터를 내려받아 정리하고 나누기" })).width).toBe(BOX_WIDE);
    expect(boxSize(node("a", [], [], { title: "x".repeat(300) })).width).toBe(BOX_WIDE);
  });
  test("ports are at the middle of their rows", () => {
    const box = boxOf(node("a", ["x:String"], ["z:Float"]), { chips: [] });
    expect(box.inputs[0]!.y).toBe(44 + 3 + 11);
    expect(box.outputs[0]!.y).toBe(44 + 3 + 22 + 8 + 11);
  });
  test("chips that find no room are counted", () => {
    const chips = ["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((text) => ({ kind: "volume" as const, text: `/data/${text}` }));
    const box = boxOf(node("a"), { chips });
    expect(box.chips.length + box.hidden).toBe(9);
    expect(box.hidden).toBeGreaterThan(0);
  });
});

describe("what a row says", () => {
  test("a constant is shown, and the port is filled", () => {
    expect(rows("a", constant("lr:Float", 0.1))[0]).toMatchObject({ content: { kind: "constant", text: "0.1" }, mark: "filled" });
  });
  test("a pipeline parameter is a chip", () => {
    expect(rows("a", parameter("n:Integer", "n_rows"))[0]).toMatchObject({
      content: { kind: "chip", text: "n_rows", family: "number" },
      mark: "filled",
    });
  });
  test("what a group of KFP v2 passes on is called as it is outside, and the item of its loop item", () => {
    for (const [name, text] of [
      ["pipelinechannel--rate", "rate"],
      ["pipelinechannel--loop-item-param-1", "item"],
      ["pipelinechannel--rates-loop-item", "item"],
    ] as const)
      expect(rows("a", parameter("n:NUMBER_DOUBLE", name))[0]!.content).toMatchObject({ kind: "chip", text, name });
  });
  test("KFP's inlined reference is a chip too, other inlined text a constant", () => {
    expect(rows("a", { ...port("n:Integer"), inlined: "{{inputs.parameters.n_rows}}" })[0]!.content).toEqual({
      kind: "chip",
      text: "n_rows",
      family: "number",
    });
    expect(rows("a", { ...port("n:Integer"), inlined: "12" })[0]!.content).toEqual({ kind: "constant", text: "12" });
  });
  test("a required input without a value is marked as missing", () => {
    expect(rows("a", "!seed:Integer")[0]).toMatchObject({ content: { kind: "missing" }, mark: "missing" });
  });
  test("an optional input without a value is hollow", () => {
    expect(rows("a", "seed:Integer")[0]).toMatchObject({ content: { kind: "nothing" }, mark: "hollow" });
  });
});

describe("families", () => {
  test.each([
    ["parameter", "String", "text"],
    ["parameter", "GCSPath", "text"],
    ["parameter", "Integer", "number"],
    ["parameter", "float", "number"],
    ["parameter", "Bool", "bool"],
    ["parameter", "JsonObject", "json"],
    ["parameter", "List", "json"],
    ["parameter", undefined, "any"],
    ["artifact", "dict", "dataset"],
    ["artifact", "CSV", "dataset"],
    ["artifact", "TFModel", "model"],
    ["artifact", "ClassificationMetrics", "metrics"],
    ["artifact", undefined, "any"],
    ["artifact", "{GCSPath: {data_type: Model}}", "dataset"],
  ] as const)("a %s of type %s is of the family %s", (kind, type, family) => {
    expect(familyOf({ kind, type })).toBe(family);
  });
});

describe("the boxes and wires of a graph", () => {
  const a = node("a", [], ["out:artifact:Dataset"]);
  const b = node("b", [fed("in:artifact:Dataset", "a", "out"), parameter("n:Integer", "n")]);
  test("the entrypoint's parameters are in one box, the graph's own inputs merged with them", () => {
    const boxes = boxesOf(graph([a], [], { inputs: [port("n:Integer")] }), {
      parameters: [pipelineParameter("n", "3"), pipelineParameter("m")],
    });
    expect(boxes[0]!.id).toBe(INPUTS_BOX);
    expect(boxes[0]!.outputs.map((row) => [row.port.name, row.content.kind, row.workflowParameter])).toEqual([
      ["n", "constant", false],
      ["m", "nothing", true],
    ]);
  });
  test("a group's outputs are in a box at the end", () => {
    expect(boxesOf(graph([a], [], { outputs: [port("model:artifact:Model")] })).at(-1)!.id).toBe(OUTPUTS_BOX);
  });
  test("a wire starts and ends at the ports' heights", () => {
    const g = graph([a, b], ["a.out -> b.in"]);
    const boxes = boxesOf(g);
    expect(wiresOf(g, boxes)).toMatchObject([{ from: a.id, to: b.id, kind: "artifact", family: "dataset", fromY: 58, toY: 58 }]);
    expect(boxes[0]!.outputs[0]!.mark).toBe("filled");
  });
  test("order that a file already implies is not drawn again, order by results is", () => {
    const g = graph([a, b], ["a.out -> b.in", "a -> b", edge("a -> b", [a, b], { id: "failed", results: ["Failed"] })]);
    expect(wiresOf(g, boxesOf(g)).map((wire) => [wire.kind, wire.label])).toEqual([
      ["artifact", undefined],
      ["order", "Failed"],
    ]);
  });
  test("references to pipeline parameters are no wires unless asked for", () => {
    const g = graph([b], [{ id: "p", kind: "parameter", from: { node: "", port: "n" }, to: { node: b.id, port: "n" } }]);
    const boxes = boxesOf(g, { parameters: [pipelineParameter("n", "3")] });
    expect(wiresOf(g, boxes, { entrypoint: true })).toEqual([]);
    expect(wiresOf(g, boxes, { entrypoint: true, parameterWires: true })).toHaveLength(1);
  });
});

describe("ports of KFP components", () => {
  test("the artifact twin of an output parameter is the same port, and its wires start there", () => {
    const a = node("a", [], ["Output:Float", { ...port("Output:artifact:Float"), twin: true }]);
    const b = node("b", [fed("in:artifact:Float", "a", "Output")]);
    const g = graph([a, b], [edge("a.Output -> b.in", [a, b], { kind: "artifact" })]);
    const boxes = boxesOf(g);
    expect(boxes[0]!.outputs.map((row) => row.shape)).toEqual(["parameter"]);
    expect(wiresOf(g, boxes)[0]).toMatchObject({ kind: "artifact", fromY: 58, family: "number" });
  });
  test("a return value that Argo lists as an artifact looks like the value it is", () => {
    const [row] = boxOf(node("a", [], [{ ...port("Output:artifact:Float"), nature: "parameter" }]), { chips: [] }).outputs;
    expect(row).toMatchObject({ shape: "parameter", family: "number", port: { kind: "artifact" } });
  });
  test("a value that decides whether a call runs ends at its head", () => {
    const a = node("a", [], ["o:String"]);
    const b = node("b", ["when:String"]);
    const g = graph(
      [a, b],
      [{ id: "w", kind: "parameter", from: { node: a.id, port: "o" }, to: { node: b.id, port: "when" }, via: "when" }],
    );
    expect(wiresOf(g, boxesOf(g))[0]).toMatchObject({ toRow: undefined, toY: 22, line: "expression" });
  });
});
