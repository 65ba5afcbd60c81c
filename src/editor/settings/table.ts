import type { Setting } from "./setting.ts";
import { pipelineSettings } from "./table-pipeline.ts";
import { taskSettings } from "./table-task.ts";

export { pipelineSettings, taskSettings };

/** Every setting that has a form. Others are in the YAML of the template, where they are kept and can be edited. */
export const settings: readonly Setting[] = [...taskSettings, ...pipelineSettings];

const byId = new Map(settings.map((setting) => [setting.id, setting]));

/** A setting by its id. Throws for an unknown id. */
export function setting(id: string): Setting {
  const found = byId.get(id);
  if (!found) throw new Error(`no setting ${id}`);
  return found;
}
