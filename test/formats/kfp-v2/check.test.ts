import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkDocument } from "#compiler/checking.ts";
import { editDocument, openDocument } from "#compiler/document.ts";
import { readModel } from "#compiler/readers.ts";
import type { Data } from "#data/data.ts";
import { checkPipeline } from "#formats/kfp-v2/check/check.ts";
import { serverOfTarget, type ServerVersion } from "#formats/kfp-v2/schema/server-version.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Workflow } from "#pipeline/model.ts";
import { printStream } from "#yaml/print.ts";
import { applySplices } from "#yaml/text-splice.ts";

type Tree = { [key: string]: Tree | Data };
type Stream = [spec: Tree, platform: Tree];

/** A pipeline in which nothing is wrong: `make` gives a value and a model to `use`; `each` is a loop, `group` holds a task. */
function base(): Stream {
  const text = { parameterType: "STRING" };
  const model = { artifactType: { schemaTitle: "system.Model", schemaVersion: "0.0.1" } };
  const container = (...args: string[]) => ({ container: { image: "registry.example/i:1", command: ["run"], args } });
  const task = (name: string, component: string, more: Tree = {}) => ({ taskInfo: { name }, componentRef: { name: component }, ...more });
  const value = (producerTask: string) => ({ taskOutputParameter: { producerTask, outputParameterKey: "out" } });
  return JSON.parse(
    JSON.stringify([
      {
        pipelineInfo: { name: "base" },
        schemaVersion: "2.1.0",
        components: {
          "comp-make": { executorLabel: "exec-make", outputDefinitions: { parameters: { out: text }, artifacts: { model } } },
          "comp-use": { executorLabel: "exec-use", inputDefinitions: { parameters: { x: text } } },
          "comp-take": {
            executorLabel: "exec-take",
            inputDefinitions: {
              parameters: { x: text, n: { parameterType: "NUMBER_INTEGER", isOptional: true } },
              artifacts: { m: { ...model, isOptional: true } },
            },
          },
          "comp-group": {
            inputDefinitions: { parameters: { x: text } },
            outputDefinitions: { parameters: { out: text } },
            dag: {
              tasks: {
                inner: task("inner", "comp-make"),
                user: task("user", "comp-use", { inputs: { parameters: { x: { componentInputParameter: "x" } } } }),
              },
              outputs: { parameters: { out: { valueFromParameter: { producerSubtask: "inner", outputParameterKey: "out" } } } },
            },
          },
          "comp-import": {
            executorLabel: "exec-import",
            inputDefinitions: { parameters: { uri: text } },
            outputDefinitions: { artifacts: { artifact: model } },
          },
        },
        deploymentSpec: {
          executors: {
            "exec-make": container("{{$.outputs.parameters['out'].output_file}}", "{{$.outputs.artifacts['model'].path}}"),
            "exec-use": container("{{$.inputs.parameters['x']}}", "{{$}}"),
            "exec-take": container("{{$.inputs.parameters['x']}}"),
            "exec-import": { importer: { artifactUri: { runtimeParameter: "uri" }, typeSchema: { schemaTitle: "system.Model" } } },
          },
        },
        root: {
          dag: {
            tasks: {
              make: task("make", "comp-make"),
              use: task("use", "comp-take", {
                dependentTasks: ["make"],
                inputs: {
                  parameters: { x: value("make") },
                  artifacts: { m: { taskOutputArtifact: { producerTask: "make", outputArtifactKey: "model" } } },
                },
                triggerPolicy: { condition: "inputs.parameter_values['x'] == 'a'" },
              }),
              each: task("each", "comp-use", { parameterIterator: { items: { raw: '["a"]' }, itemInput: "x" } }),
              group: task("group", "comp-group", { dependentTasks: ["make"], inputs: { parameters: { x: value("make") } } }),
              bring: task("bring", "comp-import", { inputs: { parameters: { uri: { runtimeValue: { constant: "s3://b" } } } } }),
              bye: task("bye", "comp-make", { dependentTasks: ["group"], triggerPolicy: { strategy: "ALL_UPSTREAM_TASKS_COMPLETED" } }),
            },
          },
        },
      },
      {
        platforms: {
          kubernetes: {
            deploymentSpec: {
              executors: {
                "exec-take": {
                  pvcMount: [{ mountPath: "/d", pvcNameParameter: value("make"), taskOutputParameter: value("make").taskOutputParameter }],
                },
              },
            },
            pipelineConfig: { resourceTtlOnCompletion: 60 },
          },
        },
      },
    ]),
  ) as Stream;
}

