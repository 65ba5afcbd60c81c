import { describe, expect, it } from "vitest";
import { editDocument, openDocument } from "#compiler/document.ts";
import { edited, refused } from "./changes.ts";
import { dag, depends, steps } from "./fixtures.ts";

describe("adding a task", () => {
  it("appends a call to a dag", () => {
    expect(edited(dag, { kind: "add-task", graph: "main", name: "extra", template: "say" }).lines).toEqual([
      "+          - name: extra",
      "+            template: say",
    ]);
  });

  it("opens a new group of steps", () => {
    expect(edited(steps, { kind: "add-task", graph: "main", name: "extra", template: "make" }).lines).toEqual([
      "+    - - name: extra",
      "+        template: make",
    ]);
  });

  it("joins a group of steps that it names", () => {
    const { document } = edited(steps, { kind: "add-task", graph: "main", name: "extra", template: "make", stage: 1 });
    const [workflow] = document.model.objects;
    expect(workflow?.kind === "workflow" && workflow.templates[0]?.tasks.map((task) => [task.name, task.stage])).toEqual([
      ["make", 0],
      ["use", 1],
      ["extra", 1],
      ["left", 2],
      ["right", 2],
    ]);
  });

  it("calls a template of another object by templateRef", () => {
    expect(edited(dag, { kind: "add-task", graph: "main", name: "extra", template: "library/tool" }).lines).toEqual([
      "+          - name: extra",
      "+            templateRef:",
      "+              name: library",
      "+              template: tool",
    ]);
  });

  it("is refused for a name that is taken or not Argo's, and for a leaf", () => {
    expect(refused(dag, { kind: "add-task", graph: "main", name: "load", template: "say" })).toBe("edit-task-name-taken");
    expect(refused(dag, { kind: "add-task", graph: "main", name: "two words", template: "say" })).toBe("edit-name-invalid");
    expect(refused(dag, { kind: "add-task", graph: "say", name: "extra", template: "say" })).toBe("edit-not-a-graph");
    expect(refused(steps, { kind: "add-task", graph: "main", name: "extra", template: "make", stage: 9 })).toBe("edit-stage-outside");
  });

  it("names the nearest template for one that is not there", () => {
    const result = editDocument(openDocument(dag), [{ kind: "add-task", graph: "main", name: "extra", template: "trian" }]);
    expect(result.ok || result.refusal).toMatchObject({ code: "edit-template-unknown", values: { name: "trian", nearest: "train" } });
  });
});

describe("removing a task", () => {
  it("takes out what waited for it and what read it, and tells", () => {
    const { lines, notes } = edited(dag, { kind: "remove-task", task: "train" });
    expect(lines.filter((line) => line.startsWith("+"))).toEqual(["+            dependencies: [load]"]);
    expect(lines).toContain('-            when: "{{tasks.train.outputs.result}} != bad"');
    expect(notes).toEqual(["edit-when-dropped"]);
  });

  it("simplifies depends formulas and the target", () => {
    const { lines } = edited(depends, { kind: "remove-task", task: "c" });
    expect(lines).toEqual(["-      target: c", '-      - {name: c, template: leaf, depends: "a && b"}', "-        depends: c"]);
    expect(edited(depends, { kind: "remove-task", task: "a" }).lines).toContain('+      - {name: c, template: leaf, depends: "b"}');
  });

  it("takes an output of the graph that it fed, and what read that", () => {
    const { lines, notes } = edited(depends, { kind: "remove-task", task: "deep" });
    expect(notes).toEqual(["edit-output-dropped", "edit-argument-opened"]);
    expect(lines).toContain('-          - {name: x, value: "{{tasks.a.outputs.parameters.out}}"}');
  });

  it("takes a group of steps that it leaves empty", () => {
    const { document } = edited(steps, { kind: "remove-task", task: "use" });
    expect(document.stream[0]).toMatchObject({
      spec: { templates: [{ steps: [[{ name: "make" }], [{ name: "left" }, { name: "right" }]] }, {}, {}] },
    });
  });
});

