/**
 * Reads documents as a model: Argo's Workflow, WorkflowTemplate, ClusterWorkflowTemplate and CronWorkflow typed, all else carried.
 * Every template is read once where it stands; calls name their templates and are not followed, so recursion costs nothing.
 * What is not as Argo has it is reported with its place and carried. Called for every document opened and after every edit.
 */
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { type Data, field, isMap, textField } from "#data/data.ts";
import type { Foreign, Model, ModelObject } from "#pipeline/model.ts";
import { readWorkflow, workflowResource } from "./workflow.ts";

/** A stream's meaning and what was found wrong with its form. */
export interface ReadModel {
  readonly model: Model;
  readonly diagnostics: readonly Diagnostic[];
}

const streams = new WeakMap<readonly Data[], ReadModel>();

/** The model of a stream of documents. Parts of the data that were read before (the same objects at the same place) are not read again. */
export function readModel(stream: readonly Data[]): ReadModel {
  const known = streams.get(stream);
  if (known) return known;
  const diagnostics: Diagnostic[] = [];
  let first = true;
  const objects = stream.map((data, index): ModelObject => {
    const resource = workflowResource(data);
    if (resource === undefined || !isMap(data)) return foreign(data, index);
    const workflow = readWorkflow(data, resource, { index, first }, (found) => void diagnostics.push(found));
    first = false;
    return workflow;
  });
  const read = { model: { objects }, diagnostics };
  streams.set(stream, read);
  return read;
}

function foreign(data: Data, index: number): Foreign {
  const apiVersion = textField(data, "apiVersion");
  const resource = textField(data, "kind");
  const name = textField(field(data, "metadata"), "name");
  return {
    kind: "foreign",
    place: [index],
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(resource === undefined ? {} : { resource }),
    ...(name === undefined ? {} : { name }),
    data,
  };
}
