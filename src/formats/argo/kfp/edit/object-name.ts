import { textField } from "#data/data.ts";
import type { Draft } from "#document/edit-draft.ts";
import { k8sName } from "#kubernetes/kfp-names.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import { templateByName } from "#pipeline/resolve-call.ts";
import { longestPipelineName, NamePool } from "../lower/assign-names.ts";

/**
 * The entrypoint's template, if it is called as the pipeline is: then it follows the pipeline's name (docs/spec/kfp-v1.md#entrypoint-name).
 */
export function ownEntrypoint(draft: Draft, workflow: Workflow): Template | undefined {
  const generated = textField(draft.at([...workflow.path, "metadata"]), "generateName");
  return generated === `${workflow.entrypoint}-` ? templateByName(workflow, workflow.entrypoint) : undefined;
}

/** The name of the object that a KFP pipeline becomes: cleaned, short enough for what Kubernetes puts behind it, no template's name. */
export function pipelineName(workflow: Workflow, human: string, entry: Template | undefined): string {
  const pool = new NamePool(longestPipelineName);
  if (entry) for (const template of workflow.templates) if (template !== entry) pool.reserve(template.name);
  return pool.give(k8sName(human) || "pipeline");
}
