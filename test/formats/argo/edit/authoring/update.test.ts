import { describe, expect, it } from "vitest";
import { editDocument, openDocument } from "#compiler/document.ts";
import type { DataMap } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { edited, refused } from "../changes.ts";
import { built, empty, templateIn, workflowOf } from "./build.ts";

const component = (inputs: readonly DataMap[], outputs: readonly DataMap[], more: DataMap = {}): DataMap => ({
  name: "Fit",
  inputs,
  outputs,
  implementation: {
    container: {
      image: "fit:1",
      command: ["fit"],
      args: [
        ...inputs.map((input) => ({ [input.file === true ? "inputPath" : "inputValue"]: input.name as string })),
        ...outputs.map((output) => ({ outputPath: output.name as string })),
      ],
      ...more,
    },
  },
});
const input = (name: string, more: DataMap = {}): DataMap => ({ name, ...more });
const [text, rate] = [input("text"), input("rate", { type: "Float", default: "0.1" })];
const score: DataMap = { name: "Score", type: "Float" };
const model: DataMap = { name: "Model" };
const source = component([], [{ name: "Text", type: "String" }, { name: "Data" }]);
const start: readonly Edit[] = [
  { kind: "add-component", graph: "demo", spec: { ...source, name: "Load" } },
  { kind: "add-component", graph: "demo", spec: component([text, rate], [score, model]) },
  { kind: "add-component", graph: "demo", spec: { ...component([input("n")], []), name: "Show" } },
  { kind: "connect", from: { task: "load", port: "Text" }, to: { task: "fit", port: "text" } },
  { kind: "connect", from: { task: "fit", port: "Score" }, to: { task: "show", port: "n" } },
];
const base = built(empty, start).text;
const update = (spec: DataMap): Edit => ({ kind: "update-component", task: "fit", spec });

describe("another component behind a task", () => {
  it("that is the same changes nothing", () => {
    expect(edited(base, update(component([text, rate], [score, model]))).lines).toEqual([]);
  });

  it("is what the task would be if it had been made so", () => {
    const spec = component([text, rate, input("steps", { default: "3" })], [score, model, { name: "Log" }], { image: "fit:2" });
    const fresh = built(
      empty,
      start.map((edit, index): Edit => (index === 1 ? { kind: "add-component", graph: "demo", spec } : edit)),
    );
    expect(workflowOf(edited(base, update(spec)).document)).toEqual(workflowOf(fresh));
  });

  it("keeps settings, an image of its own, and constants", () => {
    const target = { kind: "task", task: "fit" } as const;
    const set = built(base, [
      { kind: "set-setting", target, path: ["container", "resources", "limits", "cpu"], value: "4" },
      { kind: "set-setting", target, path: ["container", "image"], value: "mine:3" },
      { kind: "set-argument", task: "fit", input: "rate", value: 0.5 },
      { kind: "rename-task", task: "fit", name: "학습" },
    ]);
    const { document } = edited(set.text, update(component([text, rate, input("steps", { default: "3" })], [score, model])));
    expect(templateIn(document, "fit")).toMatchObject({
      container: {
        image: "mine:3",
        resources: { limits: { cpu: "4" } },
        args: ["{{inputs.parameters.load-Text}}", "0.5", "3", "/tmp/outputs/Score/data", "/tmp/outputs/Model/data"],
      },
      metadata: { annotations: { "pipelines.kubeflow.org/task_display_name": "학습" } },
    });
  });

  it("takes the new default where nothing else was given", () => {
    const { document } = edited(base, update(component([text, { ...rate, default: "0.9" }], [score, model])));
    expect(templateIn(document, "fit")).toMatchObject({
      container: { args: ["{{inputs.parameters.load-Text}}", "0.9", "/tmp/outputs/Score/data", "/tmp/outputs/Model/data"] },
    });
  });

  it("authoring-wire-dropped: tells what fed an input that is gone, and leaves no order behind", () => {
    const { document, notes } = edited(base, update(component([rate], [score, model])));
    expect(notes).toContain("authoring-wire-dropped");
    expect(templateIn(document, "demo")).toMatchObject({
      dag: { tasks: [{ name: "fit", template: "fit" }, { name: "load", template: "load" }, { name: "show" }] },
    });
    expect((templateIn(document, "demo").dag as { tasks: DataMap[] }).tasks[0]).toEqual({ name: "fit", template: "fit" });
    expect(templateIn(document, "load").outputs).toEqual({
      artifacts: [
        { name: "load-Data", path: "/tmp/outputs/Data/data" },
        { name: "load-Text", path: "/tmp/outputs/Text/data" },
      ],
    });
  });

  it("authoring-output-gone: disconnects what read an output that is gone", () => {
    const { document, notes } = edited(base, update(component([text, rate], [model])));
    expect(notes).toContain("authoring-output-gone");
    expect((templateIn(document, "demo").dag as { tasks: DataMap[] }).tasks[2]).toEqual({ name: "show", template: "show" });
  });

  it("rewrites a wire whose input is a file now, and back", () => {
    const asFile = { ...component([input("text", { file: true }), rate], [score, model]) };
    const file = edited(base, update(asFile)).document;
    expect((templateIn(file, "demo").dag as { tasks: DataMap[] }).tasks[0]).toMatchObject({
      arguments: { artifacts: [{ name: "load-Text", from: "{{tasks.load.outputs.artifacts.load-Text}}" }] },
      dependencies: ["load"],
    });
    const back = edited(file.text, update(component([text, rate], [score, model]))).document;
    expect(workflowOf(back)).toEqual(workflowOf(openDocument(base)));
  });

  it("is refused for a task without a component, and for an invalid component", () => {
    expect(refused(base, { kind: "update-component", task: "fit", spec: {} })).toBe("authoring-component-empty");
    const disk = built(base, [{ kind: "add-volume", graph: "demo", name: "disk", resourceName: "d", size: "1Gi" }]).text;
    expect(refused(disk, { kind: "update-component", task: "disk", spec: source })).toBe("authoring-not-a-component");
    const shared = editDocument(openDocument(base), [{ kind: "add-task", graph: "demo", name: "again", template: "fit" }]);
    expect(shared.ok && refused(shared.document.text, { ...update(source), task: "demo/fit" } as Edit)).toBe("authoring-template-shared");
  });
});