describe("renaming a task", () => {
  it("reaches dependencies, references and texts, letter by letter", () => {
    expect(edited(dag, { kind: "rename-task", task: "load", name: "fetch" }).lines).toEqual([
      "-          - name: load",
      "+          - name: fetch",
      "-            dependencies: [load]",
      "+            dependencies: [fetch]",
      '-                  value: "{{ tasks.load.outputs.parameters.count }}"',
      '+                  value: "{{ tasks.fetch.outputs.parameters.count }}"',
      '-                  from: "{{tasks.load.outputs.artifacts.table}}"',
      '+                  from: "{{tasks.fetch.outputs.artifacts.table}}"',
      "-            dependencies: [load, train]",
      "+            dependencies: [fetch, train]",
      '-                  value: "trained with {{tasks.load.outputs.parameters.count}}"',
      '+                  value: "trained with {{tasks.fetch.outputs.parameters.count}}"',
    ]);
  });

  it("reaches formulas and the target", () => {
    expect(edited(depends, { kind: "rename-task", task: "c", name: "cc" }).lines.filter((line) => line.startsWith("+"))).toEqual([
      "+      target: cc",
      '+      - {name: cc, template: leaf, depends: "a && b"}',
      "+        depends: cc",
    ]);
  });

  it("says how ids followed", () => {
    const result = editDocument(openDocument(dag), [{ kind: "change-identifier", task: "load", name: "fetch" }]);
    expect(result.ok && result.renames[0]?.tasks).toEqual([["main/load", "main/fetch"]]);
  });

  it("is refused for a name that a sibling has", () => {
    expect(refused(dag, { kind: "rename-task", task: "load", name: "train" })).toBe("edit-task-name-taken");
  });

  it("does nothing for the current name", () => {
    expect(edited(dag, { kind: "rename-task", task: "load", name: "load" }).lines).toEqual([]);
  });
});

describe("moving a task", () => {
  it("moves its lines within a dag", () => {
    const { document } = edited(dag, { kind: "move-task", task: "train", to: 0 });
    expect(document.text.indexOf("# the long one")).toBeLessThan(document.text.indexOf("name: load\n"));
  });

  it("opens a new last group without losing who moved", () => {
    const result = editDocument(openDocument(steps), [{ kind: "move-task", task: "right", to: 0, stage: 3 }]);
    expect(result.ok && result.renames[0]).toEqual({ tasks: [], templates: [] });
    expect(edited(steps, { kind: "move-task", task: "right", to: 0, stage: 3 }).lines).toEqual([
      "-      - name: right",
      "+    - - name: right",
    ]);
  });

  it("is refused where a step would read from one that is not earlier", () => {
    expect(refused(steps, { kind: "move-task", task: "use", to: 0, stage: 0 })).toBe("edit-step-order");
    expect(refused(steps, { kind: "move-task", task: "make", to: 0, stage: 2 })).toBe("edit-step-order");
    expect(refused(dag, { kind: "move-task", task: "load", to: 4 })).toBe("edit-index-outside");
  });
});

describe("copies", () => {
  it("duplicates a call with its incoming wires", () => {
    const { lines } = edited(dag, { kind: "duplicate-task", task: "train" });
    expect(lines.every((line) => line.startsWith("+"))).toBe(true);
    expect(lines[0]).toBe("+          - name: train-2");
    expect(lines).toContain('+                  from: "{{tasks.load.outputs.artifacts.table}}"');
  });

  it("lets a call run another template and drops what that does not take", () => {
    const { lines, notes } = edited(dag, { kind: "retarget-task", task: "cleanup", template: "load" });
    expect(lines.toSorted()).toEqual(
      [
        "+            template: load",
        "-            arguments:",
        "-              parameters:",
        "-            template: say",
        "-                - name: text",
        "-                  value: bye",
      ].toSorted(),
    );
    expect(notes).toEqual(["edit-argument-dropped"]);
  });

  it("tells who read an output that the new template does not give", () => {
    expect(edited(dag, { kind: "retarget-task", task: "load", template: "say" }).notes).toContain("edit-output-missing");
  });

  it("makes a call separate by a copy of its template", () => {
    const { lines } = edited(dag, { kind: "make-separate", task: "cleanup" });
    expect(lines.slice(0, 3)).toEqual(["-            template: say", "+            template: cleanup", "+    - name: cleanup"]);
    expect(lines.filter((line) => line.startsWith("-"))).toHaveLength(1);
  });
});
