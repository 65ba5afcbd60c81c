import { describe, expect, it } from "vitest";
import { componentReference } from "#components/component-yaml/reference.ts";
import type { Edit } from "#pipeline/edit.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import { componentOf, constant, output, parameter, step } from "../../kfp/lower/build.ts";
import { built, empty, expectSame, templateIn, workflowOf } from "./build.ts";

const make = componentOf(`
name: Make
outputs: [{name: Table, type: CSV}, {name: Count, type: Integer}]
implementation: {container: {image: example/make:1, command: [make], args: [{outputPath: Table}, {outputPath: Count}]}}
`);
const use = componentOf(`
name: Use
inputs:
- {name: rows, type: CSV}
- {name: n rows, type: Integer}
- {name: Rate, type: Float, default: '0.5'}
- {name: tag, type: String, optional: true}
- {name: extra, optional: true}
outputs: [{name: Out, type: String}]
implementation:
  container:
    image: example/use:1
    command: [use]
    args:
    - {inputPath: rows}
    - {concat: [--n=, {inputValue: n rows}]}
    - {concat: [--rate=, {inputValue: Rate}]}
    - if: {cond: {isPresent: tag}, then: [--tag, {inputValue: tag}], else: [--untagged]}
    - if: {cond: {isPresent: extra}, then: [--extra, {inputPath: extra}]}
    - {outputPath: Out}
`);
const addMake: Edit = { kind: "add-component", graph: "demo", spec: writeComponent(make) };
const addUse: Edit = { kind: "add-component", graph: "demo", spec: writeComponent(use) };
const wire = (from: string, port: string, to: string, input: string, as?: "value" | "file" | "ignore-type"): Edit => ({
  kind: "connect",
  from: { task: from, port },
  to: { task: to, port: input },
  ...(as && { as }),
});
const set = (input: string, value: string | number, task = "use"): Edit => ({ kind: "set-argument", task, input, value });
const bind = (input: string, name: string, task = "use"): Edit => ({ kind: "bind-parameter", task, input, parameter: name });
const maker = step("make", {}, { spec: make, reference: {} });
const user = (args: Parameters<typeof step>[1], more: Parameters<typeof step>[2] = {}) =>
  step("use", args, { spec: use, reference: {}, ...more });
const wired = { rows: output("make", "Table"), "n rows": output("make", "Count") };
const wires = [addMake, addUse, wire("make", "Table", "use", "rows"), wire("make", "Count", "use", "n rows")];

