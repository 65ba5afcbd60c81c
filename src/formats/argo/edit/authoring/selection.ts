import type { Task, Template, Workflow } from "#pipeline/model.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { findTask, type FoundTask, isRefused, refuse } from "#document/edit-targets.ts";

/** The tasks that go into the group, and their graph. */
export interface Selection {
  readonly workflow: Workflow;
  readonly graph: Template;
  readonly tasks: readonly Task[];
  readonly chosen: ReadonlySet<string>;
}

/** The tasks that an edit names; refused if there are none or they are in several graphs. */
export function selectionOf(draft: Draft, names: readonly string[]): Selection | Refused {
  const found: FoundTask[] = [];
  for (const name of names) {
    const one = findTask(draft, name);
    if (isRefused(one)) return one;
    if (!found.some((other) => other.task.id === one.task.id)) found.push(one);
  }
  const [first] = found;
  if (!first) return refuse("authoring-no-tasks", {});
  const other = found.find((one) => one.graph.id !== first.graph.id);
  if (other) return refuse("authoring-different-graphs", { a: first.task.name, b: other.task.name }, other.task.path);
  const chosen = new Set(found.map((one) => one.task.name));
  return { workflow: first.workflow, graph: first.graph, tasks: first.graph.tasks.filter((task) => chosen.has(task.name)), chosen };
}
