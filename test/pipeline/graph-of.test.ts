import { describe, expect, it } from "vitest";
import { readModel } from "#compiler/readers.ts";
import type { Data } from "#data/data.ts";
import { allGraphs, graphOf, recursionOf, unreached } from "#pipeline/graph-of.ts";
import type { Graph } from "#pipeline/graph.ts";
import type { TemplateId } from "#pipeline/model.ts";
import { applyOperation } from "#data/operations.ts";
import { dataOf } from "#test/formats/argo/corpus.ts";
import { everything } from "#test/formats/argo/fixtures.ts";
import { modelOf } from "./build.ts";

const graph = (yaml: string, template = "main"): Graph => {
  const { model, workflow } = modelOf(yaml);
  return graphOf(model, workflow, template as TemplateId);
};
/** Wires in short: `a.out → b.in`, order wires `a → b`, with what is special about them behind. */
const wires = ({ edges, template }: Graph): readonly string[] => {
  const end = ({ node, port }: Graph["edges"][number]["from"]) =>
    [node.replace(`${template}/`, ""), ...(port === null ? [] : [port])].join(".");
  return edges.map((edge) =>
    [`${end(edge.from)} → ${end(edge.to)}`, edge.kind, edge.toKind && `as ${edge.toKind}`, edge.via, edge.scope, edge.results?.join("|")]
      .filter(Boolean)
      .join(" "),
  );
};

describe("the graph of a dag", () => {
  const main = graph(everything);

  it("has a box for every call and every hook", () => {
    expect(main.nodes.map((node) => [node.id, node.kind, node.calls])).toEqual([
      ["main/a", "container", "leaf"],
      ["main/b", "container", "leaf"],
      ["main/c", "container", ""],
      ["main/d", "external", "lib/t"],
      ["main/e", "steps", "steps"],
      ["main/f", "steps", "steps"],
      ["main/b!onExit", "script", "bye"],
      ["main/c!exit", "script", "bye"],
      ["main@0!onExit", "script", "bye"],
      ["main@0!running", "container", "leaf"],
    ]);
    expect(main.nodes.find((node) => node.id === "main/c!exit")?.hook).toEqual({ owner: "main/c", name: "exit" });
    expect(main.nodes.at(-1)?.hook).toEqual({ owner: "", name: "running" });
  });

  it("has a wire for every reference and for every order that no wire says", () => {
    expect(wires(main)).toEqual([
      ".rate → a.x parameter",
      "a.y → b.x parameter text",
      ".rate → b.x parameter text pipeline",
      "a.file → b.f artifact",
      "a.result → b.when parameter when",
      "b.result → c.inline parameter text",
      ".rate → d.withItems parameter loop",
      "b.result → e.x parameter expression",
      "a.y → e.withParam parameter loop",
      "a.result → f.withSequence parameter loop",
      "b → b!onExit order hook",
      "c.status → c!exit.x parameter hook",
      "a.ip → c!exit.x parameter hook",
      "c → c!exit order hook",
      "a.y → .best parameter",
      "a.file → .pick artifact expression",
      "a → c order",
      "c → d order",
    ]);
  });

  it("shows ports of the callee with what the call gives, and outputs that are only referred to", () => {
    const b = main.nodes[1]!;
    expect(b.inputs.map((port) => [port.name, port.kind, port.required, port.binding?.kind])).toEqual([
      ["x", "parameter", true, "text"],
      ["f", "artifact", false, "reference"],
    ]);
    expect(b.outputs.map((port) => port.name)).toEqual(["y", "file", "result"]);
    expect(main.nodes[0]?.outputs.map((port) => port.name)).toEqual(["y", "file", "result", "ip"]);
    expect(main.inputs.map((port) => [port.name, port.kind, port.fallback])).toEqual([
      ["rate", "parameter", 0.1],
      ["table", "artifact", undefined],
    ]);
    expect(main.outputs.map((port) => port.name)).toEqual(["best", "pick"]);
  });

  it("tells loops, conditions, uses and what a template is about", () => {
    const [a, b, , d, e, f] = main.nodes;
    expect(a).toMatchObject({ uses: 3, subtitle: "python", group: false });
    expect(b?.when?.text).toContain("== go");
    expect(d?.loop).toMatchObject({ kind: "items", count: 3 });
    expect(e).toMatchObject({ group: true, loop: { kind: "param", text: "a.y" } });
    expect(f?.loop).toMatchObject({ kind: "sequence" });
  });

  it("says the results that a formula asks for, and draws order beside data if the formula is not plain", () => {
    const yaml = `
spec:
  templates:
  - name: main
    dag:
      tasks:
      - {name: a, template: t}
      - {name: b, template: t}
      - {name: c, depends: 'a.Failed || a.Errored || b', template: t, arguments: {parameters: [{name: x, value: '{{tasks.b.outputs.result}}'}]}}
      - {name: d, depends: 'a && b', template: t, arguments: {parameters: [{name: x, value: '{{tasks.b.outputs.result}}'}]}}
  - {name: t, container: {image: i}}`;
    expect(wires(graph(yaml))).toEqual([
      "b.result → c.x parameter",
      "b.result → d.x parameter",
      "a → c order Failed|Errored",
      "b → c order",
      "a → d order",
    ]);
  });

  it("guesses the ports of templates outside the file from what the call gives and what is asked of it", () => {
    const yaml = `
spec:
  templates:
  - name: main
    dag:
      tasks:
      - {name: a, templateRef: {name: lib, template: t}, arguments: {artifacts: [{name: f, raw: {data: 'x{{workflow.parameters.p}}'}}]}}
      - {name: b, template: nowhere, arguments: {artifacts: [{name: g, from: '{{tasks.a.outputs.artifacts.out}}'}]}}`;
    const { nodes } = graph(yaml);
    expect(
      nodes.map((node) => [node.kind, node.inputs.map((port) => port.name), node.outputs.map((port) => [port.name, port.kind])]),
    ).toEqual([
      ["external", ["f"], [["out", "artifact"]]],
      ["missing", ["g"], []],
    ]);
    expect(wires(graph(yaml))).toEqual([".p → a.f parameter as artifact text pipeline", "a.out → b.g artifact"]);
  });

  it("leads what a hook waits for to the hook", () => {
    const yaml = `
spec:
  templates:
  - name: main
    dag:
      tasks:
      - {name: a, template: t}
      - {name: b, template: t, hooks: {slow: {template: t, expression: 'tasks.a.status == "Running" && workflow.parameters.p == "x"'}}}
  - {name: t, suspend: {}}`;
    expect(wires(graph(yaml))).toEqual([
      "a.status → b!slow.expression parameter hook",
      ".p → b!slow.expression parameter hook pipeline",
      "b → b!slow order hook",
    ]);
  });

  it("leads global outputs from the call that gives them", () => {
    const yaml = `
spec:
  templates:
  - name: main
    dag:
      tasks:
      - {name: a, template: t}
      - {name: b, template: t, depends: a, arguments: {parameters: [{name: x, value: '{{workflow.outputs.parameters.g}}'}, {name: y, value: '{{workflow.outputs.parameters.h}}'}]}}
  - {name: t, container: {image: i}, outputs: {parameters: [{name: o, globalName: g, valueFrom: {path: /o}}]}}`;
    expect(wires(graph(yaml))).toEqual(["a.o → b.x parameter", ".h → b.y parameter global"]);
  });
});

