import { RotateCw, TriangleAlert } from "lucide-react";
import { useEffect } from "react";
import { reloadPage } from "./reload.ts";
import { useEditor, useEditorState, useTranslate } from "./use-editor.ts";

/** In place of a part of the page that could not be fetched; the notice over the canvas says more. */
export function MissingPartNotice() {
  const editor = useEditor();
  const t = useTranslate();
  useEffect(() => editor.session({ missingPart: true }), [editor]);
  return <p className="empty-line muted">{t("part-missing-here")}</p>;
}

/** Says that a part of the page is missing, and reloads it. */
export function MissingNotice() {
  const editor = useEditor();
  const t = useTranslate();
  const isMissing = useEditorState((state) => state.session.missingPart === true);
  const isSaved = useEditorState((state) => state.status.saving !== "failed");
  if (!isMissing) return null;
  return (
    <div className="over notice refusal" role="alert">
      <TriangleAlert className="i s t-warning" aria-hidden="true" />
      <span className="grow">
        <b>{t("part-missing")}</b>
        <span className="muted" style={{ display: "block" }}>
          {t(isSaved ? "part-missing.hint" : "part-missing-unsaved")}
        </span>
      </span>
      <button type="button" className="btn sm line" onClick={() => void reloadPage(editor)}>
        <RotateCw className="i s" aria-hidden="true" />
        {t("reload-page")}
      </button>
    </div>
  );
}
