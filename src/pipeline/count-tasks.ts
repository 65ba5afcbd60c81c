import { calleeOf } from "./model-index.ts";
import type { Call, Model, Template, Workflow } from "./model.ts";

/** Counting stops here: a few templates that call each other repeatedly can amount to more tasks than anybody counts. */
const most = 1_000_000;

/**
 * The number of tasks of a graph on all levels: tasks in its groups count, the groups themselves do not, and a group that is called twice
 * counts twice. In the entrypoint the exit handler counts too. Recursive calls count once.
 */
export function countTasks(model: Model, workflow: Workflow, graph: Template): number {
  const known = new Map<Template, number>();
  const ofCall = (call: Call, around: ReadonlySet<Template>): number => {
    const callee = calleeOf(model, workflow, call)?.template;
    if (!callee || callee.tasks.length === 0 || around.has(callee)) return 1;
    return inside(callee, around);
  };
  const inside = (template: Template, around: ReadonlySet<Template>): number => {
    const counted = known.get(template);
    if (counted !== undefined) return counted;
    const here = new Set([...around, template]);
    const count = Math.min(
      most,
      template.tasks.reduce((sum, task) => sum + ofCall(task.call, here), 0),
    );
    known.set(template, count);
    return count;
  };
  const exit = graph.name === workflow.entrypoint && workflow.onExit !== undefined ? 1 : 0;
  return inside(graph, new Set()) + exit;
}
