import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { lowerPipeline } from "#formats/argo/kfp/lower/lower-pipeline.ts";
import { type PlanItem, token } from "#pipeline/pipeline-plan.ts";
import { type DataMap, field, listField, textField } from "#data/data.ts";
import { componentOf, constant, item, lower, output, parameter, stamps, step } from "./build.ts";

const parameters = (template: DataMap, side = "inputs") => listField(template[side], "parameters").map((one) => textField(one, "name"));
const artifacts = (template: DataMap, side = "inputs") => listField(template[side], "artifacts").map((one) => textField(one, "name"));

describe("the skeleton", () => {
  it("carries stamps, interface and parameters in their order", () => {
    const { workflow, spec } = lower(
      [],
      [
        { name: "z", type: "Integer", default: 10 },
        { name: "a" },
        { name: "e", type: "String", default: "" },
        { name: "n", optional: true },
      ],
      {
        name: "Nightly train",
        description: "At night.",
        spec: { activeDeadlineSeconds: 60 },
        annotations: { note: "x" },
      },
    );
    expect(field(workflow, "metadata")).toEqual({
      generateName: "nightly-train-",
      annotations: {
        "pipelines.kubeflow.org/kfp_sdk_version": "1.8.22",
        "pipelines.kubeflow.org/pipeline_compilation_time": "2024-05-01T09:30:00.000000",
        "pipelines.kubeflow.org/pipeline_spec":
          '{"description": "At night.", "inputs": [{"default": "10", "name": "z", "optional": true, "type": "Integer"}, {"name": "a"}, {"default": "", "name": "e", "optional": true, "type": "String"}, {"name": "n", "optional": true}], "name": "Nightly train"}',
        note: "x",
      },
      labels: { "pipelines.kubeflow.org/kfp_sdk_version": "1.8.22" },
    });
    expect(spec["arguments"]).toEqual({
      parameters: [
        { name: "z", value: "10" },
        { name: "a", value: "" },
        { name: "e", value: "" },
        { name: "n", value: "" },
      ],
    });
    expect(spec["activeDeadlineSeconds"]).toBe(60);
  });

  it("is the same whenever it is made", () => {
    const make = () => JSON.stringify(lower([step("a"), step("b", { value: output("a") })]).workflow);
    expect(make()).toBe(make());
  });
});

