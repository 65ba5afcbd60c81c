import { describe, expect, it } from "vitest";
import { edited, refused } from "../changes.ts";

const text = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: control-}
spec:
  entrypoint: main
  arguments: {parameters: [{name: deploy, value: "yes"}, {name: rows, value: "[1, 2]"}]}
  templates:
  - name: main
    dag:
      tasks:
      - {name: one, template: give}
      - name: sure # asked by ops
        template: inner
        dependencies: [one]
        when: '{{tasks.one.outputs.parameters.out}} == ok'   # keep
      - name: each
        template: inner
        withItems:
        - a # the first
        - b
      - {name: many, template: inner, withParam: "{{workflow.parameters.rows}}"}
      - {name: plain, template: inner}
  - name: inner
    parallelism: 3 # careful
    dag: {tasks: [{name: x, template: leaf}]}
  - name: leaf
    container: {image: busybox}
  - name: give
    container: {image: busybox}
    outputs: {parameters: [{name: out, valueFrom: {path: /tmp/out}}]}
`;

describe("changing an existing condition", () => {
  it("changes nothing but the formula, and keeps its quotation marks where it can", () => {
    const { lines } = edited(text, {
      kind: "change-control",
      task: "sure",
      as: { kind: "condition", left: { task: "one", output: "out" }, operator: "!=", right: { text: "bad" } },
    });
    expect(lines).toEqual([
      "-        when: '{{tasks.one.outputs.parameters.out}} == ok'   # keep",
      "+        when: '{{tasks.one.outputs.parameters.out}} != bad'   # keep",
    ]);
  });
  it("quotes what would not be one operand", () => {
    const { lines } = edited(text, {
      kind: "change-control",
      task: "sure",
      as: { kind: "condition", left: { text: "{{tasks.one.outputs.parameters.out}}" }, operator: "==", right: { text: "not ok" } },
    });
    expect(lines.at(-1)).toContain(`{{tasks.one.outputs.parameters.out}} == "not ok"`);
  });
  it("waits for what it reads now, and refuses to read what comes later", () => {
    const { document } = edited(text.replace("dependencies: [one]", "dependencies: []"), {
      kind: "change-control",
      task: "sure",
      as: { kind: "condition", left: { task: "one", output: "out" }, operator: ">", right: { text: "3" } },
    });
    expect(document.text).toMatch(/dependencies:\s+- one\n/);
    expect(
      refused(text, {
        kind: "change-control",
        task: "sure",
        as: { kind: "condition", left: { task: "sure", output: "out" }, operator: "==", right: { text: "1" } },
      }),
    ).toBe("authoring-operand-inside");
  });
  it("is refused for a task without one", () => {
    expect(
      refused(text, {
        kind: "change-control",
        task: "plain",
        as: { kind: "condition", left: { parameter: "deploy" }, operator: "==", right: { text: "1" } },
      }),
    ).toBe("authoring-not-a-condition");
    expect(refused(text, { kind: "change-control", task: "plain", as: { kind: "loop", over: { items: [1] } } })).toBe(
      "authoring-not-a-loop",
    );
  });
});

describe("changing an existing loop", () => {
  it("touches only the items that differ, and keeps the limit of how many at once", () => {
    const { lines } = edited(text, {
      kind: "change-control",
      task: "each",
      as: { kind: "loop", over: { items: ["a", "b", "c"] }, parallelism: 3 },
    });
    expect(lines).toEqual(["+        - c"]);
  });
  it("takes a source instead of items, and the limit away", () => {
    const { lines } = edited(text, { kind: "change-control", task: "each", as: { kind: "loop", over: { parameter: "rows" } } });
    expect(lines).toEqual([
      "-        withItems:",
      "-        - a # the first",
      "-        - b",
      '+        withParam: "{{workflow.parameters.rows}}"',
      "-    parallelism: 3 # careful",
    ]);
  });
  it("changes nothing if nothing is another", () => {
    expect(
      edited(text, { kind: "change-control", task: "many", as: { kind: "loop", over: { parameter: "rows" }, parallelism: 3 } }).lines,
    ).toEqual([]);
  });
});
