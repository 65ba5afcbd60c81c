import { describe, expect, it } from "vitest";
import { editDocument, openDocument } from "#compiler/document.ts";
import type { Data } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import { both, constant, item, output, parameter, step } from "../../kfp/lower/build.ts";
import { edited, refused } from "../changes.ts";
import { dag, steps } from "../fixtures.ts";
import { built, empty, expectSame, templateIn, workflowOf } from "./build.ts";

const spec = writeComponent(both);
const add = (name: string, args: Record<string, string> = {}): Edit => ({
  kind: "add-component",
  graph: "demo",
  spec,
  name,
  arguments: args,
});
const wire = (
  from: string,
  to: string,
  input = "value",
  as: "value" | "file" | undefined = input === "value" ? "value" : undefined,
): Edit => ({ kind: "connect", from: { task: from, port: "Out" }, to: { task: to, port: input }, ...(as && { as }) });
/** Steps as edits add them: with a display name, since the component is called otherwise. */
const op = (id: string, args: Parameters<typeof step>[1] = {}, more: Parameters<typeof step>[2] = {}) =>
  step(id, args, { displayName: id, reference: {}, ...more });

describe("groups made by edits are what the SDK writes", () => {
  it("a condition over an output, with wires across its boundary", () => {
    expectSame(
      [
        add("a"),
        add("b"),
        add("c"),
        wire("a", "b"),
        wire("b", "c", "file"),
        {
          kind: "group-tasks",
          tasks: ["b", "c"],
          as: { kind: "condition", left: { task: "a", output: "Out" }, operator: "==", right: { text: "go" } },
        },
      ],
      {
        body: [
          op("a"),
          {
            kind: "condition",
            id: "if",
            operator: "==",
            left: output("a"),
            right: constant("go"),
            body: [op("b", { value: output("a") }), op("c", { file: output("b") })],
          },
        ],
      },
    );
  });

  it("an else branch is the opposite condition", () => {
    expectSame(
      [
        add("a"),
        add("b"),
        {
          kind: "group-tasks",
          tasks: ["b"],
          as: { kind: "condition", left: { task: "a", output: "Out" }, operator: "<", right: { text: "5" }, otherwise: true },
        },
      ],
      { body: [op("a"), { kind: "condition", id: "if", operator: ">=", left: output("a"), right: constant("5"), body: [op("b")] }] },
    );
  });

  it("a loop over a list, its item used", () => {
    expectSame(
      [
        add("a"),
        { kind: "group-tasks", tasks: ["a"], as: { kind: "loop", over: { items: [1, 2] } } },
        { kind: "connect", from: { task: "", graph: "for-loop-2", port: "loop-item-param-1" }, to: { task: "a", port: "value" } },
      ],
      { body: [{ kind: "loop", id: "l", items: { kind: "list", items: [1, 2] }, body: [op("a", { value: item("l") })] }] },
    );
  });

  it("a loop over the keys of listed items", () => {
    expectSame(
      [
        add("a"),
        {
          kind: "group-tasks",
          tasks: ["a"],
          as: {
            kind: "loop",
            over: {
              items: [
                { x: 1, y: 2 },
                { x: 3, y: 4 },
              ],
            },
            parallelism: 2,
          },
        },
        { kind: "connect", from: { task: "", graph: "for-loop-2", port: "loop-item-param-1-subvar-x" }, to: { task: "a", port: "value" } },
        { kind: "connect", from: { task: "", graph: "for-loop-2", port: "loop-item-param-1-subvar-y" }, to: { task: "a", port: "file" } },
      ],
      {
        body: [
          {
            kind: "loop",
            id: "l",
            parallelism: 2,
            items: {
              kind: "list",
              items: [
                { x: 1, y: 2 },
                { x: 3, y: 4 },
              ],
            },
            body: [op("a", { value: item("l", "x"), file: item("l", "y") })],
          },
        ],
      },
    );
  });

  it("a loop over a pipeline parameter, which reaches a step inside, too", () => {
    expectSame(
      [
        { kind: "add-parameter", name: "rows", value: "[1]" },
        add("a"),
        { kind: "group-tasks", tasks: ["a"], as: { kind: "loop", over: { parameter: "rows" } } },
        { kind: "bind-parameter", task: "a", input: "value", parameter: "rows" },
        { kind: "connect", from: { task: "", graph: "for-loop-1", port: "rows-loop-item" }, to: { task: "a", port: "file" } },
      ],
      {
        parameters: [{ name: "rows", default: "[1]" }],
        body: [{ kind: "loop", id: "l", items: parameter("rows"), body: [op("a", { value: parameter("rows"), file: item("l") })] }],
      },
    );
  });

  it("a loop over an output inside a condition, made from the inside out", () => {
    expectSame(
      [
        add("a"),
        add("b"),
        add("c"),
        { kind: "group-tasks", tasks: ["c"], as: { kind: "loop", over: { task: "a", output: "Out" } } },
        { kind: "connect", from: { task: "", graph: "for-loop-1", port: "a-Out-loop-item" }, to: { task: "c", port: "value" } },
        { kind: "connect", from: { task: "b", port: "Out" }, to: { task: "c", port: "file" } },
        {
          kind: "group-tasks",
          tasks: ["for-loop-1", "b"],
          as: { kind: "condition", left: { text: "1" }, operator: "==", right: { text: "1" } },
        },
        { kind: "change-identifier", task: "for-loop-1", name: "for-loop-3" },
        { kind: "change-identifier", task: "condition-2", name: "condition-1" },
        { kind: "change-identifier", task: "for-loop-3", name: "for-loop-2" },
      ],
      {
        body: [
          op("a"),
          {
            kind: "condition",
            id: "if",
            operator: "==",
            left: constant("1"),
            right: constant("1"),
            body: [op("b"), { kind: "loop", id: "l", items: output("a"), body: [op("c", { value: item("l"), file: output("b") })] }],
          },
        ],
      },
    );
  });

  it("nested loops, the inner task using both items", () => {
    expectSame(
      [
        add("a"),
        { kind: "group-tasks", tasks: ["a"], as: { kind: "loop", over: { items: ["x", "y"] } } },
        { kind: "group-tasks", tasks: ["a"], as: { kind: "loop", over: { items: [1, 2] } } },
        { kind: "connect", from: { task: "", graph: "for-loop-2", port: "loop-item-param-1" }, to: { task: "a", port: "value" } },
        { kind: "connect", from: { task: "", graph: "for-loop-4", port: "loop-item-param-3" }, to: { task: "a", port: "file" } },
      ],
      {
        body: [
          {
            kind: "loop",
            id: "o",
            items: { kind: "list", items: ["x", "y"] },
            body: [
              { kind: "loop", id: "i", items: { kind: "list", items: [1, 2] }, body: [op("a", { value: item("o"), file: item("i") })] },
            ],
          },
        ],
      },
    );
  });

  it("an exit handler around everything, fed by a pipeline parameter", () => {
    expectSame(
      [
        { kind: "add-parameter", name: "who", value: "me" },
        add("a"),
        add("b"),
        add("bye"),
        wire("a", "b", "file"),
        { kind: "bind-parameter", task: "bye", input: "value", parameter: "who" },
        { kind: "group-tasks", tasks: ["a", "b"], as: { kind: "exit-handler", exit: "bye" } },
      ],
      {
        parameters: [{ name: "who", default: "me" }],
        body: [
          { kind: "exit-handler", id: "x", exit: op("bye", { value: parameter("who") }), body: [op("a"), op("b", { file: output("a") })] },
        ],
      },
    );
  });

  it("a condition over a loop's item", () => {
    expectSame(
      [
        add("a"),
        { kind: "group-tasks", tasks: ["a"], as: { kind: "loop", over: { items: [1, 2] } } },
        {
          kind: "group-tasks",
          tasks: ["a"],
          as: { kind: "condition", left: { parameter: "loop-item-param-1" }, operator: ">", right: { text: "1" } },
        },
      ],
      {
        body: [
          {
            kind: "loop",
            id: "l",
            items: { kind: "list", items: [1, 2] },
            body: [{ kind: "condition", id: "if", operator: ">", left: item("l"), right: constant("1"), body: [op("a")] }],
          },
        ],
      },
    );
  });

  it("conditions and loops inside groups over outputs and parameters from outside them", () => {
    expectSame(
      [
        { kind: "add-parameter", name: "p", value: "1" },
        add("a"),
        add("b"),
        add("c"),
        { kind: "group-tasks", tasks: ["b", "c"], as: { kind: "sub-dag" } },
        {
          kind: "group-tasks",
          tasks: ["b"],
          as: { kind: "condition", left: { task: "a", output: "Out" }, operator: "!=", right: { parameter: "p" } },
        },
        { kind: "group-tasks", tasks: ["c"], as: { kind: "loop", over: { task: "a", output: "Out" } } },
        { kind: "connect", from: { task: "", graph: "for-loop-3", port: "a-Out-loop-item" }, to: { task: "c", port: "value" } },
      ],
      {
        parameters: [{ name: "p", default: "1" }],
        body: [
          op("a"),
          {
            kind: "sub-dag",
            id: "s",
            body: [
              { kind: "condition", id: "if", operator: "!=", left: output("a"), right: parameter("p"), body: [op("b")] },
              { kind: "loop", id: "l", items: output("a"), body: [op("c", { value: item("l") })] },
            ],
          },
        ],
      },
    );
  });

  it("a sub-pipeline whose results are read outside", () => {
    expectSame(
      [
        add("a"),
        add("b"),
        add("c"),
        wire("a", "b", "file"),
        wire("b", "c"),
        { kind: "group-tasks", tasks: ["b"], as: { kind: "sub-dag" } },
        { kind: "add-dependency", task: "c", on: "a" },
      ],
      {
        body: [
          op("a"),
          { kind: "sub-dag", id: "s", body: [op("b", { file: output("a") })] },
          op("c", { value: output("b") }, { after: ["a"] }),
        ],
      },
    );
  });
});