describe("data between steps", () => {
  it("makes an output a parameter exactly where something uses its value", () => {
    const { template, task } = lower([
      step("a"),
      step("b", { value: output("a") }),
      step("c"),
      step("d", { file: output("c") }),
      step("e"),
    ]);
    expect([parameters(template("a"), "outputs"), artifacts(template("a"), "outputs")]).toEqual([["a-Out"], ["a-Out"]]);
    expect([parameters(template("c"), "outputs"), artifacts(template("c"), "outputs")]).toEqual([[], ["c-Out"]]);
    expect(artifacts(template("e"), "outputs")).toEqual(["e-Out"]);
    expect(task("demo", "d")).toEqual({
      name: "d",
      template: "d",
      dependencies: ["c"],
      arguments: { artifacts: [{ name: "c-Out", from: "{{tasks.c.outputs.artifacts.c-Out}}" }] },
    });
  });

  it("hands a pipeline parameter down as value or as file", () => {
    const { spec, template, task } = lower(
      [step("a", { value: parameter("table"), file: parameter("table") })],
      [{ name: "table", default: "a,b" }],
    );
    expect(spec["arguments"]).toEqual({
      parameters: [{ name: "table", value: "a,b" }],
      artifacts: [{ name: "table", raw: { data: "{{workflow.parameters.table}}" } }],
    });
    expect(template("demo")["inputs"]).toEqual({ parameters: [{ name: "table" }], artifacts: [{ name: "table" }] });
    expect(field(task("demo", "a")["arguments"], "artifacts")).toEqual([{ name: "table", from: "{{inputs.artifacts.table}}" }]);
  });

  it("orders by .after, volumes and data, each once", () => {
    const { task } = lower([step("c"), step("b"), step("a", { value: output("b") }, { after: ["c", "b"] })]);
    expect(task("demo", "a")["dependencies"]).toEqual(["b", "c"]);
  });

  it("keeps parameters apart from outputs of the same name", () => {
    const { spec, template } = lower([step("a"), step("b", { value: output("a"), file: parameter("a-Out") })], [{ name: "a-Out" }]);
    expect(field(spec["arguments"], "parameters")).toEqual([{ name: "a-Out-2", value: "" }]);
    expect(parameters(template("b"))).toEqual(["a-Out"]);
  });

  it("says references anywhere in settings, and moves what Argo cannot template into podSpecPatch", () => {
    const cpu = token(parameter("cpu"));
    const { template } = lower(
      [
        step(
          "a",
          {},
          {
            overlay: {
              container: { env: [{ name: "X", value: `<${cpu}>` }], resources: { limits: { cpu, memory: "1G" }, requests: { cpu } } },
              nodeSelector: { zone: token(parameter("zone")), a: "b" },
              metadata: { labels: { l: cpu } },
            },
          },
        ),
      ],
      [{ name: "cpu" }, { name: "zone" }],
    );
    const made = template("a");
    expect(parameters(made)).toEqual(["cpu", "zone"]);
    expect(field(made["container"], "resources")).toEqual({ limits: { memory: "1G" } });
    expect(made["nodeSelector"]).toEqual({ a: "b" });
    expect(JSON.parse(made["podSpecPatch"] as string)).toEqual({
      nodeSelector: { zone: "{{inputs.parameters.zone}}" },
      containers: [
        { name: "main", resources: { limits: { cpu: "{{inputs.parameters.cpu}}" }, requests: { cpu: "{{inputs.parameters.cpu}}" } } },
      ],
    });
    expect(field(made["container"], "env")).toEqual([{ name: "X", value: "<{{inputs.parameters.cpu}}>" }]);
  });
});

describe("sizes", () => {
  it("lower-annotations-too-large: what Kubernetes would refuse is reported with its size", () => {
    const { diagnostics } = lowerPipeline(
      { name: "p", parameters: [], body: [step("a", { value: constant("x".repeat(300_000)) }, { path: [3] })] },
      stamps,
    );
    expect(diagnostics).toMatchObject([
      { code: "lower-annotations-too-large", level: "cluster", values: { task: "a", limit: 262144 }, path: [3] },
    ]);
  });
  it("five thousand steps of one name are all named apart", () => {
    const { workflow } = lowerPipeline(
      { name: "p", parameters: [], body: Array.from({ length: 5000 }, (_, i) => step(String(i), {}, { name: "Train" })) },
      stamps,
    );
    expect(new Set(listField(field(workflow, "spec"), "templates").map((one) => field(one, "name"))).size).toBe(5001);
  });
});

