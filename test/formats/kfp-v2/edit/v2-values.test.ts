import { describe, expect, it } from "vitest";
import type { Edit } from "#pipeline/edit.ts";
import { changed, changedLeaving, edited, groups, notes, refused } from "./change.ts";

const values = `components:
  comp-inner:
    dag:
      tasks:
        work-2:
          componentRef:
            name: comp-work
          inputs:
            parameters:
              rate:
                componentInputParameter: pipelinechannel--lr
          taskInfo:
            name: work-2
    inputDefinitions:
      parameters:
        pipelinechannel--lr:
          parameterType: NUMBER_DOUBLE
  comp-work:
    executorLabel: exec-work
    inputDefinitions:
      parameters:
        flags:
          defaultValue: {}
          isOptional: true
          parameterType: STRUCT
        names:
          defaultValue: []
          isOptional: true
          parameterType: LIST
        ok:
          isOptional: true
          parameterType: BOOLEAN
        rate:
          parameterType: NUMBER_DOUBLE
        steps:
          isOptional: true
          parameterType: NUMBER_INTEGER
        word:
          isOptional: true
          parameterType: STRING
deploymentSpec:
  executors:
    exec-work:
      container:
        args:
        - '{{$.inputs.parameters[''rate'']}}'
        command:
        - work
        image: registry.example/work:1
pipelineInfo:
  name: values
root:
  dag:
    tasks:
      condition-1:
        componentRef:
          name: comp-inner
        inputs:
          parameters:
            pipelinechannel--lr:
              componentInputParameter: lr
        taskInfo:
          name: condition-1
        triggerPolicy:
          condition: inputs.parameter_values['pipelinechannel--lr'] > 0.1
      work:
        componentRef:
          name: comp-work
        inputs:
          parameters:
            rate:
              runtimeValue:
                constant: 2.0
        taskInfo:
          name: work
  inputDefinitions:
    parameters:
      lr:
        defaultValue: 0.5
        isOptional: true
        parameterType: NUMBER_DOUBLE
schemaVersion: 2.1.0
sdkVersion: kfp-2.17.3
`;
const set = (input: string, value: never) => ({ kind: "set-argument", task: "root/work", input, value }) as const;

describe("constants", () => {
  it.each([
    ["rate", 3, ["- constant: 2.0", "+ constant: 3.0"]],
    ["rate", "0.25", ["- constant: 2.0", "+ constant: 0.25"]],
    ["steps", "7", ["+ steps:", "+ runtimeValue:", "+ constant: 7"]],
    ["ok", "true", ["+ ok:", "+ runtimeValue:", "+ constant: true"]],
    ["word", 7, ["+ word:", "+ runtimeValue:", "+ constant: '7'"]],
    ["names", '["a", 1]', ["+ names:", "+ runtimeValue:", "+ constant:", "+ - a", "+ - 1"]],
    ["flags", { a: { b: null } }, ["+ flags:", "+ runtimeValue:", "+ constant:", "+ a:", "+ b: null"]],
    ["word", "{{$.pipeline_job_name}}", ["+ word:", "+ runtimeValue:", "+ constant: '{{$.pipeline_job_name}}'"]],
  ])("of the input %s: %j", (input, value, lines) => {
    expect(changed(values, set(input, value as never))).toEqual(lines);
  });

  it.each([
    ["steps", 1.5],
    ["ok", "maybe"],
    ["names", { a: 1 }],
    ["flags", "no JSON"],
    ["rate", "fast"],
  ])("of another type than the input %s are refused", (input, value) => {
    expect(refused(values, set(input, value as never))).toBe("edit-constant-type");
  });

  it("go to their place among sorted inputs", () => {
    const text = edited(values, set("names", [] as never), set("word", "w" as never));
    expect([...text.slice(text.indexOf("      work:")).matchAll(/^ {12}(\w+):/gm)].map(([, name]) => name)).toEqual([
      "names",
      "rate",
      "word",
    ]);
  });

  it("are taken away with what that leaves empty", () => {
    expect(changedLeaving("input-missing", values, { kind: "clear-argument", task: "root/work", input: "rate" })).toEqual([
      "- inputs:",
      "- parameters:",
      "- rate:",
      "- runtimeValue:",
      "- constant: 2.0",
    ]);
  });

  it("are none for an artifact, and unknown inputs are named", () => {
    expect(refused(groups, { kind: "set-argument", task: "store", input: "models", value: "x" })).toBe("edit-artifact-constant");
    expect(refused(groups, { kind: "set-argument", task: "store", input: "modles", value: "x" })).toBe("port-undeclared");
  });
});

