import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readComponent } from "#components/component-yaml/read.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import type { Data } from "#data/data.ts";
import { sameData } from "#data/data.ts";
import { atLeast, corpusFolder } from "#test/corpus-folder.ts";

/** Reads YAML text; a component that is missing fails the test. */
function component(text: string) {
  const { component: spec, diagnostics } = readComponent(parse(text) as Data);
  if (!spec) throw new Error(`no component: ${JSON.stringify(diagnostics)}`);
  return { spec, diagnostics };
}

/** code@path of all diagnostics. */
function allDiagnostics(text: string): readonly string[] {
  return readComponent(parse(text) as Data).diagnostics.map((found) => `${found.code}@${found.path.join("/")}`);
}

const scoreRows = `
name: Score rows
description: Keeps rows above a threshold
metadata: {annotations: {author: Someone <a@example.org>}, labels: {team: rank}}
inputs:
- {name: Rows, type: CSV, description: 'javascript:alert(1)'}
- {name: Threshold, type: Float, default: '0.5'}
- {name: Tag, type: {GCSPath: {data_type: CSV}}, optional: true}
- {name: Many, type: [String, Integer]}
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
    - if: {cond: {isPresent: Tag}, then: [--tag, {inputValue: Tag}], else: --no-tag}
    - {inputValue: Many}
    - --out
    - {outputPath: Kept rows}
    env: {MODE: fast}
    resources: {limits: {cpu: 1}}
`;

describe("readComponent", () => {
  it("reads names, types of every shape, defaults and optional inputs", () => {
    const { spec } = component(scoreRows);
    expect(spec.name).toBe("Score rows");
    expect(spec.inputs.map((input) => [input.name, input.type, input.default, input.optional])).toEqual([
      ["Rows", "CSV", undefined, false],
      ["Threshold", "Float", "0.5", false],
      ["Tag", { GCSPath: { data_type: "CSV" } }, undefined, true],
      ["Many", ["String", "Integer"], undefined, false],
    ]);
    expect(spec.inputs[0]?.description).toBe("javascript:alert(1)");
  });

  it("reads every placeholder", () => {
    const { spec } = component(scoreRows);
    if (spec.implementation.kind !== "container") throw new Error(spec.implementation.kind);
    expect(spec.implementation.args?.map((item) => item.kind)).toEqual([
      "text",
      "inputPath",
      "concat",
      "if",
      "inputValue",
      "text",
      "outputPath",
    ]);
    expect(spec.implementation.args?.[3]).toEqual({
      kind: "if",
      cond: { kind: "isPresent", name: "Tag" },
      then: [
        { kind: "text", text: "--tag" },
        { kind: "inputValue", name: "Tag" },
      ],
      else: [{ kind: "text", text: "--no-tag" }],
      single: ["else"],
    });
    expect(spec.implementation.env).toEqual({ MODE: "fast" });
  });

  it.each([
    ["3", undefined, "3"],
    ["0.5", "Float", "0.5"],
    ["1", "Float", "1.0"],
    ["1e-05", undefined, "1e-05"],
    ["true", "Boolean", "True"],
    ["false", undefined, "False"],
    ["''", undefined, ""],
    ["'yes'", undefined, "yes"],
  ])("makes the default %s of type %s the text %s and writes it back as it was", (given, type, text) => {
    const yaml = `name: a\ninputs: [{name: x, ${type ? `type: ${type}, ` : ""}default: ${given}}]\nimplementation: {container: {image: i, command: [c]}}`;
    const { spec, diagnostics } = component(yaml);
    expect(spec.inputs[0]?.default).toBe(text);
    expect(diagnostics).toEqual([]);
    expect(writeComponent(spec)).toEqual(parse(yaml));
  });

  it("writes back what it read, unknown fields, nulls and explicit false included", () => {
    for (const text of [
      scoreRows,
      "name: a\ninputs: []\noutputs: []\nimplementation: {container: {image: i, command: [c, 1, 2.5, true], args: []}}",
      "name: a\ndescription:\ninputs: [{name: x, optional: false, default: null, annotations: {a: b}, extra: 1}]\nimplementation: {container: {image: i}, other: 1}\nmore: [1]",
      "implementation: {graph: {tasks: {a: {componentRef: {url: u}}}, outputValues: {}}}\nversion: google.com/cloud/pipelines/component/v1",
      "name: only an interface\ninputs: [{name: x}]",
      "name: v2\nimplementation: {importerSpec: {a: 1}}",
      "name: a\noutputs: [{name: o}]\nimplementation: {container: {image: i, command: [c], fileOutputs: {o: /tmp/o}}}",
      "name: a\nimplementation: {container: {image: i, args: [{executorInput: null}, {strange: 1}, {if: {cond: 'true', then: x}}]}}",
    ])
      expect(writeComponent(component(text).spec)).toEqual(parse(text));
  });

  it("keeps the order of keys that the SDK writes", () => {
    expect(
      Object.keys(writeComponent(component("implementation: {container: {image: i}}\nmore: 1\ninputs: [{name: x}]\nname: a").spec)),
    ).toEqual(["name", "inputs", "implementation", "more"]);
  });
});