describe("conditions", () => {
  const condition = (left: ReturnType<typeof output>, body: readonly PlanItem[], operator = "==" as const): PlanItem => ({
    kind: "condition",
    id: "c",
    operator,
    left,
    right: constant("heads"),
    body,
  });

  it("quote their operands and wait for what they compare", () => {
    const { task, template } = lower([step("toss"), condition(output("toss"), [step("a")])]);
    expect(task("demo", "condition-1")).toEqual({
      name: "condition-1",
      template: "condition-1",
      dependencies: ["toss"],
      when: '"{{tasks.toss.outputs.parameters.toss-Out}}" == "heads"',
    });
    expect(parameters(template("toss"), "outputs")).toEqual(["toss-Out"]);
  });
  it("compare numbers bare and booleans as True", () => {
    const { task } = lower(
      [
        { kind: "condition", id: "c", operator: ">=", left: parameter("n"), right: constant(3), body: [step("a")] },
        { kind: "condition", id: "d", operator: "!=", left: parameter("n"), right: constant(true), body: [step("b")] },
      ],
      [{ name: "n" }],
    );
    expect(task("demo", "condition-1")["when"]).toBe("{{inputs.parameters.n}} >= 3");
    expect(task("demo", "condition-2")["when"]).toBe('"{{inputs.parameters.n}}" != "True"');
  });
  it("hand a value through all groups on its way", () => {
    const { template, task, codes } = lower([
      step("a"),
      {
        kind: "condition",
        id: "c",
        operator: "==",
        left: constant("1"),
        right: constant("1"),
        body: [
          {
            kind: "condition",
            id: "d",
            operator: "==",
            left: output("a"),
            right: constant("1"),
            body: [step("b", { value: output("a"), file: output("a") })],
          },
        ],
      },
    ]);
    expect(codes).toEqual([]);
    expect(task("condition-1", "condition-2")["when"]).toBe('"{{inputs.parameters.a-Out}}" == "1"');
    expect([parameters(template("condition-1")), artifacts(template("condition-1"))]).toEqual([["a-Out"], ["a-Out"]]);
    expect(task("demo", "condition-1")["dependencies"]).toEqual(["a"]);
    expect(field(task("condition-2", "b")["arguments"], "artifacts")).toEqual([{ name: "a-Out", from: "{{inputs.artifacts.a-Out}}" }]);
  });
  it("hand a value out to steps behind them, which wait for the group", () => {
    const { template, task, codes } = lower([
      condition(output("t"), [step("a")]),
      step("t"),
      step("b", { value: output("a") }),
      step("z", { file: output("a") }),
    ]);
    expect(codes).toContain("lower-condition-output");
    expect(template("condition-1")["outputs"]).toEqual({
      parameters: [{ name: "a-Out", valueFrom: { parameter: "{{tasks.a.outputs.parameters.a-Out}}" } }],
      artifacts: [{ name: "a-Out", from: "{{tasks.a.outputs.artifacts.a-Out}}" }],
    });
    expect(parameters(template("a"), "outputs")).toEqual(["a-Out"]);
    expect(task("demo", "b")).toEqual({
      name: "b",
      template: "b",
      dependencies: ["condition-1"],
      arguments: { parameters: [{ name: "a-Out", value: "{{tasks.condition-1.outputs.parameters.a-Out}}" }] },
    });
  });
  it("lift orders between steps of different groups to the groups", () => {
    const { task } = lower([
      step("t"),
      condition(output("t"), [step("a")]),
      { kind: "condition", id: "d", operator: "==", left: output("t"), right: constant("x"), body: [step("b", {}, { after: ["a"] })] },
      step("y", {}, { after: ["d"] }),
    ]);
    expect(task("demo", "condition-2")["dependencies"]).toEqual(["condition-1", "t"]);
    expect(task("demo", "y")["dependencies"]).toEqual(["condition-2"]);
  });
});