describe("the graph of steps", () => {
  it("orders group after group, past empty ones, and repeats no order that a wire says", () => {
    expect(wires(graph(everything, "steps"))).toEqual(["one.result → two.f parameter as artifact text", "one → three order"]);
  });

  it("draws no order between groups where it would take more than nine wires, but keeps the stages", () => {
    const group = (prefix: string, count: number) =>
      `[${Array.from({ length: count }, (_, i) => `{name: ${prefix}${i}, template: t}`).join(", ")}]`;
    const steps = (a: number, b: number) =>
      graph(`spec: {templates: [{name: main, steps: [${group("a", a)}, ${group("b", b)}]}, {name: t, suspend: {}}]}`);
    expect(steps(3, 3).edges).toHaveLength(9);
    expect(steps(2, 5).edges).toHaveLength(0);
    expect(steps(2, 5).nodes.filter((node) => node.stage === 1)).toHaveLength(5);
  });
});

describe("other graphs", () => {
  it("a containerSet shows its members in order of their dependencies", () => {
    const set = graph(everything, "set");
    expect(set.nodes.map((node) => [node.id, node.subtitle])).toEqual([
      ["set/p", "a"],
      ["set/main", "b"],
    ]);
    expect(wires(set)).toEqual(["p → main order"]);
  });

  it("a leaf is one box, an unknown template an empty graph", () => {
    const leaf = graph("spec: {entrypoint: main, templates: [{name: main, container: {image: i}, inputs: {parameters: [{name: x}]}}]}");
    expect(leaf.nodes).toMatchObject([{ id: "main", kind: "container", subtitle: "i", inputs: [{ name: "x" }] }]);
    expect(graph(everything, "nobody")).toMatchObject({ kind: "unknown", nodes: [], edges: [] });
  });

  it("inline graphs are graphs of their own, and keep their references to themselves", () => {
    const yaml = `
spec:
  entrypoint: main
  templates:
  - name: main
    inputs: {parameters: [{name: p}]}
    dag:
      tasks:
      - {name: a, template: t}
      - name: b
        depends: a
        inline:
          dag:
            tasks:
            - {name: c, template: t}
            - {name: d, template: t, depends: c, arguments: {parameters: [{name: x, value: '{{tasks.c.outputs.result}}{{inputs.parameters.p}}{{tasks.a.outputs.result}}'}]}}
  - {name: t, container: {image: i}}`;
    const { model } = modelOf(yaml);
    expect(allGraphs(model).map((one) => one.template)).toEqual(["main", "main/b"]);
    expect(wires(graph(yaml))).toEqual([".p → b.inline parameter text", "a.result → b.inline parameter text"]);
    expect(wires(graph(yaml, "main/b"))).toEqual(["c.result → d.x parameter text", ".p → d.x parameter text"]);
    expect(graph(yaml).nodes[1]).toMatchObject({ template: "main/b", group: true, kind: "dag" });
  });

  it("templates of other objects in the file are found by templateRef and workflowTemplateRef", () => {
    const { model, workflow } = modelOf(`
apiVersion: argoproj.io/v1alpha1
kind: Workflow
spec: {workflowTemplateRef: {name: lib}, entrypoint: main}
---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: lib}
spec: {templates: [{name: main, steps: [[{name: x, templateRef: {name: lib, template: t}}]]}, {name: t, suspend: {duration: 5}}]}`);
    const main = graphOf(model, workflow, "main@1" as TemplateId);
    expect(main.nodes).toMatchObject([{ id: "main@1/x", template: "t@1", kind: "suspend", subtitle: "5" }]);
  });
});