describe("what feeds an input is written as the SDK writes it", () => {
  it("an output by path and an output by value", () => void expectSame(wires, { body: [maker, user(wired)] }));
  it("constants by value and by path", () =>
    void expectSame([addUse, set("rows", "a,b"), set("n rows", 3), set("Rate", 1)], {
      body: [user({ rows: constant("a,b"), "n rows": constant(3), Rate: constant(1) })],
    }));
  it("constants given with the component", () =>
    void expectSame([{ ...addUse, arguments: { rows: "a", "n rows": 3, tag: "x" } }], {
      body: [user({ rows: constant("a"), "n rows": constant(3), tag: constant("x") })],
    }));
  it("a pipeline parameter by value and by path", () =>
    void expectSame([{ kind: "add-parameter", name: "p", value: "1" }, addUse, bind("n rows", "p"), bind("rows", "p")], {
      parameters: [{ name: "p", default: "1" }],
      body: [user({ rows: parameter("p"), "n rows": parameter("p") })],
    }));
  it("a pipeline parameter of the same name as another input that waits for its wire", () =>
    void expectSame(
      [{ kind: "add-parameter", name: "n-rows", value: "1" }, addUse, set("rows", ""), bind("Rate", "n-rows"), set("n rows", 7)],
      {
        parameters: [{ name: "n-rows", default: "1" }],
        body: [user({ rows: constant(""), "n rows": constant(7), Rate: parameter("n-rows") })],
      },
    ));
  it("an input that waits for its wire is not fed by a parameter of its name that feeds another", () => {
    const document = built(empty, [{ kind: "add-parameter", name: "n-rows", value: "1" }, addUse, bind("Rate", "n-rows")]);
    expect(templateIn(document, "use")).toMatchObject({
      container: {
        args: [
          "/tmp/inputs/rows/data",
          "--n={{inputs.parameters.n-rows-2}}",
          "--rate={{inputs.parameters.n-rows}}",
          "--untagged",
          "/tmp/outputs/Out/data",
        ],
      },
    });
  });
  it("an optional input given, taken back, and given otherwise", () =>
    void expectSame([...wires, set("tag", "x"), { kind: "clear-argument", task: "use", input: "tag" }, set("extra", "y")], {
      body: [maker, user({ ...wired, extra: constant("y") })],
    }));
  it("a default that is overridden and comes back", () =>
    void expectSame([...wires, set("Rate", 2), { kind: "clear-argument", task: "use", input: "Rate" }], { body: [maker, user(wired)] }));
  it("a wire in place of a constant, and a constant in place of a wire", () =>
    void expectSame(
      [addMake, addUse, set("n rows", 1), wire("make", "Table", "use", "rows"), wire("make", "Count", "use", "n rows"), set("n rows", 4)],
      { body: [maker, user({ ...wired, "n rows": constant(4) })] },
    ));
  it("an output read as a value, and no longer", () => {
    const document = built(empty, [...wires, wire("make", "Table", "use", "tag", "value")]);
    expect(templateIn(document, "make").outputs).toMatchObject({ parameters: [{ name: "make-Count" }, { name: "make-Table" }] });
    expectSame([...wires, wire("make", "Table", "use", "tag", "value"), { kind: "disconnect", to: { task: "use", port: "tag" } }], {
      body: [maker, user(wired)],
    });
  });
  it("the same output twice by path has two names", () =>
    void expectSame([addMake, addUse, wire("make", "Table", "use", "extra"), ...wires.slice(2)], {
      body: [maker, user({ ...wired, extra: output("make", "Table") })],
    }));
  it("the last wire takes its order with it", () => {
    const without = built(empty, [addMake, addUse]);
    const back = built(empty, [
      ...wires,
      { kind: "disconnect", to: { task: "use", port: "rows" } },
      { kind: "disconnect", to: { task: "use", port: "n rows" } },
    ]);
    const names = (document: typeof back) => JSON.stringify([templateIn(document, "demo"), templateIn(document, "make")]);
    expect(names(back)).toBe(names(without));
  });
});

describe("through the boundaries of groups", () => {
  const inCondition: Edit = {
    kind: "group-tasks",
    tasks: ["use"],
    as: { kind: "condition", left: { text: "1" }, operator: "==", right: { text: "1" } },
  };
  const condition = (args: Parameters<typeof step>[1]) =>
    ({ kind: "condition", id: "if", operator: "==", left: constant("1"), right: constant("1"), body: [user(args)] }) as const;

  it("a wire drawn into a group makes the inputs that a wire drawn before makes", () => {
    const same = { body: [maker, condition(wired)] };
    expectSame([...wires, inCondition], same);
    expectSame([addMake, addUse, inCondition, ...wires.slice(2)], same);
  });
  it("a pipeline parameter reaches a task in a group as value and as file", () =>
    void expectSame([{ kind: "add-parameter", name: "p", value: "1" }, addUse, inCondition, bind("rows", "p"), bind("n rows", "p")], {
      parameters: [{ name: "p", default: "1" }],
      body: [condition({ rows: parameter("p"), "n rows": parameter("p") })],
    }));
  it("a removed wire removes its boundary ports, on all levels", () => {
    const around: Edit = { kind: "group-tasks", tasks: ["condition-1"], as: { kind: "sub-dag" } };
    const base: readonly Edit[] = [
      addMake,
      { kind: "add-parameter", name: "p", value: "1" },
      addUse,
      set("rows", ""),
      set("n rows", 1),
      inCondition,
      around,
    ];
    const crossing: readonly Edit[] = [
      wire("make", "Table", "use", "extra"),
      wire("make", "Count", "use", "tag", "ignore-type"),
      bind("Rate", "p"),
    ];
    const back: readonly Edit[] = ["extra", "tag", "Rate"].map((input) => ({ kind: "clear-argument", task: "use", input }));
    expect(workflowOf(built(empty, [...base, ...crossing, ...back]))).toEqual(workflowOf(built(empty, base)));
  });
});

