import { describe, expect, it } from "vitest";
import { readModel } from "#compiler/readers.ts";
import { writeModel } from "#compiler/writers.ts";
import { type Data, isList, isMap, type Path, valueAt } from "#data/data.ts";
import { allGraphs, unreached } from "#pipeline/graph-of.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import { applyOperation } from "#data/operations.ts";
import { modelOf } from "#test/pipeline/build.ts";
import { isSoak } from "#test/runs.ts";
import { dataOf } from "./corpus.ts";
import { everything } from "./fixtures.ts";

const stream = dataOf(everything);
const workflow = readModel(stream).model.objects[0] as Workflow;
const template = (name: string): Template => workflow.templates.find((one) => one.name === name)!;
const codes = (yaml: string) => modelOf(yaml).diagnostics.map((found) => [found.code, found.path.join("/")]);

describe("reading a workflow", () => {
  it("finds nothing wrong with a good file, and gives all ten kinds of template", () => {
    expect(readModel(stream).diagnostics).toEqual([]);
    expect(workflow.templates.map((one) => one.kind)).toEqual([
      "dag",
      "steps",
      "container",
      "containerSet",
      "script",
      "resource",
      "suspend",
      "http",
      "data",
      "plugin",
      "unknown",
    ]);
  });

  it("gives the object's name, entrypoint, exit handler, hooks and parameters", () => {
    expect(workflow).toMatchObject({
      name: "everything-",
      title: "everything",
      traits: { variant: "argo" },
      entrypoint: "main",
      onExit: "bye",
      specPath: [0, "spec"],
    });
    expect(workflow.parameters).toMatchObject([
      { name: "rate", value: 0.1, description: "How fast" },
      { name: "mode", rest: { enum: ["fast", "slow"] } },
    ]);
    expect(workflow.parameters[1]?.value).toBeUndefined();
    expect(workflow.artifacts).toMatchObject([{ name: "table", path: [0, "spec", "arguments", "artifacts", 0] }]);
    expect(workflow.hooks).toMatchObject([
      { name: "running", call: { kind: "template", name: "leaf" }, path: [0, "spec", "hooks", "running"] },
    ]);
    expect(workflow.specRest).toMatchObject({ serviceAccountName: "runner" });
  });

  it("gives ports with what a call must give, defaults and locations", () => {
    expect(template("leaf").inputs).toMatchObject([
      { name: "x", kind: "parameter", required: true },
      { name: "f", kind: "artifact", required: false, rest: { path: "/f", optional: true } },
    ]);
    expect(template("steps").inputs).toMatchObject([{ name: "x", fallback: 3, required: false, description: "number" }]);
    expect(template("main").outputs).toMatchObject([
      { name: "best", globalName: "best", source: { kind: "reference", reference: { kind: "task-output", task: "a", output: "y" } } },
      { name: "pick", kind: "artifact", source: { kind: "expression", field: "fromExpression" } },
    ]);
    expect(template("leaf").outputs[0]?.source).toBeUndefined();
  });

  it("gives the calls of a dag with arguments, order, condition, loop and hooks", () => {
    const [a, b, c, d, e, f] = template("main").tasks;
    expect(a).toMatchObject({ id: "main/a", call: { kind: "template", name: "leaf" }, order: { style: "none" } });
    expect(b).toMatchObject({
      order: { style: "dependencies", after: [{ task: "a", results: [] }], plain: true },
      when: { text: "{{tasks.a.outputs.result}} == go" },
      arguments: [
        {
          name: "x",
          kind: "parameter",
          binding: {
            kind: "text",
            parts: ["pre ", { kind: "task-output" }, "/", { kind: "pipeline-parameter", spelling: "{{ workflow.parameters.rate }}" }],
          },
        },
        { name: "f", kind: "artifact", binding: { kind: "reference", field: "from" } },
      ],
      rest: { continueOn: { failed: true }, onExit: "bye" },
    });
    expect(c).toMatchObject({
      call: {
        kind: "inline",
        template: { id: "main/c", kind: "container", path: [0, "spec", "templates", 0, "dag", "tasks", 2, "inline"] },
      },
    });
    expect(c?.otherReferences).toMatchObject([{ kind: "task-output", task: "b" }]);
    expect(c?.hooks).toMatchObject([{ name: "exit", arguments: [{ name: "x", binding: { kind: "text" } }] }]);
    expect(d).toMatchObject({ call: { kind: "reference", name: "lib", template: "t", clusterScope: true }, loop: { kind: "items" } });
    expect(e).toMatchObject({ loop: { kind: "param" }, arguments: [{ binding: { kind: "expression", field: "expression" } }] });
    expect(f).toMatchObject({ loop: { kind: "sequence" } });
  });

  it("keeps the groups of steps, empty ones too", () => {
    expect(template("steps").tasks.map((task) => [task.name, task.stage, task.path.join("/")])).toEqual([
      ["one", 0, "0/spec/templates/1/steps/0/0"],
      ["two", 2, "0/spec/templates/1/steps/2/0"],
      ["three", 2, "0/spec/templates/1/steps/2/1"],
    ]);
    expect(template("set").members).toMatchObject([
      { name: "p", dependencies: [] },
      { name: "main", dependencies: ["p"] },
    ]);
  });

  it("gives every template and call an id of its own, whatever their names", () => {
    const { workflow } = modelOf(
      "spec: {templates: [{name: a}, {name: 'a#2'}, {name: a}, {}, {name: null}, {name: d, dag: {tasks: [{name: x}, {name: x}, {template: t}]}}]}",
    );
    expect(workflow.templates.map((one) => one.id)).toEqual(["a", "a#2", "a#3", "", "#2", "d"]);
    expect(workflow.templates.at(-1)?.tasks.map((task) => task.id)).toEqual(["d/x", "d/x#2", "d/"]);
  });

  it("gives a CronWorkflow by its workflowSpec, and other documents as they are", () => {
    const { model } = readModel(
      dataOf(
        "kind: ConfigMap\napiVersion: v1\n---\nkind: CronWorkflow\napiVersion: argoproj.io/v1alpha1\nspec: {schedule: x, workflowSpec: {entrypoint: a, templates: [{name: a, suspend: {}}]}, timezone: Z}\n---\nkind: WorkflowTemplate\napiVersion: argoproj.io/v1alpha1\nmetadata: {name: lib}\nspec: {templates: [{name: a, suspend: {}}, {name: a, suspend: {}}]}",
      ),
    );
    expect(model.objects).toMatchObject([
      { kind: "foreign", resource: "ConfigMap", apiVersion: "v1" },
      { kind: "workflow", resource: "CronWorkflow", entrypoint: "a", specPath: [1, "spec", "workflowSpec"], templates: [{ id: "a" }] },
      { kind: "workflow", resource: "WorkflowTemplate", name: "lib", templates: [{ id: "a@2" }, { id: "a@2#2" }] },
    ]);
  });
});

