import { k8sName } from "#kubernetes/kfp-names.ts";
import type { Edit } from "#model/edit.ts";
import type { Workflow } from "#model/model.ts";
import { byCodePoint } from "#model/python-text.ts";

/**
 * The edits that give a pipeline another name. Kubeflow's compiler names the entrypoint after the pipeline and sorts templates by
 * name; a pipeline which follows that rule keeps to it, as does one begun here, whose entrypoint has no name of its own yet.
 */
export function renamePipeline(workflow: Workflow, index: number, name: string): readonly Edit[] {
  const rename: Edit = { kind: "rename-workflow", name, workflow: index };
  const entry = workflow.templates.findIndex((template) => template.name !== "" && template.name === workflow.entrypoint);
  const template = workflow.templates[entry];
  if (!template || workflow.dialect !== "kfp" || (template.kind !== "dag" && template.kind !== "steps")) return [rename];
  const wanted = k8sName(name) || "pipeline";
  const followed = template.name === "main" || template.name === k8sName(workflow.title) || `${template.name}-` === workflow.name;
  const others = workflow.templates.filter((one) => one !== template).map((one) => one.name);
  if (!followed || wanted === template.name || others.includes(wanted)) return [rename];
  const isSorted = others.every((one, at) => at === 0 || byCodePoint(others[at - 1] as string, one) < 0);
  const to = isSorted ? others.filter((one) => byCodePoint(one, wanted) < 0).length : entry;
  // The move comes first, while the template's id is still known.
  return [rename, ...(to === entry ? [] : [{ kind: "move-template", template: template.id, to } as const]), { kind: "rename-template", template: template.id, name: wanted }];
}
