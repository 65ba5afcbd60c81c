import { expect, test } from "vitest";
import { graphOf } from "#pipeline/graph-of.ts";
import type { TemplateId } from "#pipeline/model.ts";
import { modelOf } from "./build.ts";

const loop = (inputs: string, annotations: string) => `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: p-${annotations}}
spec:
  entrypoint: p
  templates:
  - name: p
    dag:
      tasks:
      - name: for-loop-2
        template: for-loop-2
        withItems: [{name: a, rate: 1}, {name: b, rate: 2}]
        arguments: {parameters: [{name: loop-item-param-1-subvar-name, value: '{{item.name}}'}]}
  - name: for-loop-2
    inputs: {parameters: [${inputs}]}
    dag: {tasks: []}
`;
const labels = (yaml: string) => {
  const { model, workflow } = modelOf(yaml);
  return graphOf(model, workflow, "for-loop-2" as TemplateId).inputs.map(({ name, label }) => `${name}: ${label}`);
};

test("the item of a KFP loop and its keys are called item and item.KEY, declared or not", () => {
  expect(
    labels(loop("{name: loop-item-param-1-subvar-name}, {name: rate}", ", annotations: {pipelines.kubeflow.org/pipeline_spec: '{}'}")),
  ).toEqual([
    "loop-item-param-1-subvar-name: item.name",
    "rate: rate",
    "loop-item-param-1: item",
    "loop-item-param-1-subvar-rate: item.rate",
  ]);
});

test("inputs of a loop of plain Argo keep their names", () => {
  expect(labels(loop("{name: loop-item-param-1-subvar-name}", ""))).toEqual([
    "loop-item-param-1-subvar-name: loop-item-param-1-subvar-name",
  ]);
});
