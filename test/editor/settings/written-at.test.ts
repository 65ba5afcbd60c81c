import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openDocument } from "#compiler/document.ts";
import { pipelineSettingAt, templateSettingAt } from "#editor/settings/written-at.ts";
import type { Workflow } from "#pipeline/model.ts";

const file = (name: string) => readFileSync(new URL(`../../fixtures/kfp-v2/${name}`, import.meta.url), "utf8");
const workflow = openDocument(file("nightly.yaml")).model.objects[0] as Workflow;
const template = workflow.templates.find(({ name }) => name === "comp-fit")!;
const task = workflow.templates.flatMap(({ tasks }) => tasks).find(({ name }) => name === "fit")!;

test("settings of a KFP v2 task are in its executor, in the platform document, in the component or in the task", () => {
  const executor = [0, "deploymentSpec", "executors", "exec-fit"];
  const platform = [1, "platforms", "kubernetes", "deploymentSpec", "executors", "exec-fit"];
  expect(templateSettingAt({ template, task }, ["container", "image"])).toEqual({
    owner: "exec-fit",
    below: "container.image",
    path: [...executor, "container", "image"],
  });
  expect(templateSettingAt({ template, task }, ["platform"], ["platform", "pvcMount"])).toEqual({
    owner: "exec-fit",
    below: "pvcMount",
    path: platform,
  });
  expect(templateSettingAt({ template, task }, ["task", "cachingOptions"])).toEqual({
    owner: "fit",
    below: "cachingOptions",
    path: [0, "components", "comp-for-loop-2", "dag", "tasks", "fit", "cachingOptions"],
  });
  expect(templateSettingAt({ template }, ["component"], ["component", "taskConfigPassthroughs"])).toEqual({
    owner: "comp-fit",
    below: "taskConfigPassthroughs",
    path: [0, "components", "comp-fit"],
  });
});

test("settings of a KFP v2 pipeline are in its spec or in the platform document", () => {
  expect(pipelineSettingAt(workflow, [])).toEqual([0]);
  expect(pipelineSettingAt(workflow, ["defaultPipelineRoot"])).toEqual([0, "defaultPipelineRoot"]);
  expect(pipelineSettingAt(workflow, ["platform", "pipelineConfig"])).toEqual([1, "platforms", "kubernetes", "pipelineConfig"]);
});
