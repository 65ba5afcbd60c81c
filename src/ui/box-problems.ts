import type { BoxId } from "#editor/layout/geometry.ts";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { indexOfModel } from "#pipeline/model-index.ts";
import type { Model, Template, TemplateId, Workflow } from "#pipeline/model.ts";
import type { Values } from "#messages/translate.ts";
import { startsWith } from "#data/data.ts";
import type { BoxProblem } from "./canvas/canvas-props.ts";

const severity = { error: 3, cluster: 2, warning: 1, info: 0 } as const;

/** The most severe diagnostic of each call of a workflow: about the call itself, its template, or anything inside of that. */
export function boxProblems(
  diagnostics: readonly Diagnostic[],
  model: Model,
  workflow: Workflow,
  t: (code: string, values?: Values) => string,
): ReadonlyMap<BoxId, BoxProblem> {
  const problems = new Map<BoxId, BoxProblem>();
  if (diagnostics.length === 0) return problems;
  const { callers } = indexOfModel(model);
  const note = (box: BoxId, diagnostic: Diagnostic) => {
    const known = problems.get(box);
    if (known && severity[known.level] >= severity[diagnostic.level]) problems.set(box, { ...known, count: known.count + 1 });
    else problems.set(box, { level: diagnostic.level, count: (known?.count ?? 0) + 1, message: t(diagnostic.code, diagnostic.values) });
  };
  const noteCallers = (template: TemplateId, diagnostic: Diagnostic) => {
    const seen = new Set<TemplateId>([template]);
    for (const one of seen) {
      for (const caller of callers.get(one) ?? []) {
        note(caller.task.id, diagnostic);
        seen.add(caller.template.id);
      }
    }
  };
  const holderOf = holders(workflow);
  for (const diagnostic of diagnostics) {
    const holder = holderOf(diagnostic.path);
    if (!holder) continue;
    const task = holder.tasks.find((one) => startsWith(diagnostic.path, one.path));
    if (task) note(task.id, diagnostic);
    noteCallers(holder.id, diagnostic);
  }
  return problems;
}

/** Finds the template that contains a path; there may be hundreds of diagnostics, so templates are indexed by path. */
function holders(workflow: Workflow): (path: Diagnostic["path"]) => Template | undefined {
  const byPath = new Map(workflow.templates.map((template) => [template.path.join("\n"), template]));
  const lengths = [...new Set(workflow.templates.map((template) => template.path.length))];
  return (path) => {
    for (const length of lengths) {
      const found = byPath.get(path.slice(0, length).join("\n"));
      if (found) return found;
    }
    return undefined;
  };
}
