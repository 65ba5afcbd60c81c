import type { Edit } from "#pipeline/edit.ts";
import { type Data, field, isList, isMap } from "#data/data.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { dropTarget, noLongerWaitFor } from "./order.ts";
import { dropReads } from "./drop-readers.ts";
import { indexByName, templatesPath } from "./paths-and-names.ts";
import { findTask, isRefused, note } from "#document/edit-targets.ts";
import { calleeOf } from "#pipeline/resolve-call.ts";
import { dropUnreadTwins, producersOf } from "../kfp/edit/output-twins.ts";
import { flavorOf } from "../flavor/flavor-of.ts";

/**
 * Takes a call out, with what waited for it and what read it. In a KFP file its template goes too, if nothing else runs it, and
 * so do the templates that only this one ran.
 */
export function removeTask(draft: Draft, edit: Extract<Edit, { kind: "remove-task" }>): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { workflow, graph, task } = found;
  const producers = producersOf(draft, workflow, graph, draft.at(task.path));
  dropReads(draft, workflow, graph, (reference) => reference.kind === "task-output" && reference.task === task.name, task.name);
  for (const other of graph.tasks) if (other !== task) noLongerWaitFor(draft, other, task.name);
  dropTarget(draft, graph, task.name);
  const group = task.path.slice(0, -1);
  const alone = graph.kind === "steps" && (draft.at(group) as readonly unknown[]).length === 1;
  draft.remove(alone ? group : task.path);
  if (!flavorOf(workflow).keepsOnlyWhatIsUsed) return undefined;
  dropUnreadTwins(draft, workflow, producers);
  const callee = task.call.kind === "template" ? calleeOf(draft.model, workflow, task.call)?.template : undefined;
  if (callee) dropUncalled(draft, workflow, callee);
  return undefined;
}

/** Takes out a template that nothing runs any more, and then those that it alone ran. */
function dropUncalled(draft: Draft, workflow: Workflow, template: Template): void {
  const list = templatesPath(workflow);
  const here = indexByName(draft.at(list), template.name);
  if (here < 0 || isRun(draft, workflow, template.name, here)) return;
  draft.remove([...list, here]);
  draft.note(note("edit-template-dropped", { template: template.name }, workflow.path));
  for (const task of template.tasks) {
    const inner = calleeOf(draft.model, workflow, task.call)?.template;
    if (inner && inner.name !== template.name && task.call.kind === "template") dropUncalled(draft, workflow, inner);
  }
}

/** Whether some call, other than from within the template itself, some hook, or the workflow still runs the template. */
function isRun(draft: Draft, workflow: Workflow, name: string, index: number): boolean {
  const spec = workflow.specPath;
  if (draft.at([...spec, "entrypoint"]) === name || draft.at([...spec, "onExit"]) === name) return true;
  const templates = draft.at(templatesPath(workflow));
  if (!isList(templates)) return false;
  const names = (data: Data | undefined): boolean => (isList(data) ? data.some(names) : templatesNamedIn(data).has(name));
  const bodies = templates.flatMap((one, other) => (other === index ? [] : [field(field(one, "dag"), "tasks"), field(one, "steps")]));
  return bodies.some(names) || names(draft.at([...spec, "hooks"]));
}

const none: ReadonlySet<string> = new Set();
const namedIn = new WeakMap<object, ReadonlySet<string>>();

/** The templates that a call with its hooks and its inline graph names; kept with the data, of which an edit changes little. */
export function templatesNamedIn(data: Data | undefined): ReadonlySet<string> {
  if (!isMap(data)) return none;
  let known = namedIn.get(data);
  if (!known) {
    const found = new Set<string>();
    const collect = (part: Data | undefined): void => {
      if (isList(part)) return part.forEach(collect);
      if (!isMap(part)) return;
      for (const name of [part.template, part.onExit]) if (typeof name === "string") found.add(name);
      Object.values(part).forEach(collect);
    };
    collect(data);
    namedIn.set(data, (known = found));
  }
  return known;
}
