import type { ReactNode } from "react";
import { refuseIfLocked } from "#editor/actions.ts";
import { useEditor, useEditorState } from "../use-editor.ts";

/** Controls that change the pipeline. While another tab edits it all of them are disabled, and a press on one says why. */
export function Editable({ children }: { readonly children: ReactNode }) {
  const editor = useEditor();
  const isReadOnly = useEditorState(({ status }) => status.isReadOnly === true);
  return (
    <fieldset className="editable" role="none" disabled={isReadOnly} onPointerDownCapture={() => isReadOnly && refuseIfLocked(editor)}>
      {children}
    </fieldset>
  );
}
