import type { DataMap, Path } from "#data/data.ts";
import type { Task, Template } from "#pipeline/model.ts";
import { isBoundaryName } from "../syntax/boundary-names.ts";
import { type ComponentContext, readComponent } from "./component.ts";
import { findEntries } from "./fields.ts";

/** As for reading a component, and all keys of tasks as one text, which is compared. */
export interface RememberedContext extends ComponentContext {
  readonly allKeys: string;
}

/** What a template was read from, besides its data. */
interface Known {
  readonly id: string;
  readonly displayName: string | undefined;
  readonly paths: string;
  readonly items: string;
  readonly executor: DataMap | undefined;
  readonly platform: DataMap | undefined;
  /** The keys of all tasks if names of ports are read by them. */
  readonly taskKeys: string;
}

const templates = new WeakMap<DataMap, { readonly known: Known; readonly tasks: readonly Task[]; readonly template: Template }>();

/** Reads a component once: what an edit left as it was gives the same template, so that nothing is computed or drawn again for it. */
export function rememberComponent(data: DataMap, context: RememberedContext): Template {
  const known: Known = {
    id: context.id,
    displayName: context.displayName,
    paths: [context.path, context.executor?.path, context.platform?.path].map(pathText).join("\n"),
    items: [...context.items].join("\n"),
    executor: context.executor?.data,
    platform: context.platform?.data,
    taskKeys: hasBoundaryPorts(data) ? context.allKeys : "",
  };
  const before = templates.get(data);
  const isKnown = before !== undefined && isSame(before.known, known);
  // A graph is the same if all its tasks are, which depend on the components that they run.
  if (isKnown && before.tasks.length === 0) return before.template;
  const template = readComponent(data, context);
  if (isKnown && template.tasks.every((task, index) => task === before.tasks[index])) return before.template;
  templates.set(data, { known, tasks: template.tasks, template });
  return template;
}

function isSame(a: Known, b: Known): boolean {
  return (
    a.id === b.id &&
    a.displayName === b.displayName &&
    a.paths === b.paths &&
    a.items === b.items &&
    a.executor === b.executor &&
    a.platform === b.platform &&
    a.taskKeys === b.taskKeys
  );
}

function pathText(path: Path | undefined): string {
  return path === undefined ? "" : path.join("/");
}

function hasBoundaryPorts(data: DataMap): boolean {
  return (["inputDefinitions", "outputDefinitions"] as const).some((side) =>
    findEntries(data, side, []).some(({ value }) => Object.keys(value).some(isBoundaryName)),
  );
}
