import { describe, expect, it } from "vitest";
import { lowerComponent } from "#formats/argo/kfp/lower/lower-component.ts";
import { readComponent } from "#components/component-yaml/read.ts";
import type { ComponentSpec } from "#components/component-spec.ts";
import { edited, refused } from "./changes.ts";
import { kfp } from "./fixtures.ts";

const argsOfFit = (rate: string) =>
  `args: [--table, /tmp/inputs/Table/data, --rate, ${rate}, --model, /tmp/outputs/Model/data, --score, /tmp/outputs/Score/data]`;

describe("a step made from a component", () => {
  it("takes a constant into its command line and annotation", () => {
    expect(edited(kfp, { kind: "set-argument", task: "fit", input: "Rate", value: 0.25 }).lines).toEqual([
      `-      ${argsOfFit("'0.1'")}`,
      `+      ${argsOfFit("'0.25'")}`,
      `-        pipelines.kubeflow.org/arguments.parameters: '{"Rate": "0.1"}'`,
      `+        pipelines.kubeflow.org/arguments.parameters: '{"Rate": "0.25"}'`,
    ]);
  });

  it("gets the words of an optional input that is given", () => {
    expect(edited(kfp, { kind: "set-argument", task: "fit", input: "Note", value: "hi" }).document.stream[0]).toMatchObject({
      spec: {
        templates: [
          {
            container: {
              args: [
                "--table",
                "/tmp/inputs/Table/data",
                "--rate",
                "0.1",
                "--note",
                "hi",
                "--model",
                "/tmp/outputs/Model/data",
                "--score",
                "/tmp/outputs/Score/data",
              ],
            },
          },
          {},
          {},
        ],
      },
    });
  });

  it("turns a constant into a wire in one step: command line, input, annotation, argument, the producer's value output", () => {
    const { document } = edited(kfp, { kind: "connect", from: { task: "load", port: "Best rate" }, to: { task: "fit", port: "Rate" } });
    const spec = (document.stream[0] as never as { spec: { templates: readonly never[] } }).spec;
    expect(spec.templates).toMatchObject([
      {
        container: {
          args: [
            "--table",
            "/tmp/inputs/Table/data",
            "--rate",
            "{{inputs.parameters.load-Best-rate}}",
            "--model",
            "/tmp/outputs/Model/data",
            "--score",
            "/tmp/outputs/Score/data",
          ],
        },
        inputs: { parameters: [{ name: "load-Best-rate" }] },
        metadata: { annotations: { "pipelines.kubeflow.org/arguments.parameters": '{"Rate": "{{inputs.parameters.load-Best-rate}}"}' } },
      },
      { outputs: { parameters: [{ name: "load-Best-rate", valueFrom: { path: "/tmp/outputs/Best_rate/data" } }] } },
      {
        dag: {
          tasks: [
            {
              name: "fit",
              arguments: { parameters: [{ name: "load-Best-rate", value: "{{tasks.load.outputs.parameters.load-Best-rate}}" }] },
            },
            {},
          ],
        },
      },
    ]);
  });

  it("turns the wire back into a constant, and the file is as it was", () => {
    const wire = { kind: "connect", from: { task: "load", port: "Best rate" }, to: { task: "fit", port: "Rate" } } as const;
    const { document } = edited(kfp, wire, { kind: "set-argument", task: "fit", input: "load-Best-rate", value: "0.1" });
    expect(document.stream).toEqual(edited(kfp).document.stream);
  });

  it("falls back to its component's default when a wire is taken away", () => {
    const wire = { kind: "connect", from: { task: "load", port: "Best rate" }, to: { task: "fit", port: "Rate" } } as const;
    const { document } = edited(kfp, wire, { kind: "disconnect", to: { task: "fit", port: "Rate" } });
    expect(document.stream).toEqual(edited(kfp).document.stream);
  });

  it("leaves a required file input open, without the order that the wire brought", () => {
    expect(edited(kfp, { kind: "disconnect", to: { task: "fit", port: "Table" } }).lines).toEqual([
      "-        dependencies: [load]",
      "-        arguments:",
      "-          artifacts:",
      "-          - {name: load-Rows, from: '{{tasks.load.outputs.artifacts.load-Rows}}'}",
    ]);
  });

  it("takes a pipeline parameter through the entrypoint's inputs", () => {
    const { document } = edited(kfp, { kind: "bind-parameter", task: "fit", input: "Rate", parameter: "rate" });
    expect(document.text).toContain(argsOfFit("'{{inputs.parameters.rate}}'"));
    expect(document.text).toContain(
      "      - {name: rows}\n      - {name: rate}\n    dag:".replace("rows}\n      - {name: rate", "rate}\n      - {name: rows"),
    );
  });

  it("takes a pipeline parameter as a file by way of a workflow artifact", () => {
    expect(edited(kfp, { kind: "bind-parameter", task: "fit", input: "Table", parameter: "rate" }).lines).toEqual([
      "-      - {name: load-Rows, path: /tmp/inputs/Table/data}",
      "+      - {name: rate, path: /tmp/inputs/Table/data}",
      "+      artifacts:",
      "+      - name: rate",
      "-        dependencies: [load]",
      "-          - {name: load-Rows, from: '{{tasks.load.outputs.artifacts.load-Rows}}'}",
      "+          - {name: rate, from: '{{inputs.artifacts.rate}}'}",
      "+    artifacts:",
      "+    - name: rate",
      "+      raw:",
      "+        data: '{{workflow.parameters.rate}}'",
    ]);
  });

  it("refuses a file for a value, another type, and a constant of another type", () => {
    expect(refused(kfp, { kind: "connect", from: { task: "load", port: "Rows" }, to: { task: "fit", port: "Rate" } })).toBe(
      "file-into-value",
    );
    expect(refused(kfp, { kind: "connect", from: { task: "load", port: "Best rate" }, to: { task: "fit", port: "Table" } })).toBe(
      "type-mismatch",
    );
    expect(refused(kfp, { kind: "set-argument", task: "load", input: "Count", value: 1.5 })).toBe("edit-constant-type");
  });

  it("refuses to change a constant that cannot be found in a changed command line", () => {
    const text = kfp.replace("--rate, '0.1',", "--rate=0.1,");
    expect(refused(text, { kind: "set-argument", task: "fit", input: "Rate", value: 0.2 })).toBe("edit-constant-fixed");
  });
});

