import { type Data, type DataMap, field, isList, isMap, type Path, textField } from "#data/data.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import type { Draft } from "#document/edit-draft.ts";
import { templatesPath } from "./paths-and-names.ts";
import { flavorOf } from "../flavor/flavor-of.ts";

/** A copy of a template under another name and where it goes: in sorted place in a KFP file, else right behind the original. */
export function copyTemplate(draft: Draft, workflow: Workflow, template: Template, name: string): readonly [Path, Data] {
  const original = draft.at(template.path) as DataMap;
  const list = templatesPath(workflow);
  const flavor = flavorOf(workflow);
  const copy = { ...original, name };
  const index = template.path.length === list.length + 1 ? (template.path.at(-1) as number) + 1 : workflow.templates.length;
  const renamed = withOutputsNamed(copy, (output) => flavor.outputOfCopy(output, template.name, name));
  return [[...list, flavor.indexFor(draft.at(list), name) ?? index], renamed];
}

function withOutputsNamed(template: DataMap, rename: (output: string) => string): DataMap {
  const outputs = field(template, "outputs");
  if (!isMap(outputs)) return template;
  const renamed = Object.fromEntries(
    Object.entries(outputs).map(([key, list]) => [key, isList(list) ? list.map((item) => renamedItem(item, rename)) : list]),
  );
  return { ...template, outputs: renamed };
}

function renamedItem(item: Data, rename: (output: string) => string): Data {
  const name = textField(item, "name");
  const fresh = name === undefined ? undefined : rename(name);
  return isMap(item) && fresh !== undefined && fresh !== name ? { ...item, name: fresh } : item;
}
