import { describe, expect, it } from "vitest";
import { editDocument, openDocument } from "#compiler/document.ts";
import { edited, refused } from "./changes.ts";
import { dag, depends, steps } from "./fixtures.ts";

describe("connecting", () => {
  it("replaces the argument in place and adds the dependency", () => {
    expect(edited(dag, { kind: "connect", from: { task: "load", port: "count" }, to: { task: "cleanup", port: "text" } }).lines).toEqual([
      "+            dependencies: [load]",
      "-                  value: bye",
      '+                  value: "{{tasks.load.outputs.parameters.count}}"',
    ]);
  });

  it("extends a depends formula with &&", () => {
    expect(edited(depends, { kind: "connect", from: { task: "b", port: "value" }, to: { task: "d", port: "x" } }).lines).toEqual([
      "-        depends: c",
      "+        depends: c && b",
      '-          - {name: x, value: "{{tasks.a.outputs.parameters.out}}"}',
      '+          - {name: x, value: "{{tasks.b.outputs.parameters.value}}"}',
    ]);
  });

  it("writes depends in a dag whose other calls do", () => {
    const text = depends.replace("        depends: c\n", "");
    expect(edited(text, { kind: "connect", from: { task: "b", port: "value" }, to: { task: "d", port: "x" } }).lines).toContain(
      "+        depends: b",
    );
  });

  it("draws the same wire again without a change", () => {
    expect(
      edited(depends, { kind: "connect", from: { task: "deep", port: "value" }, to: { task: "", graph: "inner", port: "out" } }).lines,
    ).toEqual([]);
  });

  it("refuses a file for a value and offers to read it", () => {
    const edit = { kind: "connect", from: { task: "load", port: "table" }, to: { task: "cleanup", port: "text" } } as const;
    const result = editDocument(openDocument(dag), [edit]);
    expect(result.ok || result.refusal).toMatchObject({
      code: "file-into-value",
      fixes: [{ code: "fix.connect-as-value", edits: [{ ...edit, as: "value" }] }],
    });
    expect(edited(dag, { ...edit, as: "value" }).lines).toEqual([
      "+            dependencies: [load]",
      "-                  value: bye",
      '+                  value: "{{tasks.load.outputs.parameters.table}}"',
      "+          - name: table",
      "+            valueFrom:",
      "+              path: /tmp/table",
    ]);
  });

  it("passes a value as a file by choice", () => {
    const edit = { kind: "connect", from: { task: "load", port: "count" }, to: { task: "train", port: "table" } } as const;
    expect(refused(dag, edit)).toBe("value-into-file");
    expect(edited(dag, { ...edit, as: "file" }).lines).toEqual([
      '-                  from: "{{tasks.load.outputs.artifacts.table}}"',
      "+                  raw:",
      '+                    data: "{{tasks.load.outputs.parameters.count}}"',
    ]);
  });

  it("is refused for cycles, for itself, against the order of steps, and for ports that are not there", () => {
    expect(refused(dag, { kind: "connect", from: { task: "train", port: "result" }, to: { task: "load", port: "rows" } })).toBe(
      "would-close-cycle",
    );
    expect(refused(dag, { kind: "connect", from: { task: "load", port: "count" }, to: { task: "load", port: "rows" } })).toBe(
      "feeds-itself",
    );
    expect(refused(steps, { kind: "connect", from: { task: "left", port: "result" }, to: { task: "use", port: "word" } })).toBe(
      "earlier-step",
    );
    expect(refused(dag, { kind: "connect", from: { task: "load", port: "count" }, to: { task: "cleanup", port: "loud" } })).toBe(
      "port-undeclared",
    );
  });

  it("offers to declare a port that is not there, and then connects", () => {
    const edit = { kind: "connect", from: { task: "load", port: "count" }, to: { task: "cleanup", port: "loud" } } as const;
    const result = editDocument(openDocument(dag), [edit]);
    const fix = result.ok ? undefined : result.refusal.fixes?.[0]?.edits[0];
    expect(edited(dag, fix as never, edit).lines).toContain("+          - name: loud");
  });

  it("reads a pipeline parameter from the workflow", () => {
    expect(edited(dag, { kind: "connect", from: { task: "", port: "mode" }, to: { task: "cleanup", port: "text" } }).lines).toEqual([
      "-                  value: bye",
      '+                  value: "{{workflow.parameters.mode}}"',
    ]);
  });
});

