import { Workflow } from "lucide-react";
import { examplesFor, openExample } from "#editor/library/examples.ts";
import { useEditor, useEditorState, useSay } from "../use-editor.ts";

/** The examples, one click each. */
export function ExampleList() {
  const say = useSay();
  const editor = useEditor();
  const language = useEditorState((state) => state.session.language);
  if (!editor.outside.examples) return null;
  return (
    <section aria-label={say("examples")} style={{ width: "min(340px, 100%)", marginTop: "var(--s-3)" }}>
      <div className="list-h">{say("examples")}</div>
      {examplesFor(language).map((id) => (
        <button key={id} type="button" className="item" onClick={() => void openExample(editor, id)}>
          <Workflow className="i s" aria-hidden="true" />
          <span className="cut">{say(`example-${id}`)}</span>
        </button>
      ))}
    </section>
  );
}
