import { ClipboardCopy, ClipboardPaste } from "lucide-react";
import { useState } from "react";
import type { Holder } from "#editor/settings/access.ts";
import { whenSettled } from "#editor/dispatch.ts";
import { copiedGroups, ownGroups, pasteSettings } from "#editor/settings/copy-settings.ts";
import { command } from "#editor/commands/all.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { useEditor, useEditorState, useRun, useTranslate } from "../use-editor.ts";
import { Section } from "./inspector-head.tsx";

/** The commands that copy the settings of the task shown, and paste those copied before. */
export function CopySettings() {
  const t = useTranslate();
  const run = useRun();
  const isCopied = useEditorState((state) => state.session.copiedSettings !== undefined);
  return (
    <>
      <IconButton small icon={ClipboardCopy} label={t("command-copy-settings")} onClick={() => run(command("copy-settings"))} />
      {isCopied ? (
        <IconButton small icon={ClipboardPaste} label={t("command-paste-settings")} onClick={() => run(command("paste-settings"))} />
      ) : null}
    </>
  );
}

/** Settings that were copied, with the choice of groups; shown when the command “Paste settings” was given. */
export function PasteSettings({ holders }: { readonly holders: readonly Holder[] }) {
  const t = useTranslate();
  const editor = useEditor();
  const copied = useEditorState((state) => state.session.copiedSettings);
  const isPasting = useEditorState((state) => state.session.pasting === true);
  const [left, setLeft] = useState<ReadonlySet<string>>(ownGroups);
  if (!copied || !isPasting || holders.length === 0) return null;
  const groups = copiedGroups(copied);
  const paste = () => {
    const edits = holders.flatMap((holder) =>
      pasteSettings(
        copied,
        holder,
        groups.filter((group) => !left.has(group)),
      ),
    );
    const values = { from: copied.from, n: holders.length };
    whenSettled(editor.dispatch({ edits, label: { code: "settings-pasted", values } }), ({ ok }) => {
      if (!ok) return;
      editor.session({ pasting: false });
      editor.toast("settings-pasted", values, true);
    });
  };
  const toggle = (group: string) =>
    setLeft(left.has(group) ? new Set([...left].filter((one) => one !== group)) : new Set([...left, group]));
  return (
    <Section
      title={t("settings-paste-from", { name: copied.from })}
      action={
        <button type="button" className="btn link" onClick={() => editor.session({ pasting: false })}>
          {t("close")}
        </button>
      }
    >
      {groups.map((group) => (
        <label className="row" key={group}>
          <input type="checkbox" checked={!left.has(group)} onChange={() => toggle(group)} />
          {t(`settings-${group}`)}
        </label>
      ))}
      <button type="button" className="btn sm line start" disabled={groups.every((group) => left.has(group))} onClick={paste}>
        <ClipboardPaste className="i xs" aria-hidden="true" />
        {t("settings-paste")}
      </button>
    </Section>
  );
}