describe("loops", () => {
  it("over a literal list take two numbers and keep the items' types", () => {
    const { task, template } = lower([
      {
        kind: "loop",
        id: "l",
        items: {
          kind: "list",
          items: [
            { "a b": 1, c: "x" },
            { "a b": 10, c: "y" },
          ],
        },
        body: [step("a", { value: item("l", "c") }), step("b", { value: item("l") })],
      },
    ]);
    expect(task("demo", "for-loop-2")).toEqual({
      name: "for-loop-2",
      template: "for-loop-2",
      arguments: {
        parameters: [
          { name: "loop-item-param-1", value: "{{item}}" },
          { name: "loop-item-param-1-subvar-c", value: "{{item.c}}" },
        ],
      },
      withItems: [
        { "a-b": 1, c: "x" },
        { "a-b": 10, c: "y" },
      ],
    });
    expect(template("for-loop-2")["parallelism"]).toBeUndefined();
    expect(field(task("for-loop-2", "a")["arguments"], "parameters")).toEqual([
      { name: "loop-item-param-1-subvar-c", value: "{{inputs.parameters.loop-item-param-1-subvar-c}}" },
    ]);
  });
  it("over a parameter read the workflow's, over an output wait for it", () => {
    const { task, template } = lower(
      [
        step("s"),
        { kind: "loop", id: "l", items: parameter("p"), parallelism: 3, body: [step("a", { value: item("l") })] },
        { kind: "loop", id: "m", items: output("s"), body: [step("b", { value: item("m"), file: output("s") })] },
      ],
      [{ name: "p" }],
    );
    expect(task("demo", "for-loop-1")).toEqual({
      name: "for-loop-1",
      template: "for-loop-1",
      arguments: { parameters: [{ name: "p-loop-item", value: "{{item}}" }] },
      withParam: "{{workflow.parameters.p}}",
    });
    expect(template("for-loop-1")["parallelism"]).toBe(3);
    expect(task("demo", "for-loop-2")["withParam"]).toBe("{{tasks.s.outputs.parameters.s-Out}}");
    expect(task("demo", "for-loop-2")["dependencies"]).toEqual(["s"]);
    expect(template("demo")["inputs"]).toBeUndefined();
  });
  it("inside another group read an outer output as that group's input", () => {
    const { task } = lower([
      step("s"),
      {
        kind: "condition",
        id: "c",
        operator: "==",
        left: constant("1"),
        right: constant("1"),
        body: [{ kind: "loop", id: "l", items: output("s"), body: [step("a", { value: item("l") })] }],
      },
    ]);
    expect(task("condition-1", "for-loop-2")["withParam"]).toBe("{{inputs.parameters.s-Out}}");
    expect(task("condition-1", "for-loop-2")["dependencies"]).toBeUndefined();
    expect(task("demo", "condition-1")["dependencies"]).toEqual(["s"]);
  });
  it("hand outer items to inner loops, loop over an item's key, and write an item to a file", () => {
    const { task } = lower([
      {
        kind: "loop",
        id: "l",
        items: { kind: "list", items: [{ a: [1], b: 2 }] },
        body: [{ kind: "loop", id: "m", items: item("l", "a"), body: [step("x", { value: item("l", "b"), file: item("m") })] }],
      },
    ]);
    expect(task("for-loop-2", "for-loop-3")).toEqual({
      name: "for-loop-3",
      template: "for-loop-3",
      arguments: {
        parameters: [{ name: "loop-item-param-1-subvar-b", value: "{{inputs.parameters.loop-item-param-1-subvar-b}}" }],
        artifacts: [{ name: "loop-item-param-1-subvar-a-loop-item", raw: { data: "{{item}}" } }],
      },
      withParam: "{{inputs.parameters.loop-item-param-1-subvar-a}}",
    });
  });
  it("inside one another over the same values keep their items apart", () => {
    const { template } = lower(
      [
        {
          kind: "loop",
          id: "l",
          items: parameter("p"),
          body: [{ kind: "loop", id: "m", items: parameter("p"), body: [step("x", { value: item("l"), file: item("m") })] }],
        },
      ],
      [{ name: "p" }],
    );
    expect([parameters(template("x")), artifacts(template("x"))]).toEqual([["p-loop-item"], ["p-loop-item-2"]]);
  });
  it("resolve references inside a literal list", () => {
    const { task } = lower(
      [
        step("s"),
        {
          kind: "loop",
          id: "l",
          items: { kind: "list", items: [`x-${token(parameter("p"))}`, token(output("s"))] },
          body: [step("a", { value: item("l") })],
        },
      ],
      [{ name: "p" }],
    );
    expect(task("demo", "for-loop-2")["withItems"]).toEqual(["x-{{workflow.parameters.p}}", "{{tasks.s.outputs.parameters.s-Out}}"]);
    expect(task("demo", "for-loop-2")["dependencies"]).toEqual(["s"]);
  });
});

