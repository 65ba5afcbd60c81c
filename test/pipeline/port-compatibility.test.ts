import { describe, expect, it } from "vitest";
import { argoFitRules } from "#formats/argo/fit.ts";
import type { Workflow } from "#pipeline/model.ts";
import { type FitContext, type FitEnd, judge, upstreamOf, wouldClose } from "#pipeline/port-compatibility.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { GraphNode, GraphPort } from "#pipeline/graph.ts";
import type { PortKind, TaskId } from "#pipeline/model.ts";
import { portTypesMatch } from "#components/port-types.ts";
import { argoMessages } from "#messages/sections/argo.ts";
import { modelOf } from "./build.ts";
import { kfpV1Traits, plainTraits } from "#formats/argo/traits.ts";

const port = (kind: PortKind, more: Partial<GraphPort> = {}): GraphPort => ({ name: "p", label: "p", kind, required: false, ...more });
const node = (name: string, more: Partial<GraphNode> = {}): GraphNode => ({
  id: `main/${name}` as TaskId,
  name,
  title: name,
  path: [],
  calls: name,
  kind: "container",
  subtitle: "",
  inputs: [],
  outputs: [],
  group: false,
  recursive: false,
  uses: 1,
  ...more,
});
const out = (kind: PortKind, more: Partial<GraphPort> = {}, of: Partial<GraphNode> = {}): FitEnd => ({
  node: node("a", of),
  port: port(kind, more),
  side: "output",
});
const into = (kind: PortKind, more: Partial<GraphPort> = {}, of: Partial<GraphNode> = {}): FitEnd => ({
  node: node("b", of),
  port: port(kind, more),
  side: "input",
});

const { model, workflow } = modelOf(`
spec:
  templates:
  - name: main
    dag:
      tasks:
      - {name: a, template: t}
      - {name: b, template: t, depends: a}
      - {name: c, template: t, arguments: {parameters: [{name: x, value: "{{tasks.b.outputs.result}}"}]}}
      - {name: d, template: t}
`);
const graph = graphOf(model, workflow, workflow.templates[0]!.id);
const rulesOf = (isCompiled: boolean) => argoFitRules({ traits: isCompiled ? kfpV1Traits : plainTraits } as Workflow);
const argo: FitContext = { rules: rulesOf(false), graph };
const kfp: FitContext = { rules: rulesOf(true), graph };