describe("component tasks", () => {
  it("have names that are unique after cleaning, in any script, and show as typed", () => {
    const named = (name: string): Edit => ({ ...addMake, name }) as Edit;
    const document = built(
      empty,
      ["데이터 준비", "데이터 정리", "Train (1)", "train 1", "demo", "condition-1", "x".repeat(200)].map(named),
    );
    const templates = (workflowOf(document).spec as { templates: { name: string; metadata?: { annotations: Record<string, string> } }[] })
      .templates;
    const shown = templates.map((one) => [
      one.name.length > 20 ? one.name.length : one.name,
      one.metadata?.annotations["pipelines.kubeflow.org/task_display_name"]?.slice(0, 12),
    ]);
    expect(shown).toEqual([
      ["condition-1", "condition-1"],
      ["demo", undefined],
      ["demo-2", "demo"],
      ["task", "데이터 준비"],
      ["task-2", "데이터 정리"],
      ["train-1", "Train (1)"],
      ["train-1-2", "train 1"],
      [128, "xxxxxxxxxxxx"],
    ]);
  });

  it("keep apart inputs whose names are the same after cleaning", () => {
    const close = componentOf(
      "name: Close\ninputs: [{name: a b}, {name: a-b}, {name: a.b}]\nimplementation: {container: {image: x, command: [x], args: [{inputValue: a b}, {inputValue: a-b}, {inputPath: a.b}]}}",
    );
    const document = built(empty, [{ kind: "add-component", graph: "demo", spec: writeComponent(close) }]);
    expect(templateIn(document, "close")).toMatchObject({
      container: { args: ["{{inputs.parameters.a-b}}", "{{inputs.parameters.a-b-2}}", "/tmp/inputs/a.b/data"] },
    });
  });

  it("tell the digest of the file that they come from", () => {
    const reference = componentReference("name: Make\n");
    const document = built(empty, [{ ...addMake, reference } as Edit]);
    expect(templateIn(document, "make").metadata).toMatchObject({
      annotations: { "pipelines.kubeflow.org/component_ref": `{"digest": "${reference.digest}"}` },
    });
  });

  it("of a graph component come in as its tasks, wired", () => {
    const spec = {
      name: "Both",
      inputs: [{ name: "n" }],
      implementation: {
        graph: {
          tasks: {
            use: {
              componentRef: { spec: writeComponent(use) },
              arguments: {
                rows: { taskOutput: { taskId: "make", outputName: "Table" } },
                "n rows": { taskOutput: { taskId: "make", outputName: "Count" } },
              },
            },
            make: { componentRef: { spec: writeComponent(make) } },
          },
        },
      },
    };
    expectSame([{ kind: "add-component", graph: "demo", spec }], { body: [maker, user(wired)] });
  });
});

describe("the pipeline's name", () => {
  it("is also its entrypoint's, wherever that is among the templates then", () => {
    expectSame([...wires, { kind: "rename-workflow", name: "The ∑ of all" }], { name: "The ∑ of all", body: [maker, user(wired)] });
  });
  it("gets a number where a task has that name, and stays short enough", () => {
    const text = built(empty, [addMake, { kind: "rename-workflow", name: "Make" }, { kind: "rename-workflow", name: "make" }]).text;
    expect(text).toContain("generateName: make-2-\n");
    expect(text).toContain("entrypoint: make-2\n");
    expect(built(empty, [{ kind: "rename-workflow", name: "x".repeat(80) }]).text).toContain(`generateName: ${"x".repeat(56)}-\n`);
  });
});
