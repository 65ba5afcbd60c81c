import { setPanel } from "#editor/actions.ts";
import { choosePipeline } from "#editor/library/python-pipeline.ts";
import { useEditor, useEditorState, useTranslate } from "../use-editor.ts";
import { Sheet } from "./sheet.tsx";

/** Asks which of the pipelines of a Python file to open. */
export function ChoosePipelineDialog() {
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
