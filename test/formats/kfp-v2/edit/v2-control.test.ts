import { describe, expect, it } from "vitest";
import { changed, changedLeaving, edited, groups, notes, refused } from "./change.ts";

const flip = { task: "comp-exit-handler-4/flip", output: "Output" } as const;
const branches = "comp-exit-handler-4/condition-branches-1";
const loop = "comp-exit-handler-4/for-loop-5";

describe("the condition of a branch", () => {
  it("changes in the branches that repeat it, too", () => {
    const as = { kind: "condition", left: { parameter: "pipelinechannel--flip-Output" }, operator: "!=", right: { text: "it's" } } as const;
    const text = edited(groups, { kind: "change-control", task: "comp-condition-branches-1/condition-2", as });
    expect(text).toContain(`{condition: 'inputs.parameter_values[''pipelinechannel--flip-Output''] != ''it\\''s'''}`);
    expect(text).toContain(`{condition: '!(inputs.parameter_values[''pipelinechannel--flip-Output''] != ''it\\''s'')'}`);
  });

  it("can be any CEL text over inputs of the task, and goes with what only it read", () => {
    const task = "comp-condition-branches-1/condition-3";
    expect(refused(groups, { kind: "set-when", task, when: "a ==" })).toBe("edit-cel-syntax");
    expect(refused(groups, { kind: "set-when", task, when: "inputs.parameter_values['other'] == 'x'" })).toBe("edit-condition-input");
    expect(
      changed(groups, { kind: "set-when", task, when: "inputs.parameter_values['pipelinechannel--flip-Output'].size() > 3" }),
    ).toHaveLength(2);
    expect(edited(groups, { kind: "clear-when", task })).not.toContain("!(inputs.parameter_values");
    expect(refused(groups, { kind: "clear-argument", task, input: "pipelinechannel--flip-Output" })).toBe("edit-read-by-condition");
  });

  it("is not there for every task", () => {
    const as = { kind: "condition", left: { text: "a" }, operator: "==", right: { text: "a" } } as const;
    expect(refused(groups, { kind: "change-control", task: branches, as })).toBe("authoring-not-a-condition");
  });
});

describe("a loop", () => {
  it("runs over other items, and fewer at once", () => {
    const as = { kind: "loop", over: { items: ["a", "b"] }, parallelism: 1 } as const;
    expect(changed(groups, { kind: "change-control", task: loop, as })).toEqual([
      "- iteratorPolicy: {parallelismLimit: 2}",
      "+ iteratorPolicy: {parallelismLimit: 1}",
      `- items: {raw: '[{"name": "a"}, {"name": "b"}]'}`,
      `+ items: {raw: '["a", "b"]'}`,
      "- pipelinechannel--loop-item-param-4: {parameterType: STRUCT}",
      "+ pipelinechannel--loop-item-param-4: {parameterType: STRING}",
    ]);
    expect(changed(groups, { kind: "set-loop", task: loop, loop: { withItems: [{ name: "c" }] } })).toHaveLength(2);
    expect(refused(groups, { kind: "set-loop", task: branches, loop: { withItems: [1] } })).toBe("edit-loop-by-group");
    expect(refused(groups, { kind: "change-control", task: loop, as: { ...as, parallelism: 0 } })).toBe("authoring-parallelism");
  });

  it("runs over a list that a task gives, which it then waits for", () => {
    const lists = groups.replace(
      "        Output: {parameterType: STRING}\n",
      "        Output: {parameterType: STRING}\n        names: {parameterType: LIST}\n",
    );
    const as = { kind: "loop", over: { ...flip, output: "names" } } as const;
    const text = edited(lists, { kind: "change-control", task: loop, as });
    expect(text).toContain("dependentTasks: [condition-branches-1, flip]");
    expect(text).toContain("items: {inputParameter: pipelinechannel--flip-names}");
    expect(text).not.toContain("iteratorPolicy");
    expect(refused(groups, { kind: "change-control", task: loop, as: { kind: "loop", over: flip } })).toBe("edit-loop-no-list");
  });
});

describe("ports of a component", () => {
  it("are declared with the type of their default", () => {
    expect(
      changed(groups, { kind: "add-port", template: "comp-score", direction: "input", port: "parameter", name: "level", value: 3 }),
    ).toEqual(["+ level: {defaultValue: 3, isOptional: true, parameterType: NUMBER_INTEGER}"]);
    expect(refused(groups, { kind: "add-port", template: "comp-for-loop-5", direction: "output", port: "parameter", name: "x" })).toBe(
      "edit-output-by-wire",
    );
    expect(refused(groups, { kind: "add-port", template: "comp-score", direction: "input", port: "parameter", name: "text" })).toBe(
      "edit-port-name-taken",
    );
  });

  it("go with what fed and read them", () => {
    const port = { kind: "remove-port", template: "comp-flip", direction: "output", port: "parameter", name: "Output" } as const;
    expect(notes(groups, port)).toEqual(expect.arrayContaining(["edit-when-dropped", "edit-setting-dropped", "edit-output-dropped"]));
    expect(
      changedLeaving("placeholder-undeclared", groups, {
        kind: "remove-port",
        template: "comp-train",
        direction: "input",
        port: "parameter",
        name: "name",
      }),
    ).toContain("- name: {parameterType: STRING}");
  });
});