describe("ungrouping", () => {
  const start: readonly Edit[] = [
    { kind: "add-parameter", name: "p", value: "1" },
    add("a"),
    add("b"),
    add("c"),
    add("d"),
    wire("a", "b"),
    wire("b", "c", "file"),
    wire("c", "d", "file"),
    { kind: "bind-parameter", task: "c", input: "value", parameter: "p" },
  ];
  const before = workflowOf(built(empty, start));

  it.each([
    ["a sub-pipeline", { kind: "group-tasks", tasks: ["b", "c"], as: { kind: "sub-dag" }, name: "Middle part" }, "subgraph-middle-part-1"],
    [
      "a condition over an output",
      {
        kind: "group-tasks",
        tasks: ["b", "c", "d"],
        as: { kind: "condition", left: { task: "a", output: "Out" }, operator: "==", right: { parameter: "p" } },
      },
      "condition-1",
    ],
    [
      "a loop over an output",
      { kind: "group-tasks", tasks: ["c", "d"], as: { kind: "loop", over: { task: "b", output: "Out" } } },
      "for-loop-1",
    ],
    ["a loop over a list", { kind: "group-tasks", tasks: ["d"], as: { kind: "loop", over: { items: [1] } } }, "for-loop-2"],
  ] satisfies readonly (readonly [string, Edit, string])[])("%s gives back what was there before", (_, group, name) => {
    expect(workflowOf(built(empty, [...start, group, { kind: "ungroup", task: name }]))).toEqual(before);
  });

  it("an exit handler gives its task back", () => {
    const tasks = [...start, add("bye"), { kind: "bind-parameter", task: "bye", input: "value", parameter: "p" } as Edit];
    const grouped: Edit = { kind: "group-tasks", tasks: ["a", "b", "c", "d"], as: { kind: "exit-handler", exit: "bye" } };
    expect(workflowOf(built(empty, [...tasks, grouped, { kind: "ungroup", task: "exit-handler-1" }]))).toEqual(
      workflowOf(built(empty, tasks)),
    );
  });

  it("groups inside keep their wires when the one around them goes", () => {
    const inner: Edit = {
      kind: "group-tasks",
      tasks: ["b", "c"],
      as: { kind: "condition", left: { task: "a", output: "Out" }, operator: "!=", right: { text: "no" } },
    };
    const around: Edit = { kind: "group-tasks", tasks: ["condition-1", "d"], as: { kind: "sub-dag" } };
    expect(workflowOf(built(empty, [...start, inner, around, { kind: "ungroup", task: "subgraph-2" }]))).toEqual(
      workflowOf(built(empty, [...start, inner])),
    );
  });
});

