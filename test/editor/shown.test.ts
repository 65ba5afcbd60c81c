import { expect, test } from "vitest";
import { readModel } from "#compiler/readers.ts";
import { graphWithTask, workflowAt } from "#editor/view.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import { parse } from "#yaml/parse.ts";

const text = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: hooks}
spec:
  entrypoint: main
  templates:
  - name: main
    dag: {tasks: [{name: group, template: inner}]}
  - name: inner
    dag:
      tasks:
      - name: step
        template: leaf
        hooks: {running: {template: leaf, expression: 'true'}}
  - {name: leaf, container: {image: a}}
`;

test("the graph of a task's hook is the graph of the task, also in an expanded group", () => {
  const { model } = readModel(parse(text).stream);
  const workflow = workflowAt(model, 0)!;
  const inner = workflow.templates.find(({ name }) => name === "inner")!;
  const hook = graphOf(model, workflow, inner.id)!.nodes.find((node) => node.hook)!;
  expect(graphWithTask(workflow, hook.id)).toBe(inner);
});