describe("recursion", () => {
  it("is marked on the calls that lead back, and only on those", () => {
    const yaml = `
spec:
  entrypoint: main
  templates:
  - {name: main, steps: [[{name: x, template: ping}]]}
  - {name: ping, steps: [[{name: x, template: pong}, {name: y, template: leaf}]]}
  - {name: pong, steps: [[{name: x, template: ping}, {name: y, template: pong}]]}
  - {name: leaf, suspend: {}}`;
    const { model } = modelOf(yaml);
    expect(allGraphs(model).map((one) => one.nodes.map((node) => node.recursive))).toEqual([[false], [true, false], [true, true]]);
    expect([...recursionOf(model).keys()].sort()).toEqual(["ping", "pong"]);
  });

  it("and templates that call each other twice, 26 levels deep, cost nothing", () => {
    const levels = Array.from({ length: 26 }, (_, i) => ({
      name: `t${i}`,
      steps: [
        [
          { name: "a", template: `t${i + 1}` },
          { name: "b", template: `t${i + 1}` },
        ],
      ],
    }));
    // Following each of the 2^26 ways would run into the test's time limit.
    const { model } = readModel([
      {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "Workflow",
        spec: { entrypoint: "t0", templates: [...levels, { name: "t26", suspend: {} }] },
      },
    ]);
    expect(allGraphs(model).flatMap((one) => one.nodes)).toHaveLength(52);
  });

  it("a chain of 20,000 templates does not exhaust the stack", () => {
    const templates = Array.from({ length: 20_000 }, (_, i) => ({
      name: `t${i}`,
      steps: [[{ name: "a", template: `t${(i + 1) % 20_000}` }]],
    }));
    const { model } = readModel([{ apiVersion: "argoproj.io/v1alpha1", kind: "Workflow", spec: { entrypoint: "t0", templates } }]);
    expect(recursionOf(model).size).toBe(20_000);
  });
});

