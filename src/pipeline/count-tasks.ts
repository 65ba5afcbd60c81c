import { calleeOf } from "./resolve-call.ts";
import type { Model, Task, Template, Workflow } from "./model.ts";

/** Counting stops here: a few templates that call each other repeatedly can amount to more tasks than anybody counts. */
const most = 1_000_000;

/** How many tasks a graph has on all levels: tasks in its groups count, the groups themselves do not. In the entrypoint the exit handler counts too. */
export function countTasks(model: Model, workflow: Workflow, graph: Template): number {
  const exit = graph.name === workflow.entrypoint && workflow.onExit !== undefined ? 1 : 0;
  const isLeaf = ({ call }: Task) => !isGroup(calleeOf(model, workflow, call)?.template);
  return exit + sumOverLevels(graph, { model, workflow, countOf: ({ tasks }) => tasks.filter(isLeaf).length, recursion: 1 });
}

/** How a graph is counted: what one graph has by itself, and what a task counts that leads back into a graph around it. */
export interface Counting {
  readonly model: Model;
  readonly workflow: Workflow;
  readonly countOf: (graph: Template) => number;
  readonly recursion?: number;
}

/** The sum over a graph and the groups inside it, to any depth. A group that is called twice counts twice; recursive calls are not followed. */
export function sumOverLevels(graph: Template, { model, workflow, countOf, recursion = 0 }: Counting): number {
  const known = new Map<Template, number>();
  const inside = (template: Template, around: ReadonlySet<Template>): number => {
    const counted = known.get(template);
    if (counted !== undefined) return counted;
    const here = new Set([...around, template]);
    let count = countOf(template);
    for (const { call } of template.tasks) {
      const callee = calleeOf(model, workflow, call)?.template;
      if (isGroup(callee)) count += here.has(callee) ? recursion : inside(callee, here);
    }
    known.set(template, Math.min(most, count));
    return Math.min(most, count);
  };
  return inside(graph, new Set());
}

function isGroup(template: Template | undefined): template is Template {
  return template !== undefined && template.tasks.length > 0;
}