describe("exit handlers", () => {
  it("run the body as one group, the exit step in none, with parameters as plain inputs", () => {
    const { spec, template, task } = lower(
      [
        {
          kind: "exit-handler",
          id: "e",
          exit: step("bye", { value: parameter("p"), file: constant("{{workflow.status}}") }),
          body: [step("a", { value: parameter("q") })],
        },
      ],
      [{ name: "p" }, { name: "q" }],
    );
    expect(spec["onExit"]).toBe("bye");
    expect(listField(template("demo")["dag"] as DataMap, "tasks").length).toBe(1);
    expect(task("demo", "exit-handler-1")["arguments"]).toEqual({ parameters: [{ name: "q", value: "{{inputs.parameters.q}}" }] });
    expect(parameters(template("demo"))).toEqual(["q"]);
    expect(parameters(template("bye"))).toEqual(["p"]);
  });
});

describe("recursion", () => {
  it("calls the group from inside with what it passes, and with the outer values it needs", () => {
    const { task, template } = lower(
      [
        step("flip"),
        {
          kind: "graph",
          id: "g",
          name: "flip_component",
          inputs: [output("flip")],
          body: [
            {
              kind: "condition",
              id: "c",
              operator: "==",
              left: output("flip"),
              right: constant("heads"),
              body: [
                step("print", { value: output("flip"), file: parameter("p") }),
                step("again", {}, { after: ["print"] }),
                { kind: "recursion", id: "r", graph: "g", inputs: [output("again")], after: ["again"] },
              ],
            },
          ],
        },
      ],
      [{ name: "p" }],
    );
    expect(task("condition-2", "graph-flip-component-1")).toEqual({
      name: "graph-flip-component-1",
      template: "graph-flip-component-1",
      dependencies: ["again"],
      arguments: {
        parameters: [{ name: "flip-Out", value: "{{tasks.again.outputs.parameters.again-Out}}" }],
        artifacts: [{ name: "p", from: "{{inputs.artifacts.p}}" }],
      },
    });
    expect(parameters(template("again"), "outputs")).toEqual(["again-Out"]);
  });
});

