import { describe, expect, test } from "vitest";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { TemplateId } from "#pipeline/model.ts";
import { boxProblems } from "#ui/box-problems.ts";
import { wireJudge } from "#ui/judge-wire.ts";
import { modelOf } from "../../pipeline/build.ts";

const { model, workflow } = modelOf(`
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: g-}
spec:
  entrypoint: main
  templates:
    - name: main
      dag:
        tasks:
          - {name: load, template: make}
          - {name: rounds, template: body, withItems: [1, 2], dependencies: [load]}
          - {name: once, template: body2, dependencies: [load]}
          - {name: report, template: take}
    - name: body
      dag: {tasks: [{name: inner, template: make}]}
    - name: body2
      dag: {tasks: [{name: deep, template: make}, {name: last, template: take}]}
    - name: make
      inputs: {parameters: [{name: in, default: x}]}
      outputs: {parameters: [{name: out, valueFrom: {path: /o}}], artifacts: [{name: file, path: /f}]}
      container: {image: a}
    - name: take
      inputs: {parameters: [{name: in}]}
      container: {image: a}
`);
const graphAt = (id: TemplateId) => graphOf(model, workflow, id);
const judge = wireJudge(graphAt("main" as TemplateId), workflow, graphAt);
const end = (graph: string, name: string, port: string) => ({ task: `${graph}/${name}`, graph, port });

describe("wires across the boundary of a group", () => {
  test("fit where they would fit without it", () => {
    expect(judge(end("main", "load", "out"), end("body2", "last", "in"))).toEqual({ fits: "yes" });
    expect(judge(end("body2", "deep", "out"), end("main", "report", "in"))).toEqual({ fits: "yes" });
    expect(judge(end("body2", "deep", "out"), end("body2", "last", "in"))).toEqual({ fits: "yes" });
  });
  test("close a cycle when the group itself is waited for", () => {
    expect(judge(end("body2", "deep", "out"), end("main", "load", "in"))).toMatchObject({
      fits: "no",
      reason: { code: "would-close-cycle" },
    });
  });
  test("bring no files out of a loop", () => {
    expect(judge({ ...end("body", "inner", "file"), portKind: "artifact" }, end("main", "report", "in"))).toMatchObject({
      fits: "no",
      reason: { code: "loop-collects-values-only" },
    });
  });
});

test("a problem marks the call it is about, the calls of its template, and the groups around them", () => {
  const path = [...workflow.templates.find((one) => one.name === "make")!.path, "container"];
  const diagnostic: Diagnostic = { code: "template-name-required", level: "warning", values: {}, path };
  const worse: Diagnostic = {
    code: "task-name-required",
    level: "error",
    values: {},
    path: model.objects[0]!.kind === "workflow" ? workflow.templates[0]!.tasks[3]!.path : [],
  };
  const problems = boxProblems([diagnostic, worse], model, workflow, (code) => code);
  expect([...problems].map(([id, { level, message }]) => `${id} ${level} ${message}`).sort()).toEqual([
    "body/inner warning template-name-required",
    "body2/deep warning template-name-required",
    "main/load warning template-name-required",
    "main/once warning template-name-required",
    "main/report error task-name-required",
    "main/rounds warning template-name-required",
  ]);
});
