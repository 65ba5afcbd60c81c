import { Workflow } from "lucide-react";
import { examplesFor, openExample } from "#editor/library/examples.ts";
import { useEditor, useEditorState, useTranslate } from "../use-editor.ts";

/** The examples, one click each. */
export function ExampleList() {
  const t = useTranslate();
  const editor = useEditor();
  const language = useEditorState((state) => state.session.language);
  if (!editor.outside.examples) return null;
  return (
    <section aria-label={t("examples")} style={{ width: "min(340px, 100%)", marginTop: "var(--s-3)" }}>
      <div className="list-h">{t("examples")}</div>
      {examplesFor(language).map((id) => (
        <button key={id} type="button" className="item" onClick={() => void openExample(editor, id)}>
          <Workflow className="i s" aria-hidden="true" />
          <span className="cut">{t(`example-${id}`)}</span>
        </button>
      ))}
    </section>
  );
}