describe("connecting across the boundary of a group", () => {
  const wide = depends
    .replace("- {name: deep, template: leaf}", "- {name: deep, template: leaf}\n      - {name: wants, template: read}")
    .replace("      - {name: b,", "      - {name: e, template: leaf}\n      - {name: b,");

  it("uses an output of the group that gives the source already", () => {
    expect(edited(depends, { kind: "connect", from: { task: "deep", port: "value" }, to: { task: "d", port: "x" } }).lines).toEqual([
      "-        depends: c",
      "+        depends: c && a",
    ]);
  });

  it("makes an output of the group on the way out", () => {
    const text = wide
      .replace(/ {4}outputs:\n {6}parameters:\n {6}- name: out\n.*\n/, "")
      .replace("tasks.a.outputs.parameters.out", "tasks.b.outputs.parameters.value");
    const { lines } = edited(text, { kind: "connect", from: { task: "deep", port: "value" }, to: { task: "d", port: "x" } });
    expect(lines).toContain('+          - {name: x, value: "{{tasks.a.outputs.parameters.x}}"}');
    expect(lines).toContain('+          parameter: "{{tasks.deep.outputs.parameters.value}}"');
  });

  it("makes an input of the group on the way in, and uses it again", () => {
    const into = { kind: "connect", from: { task: "e", port: "value" }, to: { task: "wants", port: "x" } } as const;
    const { document } = edited(wide, into);
    expect(document.stream[0]).toMatchObject({
      spec: {
        templates: [
          {
            dag: {
              tasks: [
                { name: "a", depends: "e", arguments: { parameters: [{ name: "x", value: "{{tasks.e.outputs.parameters.value}}" }] } },
                {},
                {},
                {},
                {},
              ],
            },
          },
          {
            inputs: { parameters: [{ name: "x" }] },
            dag: { tasks: [{}, { name: "wants", arguments: { parameters: [{ name: "x", value: "{{inputs.parameters.x}}" }] } }] },
          },
          {},
          {},
        ],
      },
    });
    expect(edited(document.text, into).lines).toEqual([]);
  });

  it("is refused for a cycle of groups and for a group that serves several calls", () => {
    expect(refused(wide, { kind: "connect", from: { task: "b", port: "value" }, to: { task: "wants", port: "x" } })).toBe(
      "would-close-cycle",
    );
    const twice = wide.replace("      - {name: e,", "      - {name: again, template: inner}\n      - {name: e,");
    expect(refused(twice, { kind: "connect", from: { task: "e", port: "value" }, to: { task: "wants", port: "x" } })).toBe(
      "edit-group-shared",
    );
  });
});

describe("disconnecting", () => {
  it("keeps a dependency that a raw file spelled out", () => {
    expect(edited(dag, { kind: "disconnect", to: { task: "train", port: "table" } }).lines).toEqual([
      "-              artifacts:",
      "-                - name: table",
      '-                  from: "{{tasks.load.outputs.artifacts.table}}"',
    ]);
  });

  it("takes the source of a graph's output", () => {
    expect(edited(depends, { kind: "disconnect", to: { task: "", graph: "inner", port: "out" } }).lines).toEqual([
      '-        valueFrom: {parameter: "{{tasks.deep.outputs.parameters.value}}"}',
    ]);
  });
});

describe("arguments", () => {
  it("sets a constant in place or at the end", () => {
    expect(edited(dag, { kind: "set-argument", task: "load", input: "rows", value: 5 }).lines).toEqual([
      '-              parameters: [{name: rows, value: "{{workflow.parameters.rows}}"}]',
      "+              parameters: [{name: rows, value: 5}]",
    ]);
    expect(edited(dag, { kind: "set-argument", task: "train", input: "rate", value: 0.5 }).lines).toEqual([
      "+                - name: rate",
      "+                  value: 0.5",
    ]);
  });

  it("gives a file its content", () => {
    expect(edited(dag, { kind: "set-argument", task: "train", input: "table", value: "a,b" }).lines).toEqual([
      '-                  from: "{{tasks.load.outputs.artifacts.table}}"',
      "+                  raw:",
      "+                    data: a,b",
    ]);
  });

  it("clears an argument with the lists that it leaves empty", () => {
    expect(edited(dag, { kind: "clear-argument", task: "cleanup", input: "text" }).lines).toHaveLength(4);
    expect(edited(dag, { kind: "clear-argument", task: "train", input: "rate" }).lines).toEqual([]);
  });

  it("refuses an input that is not declared", () => {
    expect(refused(dag, { kind: "set-argument", task: "train", input: "nope", value: 1 })).toBe("port-undeclared");
    expect(refused(dag, { kind: "bind-parameter", task: "cleanup", input: "text", parameter: "nope" })).toBe("edit-parameter-unknown");
  });
});

describe("order", () => {
  it("adds a dependency in the way the dag has it", () => {
    expect(edited(dag, { kind: "add-dependency", task: "cleanup", on: "train" }).lines).toEqual(["+            dependencies: [train]"]);
    expect(edited(depends, { kind: "add-dependency", task: "b", on: "a" }).lines).toEqual([]);
    expect(edited(depends, { kind: "add-dependency", task: "d", on: "b" }).lines).toEqual([
      "-        depends: c",
      "+        depends: c && b",
    ]);
  });

  it("puts parentheses around a formula that is no conjunction", () => {
    const text = depends.replace("      - {name: c,", "      - {name: e, template: leaf}\n      - {name: c,");
    expect(edited(text, { kind: "add-dependency", task: "b", on: "e" }).document.text).toContain("(a.Succeeded || a.Failed) && e");
  });

  it("takes a dependency out and tells of a wire that lacks it", () => {
    const { lines, notes } = edited(dag, { kind: "remove-dependency", task: "train", on: "load" });
    expect(lines).toEqual(["-            dependencies: [load]"]);
    expect(notes).toEqual(["edit-order-missing"]);
  });

  it("refuses cycles, and orders that steps have by their groups", () => {
    expect(refused(depends, { kind: "add-dependency", task: "b", on: "d" })).toBe("edit-cycle");
    expect(refused(dag, { kind: "add-dependency", task: "load", on: "load" })).toBe("edit-itself");
    expect(refused(steps, { kind: "remove-dependency", task: "use", on: "make" })).toBe("edit-steps-order");
    expect(refused(steps, { kind: "add-dependency", task: "make", on: "use" })).toBe("edit-step-order");
  });
});
