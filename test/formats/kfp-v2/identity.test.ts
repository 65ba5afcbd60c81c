import { expect, it } from "vitest";
import { editDocument, openDocument } from "#compiler/document.ts";
import { indexOfModel } from "#pipeline/model-index.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Template } from "#pipeline/model.ts";
import { pipelineTextV2 } from "#test/bench/pipeline.ts";

/** The templates that are other objects after an edit, by name: what the page computes and draws again. */
function changedTemplates(edit: Edit): readonly string[] {
  const before = openDocument(pipelineTextV2(12));
  const edited = editDocument(before, [edit]);
  if (!edited.ok) throw new Error(edited.refusal.code);
  const templatesOf = (document: typeof before): readonly Template[] => indexOfModel(document.model).workflows[0]?.templates ?? [];
  const old = new Set(templatesOf(before));
  return templatesOf(edited.document).flatMap((template) => (old.has(template) ? [] : [template.name]));
}

it("a setting of one task leaves all other templates the same objects", () => {
  const target = { kind: "template", template: "comp-step-5" } as const;
  expect(changedTemplates({ kind: "set-setting", target, path: ["container", "resources", "resourceCpuLimit"], value: "3" })).toEqual([
    "comp-step-5",
  ]);
  expect(changedTemplates({ kind: "set-setting", target, path: ["platform", "nodeSelector", "labels", "a"], value: "b" })).toEqual([
    "root",
    "comp-step-5",
  ]);
});

it("a rename changes the graph and the component that is named after its task, a wire the graph alone", () => {
  expect(changedTemplates({ kind: "rename-task", task: "root/step-5", name: "another name" })).toEqual(["root", "comp-step-5"]);
  expect(changedTemplates({ kind: "add-dependency", task: "root/step-9", on: "root/step-0" })).toEqual(["root"]);
});
