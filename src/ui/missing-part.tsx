import { RotateCw, TriangleAlert } from "lucide-react";
import { useEffect } from "react";
import { useEditor, useEditorState, useTranslate } from "./use-editor.ts";
import type { Editor } from "#editor/editor.ts";

/** In place of a part of the page that could not be fetched; the notice over the canvas has the details. */
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

/** The longest time that a reload waits for the last save, in milliseconds; the browser asks about what is unsaved then. */
const patience = 3_000;

/** Saves the current pipeline, then reloads the page. `load`: replaced by tests. */
export async function reloadPage(editor: Editor, load: () => void = () => location.reload()): Promise<void> {
  await Promise.race([editor.flush().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, patience))]);
  load();
}