describe("tasks of a KFP file", () => {
  it("are renamed by their display name, in any script", () => {
    expect(edited(kfp, { kind: "rename-task", task: "load", name: "데이터 준비" }).lines).toEqual([
      "+        pipelines.kubeflow.org/task_display_name: '데이터 준비'",
    ]);
  });

  it("change their identifier with template, outputs, inputs and arguments", () => {
    const { document, lines } = edited(kfp, { kind: "change-identifier", task: "load", name: "read" });
    expect(document.text).not.toMatch(/load-|tasks\.load|dependencies: \[load|: load$/m);
    expect(lines.filter((line) => line.startsWith("+"))).toHaveLength(8);
  });

  it("are put in by name", () => {
    const { document } = edited(
      kfp,
      { kind: "add-template", data: { name: "guess", suspend: {} } },
      { kind: "add-task", graph: "nightly-fit", name: "guess", template: "guess" },
    );
    expect([...document.text.matchAll(/^ {2}- name: (\S+)/gm)].map((match) => match[1])).toEqual(["fit", "guess", "load", "nightly-fit"]);
    expect([...document.text.matchAll(/^ {6}- name: (\S+)/gm)].map((match) => match[1])).toEqual(["fit", "guess", "load"]);
  });

  it("are duplicated with a template and outputs of their own", () => {
    const { document } = edited(kfp, { kind: "duplicate-task", task: "load" });
    expect(document.text).toContain("name: load-2-Rows");
    expect(document.text).toContain("template: load-2");
  });

  it("take their template with them, and the value output that only they read", () => {
    const wire = { kind: "connect", from: { task: "load", port: "Best rate" }, to: { task: "fit", port: "Rate" } } as const;
    const { document, notes } = edited(kfp, wire, { kind: "remove-task", task: "fit" });
    expect(document.text).not.toMatch(/\bfit:1|name: fit$/m);
    expect(document.text).not.toContain("valueFrom");
    expect(notes).toEqual(["edit-template-dropped"]);
  });
});

describe("inputs whose source goes", () => {
  it("fall back to the component's default", () => {
    const wire = { kind: "connect", from: { task: "load", port: "Best rate" }, to: { task: "fit", port: "Rate" } } as const;
    const { document, notes } = edited(kfp, wire, { kind: "remove-task", task: "load" });
    expect(document.text).toContain(argsOfFit("'0.1'"));
    expect(notes).toEqual(["edit-argument-default", "edit-argument-opened", "edit-template-dropped"]);
    const bound = edited(
      kfp,
      { kind: "bind-parameter", task: "fit", input: "Rate", parameter: "rate" },
      { kind: "remove-parameter", name: "rate" },
    );
    expect(bound.document.text).toContain(argsOfFit("'0.1'"));
    expect(bound.document.text).not.toContain("name: rate");
  });
});

describe("the pipeline of a KFP file", () => {
  it("keeps pipeline_spec in step with its parameters", () => {
    const { document } = edited(
      kfp,
      { kind: "rename-parameter", name: "rows", to: "lines" },
      { kind: "set-parameter", name: "lines", value: 20 },
      { kind: "add-parameter", name: "seed", value: 1, type: "Integer" },
    );
    expect(document.text).toContain(
      `'{"inputs": [{"default": "20", "name": "lines", "optional": true, "type": "Integer"}, {"default": "0.5", "name": "rate", "optional": true, "type": "Float"}, {"default": "1", "name": "seed", "optional": true, "type": "Integer"}], "name": "Nightly fit"}'`,
    );
    expect(document.text).toContain("{name: rows, value: '{{inputs.parameters.lines}}'}");
    expect(document.text).toContain("- {name: seed, value: '1'}");
  });

  it("takes a name in any script", () => {
    const { document } = edited(kfp, { kind: "rename-workflow", name: "데이터 정리" });
    expect(document.text).toContain("generateName: pipeline-\n");
    expect(document.model.objects[0]).toMatchObject({ title: "데이터 정리" });
  });
});

describe("a pipeline built by edits", () => {
  const loadSpec = readComponent({
    name: "Load",
    inputs: [{ name: "Count", type: "Integer" }],
    outputs: [
      { name: "표 하나", type: "CSV" },
      { name: "Best rate", type: "Float" },
    ],
    implementation: {
      container: {
        image: "load:1",
        command: ["load"],
        args: ["--n", { inputValue: "Count" }, "--out", { outputPath: "표 하나" }, "--rate", { outputPath: "Best rate" }],
      },
    },
  }).component as ComponentSpec;
  const fitSpec = readComponent({
    name: "Fit",
    inputs: [
      { name: "자료", type: "CSV" },
      { name: "설정", type: "JSON", optional: true },
      { name: "Rate", type: "Float", default: "0.5" },
    ],
    outputs: [{ name: "Model", type: "Model" }],
    implementation: {
      container: {
        image: "fit:1",
        command: ["fit"],
        args: [
          "--in",
          { inputPath: "자료" },
          { if: { cond: { isPresent: "설정" }, then: ["--config", { inputPath: "설정" }] } },
          { concat: ["--rate=", { inputValue: "Rate" }] },
          { outputPath: "Model" },
        ],
      },
    },
  }).component as ComponentSpec;
  const empty = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: study-
  annotations:
    pipelines.kubeflow.org/pipeline_spec: '{"name": "Study"}'
spec:
  entrypoint: study
  arguments:
    parameters: []
  templates:
  - name: study
    dag:
      tasks: []
`;
  const sdk = { sdkVersion: "1.8.22" };
  const place = (name: string, spec: ComponentSpec) =>
    [
      { kind: "add-template", data: lowerComponent({ spec, taskName: name, arguments: {} }, sdk).template },
      { kind: "add-task", graph: "study", name, template: name },
    ] as const;
  const output = (name: string) => ({ kind: "reference", reference: { kind: "task-output", task: "load", name } }) as const;

  it("is what lowering makes of the same tasks and arguments", () => {
    const { document } = edited(
      empty,
      { kind: "add-parameter", name: "rows", value: 10, type: "Integer" },
      ...place("fit", fitSpec),
      ...place("load", loadSpec),
      { kind: "bind-parameter", task: "load", input: "Count", parameter: "rows" },
      { kind: "connect", from: { task: "load", port: "표 하나" }, to: { task: "fit", port: "자료" } },
      { kind: "set-argument", task: "fit", input: "설정", value: "{}" },
      { kind: "connect", from: { task: "load", port: "Best rate" }, to: { task: "fit", port: "Rate" } },
    );
    const load = lowerComponent(
      {
        spec: loadSpec,
        taskName: "load",
        arguments: { Count: { kind: "reference", reference: { kind: "pipeline-parameter", name: "rows" } } },
      },
      { ...sdk, valueOutputs: ["Best rate"] },
    );
    const table = load.template as { outputs: { artifacts: readonly { name: string; path: string }[] } };
    const tableName = table.outputs.artifacts.find((one) => one.name !== "load-Best-rate")?.name ?? "";
    const fit = lowerComponent(
      {
        spec: fitSpec,
        taskName: "fit",
        arguments: { 자료: output(tableName), 설정: { kind: "constant", value: "{}" }, Rate: output("load-Best-rate") },
      },
      sdk,
    );
    const { templates } = (
      document.stream[0] as unknown as { spec: { templates: readonly { name: string; dag?: { tasks: readonly unknown[] } }[] } }
    ).spec;
    expect(templates.map((template) => template.name)).toEqual(["fit", "load", "study"]);
    expect(templates[0]).toEqual(fit.template);
    expect(templates[1]).toEqual(load.template);
    expect(templates[2]?.dag?.tasks).toEqual([fit.task, load.task]);
  });
});
