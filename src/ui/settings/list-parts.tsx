import { Plus } from "lucide-react";
import type { FocusEvent } from "react";
import { draftsWithoutRow } from "#editor/field-drafts.ts";
import { pathOf, removal } from "#editor/settings/access.ts";
import type { Setting } from "#editor/settings/setting.ts";
import { displayValue } from "../inspector/values.ts";
import { useEditor, useTranslate } from "../use-editor.ts";
import { type ShownSetting, useChange, useSubject } from "./edited-tasks.ts";

/** What a control of a setting gets. */
export interface ControlProps {
  readonly setting: Setting & { readonly shape: { readonly kind: string } };
  readonly shown: ShownSetting;
}

/** A button below a list that adds one more. */
export function AddButton({ label, short, onClick }: { readonly label: string; readonly short?: string; readonly onClick: () => void }) {
  return (
    <button type="button" className="btn sm start" aria-label={label} title={label} onClick={onClick}>
      <Plus className="i xs" aria-hidden="true" />
      {short ?? label}
    </button>
  );
}

/** Removes a row of a list from the document, with the drafts of its fields; the drafts of later rows move with their rows. */
export function useRemoveRow(setting: Setting): (index: number) => void {
  const editor = useEditor();
  const change = useChange();
  const { owner } = useSubject();
  return (index) => {
    change(setting, (holder) => [removal(holder, [...pathOf(setting, holder), index])]);
    editor.session(({ drafts }) => ({ drafts: draftsWithoutRow(drafts, owner, setting.id, index) }));
  };
}

/** On leaving a row of which all fields were emptied: removes it, and with it the drafts of its fields. */
export function useRemovedWhenEmptied(ids: readonly string[], remove: () => void): (event: FocusEvent<HTMLElement>) => void {
  const editor = useEditor();
  return (event) => {
    if (event.currentTarget.contains(event.relatedTarget)) return;
    const { drafts } = editor.store.getState().session;
    if (!ids.every((id) => drafts[id]?.text === "")) return;
    for (const id of ids) editor.draft(id, undefined);
    remove();
  };
}

/** The pipeline's value for all tasks, where the task sets none of its own. */
export function InheritedNote({ shown }: { readonly shown: ShownSetting }) {
  const t = useTranslate();
  if (shown.state !== "inherited") return null;
  return (
    <span className="field inherited">
      <span className="grow cut mono" translate="no">
        {displayValue(shown.value)}
      </span>
      <span className="unit">{t("setting-inherited")}</span>
    </span>
  );
}
