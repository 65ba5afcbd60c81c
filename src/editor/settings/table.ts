import { presentationOf, presentations } from "#compiler/presentation.ts";
import type { FormatId } from "#pipeline/model.ts";
import type { Setting } from "./setting.ts";

const byFormat = new Map(
  presentations.map(({ format, settings }) => [format, new Map(settings.map((setting) => [setting.id, setting] as const))] as const),
);

/** The settings of a format that have a form; none for a format without. Others are in the YAML, where they are kept and can be edited. */
export function settingsOf(format: FormatId): readonly Setting[] {
  return presentationOf(format)?.settings ?? [];
}

/** A setting of a format by its id; undefined if the format has none. */
export function findSetting(id: string, format: FormatId): Setting | undefined {
  return byFormat.get(format)?.get(id);
}

/** A setting of a format by its id. Throws for an unknown id. */
export function setting(id: string, format: FormatId): Setting {
  const found = findSetting(id, format);
  if (!found) throw new Error(`no setting ${id} in ${format}`);
  return found;
}
