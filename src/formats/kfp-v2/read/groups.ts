import type { GroupKind, Task, Template } from "#pipeline/model.ts";

/**
 * What each graph is, by how tasks use it: one that is iterated is a loop, one with a condition a condition, one whose tasks all have
 * conditions the branches of one choice, one that an exit task waits for the body of an exit handler, any other a sub-pipeline.
 */
export function withGroupKinds(templates: readonly Template[], root: string): readonly Template[] {
  const callers = new Map<string, Task>();
  const awaited = new Set<string>();
  for (const template of templates)
    for (const task of template.tasks) {
      if (task.call.kind === "template" && !callers.has(task.call.name)) callers.set(task.call.name, task);
      if (task.runsAlways) for (const { task: name } of task.order.after) awaited.add(`${template.id}/${name}`);
    }
  return templates.map((template) => {
    const task = callers.get(template.name);
    if (template.kind !== "dag" || template.name === root || task === undefined) return template;
    return withKind(template, kindOf(template, task, awaited.has(task.id)));
  });
}

const known = new WeakMap<Template, Template>();

/** The same template and kind give the same object, so that nothing is drawn again for it. */
function withKind(template: Template, groupKind: GroupKind): Template {
  const before = known.get(template);
  if (before?.groupKind === groupKind) return before;
  const made = { ...template, groupKind };
  known.set(template, made);
  return made;
}

function kindOf({ tasks }: Template, { loop, when }: Task, isAwaited: boolean): GroupKind {
  if (loop) return "loop";
  if (when) return "condition";
  if (tasks.length > 0 && tasks.every((task) => task.when !== undefined && task.loop === undefined)) return "branches";
  return isAwaited ? "exit-handler" : "sub-pipeline";
}
