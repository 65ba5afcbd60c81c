import { useState } from "react";
import { answerServed, answersTo, type ServedAnswer } from "#editor/commands/served.ts";
import { useEditor, useEditorState, useTranslate } from "../use-editor.ts";
import { Difference } from "./changes.tsx";
import { Sheet } from "./sheet.tsx";

/** Says why the served file was not read or written, shows how the text on disk differs, and offers the available actions. */
export function ServedFileDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslate();
  const editor = useEditor();
  const problem = useEditorState((state) => state.session.servedProblem);
  const fileName = useEditorState((state) => state.document.fileName);
  const text = useEditorState((state) => state.document.text);
  const [saved, setSaved] = useState(false);
  if (!problem) return null;
  const values = { name: problem.name ?? fileName, reason: problem.reason ?? "" };
  const answers = answersTo(problem);
  const close = () => {
    editor.session({ servedProblem: undefined });
    onClose();
  };
  const choose = (answer: ServedAnswer) => {
    if (answer === "save-as") setSaved(true);
    void answerServed(editor, answer);
  };
  return (
    <Sheet title={t(`served-${problem.problem}`, values)} wide={problem.text !== undefined} onClose={close}>
      <div className="dialog-body">
        <p className="served-note">{t(`served-${problem.problem}.hint`, values)}</p>
        {problem.text === undefined ? null : <Difference before={problem.text} after={text} title={t("served-difference")} />}
        <p className="muted" role="status">
          {saved ? t("served-saved-as", values) : ""}
        </p>
      </div>
      <div className="dialog-foot">
        {answers.map((answer, index) => (
          <button
            key={answer}
            type="button"
            className={`btn ${index === 0 ? "primary" : "line"}`}
            data-first={index === 0 ? "" : undefined}
            onClick={() => choose(answer)}
          >
            {t(`served-answer-${answer}`)}
          </button>
        ))}
      </div>
    </Sheet>
  );
}
