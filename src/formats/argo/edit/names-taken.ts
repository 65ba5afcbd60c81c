import type { Workflow } from "#pipeline/model.ts";
import { longestTemplateName, NamePool } from "../kfp/lower/assign-names.ts";

/** A pool in which every name that a new task or template could meet is taken: templates, tasks, the pipeline. */
export function namesTaken(workflow: Workflow): NamePool {
  const pool = new NamePool(longestTemplateName);
  for (const template of workflow.templates) {
    pool.reserve(template.name);
    for (const task of template.tasks) pool.reserve(task.name);
  }
  if (workflow.entrypoint !== undefined) pool.reserve(workflow.entrypoint);
  if (workflow.onExit !== undefined) pool.reserve(workflow.onExit);
  return pool;
}