describe("parameters of the pipeline", () => {
  it("are added with the type of their value, sorted", () => {
    expect(changed(values, { kind: "add-parameter", name: "epochs", value: 3, description: "How often." })).toEqual(
      ["+ epochs:", "+ parameterType: NUMBER_INTEGER", "+ defaultValue: 3", "+ isOptional: true", "+ description: How often."].sort(
        (a, b) => (a === "+ epochs:" ? -1 : b === "+ epochs:" ? 1 : a < b ? -1 : 1),
      ),
    );
  });

  it("have a default, a type, a description and allowed values", () => {
    expect(changed(values, { kind: "set-parameter", name: "lr", value: 1 })).toEqual(["- defaultValue: 0.5", "+ defaultValue: 1"]);
    expect(changed(values, { kind: "set-parameter", name: "lr", value: null })).toEqual(["- defaultValue: 0.5", "- isOptional: true"]);
    expect(changed(values, { kind: "set-parameter", name: "lr", literals: [0.5, 1], optional: false })).toEqual([
      "- isOptional: true",
      "+ literals:",
      "+ - 0.5",
      "+ - 1",
    ]);
    expect(refused(values, { kind: "set-parameter", name: "lr", type: "BOOLEAN" })).toBe("edit-constant-type");
    expect(refused(values, { kind: "set-parameter", name: "lr", type: "Model" })).toBe("edit-parameter-type");
  });

  it("change the type of the ports of groups that pass them on", () => {
    expect(changedLeaving("kind-mismatch", values, { kind: "set-parameter", name: "lr", value: "x", type: "String" }).slice(0, 2)).toEqual([
      "- parameterType: NUMBER_DOUBLE",
      "+ parameterType: STRING",
    ]);
  });

  it("are renamed wherever they are read, through groups and conditions", () => {
    const lines = changed(values, { kind: "rename-parameter", name: "lr", to: "learning_rate" });
    expect(lines.filter((line) => line.startsWith("-"))).toHaveLength(6);
    expect(lines).toContain("+ condition: inputs.parameter_values['pipelinechannel--learning_rate'] > 0.1");
    expect(edited(values, { kind: "rename-parameter", name: "lr", to: "learning_rate" })).not.toContain("--lr");
    expect(refused(values, { kind: "rename-parameter", name: "lr", to: "it's" })).toBe("edit-v2-port-name");
  });

  it("are removed with all that read them, on every level", () => {
    expect(notes(values, { kind: "remove-parameter", name: "lr" })).toEqual(["edit-when-dropped", "edit-argument-opened"]);
  });
});

describe("names", () => {
  it("of a task are its display name, in any script", () => {
    expect(changed(values, { kind: "rename-task", task: "root/work", name: "학습 1" })).toEqual(["- name: work", "+ name: 학습 1"]);
    expect(refused(values, { kind: "rename-task", task: "root/work", name: " " })).toBe("edit-name-empty");
  });

  it("of a pipeline are cleaned for the server and kept as display name", () => {
    expect(changed(values, { kind: "rename-workflow", name: "My Pipeline" })).toEqual([
      "- name: values",
      "+ displayName: My Pipeline",
      "+ name: my-pipeline",
    ]);
  });

  it("of a task's key change everything that refers to it", () => {
    const text = edited(groups, { kind: "change-identifier", task: "comp-exit-handler-4/flip", name: "toss" });
    expect(text).not.toMatch(/\bflip\b(?!:1)(?!\])/);
    expect(text).toContain("{outputParameterKey: Output, producerTask: toss}");
    expect(text).toContain("inputs.parameter_values[''pipelinechannel--toss-Output'']");
    expect(text).toContain("dependentTasks: [toss]");
    expect(text).toContain("exec-toss:");
  });

  it("of a task inside a group change the ports that surface its outputs", () => {
    const text = edited(groups, { kind: "change-identifier", task: "comp-for-loop-5/train", name: "fit" });
    expect(text).toContain("{outputArtifactKey: pipelinechannel--fit-model, producerTask: for-loop-5}");
    expect(text).not.toContain("train-model");
  });

  it("of a shared component stay", () => {
    const lines = changed(groups, { kind: "change-identifier", task: "comp-condition-2/score", name: "rate" });
    expect(lines.join("\n")).not.toContain("comp-rate");
    expect(lines).toContain("+ - {outputParameterKey: pipelinechannel--rate-Output, producerSubtask: condition-2}");
  });

  it("that Argo would refuse, or that are taken, are refused", () => {
    expect(refused(groups, { kind: "change-identifier", task: "comp-exit-handler-4/flip", name: "Flip it" })).toBe("edit-task-key-invalid");
    expect(refused(groups, { kind: "change-identifier", task: "comp-exit-handler-4/flip", name: "store" })).toBe("edit-task-name-taken");
  });
});