describe("reading what is not as Argo has it", () => {
  it("wrong-type is reported with its place, and what can be read is read", () => {
    expect(codes("spec: {templates: {a: 1}}")).toEqual([["wrong-type", "0/spec/templates"]]);
    expect(codes("spec: {templates: [{name: 5, dag: {tasks: null}}]}")).toEqual([["wrong-type", "0/spec/templates/0/name"]]);
    expect(modelOf("spec: {templates: [{name: 5, dag: {tasks: null}}]}").workflow.templates).toMatchObject([
      { id: "5", name: "5", kind: "dag", tasks: [] },
    ]);
    expect(codes("spec: {entrypoint: [main], arguments: 7, templates: [1, {name: a, steps: 3, inputs: [x]}]}")).toEqual([
      ["wrong-type", "0/spec/entrypoint"],
      ["wrong-type", "0/spec/arguments"],
      ["wrong-type", "0/spec/templates/0"],
      ["wrong-type", "0/spec/templates/1/inputs"],
      ["wrong-type", "0/spec/templates/1/steps"],
    ]);
    expect(codes("spec: text")).toEqual([["wrong-type", "0/spec"]]);
  });

  it("steps-shape: a flat list of steps is read as groups of one", () => {
    const { workflow, diagnostics } = modelOf("spec: {templates: [{name: a, steps: [{name: x, template: b}, [{name: y, template: b}]]}]}");
    expect(diagnostics).toMatchObject([
      { code: "steps-shape", path: [0, "spec", "templates", 0, "steps", 0], values: { field: "steps[0]" } },
    ]);
    expect(workflow.templates[0]?.tasks).toMatchObject([
      { name: "x", stage: 0 },
      { name: "y", stage: 1 },
    ]);
  });

  it("component-spec-unreadable and pipeline-spec-unreadable: an annotation that is no JSON", () => {
    const at = "pipelines.kubeflow.org";
    expect(
      codes(
        `metadata: {annotations: {${at}/pipeline_spec: '{'}}\nspec: {templates: [{name: a, metadata: {annotations: {${at}/component_spec: 'no'}}, suspend: {}}]}`,
      ),
    ).toEqual([
      ["pipeline-spec-unreadable", `0/metadata/annotations/${at}/pipeline_spec`],
      ["component-spec-unreadable", `0/spec/templates/0/metadata/annotations/${at}/component_spec`],
    ]);
  });

  it("inline-too-deep: inline templates end at a limit, and nothing is lost", () => {
    let template: Data = { name: "t", suspend: {} };
    for (let i = 0; i < 60; i++) template = { name: "t", dag: { tasks: [{ name: "x", inline: template }] } };
    const deep = [{ apiVersion: "argoproj.io/v1alpha1", kind: "Workflow", spec: { templates: [template] } }];
    const { model, diagnostics } = readModel(deep);
    expect(diagnostics.map((found) => found.code)).toEqual(["inline-too-deep"]);
    expect(JSON.stringify(writeModel(model))).toBe(JSON.stringify(deep));
  });

  it("any value in any place is carried, and neither reader nor graph stumbles", () => {
    const junk: readonly Data[] = [null, 5, true, "x", "{{", [], {}, [null], [[[]]], { name: [] }, [{ name: "a" }], [{ name: "a" }, "b"]];
    const failed: string[] = [];
    for (const [number, path] of pathsOf(stream[0] as Data).entries()) {
      // Every third value at each place in turn; all of them in the long run.
      for (const value of junk.filter((_, index) => isSoak || (index + number) % 3 === 0)) {
        const broken = [applyOperation(stream[0] as Data, { op: "set", path, value })];
        const { model } = readModel(broken);
        const text = JSON.stringify(broken);
        if (JSON.stringify(writeModel(model)) !== text || JSON.stringify(writeModel(JSON.parse(JSON.stringify(model)))) !== text)
          failed.push(`${path.join("/")} = ${JSON.stringify(value)}`);
        allGraphs(model).forEach((graph) => expect(graph.nodes.every((node) => node.id)).toBe(true));
        for (const object of model.objects) if (object.kind === "workflow") unreached(model, object);
      }
    }
    expect(failed).toEqual([]);
  });
});

