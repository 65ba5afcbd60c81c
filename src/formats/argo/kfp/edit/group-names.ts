import { k8sName } from "#kubernetes/kfp-names.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import type { GroupNames, GroupNameWish } from "../../flavor/flavor.ts";
import { longestTemplateName } from "../lower/assign-names.ts";

/** The names that a group asks for, by KFP's one counter for groups and items of literal lists (docs/spec/kfp-v1.md#group-names). */
export function groupNames(workflow: Workflow, { kind, own, isLiteral }: GroupNameWish): GroupNames {
  let counter = highestNumber(workflow);
  const item = isLiteral ? `loop-item-param-${++counter}` : "";
  const cleaned = own === undefined ? "" : k8sName(own);
  const stem = cleaned === "" || kind === "for-loop" || kind === "exit-handler" ? kind : `${kind}-${cleaned}`;
  const taken = new Set(workflow.templates.flatMap((template) => [template.name, ...template.tasks.map((task) => task.name)]));
  do counter++;
  while (taken.has(numbered(stem, counter)));
  return { group: numbered(stem, counter), item };
}

function numbered(stem: string, n: number): string {
  const number = `-${n}`;
  return stem.slice(0, longestTemplateName - number.length).replace(/-+$/, "") + number;
}

/** The highest number that a group or a loop's item has in the file. */
function highestNumber(workflow: Workflow): number {
  const names = workflow.templates
    .filter((template) => template.kind === "dag")
    .flatMap((template: Template) => [template.name, ...template.inputs.map((input) => input.name)]);
  const numbers = names.map(
    (name) => /^(?:condition|for-loop|exit-handler|graph|subgraph|loop-item-param)(?:-.*)?-(\d{1,6})(?:-subvar-.*)?$/.exec(name)?.[1],
  );
  return Math.max(0, ...numbers.map((text) => Number(text ?? 0)));
}
