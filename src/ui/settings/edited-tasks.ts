import { createContext, useContext } from "react";
import type { Edit } from "#pipeline/edit.ts";
import { type Data, sameData } from "#data/data.ts";
import { type Holder, type Reading, readingOf } from "#editor/settings/access.ts";
import type { Setting } from "#editor/settings/setting.ts";
import type { Message } from "#editor/message.ts";
import { useEditor, useTranslate } from "../use-editor.ts";

/** Whose settings are shown: one task, several at once, a template by itself, or the pipeline. */
export interface Subject {
  readonly holders: readonly [Holder, ...Holder[]];
  /** Names drafts of fields. */
  readonly owner: string;
  /** The name used in steps; undefined for the pipeline. */
  readonly of: string | undefined;
  /** The one call that leads here, for what is wired. */
  readonly task?: string;
  /** Ids of settings that another part of the panel covers: shown only when asked for. */
  readonly covered?: ReadonlySet<string>;
  /** Reports which setting has the focus, so that the foot can show its path. */
  readonly onFocus: (setting: Setting) => void;
}

export const SubjectContext = createContext<Subject | undefined>(undefined);

/** The subject. Throws outside of a subject's panel. */
export function useSubject(): Subject {
  const subject = useContext(SubjectContext);
  if (!subject) throw new Error("this part needs a SubjectContext around it");
  return subject;
}

/** The value of a setting for all holders: their common value, or that they differ. */
export interface ShownSetting {
  readonly value: Data | undefined;
  readonly state: Reading["state"] | "mixed";
  readonly patched?: boolean;
}

/** Reads a setting of a subject. */
export function shownSetting(setting: Setting, subject: Subject): ShownSetting {
  const [first, ...others] = subject.holders.map((holder) => readingOf(setting, holder));
  if (!first) return { value: undefined, state: "absent" };
  const differs = others.some((one) => !sameData(one.value, first.value) || (one.state === "inherited") !== (first.state === "inherited"));
  return differs ? { value: undefined, state: "mixed" } : first;
}

/** Applies edits to every holder of the subject in one step, named after the setting. */
export function useChange(): (setting: Setting, edits: (holder: Holder) => readonly Edit[], key?: string) => void {
  const subject = useSubject();
  const editor = useEditor();
  const t = useTranslate();
  return (setting, edits, key) => {
    const name = t(`setting-${setting.id}`);
    const n = subject.holders.length;
    const label: Message =
      n > 1 ? { code: "settings-step", values: { name, n } } : { code: "settings-step-one", values: { name, of: subject.holders[0].name } };
    editor.dispatch({ edits: subject.holders.flatMap(edits), label, ...(key === undefined ? {} : { key }) });
  };
}
