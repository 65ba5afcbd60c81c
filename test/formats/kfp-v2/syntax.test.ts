import { describe, expect, it } from "vitest";
import { inputsIn, parseCel } from "#formats/kfp-v2/syntax/cel.ts";
import {
  boundaryLabel,
  boundaryNameOf,
  isPipelineName,
  isTaskKey,
  readBoundaryName,
  taskKeyOf,
} from "#formats/kfp-v2/syntax/boundary-names.ts";
import { jsonForm, placeholdersIn } from "#formats/kfp-v2/syntax/placeholders.ts";

describe("conditions", () => {
  it("are parsed as the SDK writes them, with the inputs they read and where", () => {
    const text = "!(int(inputs.parameter_values['n']) >= 1) && inputs.parameter_values['pipelinechannel--a-Output'] == 'heads'";
    const parsed = parseCel(text);
    if (!parsed.ok) throw new Error(`not parsed at ${parsed.at}`);
    expect(parsed.tree).toMatchObject({
      kind: "binary",
      operator: "&&",
      left: { kind: "unary", operator: "!", of: { kind: "binary", operator: ">=", left: { kind: "call", name: "int" } } },
      right: { operator: "==", right: { kind: "literal", value: "heads" } },
    });
    expect(inputsIn(parsed.tree).map(({ name, span }) => [name, text.slice(...span)])).toEqual([
      ["n", "inputs.parameter_values['n']"],
      ["pipelinechannel--a-Output", "inputs.parameter_values['pipelinechannel--a-Output']"],
    ]);
  });

  it.each([
    "a == b ? 1 : 2",
    "parseJson(inputs.parameter_values['x'])[\"a\"] == 1",
    "x in [1, 2, 3,]",
    "size(x) > 0 || !has(y.z)",
    "{'a': 1}['a'] == 1.5e3",
    "r'\\d' + 'it\\'s' == \"\"\"long 'text'\"\"\"",
    "-1 < 0x1F && true != false",
    "[1, 2].exists(i, i == 1) // with a comment",
  ])("of any other form are CEL, too: %s", (text) => {
    expect(parseCel(text)).toMatchObject({ ok: true });
  });

  it.each([
    ["a quote that the SDK does not escape", "inputs.parameter_values['w'] == 'it's'", 36],
    ["a cast that the SDK puts in quotes", "a != 'int(inputs.parameter_values['n'])'", 35],
    ["no right side", "a ==", 4],
    ["one equals sign", "a = 1", 2],
    ["nothing", "", 0],
    ["a bracket that is not closed", "(a == 1", 7],
    ["an unknown escape", "a == '\\q'", 5],
    ["a comma at the end of arguments", "f(1,)", 4],
    ["a reserved word", "for == 1", 0],
  ])("with %s are no CEL", (_, text, at) => {
    const parsed = parseCel(text);
    expect(parsed).toEqual({ ok: false, at });
  });

  it("do not overflow the stack", () => {
    expect(parseCel(`${"(".repeat(100_000)}a`).ok).toBe(false);
    expect(parseCel(`${"!".repeat(100_000)}a`).ok).toBe(false);
    expect(parseCel(Array.from({ length: 5_000 }, () => "a == 1").join(" && ")).ok).toBe(true);
  });
});

describe("placeholders", () => {
  it("are found with their place", () => {
    const text = "--x={{$.inputs.parameters['x y']}} {{$.outputs.artifacts['m'].path}}";
    expect(placeholdersIn(text)).toMatchObject([
      { kind: "input-parameter", name: "x y", start: 4, end: 34 },
      { kind: "output-artifact", name: "m", part: "path" },
    ]);
  });

  it.each([
    ["{{$}}", { kind: "executor-input" }],
    ["{{$.inputs.artifacts['a'].uri}}", { kind: "input-artifact", name: "a", part: "uri" }],
    ["{{$.outputs.parameters['p'].output_file}}", { kind: "output-parameter", name: "p" }],
    ["{{$.pipeline_job_name}}", { kind: "system", name: "pipeline_job_name" }],
    ["{{$.inputs.artifacts['a'].metadata['k']}}", { kind: "unsupported" }],
    ["{{$.outputs.output_file}}", { kind: "unsupported" }],
    ["{{$.json_escape[1]}}", { kind: "unsupported" }],
    ["{{$.inputs.artifacts['a']}}", { kind: "unknown" }],
    ["{{$.inputs.parameters['a'].output_file}}", { kind: "unknown" }],
    ["{{$.inputs.parameter['a']}}", { kind: "unknown" }],
    ["{{$.pipeline_job}}", { kind: "unknown" }],
  ])("%s", (text, expected) => {
    expect(placeholdersIn(text)).toMatchObject([expected]);
  });

  it("are none of Argo's and none in plain text", () => {
    expect(placeholdersIn("{{inputs.parameters.x}} {$} $.x")).toEqual([]);
  });

  it("may be JSON forms", () => {
    expect(jsonForm('{"IfPresent": {"InputName": "n", "Then": ["--n", "{{$.inputs.parameters[\'n\']}}"], "Else": "x"}}')).toEqual({
      kind: "if-present",
      input: "n",
      then: ["--n", "{{$.inputs.parameters['n']}}"],
      otherwise: ["x"],
    });
    expect(jsonForm('{"Concat": ["a", {"IfPresent": {"InputName": "n", "Then": "b"}}]}')).toMatchObject({ kind: "concat" });
    expect(jsonForm('{"a": 1}')).toBeUndefined();
    expect(jsonForm("{no json")).toBeUndefined();
  });
});

describe("names", () => {
  it("of pipelines and tasks follow the SDK", () => {
    expect([isPipelineName("a-1"), isPipelineName("-a"), isPipelineName("A"), isPipelineName("a".repeat(129))]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect([isTaskKey("train-2"), isTaskKey("학습"), isTaskKey("a.b")]).toEqual([true, false, false]);
    expect([taskKeyOf("Train Model!"), taskKeyOf("학습")]).toEqual(["train-model", "task"]);
  });

  it("of a group's ports say where the value comes from", () => {
    const tasks = ["flip", "flip-coin"];
    expect(readBoundaryName(boundaryNameOf("flip-coin", "Output"), tasks)).toEqual({
      kind: "task-output",
      task: "flip-coin",
      output: "Output",
    });
    expect(readBoundaryName("pipelinechannel--epochs", tasks)).toEqual({ kind: "input", input: "epochs" });
    expect(readBoundaryName("pipelinechannel--loop-item-param-1", tasks)).toEqual({ kind: "item" });
    expect(readBoundaryName("pipelinechannel--xs-loop-item", tasks)).toEqual({ kind: "item", source: "xs" });
    expect(readBoundaryName("epochs", tasks)).toBeUndefined();
    expect(boundaryLabel("pipelinechannel--flip-coin-Output", tasks)).toBe("flip-coin · Output");
    expect(boundaryLabel("pipelinechannel--for-loop-2-pipelinechannel--flip-Output", ["for-loop-2", "flip"])).toBe("flip · Output");
  });
});
