import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { openDocument } from "#compiler/document.ts";
import type { Edit } from "#pipeline/edit.ts";
import { editedDocument } from "./change.ts";

// What the SDK compiles for the edited Python (pipelines.py beside the files) is what the edits write.
const read = (name: string) => readFileSync(new URL(`../../../fixtures/kfp-v2/compiled/${name}.yaml`, import.meta.url), "utf8");
const wire: Edit = { kind: "connect", from: { task: "root/a", port: "Output" }, to: { task: "root/b", port: "n" } };
const loop: readonly Edit[] = [
  { kind: "group-tasks", tasks: ["root/b"], as: { kind: "loop", over: { items: [1, 2] }, parallelism: 2 } },
  { kind: "connect", from: { task: "", graph: "comp-for-loop-2", port: "item" }, to: { task: "comp-for-loop-2/b", port: "n" } },
];
const condition: Edit = {
  kind: "group-tasks",
  tasks: ["root/b"],
  as: { kind: "condition", left: { task: "root/a", output: "Output" }, operator: ">", right: { text: "3" } },
};
const collect: Edit = { kind: "connect", from: { task: "comp-for-loop-2/b", port: "Output" }, to: { task: "root/c", port: "xs" } };

it.each([
  ["wire", [wire]],
  ["cond", [wire, condition]],
  ["loop", loop],
  ["collected", [...loop, collect]],
] as const)("edits write what the SDK compiles: %s", (name, edits) => {
  expect(editedDocument(read("before"), edits).stream).toEqual(openDocument(read(name)).stream);
});