describe("resources and volumes", () => {
  const volume: PlanItem = {
    kind: "volume",
    id: "v",
    name: "make disk",
    resourceName: "Scratch disk",
    size: token(parameter("size")),
    modes: ["RWO"],
    storageClass: "fast",
  };
  it("make a claim whose name is the workflow's own", () => {
    const { template } = lower([volume], [{ name: "size" }]);
    const { resource, outputs, inputs } = template("make-disk");
    expect(parse(field(resource, "manifest") as string)).toEqual({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: "{{workflow.name}}-scratch-disk" },
      spec: {
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: "{{inputs.parameters.size}}" } },
        storageClassName: "fast",
      },
    });
    expect(field(resource, "manifest")).toMatch(/^apiVersion: v1\nkind: .*\n$/s);
    expect(inputs).toEqual({ parameters: [{ name: "size" }] });
    expect(listField(outputs, "parameters").map((one) => [textField(one, "name"), field(field(one, "valueFrom"), "jsonPath")])).toEqual([
      ["make-disk-manifest", "{}"],
      ["make-disk-name", "{.metadata.name}"],
      ["make-disk-size", "{.status.capacity.storage}"],
    ]);
  });
  it("mount it by the claim's name, wait for who used it before, and write its outputs to files", () => {
    const mount = { mountPath: "/data", volume: { kind: "op", op: "v", after: ["a"] } } as const;
    const { template, task } = lower(
      [volume, step("a"), step("b", { file: output("v", "size") }, { mounts: [mount, { ...mount, mountPath: "/more" }] })],
      [{ name: "size" }],
    );
    expect(template("b")["volumes"]).toEqual([
      { name: "make-disk", persistentVolumeClaim: { claimName: "{{inputs.parameters.make-disk-name}}" } },
    ]);
    expect(field(template("b")["container"], "volumeMounts")).toEqual([
      { mountPath: "/data", name: "make-disk" },
      { mountPath: "/more", name: "make-disk" },
    ]);
    expect(task("demo", "b")).toEqual({
      name: "b",
      template: "b",
      dependencies: ["a", "make-disk"],
      arguments: {
        parameters: [{ name: "make-disk-name", value: "{{tasks.make-disk.outputs.parameters.make-disk-name}}" }],
        artifacts: [{ name: "make-disk-size", raw: { data: "{{tasks.make-disk.outputs.parameters.make-disk-size}}" } }],
      },
    });
  });
  it("name a volume over an existing claim as the SDK does", () => {
    const { template } = lower([
      step(
        "a",
        {},
        {
          mounts: [
            { mountPath: "/x", volume: { kind: "claim", claim: "foo" } },
            { mountPath: "/y", volume: { kind: "claim", claim: "mypvc" } },
            { mountPath: "/z", volume: { kind: "volume", volume: { name: "e", emptyDir: {} } } },
          ],
        },
      ),
    ]);
    expect(template("a")["volumes"]).toEqual([
      { name: "e", emptyDir: {} },
      { name: "pvolume-4cf668b8c7be134cfcbd7758d1eef9643d1bd7ed9925a98e707635b", persistentVolumeClaim: { claimName: "foo" } },
      { name: "pvolume-c5c290914caebeff02381f86f32999993e3169915cb068ab280b180", persistentVolumeClaim: { claimName: "mypvc" } },
    ]);
  });
  it("take a snapshot of a volume", () => {
    const { template, task } = lower(
      [volume, { kind: "snapshot", id: "s", name: "snap", resourceName: "snap", volume: { kind: "op", op: "v" } }],
      [{ name: "size" }],
    );
    expect(field(template("snap")["resource"], "successCondition")).toBe("status.readyToUse == true");
    expect(parse(field(template("snap")["resource"], "manifest") as string).spec).toEqual({
      source: { kind: "PersistentVolumeClaim", name: "{{inputs.parameters.make-disk-name}}" },
    });
    expect(task("demo", "snap")["dependencies"]).toEqual(["make-disk"]);
  });
  it("make, patch and delete any resource", () => {
    const manifest = { kind: "ConfigMap", apiVersion: "v1", data: { [`k-${token(parameter("k"))}`]: token(parameter("k")) } };
    const { template } = lower(
      [
        { kind: "resource", id: "r", name: "make config", manifest, outputs: { "data k": "{.data.k}" }, successCondition: "a == b" },
        { kind: "resource", id: "d", name: "drop", manifest, action: "delete", successCondition: "a == b" },
      ],
      [{ name: "k" }],
    );
    expect(field(template("make-config")["resource"], "manifest")).toBe(
      "apiVersion: v1\ndata:\n  k-{{inputs.parameters.k}}: '{{inputs.parameters.k}}'\nkind: ConfigMap\n",
    );
    expect(parameters(template("make-config"), "outputs")).toEqual(["make-config-data-k", "make-config-manifest", "make-config-name"]);
    expect(template("drop")["outputs"]).toBeUndefined();
    expect(template("drop")["resource"]).toMatchObject({ action: "delete", flags: ["--wait=false"] });
    expect(Object.keys(template("drop")["resource"] as DataMap)).not.toContain("successCondition");
  });
});

