/** containerSet: containers of one pod with dependencies among them. docs/spec/argo-lint.md#container-sets */
import { field, listField } from "#data/data.ts";
import { cycleIn } from "../cycles.ts";
import { found, type Rule } from "../checked-workflow.ts";

const memberName = /^[a-zA-Z0-9][-a-zA-Z0-9]*$/;

/** Members, their names and dependencies. */
export const checkContainerSets: Rule = (subject, report) => {
  for (const template of subject.templates) {
    if (template.kind !== "containerSet") continue;
    const { members, path } = template;
    const below = [...path, "containerSet"];
    if (members.length === 0) {
      found(report, "error", "container-set-empty", below, { name: template.name });
      continue;
    }
    const names = new Set<string>();
    for (const { name, path } of members) {
      if (name === "") found(report, "error", "container-set-name-required", path);
      else if (!memberName.test(name)) found(report, "error", "container-set-name-invalid", [...path, "name"], { name });
      else if (names.has(name)) found(report, "error", "container-set-name-duplicate", [...path, "name"], { name });
      names.add(name);
    }
    for (const { name, dependencies, path } of members) {
      dependencies.forEach((on, index) => {
        if (!names.has(on)) found(report, "error", "container-set-dependency", [...path, "dependencies", index], { name, on });
      });
    }
    const circle = cycleIn(new Map(members.map(({ name, dependencies }) => [name, dependencies])));
    if (circle) found(report, "error", "container-set-cycle", below, { path: circle.join(" → ") });
    const raw = subject.raw(template);
    const passes =
      listField(field(raw, "inputs"), "artifacts").length +
      listField(field(raw, "outputs"), "artifacts").length +
      listField(field(raw, "outputs"), "parameters").length;
    if (passes > 0 && !names.has("main")) found(report, "error", "container-set-main", below, { name: template.name });
  }
};
