import { describe, expect, it } from "vitest";
import { lowerOp } from "#formats/argo/kfp/lower/lower-op.ts";
import { token } from "#pipeline/pipeline-plan.ts";
import { field } from "#data/data.ts";
import { output, parameter, step } from "./build.ts";

const dag = (reference: Parameters<Parameters<typeof lowerOp>[1]["resolve"]>[0]) => {
  if (reference.kind === "parameter") return { kind: "pipeline-parameter", name: reference.name } as const;
  return reference.kind === "output" && reference.op !== "gone"
    ? ({
        kind: "task-output",
        task: reference.op,
        name: `${reference.op}-${reference.output}`,
        valueOnly: reference.op === "disk",
      } as const)
    : undefined;
};
const options = { sdkVersion: "1.8.22", resolve: dag };

describe("one op for a DAG that exists", () => {
  it("is a volume with its size from a parameter", () => {
    const { template, task, diagnostics } = lowerOp(
      { kind: "volume", id: "v", resourceName: "disk", size: token(parameter("size")) },
      { ...options, taskName: "make-disk", after: ["first"] },
    );
    expect(diagnostics).toEqual([]);
    expect(template["inputs"]).toEqual({ parameters: [{ name: "size" }] });
    expect(task).toEqual({
      name: "make-disk",
      template: "make-disk",
      dependencies: ["first"],
      arguments: { parameters: [{ name: "size", value: "{{inputs.parameters.size}}" }] },
    });
  });
  it("is a step that mounts a volume of the file and takes an output", () => {
    const op = step("a", { value: output("load") }, { mounts: [{ mountPath: "/d", volume: { kind: "op", op: "disk" } }] });
    const { template, task } = lowerOp(op, { ...options, taskName: "a", names: new Map([["disk", "disk"]]), valueOutputs: ["Out"] });
    expect(template["volumes"]).toEqual([{ name: "disk", persistentVolumeClaim: { claimName: "{{inputs.parameters.disk-name}}" } }]);
    expect(field(template["outputs"], "parameters")).toEqual([{ name: "a-Out", valueFrom: { path: "/tmp/outputs/Out/data" } }]);
    expect(task["dependencies"]).toEqual(["disk", "load"]);
  });
  it("lower-reference-unknown: what the DAG does not have is reported", () => {
    const { diagnostics } = lowerOp(step("a", { value: output("gone") }, { path: [0, "x"] }), { ...options, taskName: "a" });
    expect(diagnostics).toMatchObject([{ code: "lower-reference-unknown", values: { reference: "gone.Out" }, path: [0, "x"] }]);
  });
});
