import { type Data, type DataMap, field, isList, isMap, type Path, textField } from "#data/data.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import type { Draft } from "#document/edit-draft.ts";
import { sortedIndex, templatesPath } from "./paths-and-names.ts";

/** A copy of a template under another name and where it goes: in sorted place in a KFP file, else right behind the original. */
export function copyTemplate(draft: Draft, workflow: Workflow, template: Template, name: string): readonly [Path, Data] {
  const original = draft.at(template.path) as DataMap;
  const list = templatesPath(workflow);
  const kfp = workflow.traits.isSdkCompiled;
  const copy = { ...original, name };
  const index = template.path.length === list.length + 1 ? (template.path.at(-1) as number) + 1 : workflow.templates.length;
  const sorted = kfp ? sortedIndex(draft.at(list), name) : index;
  return [[...list, sorted], kfp ? withOutputsNamed(copy, template.name, name) : copy];
}

/** KFP names a task's outputs after it (docs/spec/kfp-v1.md#output-names): `train-model` becomes `train-2-model`. */
function withOutputsNamed(template: DataMap, from: string, to: string): DataMap {
  const outputs = field(template, "outputs");
  if (!isMap(outputs)) return template;
  const renamed = Object.fromEntries(
    Object.entries(outputs).map(([key, list]) => [key, isList(list) ? list.map((item) => renamedItem(item, from, to)) : list]),
  );
  return { ...template, outputs: renamed };
}

function renamedItem(item: Data, from: string, to: string): Data {
  const name = textField(item, "name");
  return isMap(item) && name?.startsWith(`${from}-`) ? { ...item, name: to + name.slice(from.length) } : item;
}
