import { k8sName } from "#kubernetes/kfp-names.ts";
import type { Edit } from "#pipeline/edit.ts";
import { callersOf } from "#pipeline/find-by-id.ts";
import type { TemplateId } from "#pipeline/model.ts";
import { currentWorkflow, calleeHere } from "./actions.ts";
import { freeTaskName } from "#pipeline/free-names.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import { graphWithTask } from "./view.ts";
import type { EditorState } from "./state.ts";

/**
 * The edits that rename a task. Names that were read are kept; in a pipeline created here and not yet exported nothing outside can know the
 * identifiers, so they follow the name, and the file looks as if it was named so from the start.
 */
export function renamingEdits(state: EditorState, task: string, name: string): readonly Edit[] {
  const rename: Edit = { kind: "rename-task", task, name };
  const workflow = currentWorkflow(state);
  const graph = graphWithTask(workflow, task);
  const call = graph?.tasks.find(({ id }) => id === task);
  const template = call && calleeHere(state, call);
  if (state.document.exported !== "" || !workflow || !graph || !call || !template || isGraph(template) || !workflow.traits.hasDisplayNames)
    return [rename];
  const wanted = k8sName(name);
  // A template that other calls use, or that has a name of its own, keeps it; a name all in Hangul has no letters for an identifier.
  if (wanted === "" || template.name !== call.name || usedElsewhere(state, template.id, task)) return [rename];
  const taken = new Set(
    [...workflow.templates.map((one) => one.name), ...graph.tasks.map((one) => one.name)].filter((one) => one !== call.name),
  );
  const identifier = freeTaskName(wanted, taken);
  const shown = template.displayName;
  return [
    ...(identifier === call.name ? [] : [{ kind: "change-identifier", task, name: identifier } as const]),
    ...(identifier === name && shown === undefined ? [] : [{ ...rename, task: `${graph.id}/${identifier}` }]),
  ];
}

function usedElsewhere(state: EditorState, template: TemplateId, task: string): boolean {
  return callersOf(state.document.model, template).some((other) => other.task.id !== task);
}
