import { readModel } from "#formats/argo/read.ts";
import type { Data, Path } from "#model/data.ts";
import type { Renames } from "#model/edit.ts";
import type { Model } from "#model/model.ts";
import type { Operation } from "#model/operations.ts";
import { mapPlace } from "./draft.ts";
import { allTemplates } from "./scope.ts";

/**
 * How ids followed the operations: each old id is tracked by its place, so a name that repeats, an inline template or a moved
 * list cannot mislead. Only ids that changed are told. `stream` is the data after the operations.
 */
export function renamesOf(model: Model, stream: readonly Data[], operations: readonly Operation[]): Renames {
  if (!operations.some(mayRename)) return { tasks: [], templates: [] };
  const after = idsByPlace(readModel(stream).model);
  const before = idsByPlace(model);
  const changed = <Id>(old: ReadonlyMap<string, Id>, now: ReadonlyMap<string, Id>) =>
    [...old].flatMap(([place, id]): (readonly [Id, Id | undefined])[] => {
      const here = mapPlace(JSON.parse(place) as Path, operations);
      const found = here && now.get(JSON.stringify(here));
      return found === id ? [] : [[id, found]];
    });
  return { tasks: changed(before.tasks, after.tasks), templates: changed(before.templates, after.templates) };
}

/** Whether an operation can change which ids there are: it takes out, adds or moves something, or sets a name. */
function mayRename(operation: Operation): boolean {
  if (operation.op !== "set") return operation.op !== "insert" || typeof operation.value === "object";
  return operation.path.at(-1) === "name" || operation.path.length < 6;
}

function idsByPlace(model: Model) {
  const templates = model.objects.flatMap((object) => (object.kind === "workflow" ? allTemplates(object) : []));
  return {
    templates: new Map(templates.map((template) => [JSON.stringify(template.place), template.id])),
    tasks: new Map(templates.flatMap((template) => template.tasks.map((task) => [JSON.stringify(task.place), task.id] as const))),
  };
}
