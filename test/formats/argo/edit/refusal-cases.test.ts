import { describe, expect, it } from "vitest";
import type { DataMap } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { edited, refused } from "./changes.ts";

// One small case for each refusal and each notice that no other test brings about.

/** A Workflow of Argo's own: a graph, a group, a loop, an inline template, a call of another file. */
const plain = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: plain}
spec:
  entrypoint: main
  arguments:
    parameters: [{name: size, value: small}]
    artifacts: [{name: seed, raw: {data: x}}]
  templates:
  - name: main
    inputs: {artifacts: [{name: seed}]}
    outputs: {artifacts: [{name: model, from: "{{tasks.filed.outputs.artifacts.file}}"}]}
    dag:
      tasks:
      - {name: list, template: list}
      - {name: group, template: group, dependencies: [list]}
      - {name: again, template: again}
      - {name: shared-1, template: shared}
      - {name: shared-2, template: shared}
      - {name: elsewhere, templateRef: {name: library, template: t}}
      - name: inner
        inline: {container: {image: a}}
      - {name: each, template: leaf, withParam: "{{tasks.list.outputs.result}}", dependencies: [list]}
      - name: reader
        template: takes
        arguments: {parameters: [{name: text, value: "{{tasks.sum.outputs.parameters.total}}"}]}
        dependencies: [sum]
      - {name: sum, template: sum}
      - {name: open, template: opened}
      - {name: filed, template: filed}
  - name: group
    dag: {tasks: [{name: one, template: leaf}]}
  - name: again
    dag: {tasks: [{name: once-more, template: again}]}
  - name: shared
    dag: {tasks: [{name: two, template: leaf}]}
  - name: opened
    inputs: {parameters: [{name: text}]}
    dag:
      tasks:
      - name: three
        template: takes
        arguments: {parameters: [{name: text, value: "{{inputs.parameters.text}}"}]}
  - name: sum
    outputs:
      parameters: [{name: total, valueFrom: {expression: "asInt('1') + 1"}}]
    dag: {tasks: [{name: four, template: leaf}]}
  - name: filed
    outputs: {artifacts: [{name: file, from: "{{tasks.five.outputs.artifacts.file}}"}]}
    dag: {tasks: [{name: five, template: makes}]}
  - name: makes
    outputs: {artifacts: [{name: file, path: /tmp/file}]}
    container: {image: a}
  - name: list
    script: {image: a, source: echo}
  - name: takes
    inputs: {parameters: [{name: text}], artifacts: [{name: file, path: /tmp/file, optional: true}]}
    container: {image: a}
  - name: leaf
    container: {image: a}
    volumes: [{name: work, emptyDir: {}}]
`;

const threeObjects = `${plain}---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: other}
spec:
  templates:
  - name: same
    container: {image: b}
---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: third}
spec:
  templates:
  - name: same
    container: {image: b}
`;

/** A step of KFP v1 with one required and one optional input. */
const component = {
  name: "Train",
  inputs: [
    { name: "rows", type: "Integer" },
    { name: "rate", type: "Float", optional: true },
  ],
  outputs: [{ name: "model" }],
  implementation: {
    container: { image: "a", command: ["train", { inputValue: "rows" }, { outputPath: "model" }] },
  },
} as const;
/** Data that is nested so deep that no component is read from it. */
function nestedTo(levels: number): DataMap {
  let data: DataMap = {};
  for (let level = 0; level < levels; level += 1) data = { metadata: data };
  return data;
}
const graphComponent = { name: "Graph", implementation: { graph: { tasks: {}, outputValues: {} } } } as const;

const compiled = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: p-
  labels: {pipelines.kubeflow.org/kfp_sdk_version: 1.8.22}
  annotations: {pipelines.kubeflow.org/kfp_sdk_version: 1.8.22, pipelines.kubeflow.org/pipeline_spec: '{"name": "p"}'}
spec:
  entrypoint: p
  templates:
  - name: p
    dag: {tasks: []}
  arguments: {parameters: []}
`;
const trained = edited(compiled, { kind: "add-component", graph: "p", spec: component as never, arguments: { rows: 1 } }).document.text;

