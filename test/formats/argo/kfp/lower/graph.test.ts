import { describe, expect, it } from "vitest";
import { lowerPipeline } from "#formats/argo/kfp/lower/lower-pipeline.ts";
import type { DataMap } from "#data/data.ts";
import { field, listField, textField } from "#data/data.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import { both, componentOf, constant, lower, output, parameter, stamps, step } from "./build.ts";

const inner = writeComponent(both);
const graph = componentOf(
  JSON.stringify({
    name: "Twice",
    inputs: [{ name: "x" }, { name: "n", default: "5" }, { name: "open", optional: true }],
    outputs: [{ name: "Result" }],
    implementation: {
      graph: {
        tasks: {
          second: {
            componentRef: { digest: "d", spec: inner },
            arguments: { value: { taskOutput: { taskId: "first", outputName: "Out" } }, file: { graphInput: { inputName: "n" } } },
          },
          first: {
            componentRef: { url: "u" },
            arguments: { value: { graphInput: { inputName: "x" } }, file: { graphInput: { inputName: "open" } } },
          },
        },
        outputValues: { Result: { taskOutput: { taskId: "second", outputName: "Out" } } },
      },
    },
  }),
);

describe("a graph component", () => {
  it("becomes its tasks in the surrounding DAG, fed by the caller's arguments and defaults", () => {
    const { spec, task, template, codes } = lower(
      [
        { kind: "component", id: "g", spec: graph, arguments: { x: parameter("p") }, parts: { first: both } },
        step("end", { file: output("g", "Result") }),
        step("last", {}, { after: ["g"] }),
      ],
      [{ name: "p" }],
    );
    expect(codes).toEqual([]);
    expect(listField(spec, "templates").map((one) => textField(one, "name"))).toEqual(["both", "both-2", "demo", "end", "last"]);
    expect(task("demo", "both")["arguments"]).toEqual({ parameters: [{ name: "p", value: "{{inputs.parameters.p}}" }] });
    expect(task("demo", "both-2")["dependencies"]).toEqual(["both"]);
    expect(field(template("both-2")["inputs"], "artifacts")).toEqual([{ name: "file", path: "/tmp/inputs/file/data", raw: { data: "5" } }]);
    expect(field(field(template("both-2")["metadata"], "annotations"), "pipelines.kubeflow.org/component_ref")).toBe('{"digest": "d"}');
    expect(task("demo", "end")["arguments"]).toEqual({
      artifacts: [{ name: "both-2-Out", from: "{{tasks.both-2.outputs.artifacts.both-2-Out}}" }],
    });
    expect(task("demo", "last")["dependencies"]).toEqual(["both", "both-2"]);
  });

  it("lower-graph-component-missing: a part known only by its address is left out and reported", () => {
    const { diagnostics } = lowerPipeline(
      { name: "p", parameters: [], body: [{ kind: "component", id: "g", spec: graph, arguments: { x: constant("1") }, path: [7] }] },
      stamps,
    );
    expect(diagnostics.find((found) => found.code === "lower-graph-component-missing")).toMatchObject({
      values: { part: "first" },
      path: [7],
    });
  });

  it("lower-graph-too-deep: graphs without end are cut off", () => {
    let nested: DataMap = inner;
    for (let depth = 0; depth < 20; depth++) nested = { implementation: { graph: { tasks: { t: { componentRef: { spec: nested } } } } } };
    const { diagnostics } = lowerPipeline(
      { name: "p", parameters: [], body: [{ kind: "component", id: "g", spec: componentOf(JSON.stringify(nested)), arguments: {} }] },
      stamps,
    );
    expect(diagnostics.map((found) => found.code)).toEqual(["lower-graph-too-deep"]);
  });
});
