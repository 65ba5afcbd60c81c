import { describe, expect, it } from "vitest";
import { callersOf, nearestName, taskById, templateById, workflowOf, workflowsOf } from "#pipeline/find-by-id.ts";
import type { TemplateId } from "#pipeline/model.ts";
import { modelOf } from "./build.ts";

const { model, workflow } = modelOf(`
apiVersion: argoproj.io/v1alpha1
kind: Workflow
spec:
  templates:
  - {name: main, dag: {tasks: [{name: train, template: fit}, {name: load, template: fit}, {name: inner, inline: {steps: [[{name: deep, template: fit}]]}}]}}
  - {name: other, steps: [[{name: load, template: fit}, {name: load, template: fit}]]}
  - {name: fit, suspend: {}}
---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: lib}
spec: {templates: [{name: fit, suspend: {}}, {name: only, suspend: {}}]}`);

describe("finding", () => {
  it("a task by its path, or by its name if only one has it", () => {
    expect(taskById(model, "main/train")).toMatchObject({ kind: "found", found: { task: { name: "train" }, template: { name: "main" } } });
    expect(taskById(model, "train")).toMatchObject({ kind: "found", found: { task: { id: "main/train" } } });
    expect(taskById(model, "deep")).toMatchObject({ kind: "found", found: { task: { id: "main/inner/deep" } } });
    expect(taskById(model, "load")).toEqual({ kind: "ambiguous", ids: ["main/load", "other/load", "other/load#2"] });
    expect(taskById(model, "other/load#2")).toMatchObject({ kind: "found", found: { task: { stage: 0 } } });
  });

  it("names the nearest of what is not there", () => {
    expect(taskById(model, "trian")).toEqual({ kind: "none", nearest: "train" });
    expect(taskById(model, "main/trai")).toEqual({ kind: "none", nearest: "main/train" });
    expect(taskById(model, "something else")).toEqual({ kind: "none" });
    expect(taskById(model, "")).toEqual({ kind: "none" });
    expect(templateById(model, "mian")).toEqual({ kind: "none", nearest: "main" });
  });

  it("a template by its id or by a name that only one has", () => {
    expect(templateById(model, "fit")).toMatchObject({ kind: "found", found: { workflow: { resource: "Workflow" } } });
    expect(templateById(model, "fit@1")).toMatchObject({ kind: "found", found: { workflow: { resource: "WorkflowTemplate" } } });
    expect(templateById(model, "only")).toMatchObject({ kind: "found", found: { template: { id: "only@1" } } });
  });

  it("a workflow by its index, the first without one, and the callers of a template", () => {
    expect(workflowOf(model)).toBe(workflow);
    expect(workflowOf(model, 1)?.name).toBe("lib");
    expect(workflowOf(model, 2)).toBeUndefined();
    expect(workflowsOf(model)).toHaveLength(2);
    expect(callersOf(model, "fit" as TemplateId).map((caller) => caller.task.id)).toEqual([
      "main/train",
      "main/load",
      "main/inner/deep",
      "other/load",
      "other/load#2",
    ]);
    expect(callersOf(model, "only@1" as TemplateId)).toEqual([]);
  });
});

describe("the nearest name", () => {
  it("allows one mistake in three letters, at least one, and counts a swap as one", () => {
    expect(nearestName("ab", ["ba"])).toBe("ba");
    expect(nearestName("limit", ["limits", "request"])).toBe("limits");
    expect(nearestName("cpu", ["gpu", "memory"])).toBe("gpu");
    expect(nearestName("cpu", ["memory"])).toBeUndefined();
    expect(nearestName("IMAGE", ["image"])).toBe("image");
  });
});