const refusals: readonly (readonly [code: string, text: string, edit: Edit])[] = [
  ["edit-no-workflow", plain, { kind: "add-parameter", name: "more", workflow: 7 }],
  ["edit-name-ambiguous", threeObjects, { kind: "rename-template", template: "same", name: "other" }],
  [
    "edit-other-graph",
    plain,
    { kind: "connect", from: { task: "", graph: "shared", port: "text" }, to: { task: "group", port: "text" }, as: "value" },
  ],
  ["edit-when-empty", plain, { kind: "set-when", task: "each", when: "  " }],
  [
    "edit-template-elsewhere",
    plain,
    { kind: "set-setting", target: { kind: "task", task: "elsewhere" }, path: ["container", "image"], value: "b" },
  ],
  ["edit-template-unnamed", plain, { kind: "add-template", data: { container: { image: "b" } } }],
  ["edit-template-name-taken", plain, { kind: "rename-template", template: "leaf", name: "takes" }],
  ["edit-template-inline", plain, { kind: "move-template", template: "main/inner", to: 0 }],
  ["edit-name-empty", trained, { kind: "rename-task", task: "train", name: " " }],
  ["edit-not-shared", plain, { kind: "make-separate", task: "elsewhere" }],
  [
    "edit-no-file",
    plain,
    {
      kind: "connect",
      from: { task: "sum", port: "total" },
      to: { task: "", graph: "main", port: "model", portKind: "artifact" },
      as: "file",
    },
  ],
  [
    "edit-no-value",
    plain,
    { kind: "connect", from: { task: "filed", port: "file", portKind: "artifact" }, to: { task: "reader", port: "text" }, as: "value" },
  ],
  ["edit-input-required", trained, { kind: "clear-argument", task: "train", input: "rows" }],
  [
    "edit-not-an-output",
    plain,
    { kind: "connect", from: { task: "", graph: "main", port: "size" }, to: { task: "", graph: "main", port: "out" } },
  ],
  ["authoring-snapshot-of-nothing", compiled, { kind: "add-snapshot", graph: "p", name: "s", resourceName: "s" }],
  ["authoring-action-unknown", compiled, { kind: "add-resource", graph: "p", name: "r", action: "craete", manifest: {} }],
  [
    "authoring-volume-name-taken",
    plain,
    { kind: "mount-volume", task: "each", mountPath: "/work", volume: { volume: { name: "work", hostPath: { path: "/" } } } },
  ],
  ["authoring-parallelism", plain, { kind: "group-tasks", tasks: ["list"], as: { kind: "loop", over: { items: [1] }, parallelism: -1 } }],
  ["authoring-component-unreadable", compiled, { kind: "add-component", graph: "p", spec: nestedTo(600) }],
  ["authoring-group-recursive", plain, { kind: "ungroup", task: "again" }],
  ["authoring-group-called", plain, { kind: "ungroup", task: "shared-1" }],
  ["authoring-group-output", plain, { kind: "ungroup", task: "sum" }],
  ["authoring-component-graph", trained, { kind: "update-component", task: "train", spec: graphComponent as never }],
  [
    "authoring-expression-crosses",
    plain.replace("{name: sum, template: sum}", `{name: sum, template: sum, when: "{{=tasks.list.outputs.result == '1'}}"}`),
    { kind: "group-tasks", tasks: ["list"], as: { kind: "sub-dag" } },
  ],
];

describe("an edit is refused, and nothing is changed", () => {
  it.each(refusals)("%s", (code, text, edit) => {
    expect(refused(text, edit)).toBe(code);
  });
});

const notices: readonly (readonly [code: string, text: string, edit: Edit])[] = [
  ["edit-loop-dropped", plain, { kind: "remove-task", task: "list" }],
  ["edit-feed-lost", plain, { kind: "rename-port", template: "main", direction: "input", port: "artifact", name: "seed", to: "start" }],
  ["edit-type-not-kept", plain, { kind: "set-parameter", name: "size", type: "Integer" }],
  ["authoring-input-opened", plain, { kind: "ungroup", task: "open" }],
];

describe("an edit is done, and says what else became of it", () => {
  it.each(notices)("%s", (code, text, edit) => {
    expect(edited(text, edit).notes).toContain(code);
  });
});
