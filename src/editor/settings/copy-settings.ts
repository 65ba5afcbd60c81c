import { type Data, sameData, valueAt } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { FormatId } from "#pipeline/model.ts";
import { applies, type Holder, pathOf, set } from "./access.ts";
import { settingsOf } from "./table.ts";
import { presentations } from "#compiler/presentation.ts";

/** Settings copied from a task, by the setting's id. */
export interface CopiedSettings {
  readonly from: string;
  readonly format: FormatId;
  readonly values: Readonly<Record<string, Data>>;
}

/** Groups that are copied only on request: they identify the task. */
export const ownGroups: ReadonlySet<string> = new Set(["container", "http", "resource", "suspend", "other-kinds"]);
/** Settings that name the task itself, and views of what other rows hold as a whole. */
const never = new Set(["display-name", "cache", "cache-age", "retry-whole"]);

/** Copies the settings of a task. */
export function copySettings(holder: Holder): CopiedSettings {
  const entries = settingsOf(holder.format).flatMap((setting) => {
    const value = applies(setting, holder) && !never.has(setting.id) ? valueAt(holder.data, pathOf(setting, holder)) : undefined;
    return value === undefined || value === null ? [] : [[setting.id, value] as const];
  });
  return { from: holder.name, format: holder.format, values: Object.fromEntries(entries) };
}

/** The groups with copied settings, in the order of the table. */
export function copiedGroups(copied: CopiedSettings): readonly string[] {
  return [
    ...new Set(
      settingsOf(copied.format)
        .filter(({ id }) => Object.hasOwn(copied.values, id))
        .map(({ group }) => group),
    ),
  ];
}

/**
 * The edits that apply the copied settings of some groups to a task. Labels and annotations are merged; everything else is replaced. What
 * the source does not set is left as it is.
 */
export function pasteSettings(copied: CopiedSettings, holder: Holder, groups: readonly string[]): readonly Edit[] {
  return settingsOf(holder.format).flatMap((setting): readonly Edit[] => {
    const value = Object.hasOwn(copied.values, setting.id) ? copied.values[setting.id] : undefined;
    if (value === undefined || !groups.includes(setting.group) || !applies(setting, holder)) return [];
    const path = pathOf(setting, holder);
    const before = valueAt(holder.data, path);
    if (sameData(before, value)) return [];
    const isOwned = setting.id === "labels" || setting.id === "annotations";
    if (!isOwned || typeof before !== "object" || before === null) return [set(holder, path, isOwned ? ownMetadata(value) : value)];
    return [set(holder, path, { ...(before as Readonly<Record<string, Data>>), ...ownMetadata(value) })];
  });
}

/** Labels or annotations without those that say what the template itself is. */
function ownMetadata(value: Data): Readonly<Record<string, Data>> {
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, Data>>).filter(([key]) => !presentations.some(({ isOwnKey }) => isOwnKey?.(key))),
  );
}
