import type { DataMap } from "#data/data.ts";
import { describe, expect, it } from "vitest";
import { changed, changedLeaving, edited, groups, notes, refused } from "./change.ts";

const score: DataMap = {
  name: "Score it",
  inputs: [
    { name: "Rate", type: "Float", default: "0.5" },
    { name: "table", type: "CSV", optional: true },
  ],
  outputs: [
    { name: "score", type: "Float" },
    { name: "model", type: "My Model" },
  ],
  implementation: {
    container: {
      image: "registry.example/score-it:1",
      command: ["score", { concat: ["--rate=", { inputValue: "Rate" }] }, { outputPath: "score" }, { outputPath: "model" }],
      args: [{ if: { cond: { isPresent: "table" }, then: ["--table", { inputPath: "table" }] } }],
      env: { A: "b" },
    },
  },
};
const bare = `components: {}
deploymentSpec:
  executors: {}
pipelineInfo:
  name: bare
root:
  dag:
    tasks: {}
schemaVersion: 2.1.0
sdkVersion: kfp-2.17.3
`;

describe("a task from a component", () => {
  it("has a component and an executor of its own, as the SDK calls them", () => {
    expect(edited(bare, { kind: "add-component", graph: "root", spec: score, arguments: { Rate: 1 } })).toBe(`components:
  comp-score-it:
    executorLabel: exec-score-it
    inputDefinitions:
      artifacts:
        table:
          artifactType:
            schemaTitle: system.Dataset
            schemaVersion: 0.0.1
          isOptional: true
      parameters:
        rate:
          defaultValue: 0.5
          isOptional: true
          parameterType: NUMBER_DOUBLE
    outputDefinitions:
      artifacts:
        model:
          artifactType:
            schemaTitle: system.Model
            schemaVersion: 0.0.1
      parameters:
        score:
          parameterType: NUMBER_DOUBLE
deploymentSpec:
  executors:
    exec-score-it:
      container:
        args:
        - '{"IfPresent": {"InputName": "table", "Then": ["--table", "{{$.inputs.artifacts[''table''].path}}"]}}'
        command:
        - score
        - --rate={{$.inputs.parameters['rate']}}
        - '{{$.outputs.parameters[''score''].output_file}}'
        - '{{$.outputs.artifacts[''model''].path}}'
        env:
        - name: A
          value: b
        image: registry.example/score-it:1
pipelineInfo:
  name: bare
root:
  dag:
    tasks:
      score-it:
        cachingOptions:
          enableCache: true
        componentRef:
          name: comp-score-it
        inputs:
          parameters:
            rate:
              runtimeValue:
                constant: 1
        taskInfo:
          name: Score it
schemaVersion: 2.1.0
sdkVersion: kfp-2.17.3
`);
  });

  it("gets a number where the name is taken, and passes the defaults that its command mentions", () => {
    const text = edited(groups, { kind: "add-component", graph: "root", spec: { ...score, name: "flip" } });
    expect(text).toContain("      flip-2:\n");
    expect(text).toContain("comp-flip-2");
    expect(text).toContain("exec-flip-2");
    expect(text).toMatch(/rate:\s+runtimeValue:\s*\{?\s*constant: 0.5/);
  });

  it("is refused where Kubeflow Pipelines 2 has nothing for it", () => {
    const add = (container: DataMap) =>
      refused(bare, { kind: "add-component", graph: "root", spec: { ...score, implementation: { container } } });
    expect(add({ image: "x", fileOutputs: { score: "/tmp/score" } })).toBe("edit-component-file-outputs");
    expect(add({ image: "x", command: [{ inputMetadata: "table" }] })).toBe("edit-component-placeholder");
    expect(refused(bare, { kind: "add-component", graph: "root", spec: score, arguments: { Rate: "fast" } })).toBe("edit-constant-type");
  });

  it("is updated with its settings, wires and constants", () => {
    const made = edited(
      groups,
      { kind: "add-component", graph: "root", spec: score },
      {
        kind: "set-setting",
        target: { kind: "task", task: "root/score-it" },
        path: ["container", "resources", "resourceCpuLimit"],
        value: "2",
      },
    );
    const lines = changed(made, {
      kind: "update-component",
      task: "root/score-it",
      spec: {
        ...score,
        outputs: [{ name: "score", type: "Float" }],
        implementation: { container: { image: "registry.example/score-it:2", command: ["score", { outputPath: "score" }] } },
      },
    });
    expect(lines).toContain("+ image: registry.example/score-it:2");
    expect(lines.join("\n")).not.toContain("resourceCpuLimit");
    expect(refused(groups, { kind: "update-component", task: "comp-condition-2/score", spec: score })).toBe("authoring-template-shared");
  });
});

describe("a task that runs a component of the file", () => {
  it("is added, but not where it would contain itself", () => {
    expect(
      changedLeaving("input-missing", groups, { kind: "add-task", graph: "root", name: "Train more", template: "comp-train" }),
    ).toEqual([
      "+ train-more:",
      "+ cachingOptions:",
      "+ enableCache: true",
      "+ componentRef:",
      "+ name: comp-train",
      "+ taskInfo:",
      "+ name: Train more",
    ]);
    expect(refused(groups, { kind: "add-task", graph: "comp-condition-2", name: "x", template: "comp-condition-branches-1" })).toBe(
      "edit-recursive",
    );
    expect(refused(groups, { kind: "add-task", graph: "comp-train", name: "x", template: "comp-flip" })).toBe("edit-not-a-graph");
    // Its secret comes from a sibling.
    expect(refused(groups, { kind: "add-task", graph: "root", name: "x", template: "comp-store" })).toBe("edit-settings-elsewhere");
  });
});

describe("a new step of the palette", () => {
  it("is a component, an executor and a task of one name", () => {
    const data: DataMap = { name: "script-1", script: { image: "python:3.12-slim", command: ["python"], source: "print(1)\n" } };
    const text = edited(bare, { kind: "add-template", data }, { kind: "add-task", graph: "root", name: "script-1", template: "script-1" });
    expect(text).toBe(`components:
  comp-script-1:
    executorLabel: exec-script-1
deploymentSpec:
  executors:
    exec-script-1:
      container:
        args:
        - |
          print(1)
        command:
        - python
        - -c
        image: python:3.12-slim
pipelineInfo:
  name: bare
root:
  dag:
    tasks:
      script-1:
        cachingOptions:
          enableCache: true
        componentRef:
          name: comp-script-1
        taskInfo:
          name: script-1
schemaVersion: 2.1.0
sdkVersion: kfp-2.17.3
`);
    expect(refused(bare, { kind: "add-template", data: { name: "wait", suspend: {} } })).toBe("edit-template-of-argo");
  });
});

describe("a task that is removed", () => {
  it("takes its component, its executor and its Kubernetes settings along", () => {
    const text = edited(groups, { kind: "remove-task", task: "store" });
    expect(text).not.toMatch(/store|platforms|---/);
    // Ports that only it read go, too.
    expect(text).not.toContain("pipelinechannel--train-model");
  });

  it("leaves the mappings that the SDK asks for, also when it was the only one", () => {
    const one = edited(bare, { kind: "add-component", graph: "root", spec: score, arguments: { Rate: 1 } });
    expect(edited(one, { kind: "remove-task", task: "root/score-it" })).toBe(bare);
  });

  it("leaves a shared component, and is taken out of a choice", () => {
    const text = edited(groups, { kind: "remove-task", task: "comp-condition-2/score" });
    expect(text).toContain("comp-score:");
    expect(text).not.toContain("oneof-1:\n            valueFromOneof");
  });

  it("takes a group's inside along, and the settings that read it", () => {
    expect(notes(groups, { kind: "remove-task", task: "comp-exit-handler-4/flip" })).toEqual(
      expect.arrayContaining(["edit-template-dropped", "edit-when-dropped", "edit-setting-dropped"]),
    );
    const text = edited(groups, { kind: "remove-task", task: "comp-exit-handler-4/condition-branches-1" });
    expect(text).not.toMatch(/condition-|comp-score|exec-score/);
  });
});

describe("a copy", () => {
  it("of a task has everything of its own", () => {
    const text = edited(groups, { kind: "duplicate-task", task: "comp-exit-handler-4/store" });
    expect(text).toContain("comp-store-2");
    expect(text.slice(text.indexOf("platforms:"))).toContain("exec-store-2:");
    expect(edited(text, { kind: "remove-task", task: "store-2" })).toBe(groups);
  });

  it("of a group copies its inside", () => {
    const text = edited(groups, { kind: "duplicate-task", task: "comp-exit-handler-4/for-loop-5", name: "다시" });
    expect(text).toContain("comp-train-2");
    expect(text).toContain("name: 다시");
    expect(edited(text, { kind: "remove-task", task: "comp-exit-handler-4/task" })).toBe(groups);
  });

  it("of a component that contains itself has an end", () => {
    const recursive = groups.replace("          componentRef: {name: comp-train}", "          componentRef: {name: comp-for-loop-5}");
    expect(notes(recursive, { kind: "duplicate-task", task: "comp-exit-handler-4/for-loop-5" })).toEqual([]);
  });

  it("of a shared component is made when asked for", () => {
    const text = edited(groups, { kind: "make-separate", task: "comp-condition-2/score" });
    expect(text).toContain("componentRef: {name: comp-score-2}");
    expect(text).toContain("exec-score-2:");
    expect(refused(groups, { kind: "make-separate", task: "comp-exit-handler-4/store" })).toBe("edit-not-shared");
  });
});
