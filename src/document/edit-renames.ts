import { type Path, samePath } from "#data/data.ts";
import type { Operation } from "#data/operations.ts";
import type { Renames } from "#pipeline/edit.ts";
import type { Model } from "#pipeline/model.ts";
import { mapPath } from "./edit-draft.ts";
import { allTemplates } from "#pipeline/resolve-call.ts";

/**
 * How ids followed the operations: each old id is tracked by its place, so a name that repeats, an inline template or a moved
 * list cannot mislead. Only ids that changed are listed. `now` is the model after the operations.
 */
export function renamesOf(model: Model, now: Model, operations: readonly Operation[]): Renames {
  const after = idsByPath(now);
  const before = idsByPath(model);
  const deepest = Math.max(0, ...before.templates.map(([path]) => path.length), ...before.tasks.map(([path]) => path.length));
  // What happens below every template and call moves none of them.
  const moving = operations.filter((operation) => operation.op !== "set" && operation.path.length <= deepest);
  return { tasks: changed(before.tasks, after.tasks, moving), templates: changed(before.templates, after.templates, moving) };
}

type Placed<Id> = readonly (readonly [path: Path, id: Id])[];

function changed<Id>(before: Placed<Id>, after: Placed<Id>, moving: readonly Operation[]): readonly (readonly [Id, Id | undefined])[] {
  const pathNow = new Map(after.map(([path, id]) => [id, path]));
  let byLocation: Map<string, Id> | undefined;
  return before.flatMap(([path, id]): (readonly [Id, Id | undefined])[] => {
    const here = mapPath(path, moving);
    const now = here && pathNow.get(id);
    if (now && samePath(here, now)) return [];
    byLocation ??= new Map(after.map(([place, found]) => [place.join("/"), found]));
    const found = here && byLocation.get(here.join("/"));
    return found === id ? [] : [[id, found]];
  });
}

function idsByPath(model: Model) {
  const templates = model.objects.flatMap((object) => (object.kind === "workflow" ? allTemplates(object) : []));
  return {
    templates: templates.map((template) => [template.path, template.id] as const),
    tasks: templates.flatMap((template) => template.tasks.map((task) => [task.path, task.id] as const)),
  };
}