describe("which output fits which input", () => {
  it("a value fits a value input and a file fits a file input, with and without the rules of the SDK", () => {
    for (const context of [argo, kfp]) {
      expect(judge(out("parameter"), into("parameter"), context)).toEqual({ fit: "yes" });
      expect(judge(out("artifact"), into("artifact"), context)).toEqual({ fit: "yes" });
    }
  });

  it("file-into-value: a file needs the choice to be read as a value", () => {
    expect(judge(out("artifact"), into("parameter"), argo)).toMatchObject({
      fit: "help",
      code: "file-into-value",
      choices: ["value"],
      values: { from: "a", to: "b" },
    });
    expect(judge(out("parameter", { nature: "artifact" }), into("parameter"), kfp)).toMatchObject({ code: "file-into-value" });
  });

  it("value-into-file: in raw Argo a value needs the choice to be passed as a file", () => {
    expect(judge(out("parameter"), into("artifact"), argo)).toMatchObject({ fit: "help", code: "value-into-file", choices: ["file"] });
  });

  it("in KFP the values of programs and pipeline parameters fit file inputs, those of resources and loop items need help", () => {
    expect(judge(out("parameter"), into("artifact"), kfp)).toEqual({ fit: "yes" });
    expect(judge(out("artifact", { nature: "parameter" }), into("parameter"), kfp)).toEqual({ fit: "yes" });
    expect(judge({ port: port("parameter"), side: "input", source: "pipeline" }, into("artifact"), kfp)).toEqual({ fit: "yes" });
    expect(judge({ port: port("parameter"), side: "input", source: "item" }, into("artifact"), kfp)).toMatchObject({
      code: "value-into-file",
    });
    expect(judge(out("parameter", {}, { kind: "resource" }), into("artifact"), kfp)).toMatchObject({ code: "value-into-file" });
  });

  it("type-mismatch: kind is judged before type, and an alias only gets a mark", () => {
    expect(judge(out("parameter", { type: "Model" }), into("parameter", { type: "CSV" }), kfp)).toMatchObject({
      fit: "help",
      code: "type-mismatch",
      values: { a: "Model", b: "CSV" },
      choices: ["ignore-type"],
    });
    expect(judge(out("artifact", { type: "Model" }), into("parameter", { type: "CSV" }), kfp)).toMatchObject({ code: "file-into-value" });
    expect(judge(out("parameter", { type: "Integer" }), into("parameter", { type: "int" }), kfp)).toEqual({ fit: "yes", mark: "alias" });
  });

  it("would-close-cycle: a wire back is refused with the way it would close", () => {
    const from = { node: graph.nodes[2]!, port: port("parameter"), side: "output" as const };
    const to = { node: graph.nodes[0]!, port: port("parameter"), side: "input" as const };
    expect(judge(from, to, argo)).toMatchObject({ fit: "no", code: "would-close-cycle", values: { path: "c → a → b → c" } });
    expect(wouldClose(graph, "main/c" as TaskId, "main/a" as TaskId)).toEqual(["main/a", "main/b", "main/c"]);
    expect(wouldClose(graph, "main/a" as TaskId, "main/c" as TaskId)).toBeUndefined();
    expect([...upstreamOf(graph, "main/c" as TaskId)].sort()).toEqual(["main/a", "main/b"]);
  });

  it("would-close-cycle: of a long cycle the middle is left out", () => {
    const tasks = Array.from({ length: 30 }, (_, i) => `{name: t${i}, template: t${i === 0 ? "" : `, depends: t${i - 1}`}}`).join(", ");
    const { model, workflow } = modelOf(`spec: {templates: [{name: main, dag: {tasks: [${tasks}]}}]}`);
    const chain = graphOf(model, workflow, workflow.templates[0]!.id);
    const [from, to] = [
      { node: chain.nodes[29]!, port: port("parameter"), side: "output" as const },
      { node: chain.nodes[0]!, port: port("parameter"), side: "input" as const },
    ];
    expect(judge(from, to, { rules: rulesOf(false), graph: chain })).toMatchObject({
      values: { path: "t29 → t0 → t1 → t2 → t3 → t4 → … → t29" },
    });
  });

  it("feeds-itself and same-side: a wire goes from an output to an input of another task, drawn in either direction", () => {
    expect(judge(out("parameter"), { ...into("parameter"), node: node("a") }, argo)).toMatchObject({ fit: "no", code: "feeds-itself" });
    expect(judge(out("parameter"), out("parameter"), argo)).toMatchObject({ code: "same-side-outputs" });
    expect(judge(into("parameter"), into("parameter"), argo)).toMatchObject({ code: "same-side-inputs" });
    expect(judge(into("parameter"), out("artifact"), argo)).toMatchObject({ code: "file-into-value", values: { from: "a", to: "b" } });
  });

  it("earlier-step: in steps a wire leads to a later group only", () => {
    expect(judge(out("parameter", {}, { stage: 1 }), into("parameter", {}, { stage: 0 }), argo)).toMatchObject({ code: "earlier-step" });
    expect(judge(out("parameter", {}, { stage: 1 }), into("parameter", {}, { stage: 1 }), argo)).toMatchObject({ code: "same-step-group" });
    expect(judge(out("parameter", {}, { stage: 1 }), into("parameter", {}, { stage: 2 }), argo)).toEqual({ fit: "yes" });
  });

  it("loop results: KFP collects none, Argo collects values", () => {
    const loop = { loop: { kind: "items" as const, count: 2, text: "" } };
    expect(judge(out("parameter", {}, loop), into("parameter"), kfp)).toMatchObject({ code: "loop-result-uncollected" });
    expect(judge(out("artifact", {}, loop), into("artifact"), argo)).toMatchObject({ code: "loop-collects-values-only" });
    expect(judge(out("parameter", {}, loop), into("parameter"), argo)).toEqual({ fit: "yes" });
  });

  it("exit-handler-input and metrics-not-connectable", () => {
    expect(judge(out("parameter"), into("parameter", {}, { hook: { owner: "", name: "onExit" } }), argo)).toMatchObject({
      code: "exit-handler-input",
    });
    expect(judge(out("artifact", { name: "mlpipeline-metrics" }), into("artifact"), kfp)).toMatchObject({
      code: "metrics-not-connectable",
    });
  });
});

describe("types on ports", () => {
  it("are compared by name and properties, as their text says them", () => {
    expect(portTypesMatch(undefined, "CSV")).toBe("same");
    expect(portTypesMatch("csv", "CSV")).toBe("no");
    expect(portTypesMatch("{GCSPath: {data_type: CSV}}", "{GCSPath: {data_type: CSV, x: 1}}")).toBe("same");
    expect(portTypesMatch("{GCSPath: {data_type: CSV, x: 1}}", "{GCSPath: {data_type: CSV}}")).toBe("no");
    expect(portTypesMatch("GCSPath", "{GCSPath: {data_type: CSV}}")).toBe("same");
    expect(portTypesMatch("JsonObject", "dict")).toBe("alias");
  });
});

describe("words", () => {
  it("every code of this part has a sentence and a hint in both languages", () => {
    expect(Object.keys(argoMessages.ko)).toEqual(Object.keys(argoMessages.en));
    const codes = Object.keys(argoMessages.en).filter(
      (code) => !code.endsWith(".hint") && !code.startsWith("fit-choice.") && code !== "type-alias",
    );
    expect(codes.filter((code) => !(`${code}.hint` in argoMessages.en))).toEqual([]);
  });
});
