import { expect, it } from "vitest";
import { planEdit } from "#compiler/editing.ts";
import { openDocument } from "#compiler/document.ts";
import type { Edit } from "#pipeline/edit.ts";
import { groups } from "./change.ts";

const document = openDocument(groups);
const renames = (edit: Edit) => {
  const plan = planEdit(document.model, document.stream, edit);
  return plan.ok ? plan.renames : plan.refusal.code;
};

it("ids follow the edits that change them", () => {
  expect(renames({ kind: "change-identifier", task: "comp-exit-handler-4/flip", name: "toss" })).toEqual({
    tasks: [["comp-exit-handler-4/flip", "comp-exit-handler-4/toss"]],
    templates: [["comp-flip", "comp-toss"]],
  });
  expect(renames({ kind: "remove-task", task: "store" })).toMatchObject({ tasks: [["comp-exit-handler-4/store", undefined]] });
  expect(renames({ kind: "rename-template", template: "comp-for-loop-5", name: "comp-rows" })).toMatchObject({
    tasks: [["comp-for-loop-5/train", "comp-rows/train"]],
  });
  expect(renames({ kind: "rename-task", task: "store", name: "Store" })).toEqual({ tasks: [], templates: [] });
});
