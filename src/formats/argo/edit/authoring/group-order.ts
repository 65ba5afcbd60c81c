import type { DataMap } from "#data/data.ts";
import type { Task, Template } from "#pipeline/model.ts";
import type { Refused } from "#document/edit-draft.ts";
import { refuse } from "#document/edit-targets.ts";
import type { Flavor } from "../../flavor/flavor.ts";

// Who waits for whom when a boundary is drawn around some tasks, or taken away: orders are lifted to siblings (docs/spec/kfp-v1.md#dags).

/** The names that a task waits for. */
export function waitsFor(task: Task): readonly string[] {
  return task.order.after.map((one) => one.task);
}

/**
 * A task outside that runs after some of the chosen ones and before others, then they cannot become one. `read`: what the group itself
 * will wait for, besides what its tasks wait for.
 */
export function circleThrough(graph: Template, chosen: ReadonlySet<string>, read: readonly string[] = []): Task | undefined {
  const byName = new Map(graph.tasks.map((task) => [task.name, task]));
  const before = new Set<string>();
  const queue = [...read, ...graph.tasks.filter((task) => chosen.has(task.name)).flatMap(waitsFor)];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (chosen.has(name) || before.has(name)) continue;
    before.add(name);
    queue.push(...(byName.has(name) ? waitsFor(byName.get(name) as Task) : []));
  }
  // What comes before a chosen one must not itself come after one.
  return graph.tasks.find((task) => before.has(task.name) && waitsFor(task).some((name) => chosen.has(name)));
}

/** Refuses a formula that says more than "all of these have succeeded" and names tasks on both sides of the boundary. */
export function formulaAcross(tasks: readonly Task[], chosen: ReadonlySet<string>): Refused | undefined {
  for (const task of tasks) {
    const { after, plain, formula, style } = task.order;
    if (style !== "depends" || (plain && after.every((one) => one.results.length === 0))) continue;
    const inside = after.filter((one) => chosen.has(one.task)).length;
    const own = chosen.has(task.name);
    if (own ? inside < after.length : inside > 0)
      return refuse("authoring-depends-formula", { task: task.name, formula: formula ?? "" }, task.path);
  }
  return undefined;
}

/** A call that waits for these names, written as the call or its dag writes dependencies; a formula that names the same tasks stays unchanged. */
export function withOrder(
  call: DataMap,
  names: readonly string[],
  how: { readonly flavor: Flavor; readonly depends: boolean; readonly keep?: readonly string[] },
): DataMap {
  const unique = [...new Set(names)];
  if (how.keep && unique.length === how.keep.length && unique.every((name, index) => name === how.keep?.[index])) return call;
  const { dependencies: _, depends: __, ...rest } = call;
  if (unique.length === 0) return rest as DataMap;
  const sorted = how.flavor.inOrder(unique, (name) => name);
  const message: DataMap = how.depends ? { depends: sorted.join(" && ") } : { dependencies: sorted };
  const entries = Object.entries(rest as DataMap);
  const at = entries.findIndex(([key]) => key === "arguments" || key === "when");
  const index = at < 0 ? entries.length : at;
  return Object.fromEntries([...entries.slice(0, index), ...Object.entries(message), ...entries.slice(index)]);
}

/** Whether a dag says its order by formulas: then every call of it must. */
export function saysDepends(graph: Template): boolean {
  return graph.tasks.some((task) => task.order.style === "depends");
}