describe("steps without a component", () => {
  it("have only what they are given, and outputs like any other", () => {
    const { template, task } = lower([
      {
        kind: "container",
        id: "a",
        name: "flip",
        image: "i",
        command: ["sh", "-c", 1],
        fileOutputs: { output: "/tmp/o", "mlpipeline-metrics": "/tmp/m" },
      },
      {
        kind: "container",
        id: "b",
        name: "cop",
        image: "i",
        args: [`x ${token(output("a", "output"))}`],
        files: [{ input: "rows in", source: output("a", "output") }],
      },
    ]);
    expect(template("flip")["container"]).toEqual({ command: ["sh", "-c", "1"], image: "i" });
    expect(template("flip")["outputs"]).toEqual({
      parameters: [{ name: "flip-output", valueFrom: { path: "/tmp/o" } }],
      artifacts: [
        { name: "mlpipeline-metrics", path: "/tmp/m" },
        { name: "flip-output", path: "/tmp/o" },
      ],
    });
    expect(template("cop")["inputs"]).toEqual({
      parameters: [{ name: "flip-output" }],
      artifacts: [{ name: "flip-output", path: "/tmp/inputs/rows-in/data" }],
    });
    expect(task("demo", "cop")["dependencies"]).toEqual(["flip"]);
  });
});

describe("the tutorial's pipelines", () => {
  const write = componentOf(
    "name: Write file op\noutputs: [{name: data_output, type: dict}]\nimplementation: {container: {image: 'python:3.7', command: [sh, -ec, L, P], args: [--data-output, {outputPath: data_output}]}}",
  );
  const read = componentOf(
    "name: Read file and multiply op\ninputs: [{name: data_input, type: dict}]\noutputs: [{name: Output, type: Float}]\nimplementation: {container: {image: 'python:3.7', command: [sh, -ec, L, P], args: [--data-input, {inputPath: data_input}, ----output-paths, {outputPath: Output}]}}",
  );

  it("data passing by file", () => {
    const { workflow, spec, template } = lower(
      [
        { kind: "component", id: "w", spec: write, reference: {}, arguments: {} },
        { kind: "component", id: "r", spec: read, reference: {}, arguments: { data_input: output("w", "data_output") } },
      ],
      [],
      { name: "Data Passing by File Example" },
    );
    expect(field(field(workflow, "metadata"), "generateName")).toBe("data-passing-by-file-example-");
    expect(field(field(field(workflow, "metadata"), "annotations"), "pipelines.kubeflow.org/pipeline_spec")).toBe(
      '{"name": "Data Passing by File Example"}',
    );
    expect(spec["arguments"]).toEqual({ parameters: [] });
    expect(listField(spec, "templates").map((one) => textField(one, "name"))).toEqual([
      "data-passing-by-file-example",
      "read-file-and-multiply-op",
      "write-file-op",
    ]);
    expect(template("data-passing-by-file-example")["dag"]).toEqual({
      tasks: [
        {
          name: "read-file-and-multiply-op",
          template: "read-file-and-multiply-op",
          dependencies: ["write-file-op"],
          arguments: {
            artifacts: [{ name: "write-file-op-data_output", from: "{{tasks.write-file-op.outputs.artifacts.write-file-op-data_output}}" }],
          },
        },
        { name: "write-file-op", template: "write-file-op" },
      ],
    });
    const made = template("write-file-op");
    expect(field(made["container"], "args")).toEqual(["--data-output", "/tmp/outputs/data_output/data"]);
    expect(made["inputs"]).toBeUndefined();
    expect(made["outputs"]).toEqual({ artifacts: [{ name: "write-file-op-data_output", path: "/tmp/outputs/data_output/data" }] });
    expect(Object.keys(field(made["metadata"], "annotations") as DataMap)).toEqual([
      "pipelines.kubeflow.org/component_spec",
      "pipelines.kubeflow.org/component_ref",
    ]);
    expect(template("read-file-and-multiply-op")).toMatchObject({
      inputs: { artifacts: [{ name: "write-file-op-data_output", path: "/tmp/inputs/data_input/data" }] },
      outputs: { artifacts: [{ name: "read-file-and-multiply-op-Output", path: "/tmp/outputs/Output/data" }] },
    });
  });

  it("export metrics", () => {
    const metrics = componentOf(
      "name: Export metric op\noutputs: [{name: mlpipeline_metrics, type: Metrics}]\nimplementation: {container: {image: i, command: [c], args: [--mlpipeline-metrics, {outputPath: mlpipeline_metrics}]}}",
    );
    const { template, task } = lower([{ kind: "component", id: "m", spec: metrics, reference: {}, arguments: {} }], [], {
      name: "Export Metrics Example",
    });
    expect(task("export-metrics-example", "export-metric-op")).toEqual({ name: "export-metric-op", template: "export-metric-op" });
    expect(template("export-metric-op")["outputs"]).toEqual({
      artifacts: [{ name: "mlpipeline-metrics", path: "/tmp/outputs/mlpipeline_metrics/data" }],
    });
  });
});