/** Sets (or with undefined removes) the value at a path, written with dots. */
function set(root: Tree, path: string, value: Data | undefined): void {
  const keys = path.split("/");
  const last = keys.pop() as string;
  let here = root;
  for (const key of keys) here = (here[key] ??= {}) as Tree;
  if (value === undefined) delete here[last];
  else here[last] = value;
}

function check(change: (spec: Tree, platform: Tree) => void, server?: ServerVersion): readonly string[] {
  const stream = base();
  change(...stream);
  const { model } = readModel(stream as unknown as Data[]);
  const workflow = model.objects[0] as Workflow;
  return checkPipeline(workflow, { model, stream: stream as unknown as Data[], ...(server ? { server } : {}) }).map(({ code }) => code);
}

const tasks = "root/dag/tasks";
type Case = [code: string, path: string, bad: Data | undefined, good?: Data];

/** What is wrong when one value of the base is another one; beside it a similar value with which nothing is. */
const cases: Case[] = [
  ["ir-unknown-field", `${tasks}/make/color`, "red"],
  ["ir-unknown-name", `${tasks}/bye/triggerPolicy/strategy`, "ALWAYS"],
  ["ir-one-of", `${tasks}/each/parameterIterator/items/inputParameter`, "xs"],
  ["ir-wrong-value", `${tasks}/make/retryPolicy/backoffDuration`, "1m", "60s"],
  ["ir-schema-version", "schemaVersion", "2.0.0"],
  ["ir-name", "pipelineInfo/name", "Base", "base-2"],
  ["component-missing", `${tasks}/make/componentRef/name`, "comp-mak"],
  ["executor-missing", "components/comp-make/executorLabel", "exec-mak"],
  ["executor-kind", "deploymentSpec/executors/exec-import", { resolver: {} }],
  ["producer-missing", `${tasks}/use/inputs/parameters/x/taskOutputParameter/producerTask`, "mak", "make"],
  ["output-missing", `${tasks}/use/inputs/parameters/x/taskOutputParameter/outputParameterKey`, "result", "out"],
  ["input-missing", `${tasks}/group/inputs`, {}],
  ["dag-input-missing", "components/comp-group/dag/tasks/user/inputs/parameters/x/componentInputParameter", "y", "x"],
  [
    "dag-output-undeclared",
    "components/comp-group/dag/outputs/parameters/more",
    { valueFromParameter: { producerSubtask: "inner", outputParameterKey: "out" } },
  ],
  ["dependency-missing", `${tasks}/use/dependentTasks`, ["make", "nobody"], ["make", "bring"]],
  ["task-cycle", `${tasks}/make/dependentTasks`, ["use"], ["bring"]],
  ["component-cycle", "components/comp-group/dag/tasks/inner/componentRef/name", "comp-group"],
  ["task-key-invalid", `${tasks}/학습`, { taskInfo: { name: "학습" }, componentRef: { name: "comp-make" } }],
  ["task-display-name-empty", `${tasks}/make/taskInfo/name`, "", "학습"],
  ["exit-task-lost", `${tasks}/bye/dependentTasks`, [], ["make"]],
  ["exit-task-lost", `${tasks}/bye/dependentTasks`, ["each"], ["use"]],
  [
    "exit-task-lost",
    `${tasks}/zz`,
    { taskInfo: { name: "z" }, componentRef: { name: "comp-make" }, dependentTasks: ["group"], triggerPolicy: { strategy: 2 } },
  ],
  ["exit-task-awaited", `${tasks}/make/dependentTasks`, ["bye"]],
  ["importer-condition", `${tasks}/bring/triggerPolicy/condition`, "inputs.parameter_values['uri'] == ''", ""],
  ["artifact-iterator", `${tasks}/bring/artifactIterator`, { items: { inputArtifact: "a" }, itemInput: "a" }],
  [
    "cel-syntax",
    `${tasks}/use/triggerPolicy/condition`,
    "inputs.parameter_values['x'] == 'it's'",
    "inputs.parameter_values['x'] == 'it\\'s'",
  ],
  [
    "cel-unknown-input",
    `${tasks}/use/triggerPolicy/condition`,
    "inputs.parameter_values['y'] == 1",
    "parseJson(inputs.parameter_values['x'])['a'] == 1",
  ],
  ["kind-mismatch", "components/comp-take/inputDefinitions/parameters/x/parameterType", "LIST", "STRING"],
  [
    "artifact-title-mismatch",
    "components/comp-take/inputDefinitions/artifacts/m/artifactType/schemaTitle",
    "system.Dataset",
    "system.Artifact",
  ],
  [
    "placeholder-unknown",
    "deploymentSpec/executors/exec-take/container/args",
    ["{{$.input.parameters['x']}}"],
    ["{{$.inputs.parameters['x']}}", "{{inputs.parameters.x}}"],
  ],
  [
    "placeholder-undeclared",
    "deploymentSpec/executors/exec-take/container/args",
    ["{{$.inputs.parameters['y']}}"],
    ["{{$.inputs.artifacts['m'].path}}"],
  ],
  [
    "placeholder-unsupported",
    "deploymentSpec/executors/exec-take/container/args",
    ["{{$.inputs.artifacts['m'].metadata['k']}}"],
    ["{{$.pipeline_job_name}}"],
  ],
  ["placeholder-unsupported", "deploymentSpec/executors/exec-take/container/args", ['{"Concat": ["a", "b"]}'], ['{"concat": ["a", "b"]}']],
  ["command-missing", "deploymentSpec/executors/exec-take/container/command", undefined, ["a"]],
  [
    "optional-null-placeholder",
    "deploymentSpec/executors/exec-take/container/args",
    ["{{$.inputs.parameters['n']}}"],
    [`{"IfPresent": {"InputName": "n", "Then": "--n={{$.inputs.parameters['n']}}"}}`],
  ],
  [
    "quantity-syntax",
    "deploymentSpec/executors/exec-take/container/resources",
    { resourceCpuLimit: "2 cores" },
    { resourceCpuLimit: "500m" },
  ],
  [
    "quantity-syntax",
    "deploymentSpec/executors/exec-take/container/resources",
    { resourceMemoryRequest: "4GB" },
    { resourceMemoryRequest: "{{$.inputs.parameters['x']}}" },
  ],
  ["component-unused", "components/comp-spare", { executorLabel: "exec-use" }],
  ["executor-unused", "deploymentSpec/executors/exec-spare", { container: { image: "i", command: ["run"] } }],
];

