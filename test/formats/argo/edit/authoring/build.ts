import { expect } from "vitest";
import { type Document, editDocument, openDocument, undoEdit } from "#compiler/document.ts";
import { lowerPipeline } from "#formats/argo/kfp/lower/lower-pipeline.ts";
import type { PipelinePlan } from "#pipeline/pipeline-plan.ts";
import { type Data, type DataMap, field, isList, isMap } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { parse } from "#yaml/parse.ts";
import { invariants } from "../../kfp/lower/invariants.ts";
import { stamps } from "../../kfp/lower/build.ts";

/** A pipeline before its first task, by Kubeflow's rules. */
export const empty = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: demo-
  annotations:
    pipelines.kubeflow.org/kfp_sdk_version: 1.8.22
    pipelines.kubeflow.org/pipeline_compilation_time: '2024-05-01T09:30:00.000000'
    pipelines.kubeflow.org/pipeline_spec: '{"name": "Demo"}'
  labels: {pipelines.kubeflow.org/kfp_sdk_version: 1.8.22}
spec:
  entrypoint: demo
  templates:
  - name: demo
    dag:
      tasks: []
  arguments:
    parameters: []
  serviceAccountName: pipeline-runner
`;

/** Does the edits one by one; each must keep text and data one, and its undo must give the bytes back. */
export function built(text: string, edits: readonly Edit[], check: (document: Document, edit: Edit) => void = () => undefined): Document {
  let document = openDocument(text);
  for (const edit of edits) {
    const result = editDocument(document, [edit]);
    if (!result.ok) throw new Error(`refused ${JSON.stringify(edit)}: ${JSON.stringify(result.refusal)}`);
    expect(parse(result.document.text).stream).toEqual(result.document.stream);
    expect(undoEdit(result.document, result.undo).text).toBe(document.text);
    document = result.document;
    check(document, edit);
  }
  return document;
}

/** The workflow of a document. */
export function workflowOf(document: Document): DataMap {
  return document.stream[0] as DataMap;
}

/** What the plan lowers to, as edits write it: Argo 4 refuses `parallelism: 0`, so it is left out. */
export function lowered(plan: Omit<PipelinePlan, "name" | "parameters"> & Partial<PipelinePlan>): DataMap {
  const { workflow, diagnostics } = lowerPipeline({ name: "Demo", parameters: [], ...plan }, stamps);
  expect(diagnostics.filter((found) => found.level === "error")).toEqual([]);
  return withoutZero(workflow) as DataMap;
}

function withoutZero(data: Data): Data {
  if (isList(data)) return data.map(withoutZero);
  if (!isMap(data)) return data;
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) => (key === "parallelism" && value === 0 ? [] : [[key, withoutZero(value)]])),
  );
}

/** Builds from nothing by edits and compares with the plan, metadata included; the compiled workflow keeps its rules. */
export function expectSame(edits: readonly Edit[], plan: Parameters<typeof lowered>[0]): Document {
  const document = built(empty, edits);
  const workflow = workflowOf(document);
  expect(workflow).toEqual(lowered(plan));
  expect(invariants(workflow)).toEqual([]);
  return document;
}

/** A template of a document's workflow. */
export function templateIn(document: Document, name: string): DataMap {
  const templates = field(field(workflowOf(document), "spec"), "templates");
  const found = isList(templates) ? templates.find((one) => field(one, "name") === name) : undefined;
  if (!isMap(found)) throw new Error(`no template ${name}`);
  return found;
}
