import { describe, expect, it } from "vitest";
import { checkDocument } from "#compiler/checking.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { Workflow } from "#pipeline/model.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import { both, componentOf } from "../../kfp/lower/build.ts";
import { edited } from "../changes.ts";
import { dag, steps } from "../fixtures.ts";
import { built, empty, templateIn } from "./build.ts";

const spec = writeComponent(both);
const names = (template: { readonly dag?: unknown }) => (template.dag as { tasks: { name: string }[] }).tasks.map((task) => task.name);

describe("components in files that are no KFP pipelines", () => {
  it("come last in a raw dag", () => {
    const { document } = edited(dag, { kind: "add-component", graph: "main", spec, arguments: { value: "x" } });
    expect(names(templateIn(document, "main")).at(-1)).toBe("both");
    expect(templateIn(document, "both")).toMatchObject({ container: { args: ["--value", "x", "/tmp/outputs/Out/data"] } });
  });

  it("come as a group of their own in steps", () => {
    const { document } = edited(steps, { kind: "add-component", graph: "main", spec });
    expect((templateIn(document, "main").steps as unknown[]).at(-1)).toEqual([{ name: "both", template: "both" }]);
  });

  it("have a name that no template has", () => {
    const { document } = edited(dag, { kind: "add-component", graph: "main", spec, name: "load" });
    expect(names(templateIn(document, "main")).at(-1)).toBe("load-2");
  });
});

describe("what waits", () => {
  it("input-not-supplied: a required input that nothing feeds is a diagnostic at its task", () => {
    const waiting = componentOf(
      "name: W\ninputs: [{name: rows}, {name: rate}]\nimplementation: {container: {image: x, command: [x], args: [{inputPath: rows}, {inputValue: rate}]}}",
    );
    const document = built(empty, [{ kind: "add-component", graph: "demo", spec: writeComponent(waiting) }]);
    const found = checkDocument(document).filter((one) => one.code === "input-not-supplied");
    expect(found.map((one) => one.path.slice(0, 7))).toEqual(
      Array.from({ length: 2 }, () => [0, "spec", "templates", 0, "dag", "tasks", 0]),
    );
    const fed = built(document.text, [
      { kind: "set-argument", task: "w", input: "rows", value: "a" },
      { kind: "set-argument", task: "w", input: "rate", value: "1" },
    ]);
    expect(checkDocument(fed).filter((one) => one.level === "error")).toEqual([]);
  });

  it("is the item of a loop: its graph shows it as a port before something uses it", () => {
    const grouped = built(empty, [
      { kind: "add-component", graph: "demo", spec },
      { kind: "group-tasks", tasks: ["both"], as: { kind: "loop", over: { items: [{ x: 1, y: 2 }] } } },
    ]);
    const ports = (document: typeof grouped) => {
      const workflow = document.model.objects[0] as Workflow;
      return graphOf(
        document.model,
        workflow,
        workflow.templates.find((one) => one.name === "for-loop-2")!,
      ).inputs.map((port) => port.name);
    };
    expect(ports(grouped).sort()).toEqual(["loop-item-param-1", "loop-item-param-1-subvar-x", "loop-item-param-1-subvar-y"]);
    const used = built(grouped.text, [
      { kind: "connect", from: { task: "", graph: "for-loop-2", port: "loop-item-param-1-subvar-y" }, to: { task: "both", port: "value" } },
    ]);
    expect(ports(used).sort()).toEqual(ports(grouped).sort());
    expect(templateIn(used, "for-loop-2").inputs).toEqual({ parameters: [{ name: "loop-item-param-1-subvar-y" }] });
  });
});
