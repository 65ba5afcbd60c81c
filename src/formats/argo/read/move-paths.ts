import type { Path } from "#data/data.ts";
import type { Task, Template } from "#pipeline/model.ts";

/**
 * Moves the result of reading one path to another: when an item leaves a list, all behind it move up, and of a thousand templates
 * only their places are other ones. What holds further templates is not moved but read, for these are remembered on their own.
 */

/** A template without calls at another place; undefined for one with calls. */
export function movedTemplate(template: Template, path: Path): Template | undefined {
  if (template.tasks.length > 0) return undefined;
  const move = mover(template.path, path);
  return {
    ...template,
    path,
    inputs: template.inputs.map(move),
    outputs: template.outputs.map(move),
    members: template.members.map(move),
  };
}

/** A call at another place; undefined for one that holds its template. */
export function movedTask(task: Task, path: Path): Task | undefined {
  if (task.call.kind === "inline" || task.hooks.some((hook) => hook.call.kind === "inline")) return undefined;
  const move = mover(task.path, path);
  return {
    ...task,
    path,
    arguments: task.arguments.map(move),
    ...(task.exitHook === undefined ? {} : { exitHook: move(task.exitHook) }),
    hooks: task.hooks.map((hook) => ({ ...move(hook), arguments: hook.arguments.map(move) })),
  };
}

function mover(from: Path, to: Path) {
  return <Part extends { readonly path: Path }>(part: Part): Part => ({ ...part, path: [...to, ...part.path.slice(from.length)] });
}