function pathsOf(data: Data, path: Path = []): readonly Path[] {
  const inner = isList(data)
    ? data.flatMap((item, index) => pathsOf(item, [...path, index]))
    : isMap(data)
      ? Object.keys(data).flatMap((key) => pathsOf(data[key] as Data, [...path, key]))
      : [];
  return path.length === 0 ? inner : [path, ...inner];
}

describe("reading again", () => {
  it("returns every template whose data is the same, and paths still lead to the data", () => {
    const stream = dataOf(everything);
    const workflow = readModel(stream).model.objects[0] as Workflow;
    const edited = [
      applyOperation(stream[0] as Data, { op: "set", path: ["spec", "templates", 0, "dag", "tasks", 1, "when"], value: "a == b" }),
    ];
    const again = readModel(edited).model.objects[0] as Workflow;
    expect(again.templates.slice(1).every((one, index) => one === workflow.templates[index + 1])).toBe(true);
    expect(again.templates[0]).not.toBe(workflow.templates[0]);
    expect(again.templates[0]?.tasks.map((task, index) => task === workflow.templates[0]?.tasks[index])).toEqual([
      true,
      false,
      true,
      true,
      true,
      true,
    ]);

    const moved = [applyOperation(stream[0] as Data, { op: "remove", path: ["spec", "templates", 0] })];
    const shifted = readModel(moved).model.objects[0] as Workflow;
    for (const one of shifted.templates) expect(valueAt(moved as unknown as Data, [...one.path, "name"])).toBe(one.name);
    for (const task of shifted.templates[0]?.tasks ?? []) expect(valueAt(moved as unknown as Data, [...task.path, "name"])).toBe(task.name);
  });

  it("reports the same diagnostics again", () => {
    const yaml = dataOf("apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec: {templates: [{name: 5, suspend: {}}]}");
    const first = readModel(yaml).diagnostics;
    expect(first).toHaveLength(1);
    expect(readModel([...yaml]).diagnostics).toEqual(first);
  });
});