describe("an item's key", () => {
  it("is declared as an input of the loop's graph", () => {
    const document = built(empty, [
      { kind: "add-parameter", name: "rows", value: "[]" },
      add("a"),
      { kind: "group-tasks", tasks: ["a"], as: { kind: "loop", over: { parameter: "rows" } } },
      { kind: "add-item-key", task: "for-loop-1", key: "path" },
    ]);
    expect(templateIn(document, "for-loop-1").inputs).toEqual({ parameters: [{ name: "rows-loop-item-subvar-path" }] });
  });
});

describe("what cannot be a group", () => {
  const text = built(empty, [
    add("a"),
    add("b"),
    add("c"),
    wire("a", "b", "file"),
    wire("b", "c", "file"),
    { kind: "add-parameter", name: "p", value: "1" },
  ]).text;
  const when = (
    tasks: readonly string[],
    left: Extract<Extract<Edit, { kind: "group-tasks" }>["as"], { kind: "condition" }>["left"],
  ): Edit => ({ kind: "group-tasks", tasks, as: { kind: "condition", left, operator: "==", right: { text: "1" } } });
  const loop = (tasks: readonly string[], items: readonly Data[]): Edit => ({
    kind: "group-tasks",
    tasks,
    as: { kind: "loop", over: { items } },
  });
  const exit = (tasks: readonly string[], task: string): Edit => ({ kind: "group-tasks", tasks, as: { kind: "exit-handler", exit: task } });

  it.each<[string, Edit]>([
    ["authoring-no-tasks", { kind: "group-tasks", tasks: [], as: { kind: "sub-dag" } }],
    ["authoring-group-circle", { kind: "group-tasks", tasks: ["a", "c"], as: { kind: "sub-dag" } }],
    ["authoring-group-circle", when(["a"], { task: "c", output: "Out" })],
    ["authoring-operand-inside", when(["a"], { task: "a", output: "Out" })],
    ["authoring-operand-unknown", when(["a"], { parameter: "nothing" })],
    ["authoring-operand-quote", when(["a"], { text: 'say "hi"' })],
    ["authoring-loop-result", loop(["b"], [1])],
    ["authoring-loop-empty", loop(["c"], [])],
    ["authoring-loop-keys", loop(["c"], [{ x: 1 }, { y: 1 }])],
    ["authoring-exit-needs", exit(["a", "b"], "c")],
    ["authoring-exit-needs", exit(["b", "c"], "a")],
    ["authoring-exit-selected", exit(["a", "b", "c"], "c")],
    ["edit-field-wrong", { kind: "group-tasks", tasks: ["a"], as: { kind: "while" } as never }],
  ])("%s", (code, edit) => {
    expect(refused(text, edit)).toBe(code);
  });

  it("authoring-different-graphs, authoring-exit-nested, authoring-exit-twice", () => {
    const nested = built(text, [when(["c"], { text: "1" }), add("bye"), exit(["a", "b", "condition-1"], "bye")]).text;
    expect(refused(nested, { kind: "group-tasks", tasks: ["a", "c"], as: { kind: "sub-dag" } })).toBe("authoring-different-graphs");
    expect(refused(nested, exit(["a"], "b"))).toBe("authoring-exit-twice");
    expect(
      refused(
        built(nested, [
          { kind: "ungroup", task: "exit-handler-2" },
          { kind: "group-tasks", tasks: ["a", "b", "condition-1", "bye"], as: { kind: "sub-dag" } },
        ]).text,
        exit(["a", "b"], "bye"),
      ),
    ).toBe("authoring-exit-nested");
  });

  it("authoring-item-used and authoring-not-a-group: what cannot be taken apart", () => {
    const looped = built(text, [
      loop(["c"], [1]),
      { kind: "connect", from: { task: "", graph: "for-loop-2", port: "loop-item-param-1" }, to: { task: "c", port: "value" } },
    ]).text;
    expect(refused(looped, { kind: "ungroup", task: "for-loop-2" })).toBe("authoring-item-used");
    expect(refused(looped, { kind: "ungroup", task: "a" })).toBe("authoring-not-a-group");
    expect(refused(looped, { kind: "add-item-key", task: "a", key: "x" })).toBe("authoring-not-a-loop");
    expect(refused(looped, { kind: "add-item-key", task: "for-loop-2", key: "a b" })).toBe("authoring-item-key");
  });

  it("authoring-condition-output: results of a condition that are read outside are reported", () => {
    const result = editDocument(openDocument(text), [when(["b"], { text: "1" })]);
    expect(result.ok && result.notices.map((one) => one.code)).toEqual(["authoring-condition-output"]);
  });
});

