import { expect, test } from "vitest";
import { readModel } from "#compiler/readers.ts";
import { groupNames, namesFor, templateTitle, withDisplayNames, withTitles } from "#editor/display-names.ts";
import { workflowAt } from "#editor/view.ts";
import { entrypointOf } from "#pipeline/resolve-call.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import { itemText } from "#pipeline/loop-item.ts";
import { readable } from "#editor/layout/readable.ts";
import { parse } from "#yaml/parse.ts";
import { createTranslate } from "#messages/translate.ts";
import { canvasMessages } from "#messages/sections/canvas.ts";

const text = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: names-
  annotations: {pipelines.kubeflow.org/kfp_sdk_version: 1.8.22}
spec:
  entrypoint: names
  templates:
    - name: names
      dag:
        tasks:
          - {name: condition-1, template: condition-1, when: '"a" == "a"'}
          - {name: for-loop-3, template: for-loop-3, withItems: [1, 2]}
          - {name: exit-handler-5, template: exit-handler-5}
    - {name: condition-1, dag: {tasks: [{name: train-model, template: train-model}]}}
    - name: for-loop-3
      inputs: {parameters: [{name: loop-item-param-2}]}
      dag: {tasks: [{name: for-loop-4, template: for-loop-4, withItems: [1]}]}
    - {name: for-loop-4, dag: {tasks: [{name: train-model, template: train-model}]}}
    - {name: exit-handler-5, dag: {tasks: [{name: condition-is-big-6, template: condition-is-big-6}]}}
    - {name: condition-is-big-6, dag: {tasks: [{name: train-model, template: train-model}]}}
    - name: train-model
      metadata: {annotations: {pipelines.kubeflow.org/task_display_name: Train the model}}
      container: {image: python, command: [python]}
`;
const { model } = readModel(parse(text).stream);
const workflow = workflowAt(model, 0)!;
const [en, ko] = [createTranslate([canvasMessages], "en"), createTranslate([canvasMessages], "ko")];
const template = (name: string) => workflow.templates.find((one) => one.name === name)!;

test("the first loop is loop 1, whatever number the compiler gave it", () => {
  expect(templateTitle(workflow, template("for-loop-3"), en)).toBe("Loop 1");
  expect(templateTitle(workflow, template("for-loop-4"), en)).toBe("Loop 2");
  expect(templateTitle(workflow, template("condition-1"), ko)).toBe("조건 1");
});
test("a single exit handler needs no number, and a group's own name stays", () => {
  expect(templateTitle(workflow, template("exit-handler-5"), en)).toBe("Exit handler");
  expect(templateTitle(workflow, template("condition-is-big-6"), en)).toBe("is-big");
  expect(groupNames(workflow).get(template("train-model").id)).toBeUndefined();
});
test("boxes of compiled groups say what the group is", () => {
  const graph = withTitles(graphOf(model, workflow, entrypointOf(model, workflow)!.template.id), workflow, en);
  expect(graph.nodes.map(({ title }) => title)).toEqual(["Condition 1", "Loop 1", "Exit handler"]);
  expect(withTitles(graphOf(model, workflow, graph.template), workflow, en)).toBe(graph);
});
test("conditions and loops say the names on the boxes they read", () => {
  const sources = new Map([["train-model", "Train the model"]]);
  const text = '"{{tasks.train-model.outputs.parameters.train-model-auc}}" > "0.8"';
  expect(readable(text, sources)).toBe("Train the model.auc > 0.8");
  expect(readable(text)).toBe("train-model.auc > 0.8");
  const graph = withTitles(graphOf(model, workflow, template("for-loop-3").id), workflow, en);
  expect(graph.nodes[0]!.sources?.get("for-loop-4")).toBe("Loop 2");
});
test("messages use the names on the boxes, for what is gone as well", () => {
  const names = namesFor("one", workflow, en);
  expect(withDisplayNames({ task: "train-model", from: "for-loop-3, train-model", n: 2 }, names)).toEqual({
    task: "Train the model",
    from: "Loop 1, Train the model",
    n: 2,
  });
  expect(withDisplayNames({ name: "train-model", input: "loop-item-param-2" }, names)).toEqual({ name: "train-model", input: "item" });
  const empty = { ...workflow, templates: [] };
  expect(namesFor("one", empty, en).get("train-model")).toBe("Train the model");
  expect(namesFor("two", empty, en).get("train-model")).toBeUndefined();
});
test.each([
  ["loop-item-param-2", "item"],
  ["loop-item-param-2-subvar-lr", "item.lr"],
  ["rates-loop-item", "item"],
  ["rates-loop-item-subvar-a", "item.a"],
  ["rates", undefined],
  ["loop-item", undefined],
])("%s is called %s", (name, shown) => {
  expect(itemText(name)).toBe(shown);
});
