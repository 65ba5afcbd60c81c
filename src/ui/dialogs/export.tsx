import { setPanel } from "#editor/actions.ts";
import { exportNow } from "#editor/commands/file.ts";
import { sortedProblems } from "#editor/commands/problems.ts";
import { LevelIcon } from "../parts/level.tsx";
import { useEditor, useEditorState, useSay } from "../use-editor.ts";
import { Sheet } from "./sheet.tsx";

/** Asks once before exporting something that Argo would refuse; the harmless answer comes first. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const editor = useEditor();
  const findings = useEditorState((state) => state.document.findings);
  const drafts = useEditorState((state) => state.session.drafts);
  const errors = sortedProblems(findings).filter(({ level }) => level === "error");
  const unfinished = Object.entries(drafts);
  return (
    <Sheet title={say("export-title")} onClose={onClose}>
      <div className="dialog-body">
        {errors.length > 0 ? <p style={{ marginTop: 0 }}>{say("export-text")}</p> : null}
        {errors.slice(0, 8).map((problem, index) => (
          <div key={index} className="row" style={{ minHeight: 28, alignItems: "flex-start" }}>
            <LevelIcon level={problem.level} label={say(`level-${problem.level}`)} />
            <span>{say(problem.code, problem.values)}</span>
          </div>
        ))}
        {errors.length > 8 ? <p className="muted">{say("problems-more", { n: errors.length - 8 })}</p> : null}
        {unfinished.length > 0 ? <p>{say("export-drafts")}</p> : null}
        {unfinished.map(([field, draft]) => (
          <div key={field} className="row">
            <LevelIcon level="warning" />
            <span>{say("unfinished-field", { field: say(draft.field.code, draft.field.values) })}</span>
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
          {say("export-anyway")}
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
          {say("export-look")}
        </button>
      </div>
    </Sheet>
  );
}
