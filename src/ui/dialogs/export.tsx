import { setPanel } from "#editor/actions.ts";
import { isAboutEmpty } from "#editor/follow-up-diagnostics.ts";
import { exportNow } from "#editor/commands/file.ts";
import { sortedProblems } from "#editor/commands/problems.ts";
import { LevelIcon } from "../parts/level.tsx";
import { useFunctionName } from "../problems/unfinished-function.tsx";
import { useEditor, useEditorState, useTranslate } from "../use-editor.ts";
import { Sheet } from "./sheet.tsx";

/** Asks once before exporting something that Argo would refuse; the harmless answer comes first. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslate();
  const editor = useEditor();
  const diagnostics = useEditorState((state) => state.document.diagnostics);
  const drafts = useEditorState((state) => state.session.drafts);
  const errors = sortedProblems(diagnostics).filter((one) => one.level === "error" || isAboutEmpty(one));
  const unfinished = Object.entries(drafts);
  const functions = useEditorState((state) => state.session.unfinishedPython);
  const nameOf = useFunctionName();
  return (
    <Sheet title={t("export-title")} onClose={onClose}>
      <div className="dialog-body">
        {errors.length > 0 ? <p style={{ marginTop: 0 }}>{t("export-text")}</p> : null}
        {errors.slice(0, 8).map((problem, index) => (
          <div key={index} className="row" style={{ minHeight: 28, alignItems: "flex-start" }}>
            <LevelIcon level="error" label={t("level-error")} />
            <span>{t(problem.code, problem.values)}</span>
          </div>
        ))}
        {errors.length > 8 ? <p className="muted">{t("problems-more", { n: errors.length - 8 })}</p> : null}
        {unfinished.length + Object.keys(functions).length > 0 ? <p>{t("export-drafts")}</p> : null}
        {unfinished.map(([field, draft]) => (
          <div key={field} className="row">
            <LevelIcon level="warning" />
            <span>{t("unfinished-field", { field: t(draft.field.code, draft.field.values) })}</span>
          </div>
        ))}
        {Object.keys(functions).map((task) => (
          <div key={task} className="row">
            <LevelIcon level="warning" />
            <span>{nameOf(task)}</span>
          </div>
        ))}
      </div>
      <div className="dialog-foot">
        <button
          type="button"
          className="btn line"
          onClick={() => {
            onClose();
            void exportNow(editor);
          }}
        >
          {t("export-anyway")}
        </button>
        <button
          type="button"
          data-first
          className="btn primary"
          onClick={() => {
            onClose();
            setPanel(editor, "bottom", "problems");
          }}
        >
          {t("export-look")}
        </button>
      </div>
    </Sheet>
  );
}
