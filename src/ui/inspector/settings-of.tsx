import { type ReactNode, useState } from "react";
import { valueAt } from "#data/data.ts";
import type { Path } from "#data/data.ts";
import { type Holder, pathOf } from "#editor/settings/access.ts";
import type { Setting, Tab } from "#editor/settings/setting.ts";
import { SettingsPanel } from "../settings/settings-panel.tsx";
import type { Subject } from "../settings/edited-tasks.ts";
import { useTranslate } from "../use-editor.ts";

interface Props extends Subject {
  readonly tabs: readonly Tab[];
  readonly parts: Readonly<Partial<Record<Tab, ReactNode>>>;
  /** The name of the first tab, which describes the subject. */
  readonly kindLabel?: string;
}

/** The settings of a subject, below tabs; other parts of the inspector are between them. */
export function SettingsOf({ tabs, parts, kindLabel, ...subject }: Props) {
  return <SettingsPanel subject={subject} tabs={tabs} parts={parts} kindLabel={kindLabel} />;
}

/** Which setting has the focus: its path in the data of a holder, the part of that which exists, and its help. */
export function useFocused(holder: Holder | undefined): {
  readonly set: (setting: Setting) => void;
  readonly wanted: Path;
  readonly path: Path;
  readonly help: string | undefined;
} {
  const t = useTranslate();
  const [setting, set] = useState<Setting | undefined>(undefined);
  const path = holder && setting?.area === holder.area ? pathOf(setting, holder) : [];
  let there = path;
  while (there.length > 0 && valueAt(holder?.data, there) === undefined) there = there.slice(0, -1);
  return { set, wanted: path, path: there, help: setting && t(`setting-${setting.id}.help`) };
}
