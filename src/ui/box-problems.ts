import type { BoxId } from "#editor/layout/places.ts";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { directoryOf } from "#pipeline/directory.ts";
import type { Model, Template, TemplateId, Workflow } from "#pipeline/model.ts";
import type { Values } from "#messages/say.ts";
import type { BoxProblem } from "./canvas/canvas-props.ts";

const severity = { error: 3, cluster: 2, warning: 1, info: 0 } as const;

/** The most severe diagnostic of each call of a workflow: about the call itself, its template, or anything inside of that. */
export function boxProblems(
  findings: readonly Diagnostic[],
  model: Model,
  workflow: Workflow,
  say: (code: string, values?: Values) => string,
): ReadonlyMap<BoxId, BoxProblem> {
  const problems = new Map<BoxId, BoxProblem>();
  if (findings.length === 0) return problems;
  const { callers } = directoryOf(model);
  const note = (box: BoxId, finding: Diagnostic) => {
    const known = problems.get(box);
    if (known && severity[known.level] >= severity[finding.level]) problems.set(box, { ...known, count: known.count + 1 });
    else problems.set(box, { level: finding.level, count: (known?.count ?? 0) + 1, sentence: say(finding.code, finding.values) });
  };
  const noteCallers = (template: TemplateId, finding: Diagnostic) => {
    const seen = new Set<TemplateId>([template]);
    for (const one of seen) {
      for (const caller of callers.get(one) ?? []) {
        note(caller.task.id, finding);
        seen.add(caller.template.id);
      }
    }
  };
  const holderOf = holders(workflow);
  for (const finding of findings) {
    const holder = holderOf(finding.place);
    if (!holder) continue;
    const task = holder.tasks.find((one) => startsWith(finding.place, one.place));
    if (task) note(task.id, finding);
    noteCallers(holder.id, finding);
  }
  return problems;
}

/** Finds the template that contains a path; there may be hundreds of diagnostics, so templates are indexed by path. */
function holders(workflow: Workflow): (place: Diagnostic["place"]) => Template | undefined {
  const byPlace = new Map(workflow.templates.map((template) => [template.place.join("\n"), template]));
  const lengths = [...new Set(workflow.templates.map((template) => template.place.length))];
  return (place) => {
    for (const length of lengths) {
      const found = byPlace.get(place.slice(0, length).join("\n"));
      if (found) return found;
    }
    return undefined;
  };
}

function startsWith(place: Diagnostic["place"], head: Diagnostic["place"]): boolean {
  return head.length <= place.length && head.every((step, index) => place[index] === step);
}
