import { Eye, Trash2, TriangleAlert } from "lucide-react";
import { command } from "#editor/commands/all.ts";
import { useEditor, useEditorState, useRun, useTranslate } from "./use-editor.ts";

/** Shows why the pipeline is not saved, and offers to export it. */
export function SaveNotice() {
  const t = useTranslate();
  const run = useRun();
  const editor = useEditor();
  const reason = useEditorState(({ status }) => (status.saving === "failed" ? status.notSaved : undefined));
  if (!reason) return null;
  return (
    <div className="over notice banner" role="alert">
      <TriangleAlert className="i s t-error" aria-hidden="true" />
      <span className="grow">
        <b>{t(reason.code, reason.values)}</b> <span className="muted">{t(`${reason.code}.hint`, reason.values)}</span>
      </span>
      <button type="button" className="btn sm line" onClick={() => void editor.flush()}>
        {t("save-again")}
      </button>
      <button type="button" className="btn sm primary" onClick={() => run(command("export"))}>
        {t("command-export")}
      </button>
    </div>
  );
}

/** Says that another tab edits this pipeline, or has deleted it, and offers to continue here. */
export function OtherTabNotice() {
  const t = useTranslate();
  const editor = useEditor();
  const isRemoved = useEditorState(({ status }) => status.isRemoved === true);
  return (
    <div className="over notice banner" role="status">
      {isRemoved ? <Trash2 className="i s" aria-hidden="true" /> : <Eye className="i s" aria-hidden="true" />}
      <span className="grow">{t(isRemoved ? "removed-notice" : "other-tab")}</span>
      <button type="button" className="btn sm primary" onClick={() => void editor.editHere()}>
        {t(isRemoved ? "bring-back" : "edit-here")}
      </button>
    </div>
  );
}
