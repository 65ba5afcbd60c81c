import type { Path } from "#data/data.ts";
import type { Task, Template, Workflow } from "#pipeline/model.ts";
import { CALL, COMPONENT, PLATFORM } from "./access.ts";

/** Where a setting is in the file: the name of what holds it there, the path below that as text, and the path in the file. */
export interface WrittenAt {
  readonly owner: string;
  readonly below: string;
  readonly path: Path;
}

/** The place of a setting of a template. `path` leads to it in the data of the holder, as far as it exists; `wanted` is its whole path. */
export function templateSettingAt(
  { template, task }: { readonly template: Template; readonly task?: Task },
  path: Path,
  wanted: Path = path,
): WrittenAt {
  const { executor, platform } = template;
  const [first] = wanted;
  const below = (of: Path) => of.slice(1);
  if (executor === undefined) return { owner: template.name, below: wanted.join("."), path: [...template.path, ...path] };
  if (first === CALL && task) return { owner: task.name, below: below(wanted).join("."), path: [...task.path, ...below(path)] };
  if (first === COMPONENT) return { owner: template.name, below: below(wanted).join("."), path: [...template.path, ...below(path)] };
  if (first === PLATFORM)
    return {
      owner: executor.label,
      below: below(wanted).join("."),
      path: platform === undefined ? executor.path : [...platform.path, ...below(path)],
    };
  return { owner: executor.label, below: wanted.join("."), path: [...executor.path, ...path] };
}

/** The path in the file of a setting of a pipeline; `path` leads to it in the data of the holder, as far as it exists. */
export function pipelineSettingAt(workflow: Workflow, path: Path): Path {
  const key = workflow.specPath.slice(1);
  if (path.length === 0) return workflow.specPath;
  if (path[key.length] === PLATFORM && workflow.platform) return [...workflow.platform.path, ...path.slice(key.length + 1)];
  return [...workflow.path, ...path];
}
