import { describe, expect, it } from "vitest";
import type { Edit } from "#model/edit.ts";
import { writeComponent } from "#formats/component-yaml/write.ts";
import { both, constant, item, output, parameter, step } from "../../lower/build.ts";
import { expectSame } from "./build.ts";

const spec = writeComponent(both);
const add = (name: string, args: Record<string, string> = {}): Edit => ({ kind: "add-component", graph: "demo", spec, name, arguments: args });
const wire = (from: string, to: string, input = "value", as: "value" | "file" | undefined = input === "value" ? "value" : undefined): Edit => ({ kind: "connect", from: { task: from, port: "Out" }, to: { task: to, port: input }, ...(as && { as }) });
/** Steps as edits add them: with a display name, since the component is called otherwise. */
const op = (id: string, args: Parameters<typeof step>[1] = {}, more: Parameters<typeof step>[2] = {}) => step(id, args, { displayName: id, reference: {}, ...more });

describe("groups made by edits are what the SDK writes", () => {
  it("a condition over an output, with wires across its border", () => {
    expectSame(
      [add("a"), add("b"), add("c"), wire("a", "b"), wire("b", "c", "file"), { kind: "group-tasks", tasks: ["b", "c"], as: { kind: "condition", left: { task: "a", output: "Out" }, operator: "==", right: { text: "go" } } }],
      { body: [op("a"), { kind: "condition", id: "if", operator: "==", left: output("a"), right: constant("go"), body: [op("b", { value: output("a") }), op("c", { file: output("b") })] }] },
    );
  });

  it("an else branch is the opposite condition", () => {
    expectSame(
      [add("a"), add("b"), { kind: "group-tasks", tasks: ["b"], as: { kind: "condition", left: { task: "a", output: "Out" }, operator: "<", right: { text: "5" }, otherwise: true } }],
      { body: [op("a"), { kind: "condition", id: "if", operator: ">=", left: output("a"), right: constant("5"), body: [op("b")] }] },
    );
  });

  it("a loop over a list, its item used", () => {
    expectSame(
      [add("a"), { kind: "group-tasks", tasks: ["a"], as: { kind: "loop", over: { items: [1, 2] } } }, { kind: "connect", from: { task: "", graph: "for-loop-2", port: "loop-item-param-1" }, to: { task: "a", port: "value" } }],
      { body: [{ kind: "loop", id: "l", items: { kind: "list", items: [1, 2] }, body: [op("a", { value: item("l") })] }] },
    );
  });
});
