import { describe, expect, it } from "vitest";
import { componentReference } from "#components/component-yaml/reference.ts";
import { lowerComponent } from "#formats/argo/kfp/lower/lower-component.ts";
import { sha256 } from "#data/sha256.ts";
import { field, textField } from "#data/data.ts";
import { componentOf } from "./build.ts";

const scoreRows = componentOf(`
name: Score rows
inputs:
- {name: Rows, type: CSV}
- {name: Threshold, type: Float, default: '0.5'}
- {name: Tag, type: String, optional: true}
outputs:
- {name: Kept rows, type: CSV}
implementation:
  container:
    image: example/score:1
    command: [score]
    args:
    - --in
    - {inputPath: Rows}
    - {concat: [--threshold=, {inputValue: Threshold}]}
    - if: {cond: {isPresent: Tag}, then: [--tag, {inputValue: Tag}]}
    - --out
    - {outputPath: Kept rows}
`);
const table = { kind: "reference", reference: { kind: "task-output", task: "load", name: "load-Table" } } as const;
const options = { sdkVersion: "1.8.22" };

describe("a task made from a component", () => {
  it("becomes a template and a task as the SDK writes them", () => {
    const { template, task, diagnostics } = lowerComponent(
      { spec: scoreRows, taskName: "score-rows", arguments: { Rows: table } },
      options,
    );
    expect(diagnostics).toEqual([]);
    const { metadata, ...rest } = template;
    expect(rest).toEqual({
      name: "score-rows",
      container: {
        image: "example/score:1",
        command: ["score"],
        args: ["--in", "/tmp/inputs/Rows/data", "--threshold=0.5", "--out", "/tmp/outputs/Kept_rows/data"],
      },
      inputs: { artifacts: [{ name: "load-Table", path: "/tmp/inputs/Rows/data" }] },
      outputs: { artifacts: [{ name: "score-rows-Kept-rows", path: "/tmp/outputs/Kept_rows/data" }] },
    });
    expect(textField(field(metadata, "annotations"), "pipelines.kubeflow.org/arguments.parameters")).toBe('{"Threshold": "0.5"}');
    expect(field(metadata, "labels")).toEqual({
      "pipelines.kubeflow.org/kfp_sdk_version": "1.8.22",
      "pipelines.kubeflow.org/pipeline-sdk-type": "kfp",
      "pipelines.kubeflow.org/enable_caching": "true",
    });
    expect(task).toEqual({
      name: "score-rows",
      template: "score-rows",
      dependencies: ["load"],
      arguments: { artifacts: [{ name: "load-Table", from: "{{tasks.load.outputs.artifacts.load-Table}}" }] },
    });
  });

  it("tells an input's value in the annotation, even if it is called as objects of JavaScript call their prototype", () => {
    const spec = componentOf(
      "inputs: [{name: __proto__, default: x}, {name: constructor, default: c}]\nimplementation: {container: {image: a, command: [{inputValue: __proto__}, {inputValue: constructor}]}}",
    );
    const { metadata } = lowerComponent({ spec, taskName: "one", arguments: {} }, options).template as never as {
      metadata: { annotations: Record<string, string> };
    };
    expect(metadata.annotations["pipelines.kubeflow.org/arguments.parameters"]).toBe('{"__proto__": "x", "constructor": "c"}');
  });
  it("carries the component in the annotation as the SDK prints it", () => {
    const spec = componentOf(
      "name: 데이터\ndescription: null\ninputs: [{name: b, optional: false, default: 1}]\nimplementation: {container: {image: i, command: [c, 1]}}\nversion: google.com/cloud/pipelines/component/v1",
    );
    const { template } = lowerComponent({ spec, taskName: "t", arguments: {}, reference: componentReference("abc", "file.yaml") }, options);
    const annotations = field(template["metadata"], "annotations");
    expect(textField(annotations, "pipelines.kubeflow.org/component_spec")).toBe(
      '{"implementation": {"container": {"command": ["c", 1], "image": "i"}}, "inputs": [{"default": 1, "name": "b"}], "name": "\\ub370\\uc774\\ud130"}',
    );
    expect(textField(annotations, "pipelines.kubeflow.org/component_ref")).toBe(
      '{"digest": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "url": "file.yaml"}',
    );
  });

  it("is known by the digest of its file, however the lines end", () => {
    expect(componentReference("a\r\nb\r\n")).toEqual({ digest: sha256("a\nb\n") });
  });

  it("always has command and args, be they empty", () => {
    const { template } = lowerComponent(
      { spec: componentOf("implementation: {container: {image: i, env: {B: '1', A: '2'}}}"), taskName: "t", arguments: {} },
      options,
    );
    expect(template["container"]).toEqual({
      image: "i",
      command: [],
      args: [],
      env: [
        { name: "B", value: "1" },
        { name: "A", value: "2" },
      ],
    });
  });

  it("hands the component's annotations and labels to the pod, never reuses a volatile one, and adds the pod's identity if asked", () => {
    const spec = componentOf(
      "metadata: {annotations: {volatile_component: 'true', a: b}, labels: {add-pod-env: 'true'}}\nimplementation: {container: {image: i, command: [c]}}",
    );
    const { template } = lowerComponent({ spec, taskName: "t", arguments: {} }, options);
    expect(textField(field(template["metadata"], "annotations"), "pipelines.kubeflow.org/max_cache_staleness")).toBe("P0D");
    expect(textField(field(template["metadata"], "annotations"), "a")).toBe("b");
    const env = field(template["container"], "env") as { name: string }[];
    expect(env.map((one) => one.name)).toEqual([
      "KFP_POD_NAME",
      "KFP_POD_UID",
      "KFP_NAMESPACE",
      "WORKFLOW_ID",
      "KFP_RUN_ID",
      "ENABLE_CACHING",
    ]);
  });
});