describe("errors in a plan are reported, never thrown", () => {
  const codes = (body: readonly PlanItem[]) =>
    lowerPipeline({ name: "p", parameters: [{ name: "p" }], body }, stamps).diagnostics.map((found) => found.code);
  const metrics = componentOf("name: m\noutputs: [{name: mlpipeline_metrics}]\nimplementation: {container: {image: i, command: [c]}}");
  const condition = (body: readonly PlanItem[], text = "x"): PlanItem => ({
    kind: "condition",
    id: "c",
    operator: "==",
    left: constant(text),
    right: constant("y"),
    body,
  });
  const exit = (id: string, body: readonly PlanItem[], by = step(`${id}-exit`)): PlanItem => ({ kind: "exit-handler", id, exit: by, body });
  it.each<[string, readonly PlanItem[]]>([
    ["lower-reference-unknown", [step("a", { value: output("nobody") })]],
    ["lower-reference-unknown", [step("a", { value: parameter("nothing") })]],
    ["lower-reference-unknown", [step("a", { value: item("nowhere") })]],
    ["lower-reference-unknown", [step("a", {}, { after: ["nobody"] })]],
    [
      "lower-reserved-output",
      [{ kind: "component", id: "m", spec: metrics, arguments: {} }, step("a", { value: output("m", "mlpipeline_metrics") })],
    ],
    ["lower-id-twice", [step("a"), step("a")]],
    ["lower-cycle", [{ ...condition([step("a")]), left: output("a") } as PlanItem]],
    ["lower-cycle", [step("a", { value: output("b") }), step("b", { file: output("a") })]],
    ["lower-out-of-reach", [{ kind: "loop", id: "l", items: parameter("p"), body: [step("a")] }, step("b", { value: item("l") })]],
    ["lower-loop-output", [{ kind: "loop", id: "l", items: parameter("p"), body: [step("a")] }, step("b", { value: output("a") })]],
    ["lower-loop-empty", [{ kind: "loop", id: "l", items: { kind: "list", items: [] }, body: [] }]],
    ["lower-loop-items", [{ kind: "loop", id: "l", items: { kind: "list", items: [{ a: 1 }, { b: 1 }] }, body: [] }]],
    ["lower-condition-quote", [condition([], 'say "x"')]],
    ["lower-exit-handler-input", [exit("e", [step("a")], step("x", { value: output("a") }))]],
    ["lower-exit-handler-twice", [exit("e", []), exit("f", [])]],
    ["lower-exit-handler-nested", [condition([exit("e", [])])]],
    ["lower-exit-handler-order", [exit("e", [step("a")], step("x", {}, { after: ["a"] }))]],
    ["lower-recursion-unknown", [{ kind: "recursion", id: "r", graph: "g", inputs: [] }]],
    [
      "lower-snapshot-volume",
      [{ kind: "snapshot", id: "s", resourceName: "s", volume: { kind: "volume", volume: { name: "v", emptyDir: {} } } }],
    ],
  ])("%s", (code, body) => expect(codes(body)).toContain(code));
});
