import { callsOf, type FoundTask, refuse } from "#document/edit-targets.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import type { Template, Workflow } from "#pipeline/model.ts";

/** The tasks that run the graphs around a graph, outermost first; refused if one of them is run from several places, or from none. */
export function groupsAround(draft: Draft, workflow: Workflow, graph: Template): readonly FoundTask[] | Refused {
  const around: FoundTask[] = [];
  for (let here = graph; here.name !== workflow.entrypoint;) {
    const calls = callsOf(draft.model, here);
    const [only] = calls;
    if (!only || calls.length > 1) return refuse("edit-group-shared", { template: here.name, n: calls.length }, here.path);
    if (around.some((one) => one.task.id === only.task.id)) return refuse("edit-group-shared", { template: here.name, n: 2 }, here.path);
    around.unshift(only);
    here = only.graph;
  }
  return around;
}
