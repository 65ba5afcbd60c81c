import { describe, expect, it } from "vitest";
import type { Edit } from "#pipeline/edit.ts";
import { edited, groups, notes, refused } from "./change.ts";

/** Three tasks in a row at root; the first gives a number, the second a list. */
const row = `components:
  comp-a:
    executorLabel: exec-a
    outputDefinitions:
      parameters:
        Output:
          parameterType: NUMBER_INTEGER
        names:
          parameterType: LIST
  comp-b:
    executorLabel: exec-b
    inputDefinitions:
      parameters:
        count:
          parameterType: NUMBER_INTEGER
        rate:
          parameterType: NUMBER_DOUBLE
    outputDefinitions:
      artifacts:
        model:
          artifactType:
            schemaTitle: system.Model
            schemaVersion: 0.0.1
  comp-c:
    executorLabel: exec-c
    inputDefinitions:
      artifacts:
        model:
          artifactType:
            schemaTitle: system.Model
            schemaVersion: 0.0.1
          isOptional: true
  comp-last:
    executorLabel: exec-c
deploymentSpec:
  executors:
    exec-a:
      container:
        args:
        - '{{$}}'
        command:
        - a
        image: registry.example/a:1
    exec-b:
      container:
        args:
        - '{{$}}'
        command:
        - b
        image: registry.example/b:1
    exec-c:
      container:
        command:
        - c
        image: registry.example/c:1
pipelineInfo:
  name: row
root:
  dag:
    tasks:
      a:
        componentRef:
          name: comp-a
        taskInfo:
          name: a
      b:
        componentRef:
          name: comp-b
        dependentTasks:
        - a
        inputs:
          parameters:
            count:
              taskOutputParameter:
                outputParameterKey: Output
                producerTask: a
            rate:
              componentInputParameter: lr
        taskInfo:
          name: b
      c:
        componentRef:
          name: comp-c
        dependentTasks:
        - b
        inputs:
          artifacts:
            model:
              taskOutputArtifact:
                outputArtifactKey: model
                producerTask: b
        taskInfo:
          name: c
      last:
        componentRef:
          name: comp-last
        taskInfo:
          name: last
  inputDefinitions:
    parameters:
      lr:
        parameterType: NUMBER_DOUBLE
      names:
        defaultValue:
        - x
        isOptional: true
        parameterType: LIST
schemaVersion: 2.1.0
sdkVersion: kfp-2.17.3
---
platforms:
  kubernetes:
    deploymentSpec:
      executors:
        exec-b:
          secretAsVolume:
          - mountPath: /s
            secretNameParameter:
              taskOutputParameter:
                outputParameterKey: Output
                producerTask: a
`;
const group = (tasks: readonly string[], as: Extract<Edit, { kind: "group-tasks" }>["as"], name?: string): Edit => ({
  kind: "group-tasks",
  tasks: tasks.map((one) => `root/${one}`),
  as,
  ...(name === undefined ? {} : { name }),
});