describe("the check of pipeline specs", () => {
  it("finds nothing in a pipeline that is right", () => {
    expect(check(() => undefined)).toEqual([]);
  });

  it.each<Case>(cases)("finds %s at %s", (code, path, bad, good) => {
    expect(check((spec) => set(spec, path, bad))).toContain(code);
    if (good !== undefined) expect(check((spec) => set(spec, path, good))).toEqual([]);
  });

  it("finds what is lost of the platform spec", () => {
    const config = "platforms/kubernetes/pipelineConfig";
    expect(check((_, platform) => set(platform, `${config}/resourceTtl`, 60))).toEqual(["platform-field-version", "ir-document-ignored"]);
    expect(check((_, platform) => set(platform, config, { resourceTtl: 60 }), "2.16")).toEqual([]);
    expect(check((_, platform) => set(platform, "platforms/kubernetes/deploymentSpec/executors/exec-usee", {}))).toEqual([
      "platform-executor-unknown",
    ]);
    // A setting of an executor fails a run, but drops nothing.
    expect(check((_, platform) => set(platform, "platforms/kubernetes/deploymentSpec/executors/exec-take/hostNetwork", true))).toEqual([
      "ir-unknown-field",
    ]);
  });

  it("finds a claim that may not be there yet, and a graph of exit tasks only", () => {
    const late = (spec: Tree) => {
      set(spec, `${tasks}/use/inputs`, { parameters: { x: { runtimeValue: { constant: "a" } } } });
      set(spec, `${tasks}/use/dependentTasks`, []);
    };
    expect(check(late)).toContain("claim-order");
    expect(check((spec) => (late(spec), set(spec, `${tasks}/use/dependentTasks`, ["make"])))).not.toContain("claim-order");
    const exit = {
      triggerPolicy: { strategy: "ALL_UPSTREAM_TASKS_COMPLETED" },
      taskInfo: { name: "x" },
      componentRef: { name: "comp-make" },
    };
    expect(check((spec) => set(spec, "components/comp-group/dag/tasks", { inner: exit }))).toContain("exit-only");
    // Servers before 2.4 let exit tasks wait like others.
    expect(check((spec) => set(spec, "components/comp-group/dag/tasks", { inner: exit }), "2.3")).not.toContain("exit-only");
  });

  it.each([
    ["kfp-2.0", "2.0"],
    ["kfp-2.4", "2.4"],
    ["kfp-2.9", "2.5"],
    ["kfp-2.16", "2.16"],
    ["kfp-2.17", "2.17"],
    ["kfp-2.17.1", "2.17.1"],
    ["kfp", "2.17.1"],
    ["argo", "2.17.1"],
    [undefined, "2.17.1"],
  ])("checks for the server that target %s names: %s", (target, server) => {
    expect(serverOfTarget(target)).toBe(server);
  });

  it("checks a document for the server named", () => {
    const text = readFileSync(new URL("../../fixtures/kfp-v2/compiled/before.yaml", import.meta.url), "utf8");
    const withTtl = `${text}---\nplatforms:\n  kubernetes:\n    pipelineConfig: {resourceTtl: 60}\n`;
    const codes = (target: string) => checkDocument(openDocument(withTtl), { target }).map(({ code }) => code);
    expect(codes("kfp-2.16")).toEqual([]);
    expect(codes("kfp-2.17")).toEqual(["platform-field-version", "ir-document-ignored"]);
    expect(codes("kfp-2.4")).toEqual(["platform-field-version", "ir-document-ignored"]);
  });

  it("finds defaults that server 2.17.0 does not fill in", () => {
    const uses = (spec: Tree) => set(spec, "deploymentSpec/executors/exec-take/container/args", ["{{$.inputs.parameters['n']}}"]);
    const withDefault = (spec: Tree) => (uses(spec), set(spec, "components/comp-take/inputDefinitions/parameters/n/defaultValue", 1));
    expect(check(withDefault, "2.17")).toEqual(["default-not-passed"]);
    expect(check(withDefault, "2.17.1")).toEqual([]);
    const given = (spec: Tree) => set(spec, `${tasks}/use/inputs/parameters/n`, { runtimeValue: { constant: 1 } });
    expect(check((spec) => (withDefault(spec), given(spec)), "2.17")).toEqual([]);
    // A null is no value, whatever the default.
    const empty = (spec: Tree) => set(spec, `${tasks}/use/inputs/parameters/n`, { runtimeValue: { constant: null } });
    expect(check((spec) => (withDefault(spec), empty(spec)))).toEqual(["optional-null-placeholder"]);
  });

  it("finds a claim that a cached run would reuse", () => {
    const claim = (spec: Tree) => set(spec, "deploymentSpec/executors/exec-make", { container: { image: "argostub/createpvc" } });
    const cached = (spec: Tree, isOn: boolean) => set(spec, `${tasks}/make/cachingOptions`, { enableCache: isOn });
    expect(check((spec) => (claim(spec), cached(spec, true)))).toEqual(["caching-claim"]);
    expect(check((spec) => (claim(spec), cached(spec, false)))).toEqual([]);
    expect(check((spec) => cached(spec, true))).toEqual([]);
  });

  it("knows which server knows a field of the spec", () => {
    const newer = (spec: Tree) => set(spec, "components/comp-make/taskConfigPassthroughs", [{ field: "ENV" }]);
    expect(check(newer, "2.14")).toEqual(expect.arrayContaining(["ir-field-version"]));
    expect(check(newer)).toEqual([]);
  });

  it("finds a spec without root", () => {
    expect(check((spec) => set(spec, "root", undefined))).toContain("ir-root-missing");
  });

  it.each<[code: string, change: (spec: Tree) => void, server?: string]>([
    [
      "caching-claim",
      (spec) => {
        set(spec, "deploymentSpec/executors/exec-make", { container: { image: "argostub/createpvc" } });
        set(spec, `${tasks}/make/cachingOptions`, { enableCache: true });
      },
    ],
    ["component-unused", (spec) => set(spec, "components/comp-spare", { executorLabel: "exec-use" })],
    [
      "claim-order",
      (spec) => {
        set(spec, `${tasks}/use/inputs`, { parameters: { x: { runtimeValue: { constant: "a" } } } });
        set(spec, `${tasks}/use/dependentTasks`, undefined);
      },
    ],
    [
      "default-not-passed",
      (spec) => {
        set(spec, "deploymentSpec/executors/exec-take/container/args", ["{{$.inputs.parameters['n']}}"]);
        set(spec, "components/comp-take/inputDefinitions/parameters/n/defaultValue", 1);
      },
      "kfp-2.17",
    ],
  ])("offers a fix of %s, after which it is gone", (code, change, target = "kfp") => {
    const stream = base();
    change(stream[0]);
    const document = openDocument(printStream(stream as unknown as Data[]));
    const [found] = checkDocument(document, { target }).filter((one) => one.code === code);
    const fixed = editDocument(document, (found?.fixes?.[0]?.edits ?? []) as readonly Edit[]);
    if (!fixed.ok) throw new Error(fixed.refusal.code);
    expect(fixed.operations.length).toBeGreaterThan(0);
    const codes = checkDocument(fixed.document, { target }).map((one) => one.code);
    expect(codes).not.toContain(code);
    expect(codes.filter((one) => one !== "optional-null-placeholder")).toEqual([]);
  });

  it("finds a comment that a default has torn, and fixes it", () => {
    const spec = readFileSync(new URL("../../fixtures/kfp-v2/compiled/before.yaml", import.meta.url), "utf8");
    const torn = spec.replace("# Name: p\n", "# Name: p\n# Inputs:\n#    text: str [Default: 'a\nb: c\n\n']\n");
    const [found, ...more] = checkDocument(openDocument(torn), { target: "kfp" }).filter(({ code }) => code !== "yaml-syntax");
    expect(found).toMatchObject({ code: "ir-header-torn", level: "error", values: { n: 2, line: 5 } });
    expect(more).toEqual([]);
    expect(torn.slice(...found!.span!)).toBe("b: c\n\n']");
    const mended = applySplices(torn, found!.fixes![0]!.splices!);
    expect(mended).toBe(torn.replace("b: c\n\n']", "# b: c\n\n# ']"));
    expect(openDocument(mended).stream).toEqual(openDocument(spec).stream);
    // Other text that cannot be read is not a torn comment.
    expect(checkDocument(openDocument(`${spec}x: [`)).map(({ code }) => code)).not.toContain("ir-header-torn");
    expect(checkDocument(openDocument("# ours\nb: c\n']\n")).map(({ code }) => code)).not.toContain("ir-header-torn");
  });

  it("speaks of the place in the text", () => {
    const text = readFileSync(new URL("../../fixtures/kfp-v2/groups.yaml", import.meta.url), "utf8").replace(
      "producerTask: flip}}\n          taskInfo: {name: condition",
      "producerTask: flop}}\n          taskInfo: {name: condition",
    );
    const [found, ...more] = checkDocument(openDocument(text), { target: "kfp" });
    expect(found).toMatchObject({ code: "producer-missing", values: { name: "flop" }, level: "cluster" });
    expect(more).toEqual([]);
    expect(text.slice(...found!.span!)).toContain("producerTask: flop");
  });
});