describe("groups in a raw dag", () => {
  it("move the tasks' lines with their comments, in and out again", () => {
    const grouped = edited(dag, { kind: "group-tasks", tasks: ["load", "train"], as: { kind: "sub-dag" }, name: "Core" });
    expect(grouped.lines).toContain("+          # the long one");
    expect(grouped.lines).toContain('+            when: "{{tasks.core.outputs.parameters.train-result}} != bad"');
    expect(grouped.document.text).toContain('  value: "{{ tasks.load.outputs.parameters.count }}"');
    const back = edited(grouped.document.text, { kind: "ungroup", task: "core" }).document.text;
    expect(back.split("\n").sort()).toEqual(dag.replace("dependencies: [load, train]", "dependencies: [train, load]").split("\n").sort());
  });

  it("loop with the item as an input at once, which a task inside can read", () => {
    const { document } = edited(
      dag,
      { kind: "group-tasks", tasks: ["report"], as: { kind: "loop", over: { task: "load", output: "count" } } },
      { kind: "connect", from: { task: "", graph: "loop", port: "item" }, to: { task: "loop/report", port: "text" } },
    );
    expect(templateIn(document, "main")).toMatchObject({
      dag: {
        tasks: [
          {},
          {},
          {
            name: "loop",
            template: "loop",
            dependencies: ["load", "train"],
            withParam: "{{tasks.load.outputs.parameters.count}}",
            arguments: { parameters: [{ name: "train-result" }, { name: "count" }, { name: "item", value: "{{item}}" }] },
          },
          {},
        ],
      },
    });
    expect(templateIn(document, "loop")).toMatchObject({
      inputs: { parameters: [{ name: "train-result" }, { name: "count" }, { name: "item" }] },
      dag: { tasks: [{ name: "report", arguments: { parameters: [{ name: "text", value: "{{inputs.parameters.item}}" }] } }] },
    });
  });

  it("authoring-depends-formula: a formula across the boundary says more than a list", () => {
    expect(refused(formulas, { kind: "group-tasks", tasks: ["a"], as: { kind: "sub-dag" } })).toBe("authoring-depends-formula");
    expect(edited(formulas, { kind: "group-tasks", tasks: ["a", "b", "c"], as: { kind: "sub-dag" } }).document.text).toContain(
      "depends: group",
    );
  });

  it("authoring-steps-group: steps run in groups already", () => {
    expect(refused(steps, { kind: "group-tasks", tasks: ["make"], as: { kind: "sub-dag" } })).toBe("authoring-steps-group");
  });
});

const formulas = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: f-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - {name: a, template: t}
      - {name: b, template: t}
      - {name: c, template: t, depends: a.Failed && b}
      - {name: d, template: t, depends: c && b}
  - name: t
    suspend: {}
`;