describe("a group", () => {
  it("as a pipeline of its own hands values in and out by the SDK's names", () => {
    const text = edited(row, group(["b"], { kind: "sub-dag" }, "학습 Step"));
    expect(text).toContain(`  comp-step:
    dag:
      outputs:
        artifacts:
          pipelinechannel--b-model:
            artifactSelectors:
            - outputArtifactKey: model
              producerSubtask: b
      tasks:
        b:
          componentRef:
            name: comp-b
          inputs:
            parameters:
              count:
                componentInputParameter: pipelinechannel--a-Output
              rate:
                componentInputParameter: pipelinechannel--lr
          taskInfo:
            name: b
    inputDefinitions:
      parameters:
        pipelinechannel--a-Output:
          parameterType: NUMBER_INTEGER
        pipelinechannel--lr:
          parameterType: NUMBER_DOUBLE
    outputDefinitions:
      artifacts:
        pipelinechannel--b-model:
          artifactType:
            schemaTitle: system.Model
            schemaVersion: 0.0.1
`);
    expect(text).toContain(`        dependentTasks:
        - step
        inputs:
          artifacts:
            model:
              taskOutputArtifact:
                outputArtifactKey: pipelinechannel--b-model
                producerTask: step
`);
    // The setting of the task is one of the group's content now.
    expect(text.slice(text.indexOf("platforms:"))).toContain("componentInputParameter: pipelinechannel--a-Output");
    expect(text).toContain("name: 학습 Step");
  });

  it.each([
    ["sub-dag", { kind: "sub-dag" }],
    ["condition", { kind: "condition", left: { task: "root/a", output: "Output" }, operator: ">", right: { text: "3" } }],
    ["loop", { kind: "loop", over: { items: [1, 2] } }],
  ] as const)("as a %s can be taken out again", (_, as) => {
    const made = edited(row, group(["b", "c"], as));
    const key = /componentRef:\n {10}name: comp-((?:group|condition|for-loop)[-\d]*)\n/.exec(made)?.[1] ?? "";
    expect(key).not.toBe("");
    expect(edited(made, { kind: "ungroup", task: `root/${key}` })).toBe(row);
  });

  it("as a condition is called and written as in the SDK", () => {
    const text = edited(
      row,
      group(["b", "c"], { kind: "condition", left: { task: "root/a", output: "Output" }, operator: ">", right: { text: "3" } }),
    );
    expect(text).toContain(`      condition-1:
        componentRef:
          name: comp-condition-1
        dependentTasks:
        - a
        inputs:
          parameters:
            pipelinechannel--a-Output:
              taskOutputParameter:
                outputParameterKey: Output
                producerTask: a
            pipelinechannel--lr:
              componentInputParameter: lr
        taskInfo:
          name: condition-1
        triggerPolicy:
          condition: int(inputs.parameter_values['pipelinechannel--a-Output']) > 3
`);
  });

  it.each([
    [{ parameter: "lr" }, { text: "1" }, "inputs.parameter_values['pipelinechannel--lr'] == 1.0"],
    [
      { task: "root/a", output: "Output" },
      { parameter: "lr" },
      "double(int(inputs.parameter_values['pipelinechannel--a-Output'])) == inputs.parameter_values['pipelinechannel--lr']",
    ],
    [{ text: "it's" }, { text: "x" }, "''it\\''s'' == ''x''"],
  ] as const)("compares %j with %j", (left, right, cel) => {
    expect(edited(row, group(["last"], { kind: "condition", left, operator: "==", right }))).toContain(cel);
  });

  it("as a loop over a list in the file takes a number for the item", () => {
    const text = edited(row, group(["last"], { kind: "loop", over: { items: [{ b: 1, a: "x" }] }, parallelism: 2 }));
    expect(text).toContain(`        iteratorPolicy:
          parallelismLimit: 2
        parameterIterator:
          itemInput: pipelinechannel--loop-item-param-1
          items:
            raw: '[{"a": "x", "b": 1}]'
        taskInfo:
          name: for-loop-2
`);
    expect(text).toMatch(/pipelinechannel--loop-item-param-1:\n\s+parameterType: STRUCT/);
  });

  it("as a loop over a value is called after it, and its items have the kind of the default", () => {
    const text = edited(row, group(["last"], { kind: "loop", over: { parameter: "names" } }));
    expect(text).toContain("itemInput: pipelinechannel--names-loop-item");
    expect(text).toMatch(/pipelinechannel--names-loop-item:\n\s+parameterType: STRING/);
    expect(refused(row, group(["last"], { kind: "loop", over: { parameter: "lr" } }))).toBe("edit-loop-no-list");
    expect(refused(row, group(["last"], { kind: "loop", over: { items: [1, "x"] } }))).toBe("edit-loop-mixed");
    expect(refused(row, group(["last"], { kind: "loop", over: { items: [] } }))).toBe("authoring-loop-empty");
  });

  it("as an exit handler has the exit task beside it", () => {
    const text = edited(row, group(["a", "b", "c"], { kind: "exit-handler", exit: "root/last" }));
    expect(text).toContain(`      last:
        componentRef:
          name: comp-last
        dependentTasks:
        - exit-handler-1
        taskInfo:
          name: last
        triggerPolicy:
          strategy: ALL_UPSTREAM_TASKS_COMPLETED
`);
    expect(edited(text, { kind: "ungroup", task: "root/exit-handler-1" })).toContain(
      "      last:\n        componentRef:\n          name: comp-last\n        dependentTasks:\n        - c\n",
    );
    expect(refused(row, group(["a", "b"], { kind: "exit-handler", exit: "root/c" }))).toBe("authoring-exit-needs");
    expect(
      refused(groups, { kind: "group-tasks", tasks: ["comp-exit-handler-4/flip"], as: { kind: "exit-handler", exit: "store" } }),
    ).toMatch(/^authoring-exit/);
  });

  it("of conditions is a choice between branches", () => {
    const first = edited(row, group(["last"], { kind: "condition", left: { parameter: "lr" }, operator: ">", right: { text: "1" } }));
    const both = edited(
      first,
      group(["c"], { kind: "condition", left: { parameter: "lr" }, operator: ">", right: { text: "1" }, otherwise: true }),
    );
    const text = edited(both, group(["condition-1", "condition-2"], { kind: "sub-dag" }));
    expect(text).toContain("comp-condition-branches-3:");
    expect(text).toContain("condition: '!(inputs.parameter_values[''pipelinechannel--lr''] > 1.0)'");
  });

  it("cannot have tasks between its tasks, nor results outside that may be missing", () => {
    expect(refused(row, group(["a", "c"], { kind: "sub-dag" }))).toBe("authoring-group-circle");
    expect(refused(row, group(["b"], { kind: "loop", over: { items: [1] } }))).toBe("authoring-loop-result");
    expect(refused(row, group(["b"], { kind: "condition", left: { text: "a" }, operator: "==", right: { text: "a" } }))).toBe(
      "authoring-condition-output",
    );
    expect(
      refused(
        row,
        group(["a", "b"], { kind: "condition", left: { task: "root/a", output: "Output" }, operator: "==", right: { text: "1" } }),
      ),
    ).toBe("authoring-operand-inside");
    expect(refused(row, group([], { kind: "sub-dag" }))).toBe("authoring-no-tasks");
  });
});

describe("taking a group out", () => {
  it("is refused where the content has no meaning outside", () => {
    expect(refused(groups, { kind: "ungroup", task: "comp-exit-handler-4/for-loop-5" })).toBe("authoring-item-used");
    expect(refused(groups, { kind: "ungroup", task: "root/exit-handler-4" })).toBe("edit-final-status");
    expect(refused(groups, { kind: "ungroup", task: "comp-exit-handler-4/flip" })).toBe("authoring-not-a-group");
  });

  it("of branches reads what the branches read", () => {
    expect(notes(groups, { kind: "ungroup", task: "comp-exit-handler-4/condition-branches-1" })).toEqual(["edit-template-dropped"]);
    const text = edited(groups, { kind: "ungroup", task: "comp-exit-handler-4/condition-branches-1" });
    expect(text).not.toContain("condition-branches-1");
    expect(text.match(/pipelinechannel--flip-Output:\s*\{?taskOutputParameter/g)).toHaveLength(3);
  });
});