describe("what feeds an input", () => {
  const spec = componentOf(
    "inputs: [{name: a b}, {name: c}]\nimplementation: {container: {image: i, command: [x, {inputValue: a b}, {inputPath: c}]}}",
  );
  const lowered = (value: Parameters<typeof lowerComponent>[0]["arguments"][string], file = value) => {
    const { template, task } = lowerComponent({ spec, taskName: "t", arguments: { "a b": value, c: file } }, options);
    return {
      command: field(template["container"], "command"),
      inputs: template["inputs"],
      arguments: task["arguments"],
      dependencies: task["dependencies"],
    };
  };

  it("a constant: text in the command, a raw artifact as file, no argument of the task", () => {
    expect(lowered({ kind: "constant", value: 1.5 })).toEqual({
      command: ["x", "1.5", "/tmp/inputs/c/data"],
      inputs: { artifacts: [{ name: "c", path: "/tmp/inputs/c/data", raw: { data: "1.5" } }] },
    });
  });
  it("a pipeline parameter: an input parameter, or an input artifact of its name", () => {
    expect(lowered({ kind: "reference", reference: { kind: "pipeline-parameter", name: "p" } })).toEqual({
      command: ["x", "{{inputs.parameters.p}}", "/tmp/inputs/c/data"],
      inputs: { parameters: [{ name: "p" }], artifacts: [{ name: "p", path: "/tmp/inputs/c/data" }] },
      arguments: {
        parameters: [{ name: "p", value: "{{inputs.parameters.p}}" }],
        artifacts: [{ name: "p", from: "{{inputs.artifacts.p}}" }],
      },
    });
  });
  it("a sibling's output: from that task, with a dependency", () => {
    expect(lowered({ kind: "reference", reference: { kind: "task-output", task: "u", name: "u-O" } })).toEqual({
      command: ["x", "{{inputs.parameters.u-O}}", "/tmp/inputs/c/data"],
      inputs: { parameters: [{ name: "u-O" }], artifacts: [{ name: "u-O", path: "/tmp/inputs/c/data" }] },
      arguments: {
        parameters: [{ name: "u-O", value: "{{tasks.u.outputs.parameters.u-O}}" }],
        artifacts: [{ name: "u-O", from: "{{tasks.u.outputs.artifacts.u-O}}" }],
      },
      dependencies: ["u"],
    });
  });
  it("an output of a resource: its parameter is written to the file", () => {
    const { arguments: given } = lowered({
      kind: "reference",
      reference: { kind: "task-output", task: "v", name: "v-name", valueOnly: true },
    });
    expect(field(given, "artifacts")).toEqual([{ name: "v-name", raw: { data: "{{tasks.v.outputs.parameters.v-name}}" } }]);
  });
  it("text with references: rendered in place, and in the raw file with the references as parameters", () => {
    expect(lowered({ kind: "text", parts: ["<", { kind: "graph-input", name: "g" }, ">"] })).toEqual({
      command: ["x", "<{{inputs.parameters.g}}>", "/tmp/inputs/c/data"],
      inputs: {
        parameters: [{ name: "g" }],
        artifacts: [{ name: "c", path: "/tmp/inputs/c/data", raw: { data: "<{{inputs.parameters.g}}>" } }],
      },
      arguments: { parameters: [{ name: "g", value: "{{inputs.parameters.g}}" }] },
    });
  });
  it("an input that no placeholder mentions becomes a file", () => {
    const quiet = componentOf("inputs: [{name: Unused one}]\nimplementation: {container: {image: i, command: [x]}}");
    const { template } = lowerComponent(
      { spec: quiet, taskName: "t", arguments: { "Unused one": { kind: "constant", value: "v" } } },
      options,
    );
    expect(template["inputs"]).toEqual({ artifacts: [{ name: "Unused-one", path: "/tmp/inputs/Unused_one/data", raw: { data: "v" } }] });
  });
  it("an input used by value and by path is given both ways", () => {
    const twice = componentOf(
      "inputs: [{name: a}]\nimplementation: {container: {image: i, command: [x, {inputValue: a}, {inputPath: a}]}}",
    );
    const { template } = lowerComponent(
      { spec: twice, taskName: "t", arguments: { a: { kind: "reference", reference: { kind: "graph-input", name: "g" } } } },
      options,
    );
    expect(template["inputs"]).toEqual({ parameters: [{ name: "g" }], artifacts: [{ name: "g", path: "/tmp/inputs/a/data" }] });
  });
  it("two files from one output get two names, in the template and in the task", () => {
    const twins = componentOf(
      "inputs: [{name: a}, {name: b}]\nimplementation: {container: {image: i, command: [x, {inputPath: a}, {inputPath: b}]}}",
    );
    const { template, task } = lowerComponent({ spec: twins, taskName: "t", arguments: { a: table, b: table } }, options);
    expect(template["inputs"]).toEqual({
      artifacts: [
        { name: "load-Table", path: "/tmp/inputs/a/data" },
        { name: "load-Table-2", path: "/tmp/inputs/b/data" },
      ],
    });
    expect(task["arguments"]).toEqual({
      artifacts: ["load-Table", "load-Table-2"].map((name) => ({ name, from: "{{tasks.load.outputs.artifacts.load-Table}}" })),
    });
  });
  it("names that are the same after cleaning get folders and artifacts of their own", () => {
    const korean = componentOf(
      "inputs: [{name: 입력}, {name: 자료}]\noutputs: [{name: 결과}, {name: 기록}]\nimplementation: {container: {image: i, command: [x, {inputPath: 입력}, {inputPath: 자료}, {outputPath: 결과}, {outputPath: 기록}]}}",
    );
    const { template } = lowerComponent(
      { spec: korean, taskName: "task", arguments: { 입력: { kind: "constant", value: "1" }, 자료: { kind: "constant", value: "2" } } },
      options,
    );
    expect(field(template["inputs"], "artifacts")).toEqual([
      { name: "input", path: "/tmp/inputs/_/data", raw: { data: "1" } },
      { name: "input-2", path: "/tmp/inputs/__2/data", raw: { data: "2" } },
    ]);
    expect(field(template["outputs"], "artifacts")).toEqual([
      { name: "task-output", path: "/tmp/outputs/_/data" },
      { name: "task-output-2", path: "/tmp/outputs/__2/data" },
    ]);
  });
});

