import { describe, expect, it } from "vitest";
import { readModel } from "#compiler/readers.ts";
import type { Data } from "#data/data.ts";
import { applyOperations, type Operation } from "#data/operations.ts";
import { parse } from "#yaml/parse.ts";
import { pipelineText } from "#test/bench/pipeline.ts";

const withEverything = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
spec:
  entrypoint: main
  templates:
  - name: gone
    container: {image: a}
  - name: set
    inputs: {parameters: [{name: x, default: "1"}], artifacts: [{name: f, path: /f}]}
    outputs: {parameters: [{name: y, valueFrom: {path: /y}}]}
    containerSet: {containers: [{name: first, image: a}, {name: second, dependencies: [first]}]}
  - name: main
    dag:
      tasks:
      - {name: a, template: set}
      - name: b
        template: set
        arguments: {parameters: [{name: x, value: "{{tasks.a.outputs.parameters.y}}"}]}
        hooks: {exit: {template: set, arguments: {parameters: [{name: x, value: "1"}]}}}
        withItems: [1, 2]
      - name: c
        inline:
          inputs: {parameters: [{name: z}]}
          container: {image: "{{inputs.parameters.z}}"}
  - name: odd
    inputs: {parameters: {not: a list}}
    container: {image: a}
`;

/** What was read with a cache of the former state, compared with a reading without one. */
function bothWays(text: string, operations: readonly Operation[]): readonly [string, string] {
  const stream = parse(text).stream as readonly Data[] & Data;
  readModel(stream);
  const after = applyOperations(stream, operations);
  return [JSON.stringify(readModel(after)), JSON.stringify(readModel(structuredClone(after)))];
}

describe("reading what moved", () => {
  const templates = [0, "spec", "templates"];

  it.each<[string, readonly Operation[]]>([
    ["a template before all others is taken out", [{ op: "remove", path: [...templates, 0] }]],
    ["a template is put in", [{ op: "insert", path: [...templates, 1], value: { name: "new", suspend: {} } }]],
    ["a call is taken out", [{ op: "remove", path: [...templates, 2, "dag", "tasks", 0] }]],
    ["a template goes to the end", [{ op: "move", path: [...templates, 1], to: [...templates, 3] }]],
  ])("gives the same as reading afresh when %s", (_, operations) => {
    const [moved, afresh] = bothWays(withEverything, operations);
    expect(moved).toBe(afresh);
  });

  it("gives the same for a compiled pipeline", () => {
    const [moved, afresh] = bothWays(pipelineText(30), [
      { op: "remove", path: [...templates, 4] },
      { op: "remove", path: [...templates, 0, "dag", "tasks", 3] },
    ]);
    expect(moved).toBe(afresh);
  });
});