describe("diagnostics", () => {
  const container = "implementation: {container: {image: i, command: [c]}}";
  it.each([
    ["component-not-a-mapping", "[1]", "component-not-a-mapping@"],
    ["component-no-implementation", "name: a", "component-no-implementation@"],
    ["component-no-image", "implementation: {container: {command: [c]}}", "component-no-image@implementation/container"],
    ["component-no-command", "implementation: {container: {image: i}}", "component-no-command@implementation/container"],
    ["component-port-unnamed", `inputs: [{type: x}]\n${container}`, "component-port-unnamed@inputs/0"],
    ["component-port-twice", `outputs: [{name: x}, {name: x}]\n${container}`, "component-port-twice@outputs/1/name"],
    [
      "component-port-undeclared",
      "implementation: {container: {image: i, command: [{inputValue: x}]}}",
      "component-port-undeclared@implementation/container/command/0",
    ],
    [
      "component-port-undeclared",
      "implementation: {container: {image: i, command: [{if: {cond: {isPresent: x}, then: a}}]}}",
      "component-port-undeclared@implementation/container/command/0/if/cond",
    ],
    [
      "component-port-undeclared",
      "implementation: {container: {image: i, command: [{if: {cond: true, then: {inputPath: x}}}]}}",
      "component-port-undeclared@implementation/container/command/0/if/then",
    ],
    [
      "component-port-undeclared",
      "implementation: {container: {image: i, command: [{concat: [a, {outputPath: x}]}]}}",
      "component-port-undeclared@implementation/container/command/0/concat/1",
    ],
    [
      "component-port-undeclared",
      "implementation: {container: {image: i, command: [c], fileOutputs: {o: /o}}}",
      "component-port-undeclared@implementation/container/fileOutputs/o",
    ],
    [
      "component-placeholder-unknown",
      "implementation: {container: {image: i, command: [c, {value: x}]}}",
      "component-placeholder-unknown@implementation/container/command/1",
    ],
    [
      "component-v2-placeholder",
      "implementation: {container: {image: i, command: [c, {inputUri: x}]}}",
      "component-v2-placeholder@implementation/container/command/1",
    ],
    ["component-field-type", `inputs: [{name: x, default: [1]}]\n${container}`, "component-field-type@inputs/0/default"],
    ["component-field-type", `inputs: {name: x}\n${container}`, "component-field-type@inputs"],
    [
      "component-field-type",
      "implementation: {container: {image: i, command: [c], env: {A: 1}}}",
      "component-field-type@implementation/container/env/A",
    ],
    ["component-field-type", `metadata: {labels: {a: 1}}\n${container}`, "component-field-type@metadata/labels/a"],
    [
      "component-field-type",
      "implementation: {container: {image: i, command: c}}",
      "component-field-type@implementation/container/command",
    ],
    ["component-key-unknown", `nmae: a\n${container}`, "component-key-unknown@nmae"],
  ])("%s: %s", (_, text, expected) => {
    expect(allDiagnostics(text)).toContain(expected);
  });

  it("component-placeholder-too-deep: nesting without end is kept and reported, not followed", () => {
    let item: Data = "x";
    for (let depth = 0; depth < 200; depth++) item = { concat: [item] };
    const data: Data = { implementation: { container: { image: "i", command: [item] } } };
    const { component: spec, diagnostics } = readComponent(data);
    expect(diagnostics.map((found) => found.code)).toEqual(["component-placeholder-too-deep"]);
    expect(spec && writeComponent(spec)).toBeDefined();
  });

  it("component-too-deep: data of any depth is refused without exhausting the stack", () => {
    const data = JSON.parse(`{"metadata": ${"[".repeat(50_000)}${"]".repeat(50_000)}}`) as Data;
    const { component: spec, diagnostics } = readComponent(data);
    expect(spec).toBeUndefined();
    expect(diagnostics.map((found) => found.code)).toEqual(["component-too-deep"]);
  });

  it("component-key-dropped: a key that would change prototypes is dropped at every level", () => {
    const data = JSON.parse(
      '{"__proto__": {"a": 1}, "name": "n", "inputs": [{"name": "__proto__", "__proto__": {"optional": true}}], "implementation": {"container": {"image": "i", "command": ["c"], "env": {"__proto__": "x", "A": "1"}}}}',
    ) as Data;
    const { component: spec, diagnostics } = readComponent(data);
    expect(diagnostics.filter((found) => found.code === "component-key-dropped").length).toBe(2);
    expect(spec?.inputs[0]?.optional).toBe(false);
    expect(spec?.inputs[0]?.name).toBe("__proto__");
    expect(JSON.stringify(spec && writeComponent(spec))).not.toContain('"a":1');
    expect(({} as Record<string, unknown>)["a"]).toBeUndefined();
  });

  it("names in diagnostics are short even if the file's are not", () => {
    const long = "x".repeat(100_000);
    const { diagnostics } = readComponent({
      [long]: 1,
      inputs: [{ name: long }, { name: long }],
      implementation: { container: { image: "i", command: [{ [long]: 1 }] } },
    });
    for (const found of diagnostics) for (const value of Object.values(found.values)) expect(String(value).length).toBeLessThanOrEqual(81);
    expect(diagnostics.length).toBe(3);
  });

  it("reports paths relative to the component", () => {
    const { diagnostics } = readComponent({ name: "a" }, [2, "spec"]);
    expect(diagnostics[0]?.path).toEqual([2, "spec"]);
  });
});

const corpus = join(corpusFolder, "components");

describe("published components", () => {
  it("are read without errors, but for images left empty, and written back as they were", () => {
    const files = readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".yaml"));
    expect(files.length).toBeGreaterThan(atLeast(100, 2));
    const wrong: string[] = [];
    for (const file of files) {
      const data = parse(readFileSync(join(corpus, file), "utf8"), { version: "1.1" }) as Data;
      const { component: spec, diagnostics } = readComponent(data);
      if (!spec || !sameData(writeComponent(spec), data)) wrong.push(file);
      for (const found of diagnostics)
        if (found.level === "error" && found.code !== "component-no-image") wrong.push(`${file}: ${JSON.stringify(found)}`);
    }
    expect(wrong).toEqual([]);
  });
});