describe("KFP boxes", () => {
  const program = "import argparse";
  const spec = JSON.stringify({
    name: "Make rows",
    inputs: [{ name: "count", type: "Integer" }, { name: "seed", type: "Integer", optional: true }, { name: "table" }],
    outputs: [
      { name: "rows", type: "Integer" },
      { name: "Output", type: "Model" },
    ],
    implementation: {
      container: {
        image: "i",
        command: ["sh", "-ec", "launch", program],
        args: [
          "--count",
          { inputValue: "count" },
          "--table",
          { inputPath: "table" },
          "--rows",
          { outputPath: "rows" },
          "----output-paths",
          { outputPath: "Output" },
        ],
      },
    },
  });
  const main = graph(`
metadata: {annotations: {pipelines.kubeflow.org/pipeline_spec: '{"name": "P", "inputs": [{"name": "n", "type": "Integer"}]}'}}
spec:
  entrypoint: main
  arguments: {parameters: [{name: n, value: '1'}]}
  templates:
  - {name: main, inputs: {parameters: [{name: n}]}, dag: {tasks: [{name: make-rows, template: make-rows}]}}
  - name: make-rows
    metadata:
      annotations:
        pipelines.kubeflow.org/component_spec: '${spec}'
        pipelines.kubeflow.org/arguments.parameters: '{"count": "5"}'
    inputs: {artifacts: [{name: table, path: /tmp/inputs/table/data, raw: {data: x}}]}
    outputs: {artifacts: [{name: make-rows-Output, path: /tmp/outputs/Output/data}, {name: make-rows-rows, path: /tmp/outputs/rows/data}]}
    container: {image: i, command: [], args: []}`);

  it("show constants in the program's arguments, and inputs left open", () => {
    expect(main.nodes[0]).toMatchObject({ title: "Make rows", name: "make-rows" });
    expect(main.nodes[0]?.inputs.map((port) => [port.name, port.kind, port.type, port.inlined])).toEqual([
      ["table", "artifact", undefined, undefined],
      ["count", "parameter", "Integer", "5"],
      ["seed", "parameter", "Integer", undefined],
    ]);
  });

  it("tell a Python function from any other container", () => {
    expect(main.nodes[0]?.python).toBe(true);
    expect(graph(everything).nodes.some((node) => node.python)).toBe(false);
  });

  it("know return values from files, whatever their types", () => {
    expect(main.nodes[0]?.outputs.map((port) => [port.label, port.kind, port.nature])).toEqual([
      ["Output", "artifact", "parameter"],
      ["rows", "artifact", "artifact"],
    ]);
  });

  it("the entrypoint's inputs have the pipeline parameters' types", () => {
    expect(main.inputs).toMatchObject([{ name: "n", type: "Integer", fallback: "1" }]);
  });
});

describe("KFP groups", () => {
  const spec = (name: string, port: object) => JSON.stringify({ name, ...port, implementation: { container: { image: "i" } } });
  const yaml = `
metadata: {annotations: {pipelines.kubeflow.org/pipeline_spec: '{"name": "P", "inputs": [{"name": "n", "type": "Integer"}]}'}}
spec:
  entrypoint: main
  arguments: {parameters: [{name: n}]}
  templates:
  - name: main
    inputs: {parameters: [{name: n}]}
    dag:
      tasks:
      - {name: make, template: make}
      - name: condition-1
        template: condition-1
        dependencies: [make]
        arguments:
          parameters: [{name: n, value: '{{inputs.parameters.n}}'}]
          artifacts: [{name: make-rows, from: '{{tasks.make.outputs.artifacts.make-rows}}'}]
  - name: condition-1
    inputs: {parameters: [{name: n}], artifacts: [{name: make-rows}]}
    dag:
      tasks:
      - {name: again, template: condition-1, arguments: {parameters: [{name: n, value: '{{inputs.parameters.n}}'}], artifacts: [{name: make-rows, from: '{{inputs.artifacts.make-rows}}'}]}}
      - {name: make-2, template: make}
    outputs: {artifacts: [{name: kept, from: '{{tasks.make-2.outputs.artifacts.make-rows}}'}]}
  - name: make
    metadata: {annotations: {pipelines.kubeflow.org/component_spec: '${spec("Make", { outputs: [{ name: "rows", type: "CSV" }] })}'}}
    outputs: {artifacts: [{name: make-rows, path: /tmp/outputs/rows/data}]}
    container: {image: i}`;

  it("have the types of what flows through them, recursion or not", () => {
    const group = graph(yaml).nodes[1];
    expect(group?.inputs.map((port) => [port.name, port.type])).toEqual([
      ["n", "Integer"],
      ["make-rows", "CSV"],
    ]);
    expect(group?.outputs.map((port) => [port.name, port.type])).toEqual([["kept", "CSV"]]);
    const inner = graph(yaml, "condition-1");
    expect(inner.inputs.map((port) => port.type)).toEqual(["Integer", "CSV"]);
    expect(inner.outputs.map((port) => port.type)).toEqual(["CSV"]);
  });
});