describe("reading what the KFP compiler wrote", () => {
  const spec = JSON.stringify({
    name: "Score rows",
    inputs: [
      { name: "Rows in", type: "CSV" },
      { name: "Threshold", type: "Float", default: "0.5" },
      { name: "Tag", type: "String", optional: true },
    ],
    outputs: [
      { name: "Kept rows", type: { GCSPath: { data_type: "CSV" } } },
      { name: "mlpipeline_metrics", type: "Metrics" },
      { name: "Count", type: "Integer" },
    ],
    implementation: { container: { image: "i", args: [{ inputPath: "Rows in" }, { inputValue: "Threshold" }] } },
  });
  const { workflow } = modelOf(`
metadata:
  generateName: nightly-
  annotations: {pipelines.kubeflow.org/pipeline_spec: '{"inputs": [{"name": "n rows", "type": "Integer", "description": "How many"}], "name": "Nightly train"}'}
spec:
  arguments: {parameters: [{name: n-rows, value: '10'}]}
  templates:
  - name: score-rows
    metadata:
      annotations:
        pipelines.kubeflow.org/component_spec: '${spec}'
        pipelines.kubeflow.org/arguments.parameters: '{"Threshold": "{{inputs.parameters.n-rows}}"}'
        pipelines.kubeflow.org/task_display_name: Score
    inputs:
      parameters: [{name: n-rows}]
      artifacts: [{name: load-Table, path: /tmp/inputs/Rows_in/data}]
    outputs:
      parameters: [{name: score-rows-Count, valueFrom: {path: /tmp/outputs/Count/data}}]
      artifacts:
      - {name: mlpipeline-metrics, path: /tmp/outputs/mlpipeline_metrics/data}
      - {name: score-rows-Count, path: /tmp/outputs/Count/data}
      - {name: score-rows-Kept-rows, path: /tmp/outputs/Kept_rows/data}
    container: {image: i, command: [], args: []}
`);

  it("names and types its ports as the component does", () => {
    const template = workflow.templates[0]!;
    expect(template.inputs).toMatchObject([
      { name: "n-rows", label: "Threshold", type: "Float" },
      { name: "load-Table", label: "Rows in", type: "CSV" },
    ]);
    expect(template.outputs).toMatchObject([
      { name: "score-rows-Count", kind: "parameter", label: "Count", type: "Integer" },
      { name: "mlpipeline-metrics", label: "mlpipeline_metrics", type: "Metrics" },
      { name: "score-rows-Count", kind: "artifact", twin: true },
      { name: "score-rows-Kept-rows", label: "Kept rows", type: "{GCSPath: {data_type: CSV}}" },
    ]);
    expect(template.displayName).toBe("Score");
    expect(template.component).toMatchObject({
      lifted: false,
      constants: { Threshold: "{{inputs.parameters.n-rows}}" },
    });
  });

  it("finds what inputs were given in the command line of files older than the annotation", () => {
    const spec = JSON.stringify({
      name: "Old",
      inputs: [{ name: "A" }, { name: "B", optional: true }, { name: "C" }, { name: "D" }],
      implementation: {
        container: {
          image: "i",
          args: [
            "--a",
            { inputValue: "A" },
            { if: { cond: { isPresent: "B" }, then: ["--b", { inputValue: "B" }] } },
            { concat: ["--c=", { inputValue: "C" }] },
            { inputPath: "D" },
          ],
        },
      },
    });
    const old = modelOf(`
spec:
  templates:
  - name: old
    metadata: {annotations: {pipelines.kubeflow.org/component_spec: '${spec}'}}
    inputs: {parameters: [{name: load-Output}]}
    container: {image: i, args: [--a, '{{inputs.parameters.load-Output}}', --c=7, /tmp/inputs/D/data]}`);
    expect(old.workflow.templates[0]).toMatchObject({
      component: { constants: { A: "{{inputs.parameters.load-Output}}", C: "7" } },
      inputs: [{ label: "A" }],
    });
    const older = modelOf(`
spec:
  templates:
  - name: older
    metadata: {annotations: {pipelines.kubeflow.org/component_spec: '{"name": "Older", "inputs": [{"name": "my_rows"}]}'}}
    inputs: {parameters: [{name: load-Output}]}
    container: {image: i, args: [--my-rows, '{{inputs.parameters.load-Output}}']}`);
    expect(older.workflow.templates[0]?.inputs).toMatchObject([{ name: "load-Output", label: "my_rows" }]);
  });

  it("takes the pipeline's name and its parameters' types from pipeline_spec", () => {
    expect(workflow).toMatchObject({
      traits: { variant: "kfp", hasFreeTitle: true, itemInput: "when-used" },
      title: "Nightly train",
      parameters: [{ name: "n-rows", type: "Integer", description: "How many", value: "10" }],
    });
  });
});
