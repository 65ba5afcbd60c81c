import { lazy } from "react";
import { setPanel } from "#editor/actions.ts";
import { useEditor, useEditorState } from "../use-editor.ts";
import { ChangesDialog } from "./changes.tsx";
import { ChoosePipelineDialog } from "./choose-pipeline.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { ExportDialog } from "./export.tsx";
import { ConditionDialog, LoopDialog } from "./group.tsx";
import { ShortcutsDialog } from "./shortcuts.tsx";
import { Loading } from "../loading.tsx";

const PythonDialog = lazy(() => import("../python/python-dialog.tsx"));

/** The dialog that is open, if one is. Loaded when the first one opens. */
export default function Dialogs() {
  const editor = useEditor();
  const shown = useEditorState((state) => state.session.panels.dialog);
  const close = () => setPanel(editor, "dialog", undefined);
  switch (shown) {
    case "commands":
      return <CommandPalette onClose={close} />;
    case "changes":
      return <ChangesDialog onClose={close} />;
    case "shortcuts":
      return <ShortcutsDialog onClose={close} />;
    case "python":
      return (
        <Loading>
          <PythonDialog onClose={close} />
        </Loading>
      );
    case "group-condition":
      return <ConditionDialog onClose={close} />;
    case "group-loop":
      return <LoopDialog onClose={close} />;
    case "choose-pipeline":
      return <ChoosePipelineDialog />;
    case "export":
      return <ExportDialog onClose={close} />;
    case "python":
    case undefined:
      return null;
  }
}
