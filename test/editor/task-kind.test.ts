import { expect, test } from "vitest";
import { kindOf, kindOfTemplate } from "#editor/task-kind.ts";
import { withTitles } from "#editor/display-names.ts";
import { workflowAt } from "#editor/view.ts";
import { readModel } from "#compiler/readers.ts";
import { entrypointOf } from "#pipeline/resolve-call.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import { createTranslate } from "#messages/translate.ts";
import { canvasMessages } from "#messages/sections/canvas.ts";
import { parse } from "#yaml/parse.ts";

const t = { en: createTranslate([canvasMessages], "en"), ko: createTranslate([canvasMessages], "ko") };

function kinds(text: string) {
  const { model } = readModel(parse(text).stream);
  const workflow = workflowAt(model, 0)!;
  const graph = withTitles(graphOf(model, workflow, entrypointOf(model, workflow)!.template.id), workflow, t.en);
  return { workflow, of: Object.fromEntries(graph.nodes.map((node) => [node.name, kindOf(node)])) };
}

const argo = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: kinds-}
spec:
  entrypoint: main
  onExit: bye
  templates:
  - name: main
    dag:
      tasks:
      - {name: loop, template: inner, withItems: [1, 2]}
      - {name: both, template: inner, withItems: [1, 2], when: "true"}
      - {name: condition, template: inner, when: "true"}
      - {name: plain, template: inner, hooks: {running: {template: inner, expression: "true"}}}
      - {name: ordered, template: staged}
      - {name: many, template: work, withItems: [1]}
      - {name: disk, template: disk}
      - {name: gone, template: nowhere}
      - {name: far, templateRef: {name: lib, template: x}}
  - {name: bye, dag: {tasks: [{name: a, template: work}]}}
  - {name: inner, dag: {tasks: [{name: a, template: work}]}}
  - {name: staged, steps: [[{name: a, template: work}]]}
  - {name: work, container: {image: busybox}}
  - name: disk
    resource: {action: create, manifest: "kind: PersistentVolumeClaim"}
    outputs: {parameters: [{name: disk-name, valueFrom: {jsonPath: "{.metadata.name}"}}]}
`;
const kfp = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: names-
  annotations: {pipelines.kubeflow.org/kfp_sdk_version: 1.8.22}
spec:
  entrypoint: names
  templates:
    - name: names
      dag:
        tasks:
          - {name: condition-1, template: condition-1, when: '"a" == "a"'}
          - {name: for-loop-3, template: for-loop-3, withItems: [1, 2]}
          - {name: exit-handler-5, template: exit-handler-5}
          - {name: subgraph-6, template: subgraph-6}
    - {name: condition-1, dag: {tasks: [{name: a, template: a}]}}
    - {name: for-loop-3, dag: {tasks: [{name: a, template: a}]}}
    - {name: exit-handler-5, dag: {tasks: [{name: a, template: a}]}}
    - {name: subgraph-6, dag: {tasks: [{name: a, template: a}]}}
    - {name: for-loop-8, dag: {tasks: [{name: a, template: a}]}}
    - {name: a, container: {image: python}}
`;

test("a group is called by what it does, anything else by what it runs", () => {
  expect(kinds(argo).of).toEqual({
    loop: "loop",
    both: "loop",
    condition: "condition",
    plain: "dag",
    ordered: "steps",
    many: "container",
    disk: "claim",
    gone: "missing",
    far: "external",
    bye: "exit-handler",
    inner: "hook",
  });
});
test("groups of a compiled pipeline are what they were compiled from, by their task and by themselves", () => {
  const { of, workflow } = kinds(kfp);
  expect(of).toEqual({ "condition-1": "condition", "for-loop-3": "loop", "exit-handler-5": "exit-handler", "subgraph-6": "dag" });
  const template = (name: string) =>
    kindOfTemplate(
      workflow,
      workflow.templates.find((one) => one.name === name)!,
    );
  expect(["exit-handler-5", "for-loop-8", "subgraph-6", "a"].map(template)).toEqual(["exit-handler", "loop", "dag", "container"]);
});
test("every kind has a name in both languages", () => {
  for (const kind of new Set([
    ...Object.values(kinds(argo).of),
    "python",
    "script",
    "suspend",
    "http",
    "data",
    "containerSet",
    "plugin",
    "unknown",
  ]))
    for (const language of ["en", "ko"] as const) expect(t[language](`kind-${kind}`), `${kind} in ${language}`).not.toBe(`kind-${kind}`);
});
