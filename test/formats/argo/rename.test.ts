import { describe, expect, it } from "vitest";
import type { Data } from "#data/data.ts";
import { renameInText, renamesInData, renameTaskIn } from "#formats/argo/syntax/rename.ts";

describe("renaming in references", () => {
  it("renames a task in every tag and leaves the rest of the text alone", () => {
    expect(renameTaskIn("{{tasks.a.outputs.result}} and {{ tasks.a.ip }}, not {{tasks.ab.ip}} tasks.a.ip", "tasks", "a", "load-rows")).toBe(
      "{{tasks.load-rows.outputs.result}} and {{ tasks.load-rows.ip }}, not {{tasks.ab.ip}} tasks.a.ip",
    );
    expect(renameTaskIn("{{steps.a.ip}} {{tasks.a.ip}}", "steps", "a", "b")).toBe("{{steps.b.ip}} {{tasks.a.ip}}");
    expect(renameTaskIn("{{steps.a.ip}} {{tasks.a.ip}}", undefined, "a", "b")).toBe("{{steps.b.ip}} {{tasks.b.ip}}");
  });

  it("renames a task in expressions, in brackets where its new name needs them", () => {
    expect(renameTaskIn("{{=tasks.a.outputs.result + 'tasks.a' + tasks['a'].ip}}", "tasks", "a", "b-c")).toBe(
      "{{=tasks['b-c'].outputs.result + 'tasks.a' + tasks['b-c'].ip}}",
    );
    expect(renameTaskIn(`steps["a-b"].outputs.parameters.x // steps["a-b"]`, "steps", "a-b", "c", true)).toBe(
      `steps["c"].outputs.parameters.x // steps["a-b"]`,
    );
    expect(renameTaskIn("tasks?.a?.outputs", "tasks", "a", "x-y", true)).toBe("tasks?.['x-y']?.outputs");
  });

  it("renames inputs, outputs, pipeline parameters, global outputs and keys of the loop's item", () => {
    expect(
      renameInText("{{inputs.parameters.n}}{{=inputs.parameters['n']}}{{inputs.artifacts.n.path}}", {
        kind: "input",
        port: "parameter",
        from: "n",
        to: "m",
      }),
    ).toBe("{{inputs.parameters.m}}{{=inputs.parameters['m']}}{{inputs.artifacts.n.path}}");
    expect(renameInText("{{inputs.artifacts.n.path}}", { kind: "input", port: "artifact", from: "n", to: "m" })).toBe(
      "{{inputs.artifacts.m.path}}",
    );
    expect(
      renameInText("{{tasks.t.outputs.parameters.p}} {{tasks.u.outputs.parameters.p}}", {
        kind: "task-output",
        task: "t",
        port: "parameter",
        from: "p",
        to: "q",
      }),
    ).toBe("{{tasks.t.outputs.parameters.q}} {{tasks.u.outputs.parameters.p}}");
    expect(renameInText("{{outputs.artifacts.model.path}}", { kind: "output", port: "artifact", from: "model", to: "net" })).toBe(
      "{{outputs.artifacts.net.path}}",
    );
    expect(renameInText("a{{workflow.parameters.rate}}", { kind: "pipeline-parameter", from: "rate", to: "lr" })).toBe(
      "a{{workflow.parameters.lr}}",
    );
    expect(renameInText("{{workflow.outputs.artifacts.g}}", { kind: "global-output", port: "artifact", from: "g", to: "h" })).toBe(
      "{{workflow.outputs.artifacts.h}}",
    );
    expect(renameInText("{{item.os}} {{item}}", { kind: "item", from: "os", to: "system" })).toBe("{{item.system}} {{item}}");
  });

  it("finds every text of a template which a new name alters", () => {
    const data: Data = {
      dag: {
        tasks: [
          { name: "a", template: "t" },
          {
            name: "b",
            when: "{{tasks.a.outputs.result}} == x",
            arguments: { parameters: [{ name: "p", valueFrom: { expression: "tasks.a.ip" } }] },
            note: "tasks.a.ip",
          },
        ],
      },
    };
    expect(renamesInData(data, [0], { kind: "task", of: "tasks", from: "a", to: "c" })).toEqual([
      { path: [0, "dag", "tasks", 1, "when"], text: "{{tasks.c.outputs.result}} == x" },
      { path: [0, "dag", "tasks", 1, "arguments", "parameters", 0, "valueFrom", "expression"], text: "tasks.c.ip" },
    ]);
  });
});
