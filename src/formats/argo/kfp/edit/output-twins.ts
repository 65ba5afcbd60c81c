import { type Data, type DataMap, isList, isMap, textField } from "#data/data.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import { referencesInData } from "../../syntax/references.ts";
import { addItem, type Draft, removePruned } from "#document/edit-draft.ts";
import { isOutputRead, itemNow } from "../../edit/drop-readers.ts";
import { indexByName, templatesPath } from "../../edit/paths-and-names.ts";
import { calleeOf } from "#pipeline/resolve-call.ts";
import { flavorOf } from "../../flavor/flavor-of.ts";
import type { Flavor } from "../../flavor/flavor.ts";

// KFP (docs/spec/kfp-v1.md#values-and-files): every output of a container is an artifact; it is a parameter as well exactly while something
// reads its value.

/** Takes out output parameters of the KFP steps `producers` that nothing reads any more. */
export function dropUnreadTwins(draft: Draft, workflow: Workflow, producers: readonly Template[]): void {
  if (!flavorOf(workflow).keepsOnlyWhatIsUsed) return;
  for (const template of new Set(producers)) {
    if (template.kind !== "container") continue;
    for (const output of template.outputs) {
      if (output.kind !== "parameter" || !hasArtifact(template, output.name)) continue;
      const at = indexByName(draft.at(templatesPath(workflow)), template.name);
      if (at < 0 || isOutputRead(draft, template, output)) continue;
      const here = [...templatesPath(workflow), at];
      const path = itemNow(draft, [...here, ...output.path.slice(template.path.length)], output.name);
      if (path) removePruned(draft, path, here);
    }
  }
}

function hasArtifact(template: Template, name: string): boolean {
  return template.outputs.some((other) => other.kind === "artifact" && other.name === name);
}

/** The templates behind the siblings whose outputs a call reads. */
export function producersOf(draft: Draft, workflow: Workflow, graph: Template, read: Data | undefined): readonly Template[] {
  const names = referencesInData(read).flatMap(({ reference }) => (reference.kind === "task-output" ? [reference.task] : []));
  return graph.tasks.flatMap((task) => (names.includes(task.name) ? (calleeOf(draft.model, workflow, task.call)?.template ?? []) : []));
}

/** Lets a step give an output file as a value, too. False if the artifact has no path in the container. */
export function addTwin(draft: Draft, template: Template, name: string, flavor: Flavor): boolean {
  const artifact = template.outputs.find((output) => output.kind === "artifact" && output.name === name);
  const data: Data | undefined = artifact && draft.at(artifact.path);
  const path = textField(data, "path");
  if (path === undefined || (template.kind !== "container" && template.kind !== "script")) return false;
  if (template.outputs.some((output) => output.kind === "parameter" && output.name === name)) return true;
  const block = [...template.path, "outputs"];
  const list = [...block, "parameters"];
  const item: DataMap = { name, valueFrom: { path } };
  const found = draft.at(list);
  if (indexByName(found, name) >= 0) return true;
  const outputs = draft.at(block);
  if (isList(found)) addItem(draft, list, item, flavor.indexFor(found, name));
  else if (isMap(outputs)) draft.set(list, [item], "artifacts");
  return true;
}
