import { describe, expect, it } from "vitest";
import type { Model, Workflow } from "#pipeline/model.ts";
import { calleeOf, type CallScope, entrypointOf, resolveCall } from "#pipeline/resolve-call.ts";
import { modelOf } from "./build.ts";

const { model } = modelOf(`
apiVersion: argoproj.io/v1alpha1
kind: Workflow
spec:
  workflowTemplateRef: {name: lib}
  templates:
  - name: own
    dag:
      tasks:
      - {name: a, template: leaf, hooks: {exit: {template: shared}}}
      - {name: b, templateRef: {name: lib, template: shared}}
      - {name: c, inline: {suspend: {}}}
      - {name: d, templateRef: {name: lib, template: gone}}
      - {name: e, templateRef: {name: elsewhere, template: x}}
      - {name: f, templateRef: {name: far, template: x, clusterScope: true}}
      - {name: g, template: nowhere}
      - {name: h, template: "{{inputs.parameters.which}}"}
      - {name: i, templateRef: {name: lib}}
  - {name: leaf, suspend: {}}
---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: lib}
spec: {entrypoint: shared, templates: [{name: shared, suspend: {}}, {name: leaf, suspend: {}}]}
---
apiVersion: argoproj.io/v1alpha1
kind: ClusterWorkflowTemplate
metadata: {name: far}
spec: {templates: [{name: x, suspend: {}}]}`);
const [workflow, lib] = model.objects as readonly Workflow[] as [Workflow, Workflow];
const [own] = workflow.templates;

/** What each call of a workflow's first template runs: `OBJECT/TEMPLATE`, else why nothing. */
function callees(scope: Partial<CallScope> = {}) {
  const name = (callee: ReturnType<typeof resolveCall>) =>
    callee.kind === "found" ? `${callee.workflow.name ?? "this"}/${callee.template.name}` : callee.kind;
  return Object.fromEntries(
    (own?.tasks ?? []).map((task) => [task.name, name(resolveCall(task.call, { workflow, models: [model], complete: false, ...scope }))]),
  );
}

describe("the resolver of calls", () => {
  it("finds templates of the same object first, then those of other objects, and tells missing from unknown", () => {
    expect(callees()).toMatchObject({ a: "this/leaf", b: "lib/shared", d: "missing", e: "unknown", f: "far/x", g: "missing", i: "none" });
    expect(callees().c).toMatch(/^this\//);
  });

  it("takes an object that no model has as missing if nothing exists elsewhere", () => {
    expect(callees({ complete: true })).toMatchObject({ d: "missing", e: "missing", g: "missing" });
  });

  it("takes a template as unknown if the object behind workflowTemplateRef is not among the models", () => {
    const without: Model = { ...model, objects: [workflow] };
    expect(callees({ models: [without] })).toMatchObject({ a: "this/leaf", b: "unknown", g: "unknown" });
  });

  it("looks up a name with variables as the scope fills them in", () => {
    expect(callees({ substitute: (name) => name.replace("{{inputs.parameters.which}}", "leaf") }).h).toBe("this/leaf");
    expect(callees().h).toBe("missing");
  });

  it("resolves hooks as calls, and takes the entrypoint from the object behind workflowTemplateRef", () => {
    const hook = own?.tasks[0]?.hooks[0];
    expect(hook && calleeOf(model, workflow, hook.call)).toEqual({ workflow: lib, template: lib.templates[0] });
    expect(entrypointOf(model, workflow)).toEqual({ workflow: lib, template: lib.templates[0] });
  });
});