describe("the order", () => {
  it("is a set in the SDK's order", () => {
    expect(changed(groups, { kind: "add-dependency", task: "store", on: "condition-branches-1" })).toEqual([
      "- dependentTasks: [for-loop-5]",
      "+ dependentTasks: [condition-branches-1, for-loop-5]",
    ]);
    expect(changedLeaving("exit-task-lost", groups, { kind: "remove-dependency", task: "root/notify", on: "exit-handler-4" })).toEqual([
      "- dependentTasks: [exit-handler-4]",
    ]);
    expect(notes(groups, { kind: "remove-dependency", task: "store", on: "for-loop-5" })).toEqual(["edit-order-by-wire"]);
  });

  it("has no cycles, and nothing waits for an exit task", () => {
    expect(refused(groups, { kind: "add-dependency", task: "flip", on: "store" })).toBe("edit-cycle");
    expect(refused(groups, { kind: "add-dependency", task: "flip", on: "flip" })).toBe("edit-itself");
    expect(refused(groups, { kind: "add-dependency", task: "root/exit-handler-4", on: "notify" })).toBe("edit-cycle");
  });
});

describe("settings", () => {
  const train = { kind: "task", task: "train" } as const;
  it("of the executor keep the numbers for old servers", () => {
    const path = ["container", "resources", "resourceCpuLimit"];
    expect(changed(groups, { kind: "set-setting", target: train, path, value: "500m" })).toEqual([
      "- resources: {cpuLimit: 2.0, resourceCpuLimit: '2'}",
      "+ resources: {cpuLimit: 0.5, resourceCpuLimit: '500m'}",
    ]);
    expect(changed(groups, { kind: "unset-setting", target: train, path })).toEqual([
      "- resources: {cpuLimit: 2.0, resourceCpuLimit: '2'}",
    ]);
    expect(
      changed(groups, { kind: "set-setting", target: train, path: ["container", "resources", "resourceMemoryLimit"], value: "4Gi" }),
    ).toEqual([
      "- resources: {cpuLimit: 2.0, resourceCpuLimit: '2'}",
      "+ resources: {cpuLimit: 2.0, resourceCpuLimit: '2', resourceMemoryLimit: '4Gi'}",
    ]);
  });

  it("of the call are those of the task", () => {
    const target = { kind: "call", task: "train" } as const;
    expect(changed(groups, { kind: "set-setting", target, path: ["retryPolicy", "maxRetryCount"], value: 3 })).toEqual([
      "+ retryPolicy: {maxRetryCount: 3}",
    ]);
    expect(refused(groups, { kind: "set-setting", target, path: ["componentRef", "name"], value: "x" })).toBe("edit-name-by-rename");
  });

  it("of Kubernetes go into the platform spec, which comes and goes with them", () => {
    const path = ["platform", "nodeSelector", "labels", "gpu"];
    expect(changed(groups, { kind: "set-setting", target: train, path, value: "yes" })).toEqual([
      "+ exec-train:",
      "+ nodeSelector:",
      "+ labels: {gpu: 'yes'}",
    ]);
    const made = edited(values, { kind: "set-setting", target: { kind: "task", task: "root/work" }, path, value: "yes" });
    expect(made).toBe(
      `${values}---\nplatforms:\n  kubernetes:\n    deploymentSpec:\n      executors:\n        exec-work:\n          nodeSelector:\n            labels:\n              gpu: 'yes'\n`,
    );
    expect(edited(made, { kind: "unset-setting", target: { kind: "task", task: "root/work" }, path })).toBe(values);
    expect(
      changed(values, {
        kind: "set-setting",
        target: { kind: "workflow" },
        path: ["platform", "pipelineConfig", "activeDeadlineSeconds"],
        value: 60,
      }),
    ).toEqual(["+ ---", "+ platforms:", "+ kubernetes:", "+ pipelineConfig:", "+ activeDeadlineSeconds: 60"]);
  });
});

describe("the claim of a mount", () => {
  const mounted = groups.replace(
    "        exec-store:\n",
    "        exec-store:\n          pvcMount:\n          - mountPath: /data\n            taskOutputParameter: {outputParameterKey: Output, producerTask: flip}\n",
  );

  it("has one source: a constant takes the place of what a task gives", () => {
    const name: Edit = {
      kind: "set-setting",
      target: { kind: "task", task: "store" },
      path: ["platform", "pvcMount", 0, "constant"],
      value: "models",
    };
    expect(changed(mounted, name)).toEqual([
      "- - mountPath: /data",
      "- taskOutputParameter: {outputParameterKey: Output, producerTask: flip}",
      "+ - constant: models",
      "+ mountPath: /data",
    ]);
  });
});
