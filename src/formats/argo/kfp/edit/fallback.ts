import type { Edit } from "#pipeline/edit.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import type { Draft } from "#document/edit-draft.ts";
import { defaultSource, stepInput, stepOf } from "./step.ts";
import { type Reads, readsAny } from "../../edit/drop-readers.ts";
import { findTask, findWorkflow, isRefused } from "#document/edit-targets.ts";
import { templateByName } from "#pipeline/resolve-call.ts";
import { flavorOf } from "../../flavor/flavor-of.ts";

/**
 * When the source of a KFP step's input goes and the input has a default or is optional, the step falls back to that, instead of
 * waiting for an argument that never comes. The edits that do so; they come before the one that takes the source away.
 */
export function fallbackEdits(
  draft: Draft,
  edit: Extract<Edit, { kind: "remove-task" | "remove-parameter" }>,
): readonly Extract<Edit, { kind: "clear-argument" }>[] {
  if (edit.kind === "remove-task") {
    const found = findTask(draft, edit.task);
    if (isRefused(found)) return [];
    return inGraph(
      draft,
      found.workflow,
      found.graph,
      (reference) => reference.kind === "task-output" && reference.task === found.task.name,
    );
  }
  const workflow = findWorkflow(draft, edit.workflow);
  if (isRefused(workflow)) return [];
  const entry = templateByName(workflow, workflow.entrypoint);
  if (!entry || !workflow.parameters.some((one) => one.name === edit.name)) return [];
  return inGraph(
    draft,
    workflow,
    entry,
    (reference) => (reference.kind === "graph-input" || reference.kind === "pipeline-parameter") && reference.name === edit.name,
  );
}

function inGraph(draft: Draft, workflow: Workflow, graph: Template, reads: Reads): readonly Extract<Edit, { kind: "clear-argument" }>[] {
  if (!flavorOf(workflow).hasCompiledSteps) return [];
  return graph.tasks.flatMap((task) => {
    // Most calls read nothing of it, which one look at the whole call shows.
    if (!readsAny(draft.at(task.path), reads)) return [];
    return task.arguments.flatMap((argument) => {
      if (!readsAny(draft.at(argument.path), reads)) return [];
      const found = findTask(draft, task.id);
      const step = isRefused(found) ? undefined : stepOf(draft, found);
      const input = step && stepInput(draft, step, argument.name);
      if (!input || (defaultSource(input).kind === "none" && !input.optional)) return [];
      return [{ kind: "clear-argument", task: task.id, input: argument.name, portKind: argument.kind } as const];
    });
  });
}
