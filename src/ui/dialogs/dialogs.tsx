import { useEffect } from "react";
import { refuseIfLocked, setPanel } from "#editor/actions.ts";
import type { DialogName } from "#editor/ports.ts";
import { fetchForCurrentLanguages } from "#messages/lazy-catalog.ts";
import { earlyPart } from "../early-part.tsx";
import { useEditor, useEditorState, useTranslate } from "../use-editor.ts";
import { ChangesDialog } from "./changes.tsx";
import { EncodingDialog } from "./encoding.tsx";
import { ExportDialog } from "./export.tsx";
import { ConditionDialog, ConditionSettingsDialog } from "./group-condition.tsx";
import { LoopDialog, LoopSettingsDialog } from "./group-loop.tsx";
import { HistoryDialog } from "./history.tsx";
import { MyPipelinesDialog } from "./my-pipelines.tsx";
import { ServedFileDialog } from "./served-file.tsx";
import { ShortcutsDialog } from "./shortcuts.tsx";
import { choosePipeline } from "#editor/library/python-pipeline.ts";
import { Sheet } from "./sheet.tsx";

const PythonDialog = earlyPart(async () => {
  const [part] = await Promise.all([import("../python/python-dialog.tsx"), fetchForCurrentLanguages("checks")]);
  return part;
});

/** Dialogs that change the pipeline: they are closed while another tab edits it. */
const changing: ReadonlySet<DialogName | undefined> = new Set([
  "python",
  "group-condition",
  "group-loop",
  "condition-settings",
  "loop-settings",
  "history",
] as const);

/** The dialog that is open, if one is; the command palette is not one of these. */
export default function Dialogs() {
  const editor = useEditor();
  const shown = useEditorState((state) => state.session.panels.dialog);
  const close = () => setPanel(editor, "dialog", undefined);
  const isLocked = useEditorState(({ status, session }) => status.isReadOnly === true && changing.has(session.panels.dialog));
  useEffect(() => {
    if (!isLocked) return;
    setPanel(editor, "dialog", undefined);
    refuseIfLocked(editor);
  }, [isLocked, editor]);
  if (isLocked) return null;
  switch (shown) {
    case "changes":
      return <ChangesDialog onClose={close} />;
    case "shortcuts":
      return <ShortcutsDialog onClose={close} />;
    case "python":
      return <PythonDialog.Part onClose={close} />;
    case "group-condition":
      return <ConditionDialog onClose={close} />;
    case "condition-settings":
      return <ConditionSettingsDialog onClose={close} />;
    case "loop-settings":
      return <LoopSettingsDialog onClose={close} />;
    case "group-loop":
      return <LoopDialog onClose={close} />;
    case "choose-pipeline":
      return <ChoosePipelineDialog />;
    case "my-pipelines":
      return <MyPipelinesDialog onClose={close} />;
    case "encoding":
      return <EncodingDialog />;
    case "export":
      return <ExportDialog onClose={close} />;
    case "history":
      return <HistoryDialog onClose={close} />;
    case "served-file":
      return <ServedFileDialog onClose={close} />;
    case "commands":
    case undefined:
      return null;
  }
}

/** Asks which of the pipelines of a Python file to open. */
function ChoosePipelineDialog() {
  const t = useTranslate();
  const editor = useEditor();
  const choosing = useEditorState((state) => state.session.choosing);
  const close = () => {
    setPanel(editor, "dialog", undefined);
    editor.session({ choosing: undefined });
  };
  return (
    <Sheet title={t("choose-pipeline-title", { name: choosing?.files[0]?.name ?? "" })} onClose={close}>
      <div className="dialog-body stack">
        {choosing?.names.map((name, index) => (
          <button
            key={name}
            type="button"
            className="item mono"
            {...(index === 0 && { "data-first": true })}
            onClick={() => void choosePipeline(editor, name)}
          >
            {name}
          </button>
        ))}
      </div>
    </Sheet>
  );
}