describe("outputs", () => {
  it("are artifacts always and parameters where something uses the value; metrics keep Kubeflow's names and come first", () => {
    const spec = componentOf(
      "outputs: [{name: b}, {name: a}, {name: mlpipeline_metrics}, {name: MLPipeline UI Metadata}]\nimplementation: {container: {image: i, command: [x], fileOutputs: {b: /own/path}}}",
    );
    const { template } = lowerComponent({ spec, taskName: "t", arguments: {} }, { ...options, valueOutputs: ["b", "mlpipeline_metrics"] });
    expect(template["outputs"]).toEqual({
      parameters: [{ name: "t-b", valueFrom: { path: "/own/path" } }],
      artifacts: [
        { name: "mlpipeline-metrics", path: "/tmp/outputs/mlpipeline_metrics/data" },
        { name: "mlpipeline-ui-metadata", path: "/tmp/outputs/MLPipeline_UI_Metadata/data" },
        { name: "t-a", path: "/tmp/outputs/a/data" },
        { name: "t-b", path: "/own/path" },
      ],
    });
  });
});

describe("the command's placeholders", () => {
  const line = (
    args: string,
    given: Parameters<typeof lowerComponent>[0]["arguments"] = {},
    inputs = "[{name: x, optional: true}, {name: r}]",
  ) => {
    const { template, diagnostics } = lowerComponent(
      {
        spec: componentOf(`inputs: ${inputs}\noutputs: [{name: o}]\nimplementation: {container: {image: i, command: [c], args: ${args}}}`),
        taskName: "t",
        arguments: given,
      },
      options,
    );
    return { args: field(template["container"], "args"), codes: diagnostics.map((found) => found.code) };
  };
  const text = (value: string) => ({ kind: "constant", value }) as const;
  it.each([
    ["[1, true, 2.5, {inputValue: x}]", {}, ["1", "True", "2.5"]],
    ["[{concat: [a, {inputValue: x}, b]}]", {}, ["ab"]],
    ["[{concat: [a, {inputValue: x}, {concat: [b, 1]}]}]", { x: text("-") }, ["a-b1"]],
    ["[{if: {cond: {isPresent: x}, then: [a, {inputValue: x}], else: b}}]", {}, ["b"]],
    ["[{if: {cond: {isPresent: x}, then: [a, {inputValue: x}], else: b}}]", { x: text("") }, ["a", ""]],
    ["[{if: {cond: {inputValue: x}, then: a, else: b}}]", { x: text("Yes") }, ["a"]],
    ["[{if: {cond: {inputValue: x}, then: a, else: b}}]", {}, ["b"]],
    ["[{if: {cond: 'off', then: a}}, {if: {cond: true, then: [{if: {cond: '1', then: deep}}]}}]", {}, ["deep"]],
  ] as const)("%s with %j become %j", (args, given, expected) => expect(line(args, given)).toEqual({ args: expected, codes: [] }));

  it.each([
    ["lower-argument-missing", "[{inputValue: r}]", {}],
    ["lower-argument-missing", "[{inputPath: r}]", {}],
    ["lower-condition-not-boolean", "[{if: {cond: maybe, then: a}}]", {}],
    [
      "lower-condition-at-run-time",
      "[{if: {cond: {inputValue: x}, then: a}}]",
      { x: { kind: "reference", reference: { kind: "graph-input", name: "g" } } },
    ],
    ["lower-v2-placeholder", "[{executorInput: null}]", {}],
    ["lower-port-undeclared", "[{outputPath: nowhere}]", {}],
    ["lower-input-unknown", "[]", { nothing: text("1") }],
  ] as const)("%s: %s is reported, the rest is written", (code, args, given) => expect(line(args, given).codes).toEqual([code]));

  it("lower-constant-type: a list is no number", () => {
    const { codes } = line("[{inputValue: x}]", { x: { kind: "constant", value: [1] } }, "[{name: x, type: Integer}]");
    expect(codes).toEqual(["lower-constant-type"]);
  });
  it("lower-output-path-conflict: a fixed path cannot also be chosen", () => {
    const spec = componentOf(
      "outputs: [{name: o}]\nimplementation: {container: {image: i, command: [c, {outputPath: o}], fileOutputs: {o: /fixed}}}",
    );
    expect(lowerComponent({ spec, taskName: "t", arguments: {} }, options).diagnostics.map((found) => found.code)).toEqual([
      "lower-output-path-conflict",
    ]);
  });
});

describe("sha256", () => {
  it.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["a".repeat(1000), "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"],
    ["한글 😀", ""],
  ])("digests %.12s as every other implementation", async (text, expected) => {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    const platform = Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
    expect(sha256(text)).toBe(platform);
    if (expected !== "") expect(sha256(text)).toBe(expected);
  });
});