describe("what is not reached", () => {
  it("lists templates that nothing calls, and none of a library", () => {
    const { model, workflow } = modelOf(everything);
    expect(unreached(model, workflow).map((template) => template.name)).toEqual(["res", "wait", "get", "walk", "plug", "odd"]);
    const library = modelOf("apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nspec: {templates: [{name: a, suspend: {}}]}");
    expect(unreached(library.model, library.workflow)).toEqual([]);
  });
});

describe("drawing again", () => {
  it("after an edit gives the same boxes for the calls that did not change", () => {
    const stream = dataOf(everything);
    const drawn = (data: Data) => {
      const { model } = readModel([data]);
      const [workflow] = model.objects;
      return workflow?.kind === "workflow" ? graphOf(model, workflow, "main" as TemplateId).nodes : [];
    };
    const before = drawn(stream[0] as Data);
    const after = drawn(
      applyOperation(stream[0] as Data, {
        op: "set",
        path: ["spec", "templates", 0, "dag", "tasks", 1, "when"],
        value: "{{tasks.a.outputs.result}} == stop",
      }),
    );
    expect(after.slice(0, 6).map((node, index) => node === before[index])).toEqual([true, false, true, true, true, true]);
  });

  it("keeps the wires of a template that did not change, but not those from elsewhere", () => {
    const yaml = (globalName: string, exit: string) =>
      dataOf(`
apiVersion: argoproj.io/v1alpha1
kind: Workflow
spec:
  entrypoint: main
  hooks: {h: {template: t, expression: 'true', arguments: {parameters: [{name: x, value: '{{workflow.parameters.${exit}}}'}]}}}
  templates:
  - {name: main, dag: {tasks: [{name: a, template: t}, {name: b, template: t, depends: a, arguments: {parameters: [{name: x, value: '{{workflow.outputs.parameters.g}}'}]}}]}}
  - {name: t, suspend: {}, outputs: {parameters: [{name: o, globalName: ${globalName}, valueFrom: {supplied: {}}}]}}`);
    const draw = (stream: readonly Data[]) => {
      const { model } = readModel(stream);
      const [workflow] = model.objects;
      return wires(workflow?.kind === "workflow" ? graphOf(model, workflow, "main" as TemplateId) : ({} as Graph));
    };
    const first = yaml("g", "p")[0] as Data;
    expect(draw([first])).toEqual(["a.o → b.x parameter", ".p → main@0!h.x parameter hook pipeline"]);
    const renamed = applyOperation(first, {
      op: "set",
      path: ["spec", "templates", 1, "outputs", "parameters", 0, "globalName"],
      value: "other",
    });
    expect(draw([renamed])).toEqual([".g → b.x parameter global", ".p → main@0!h.x parameter hook pipeline", "a → b order"]);
    const refed = applyOperation(first, {
      op: "set",
      path: ["spec", "hooks", "h", "arguments", "parameters", 0, "value"],
      value: "{{workflow.parameters.q}}",
    });
    expect(draw([refed])).toEqual(["a.o → b.x parameter", ".q → main@0!h.x parameter hook pipeline"]);
  });

  it("a graph of 5,000 tasks is read and drawn whole", () => {
    const tasks = Array.from({ length: 5000 }, (_, i) => ({
      name: `t${i}`,
      template: "leaf",
      ...(i === 0 ? {} : { dependencies: [`t${i - 1}`, `t${i >> 1}`] }),
      arguments: {
        parameters: [
          { name: "x", value: i === 0 ? "1" : `{{tasks.t${i - 1}.outputs.parameters.y}}` },
          { name: "z", value: "{{workflow.parameters.rate}}" },
        ],
      },
    }));
    const leaf = {
      name: "leaf",
      inputs: { parameters: [{ name: "x" }, { name: "z" }] },
      container: { image: "i" },
      outputs: { parameters: [{ name: "y", valueFrom: { path: "/y" } }] },
    };
    const stream = [
      {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "Workflow",
        spec: { entrypoint: "main", templates: [{ name: "main", dag: { tasks } }, leaf] },
      },
    ];
    const { model } = readModel(stream as readonly Data[]);
    const [main] = allGraphs(model);
    expect(main?.nodes).toHaveLength(5000);
    expect(main?.edges).toHaveLength(4999 + 5000 + 4997);
  });
});
