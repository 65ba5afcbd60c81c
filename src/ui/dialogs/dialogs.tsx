import { Dialog } from "radix-ui";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { setPanel } from "#editor/actions.ts";
import { useEditor, useEditorState, useSay } from "../use-editor.ts";
import { ChangesDialog } from "./changes.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { ExportDialog } from "./export.tsx";
import { ShortcutsDialog } from "./shortcuts.tsx";

/** The dialog that is open, if one is. Loaded when the first one opens. */
export default function Dialogs() {
  const editor = useEditor();
  const shown = useEditorState((state) => state.session.panels.dialog);
  const close = () => setPanel(editor, "dialog", undefined);
  if (!shown) return null;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        {shown === "commands" ? <CommandPalette onClose={close} /> : shown === "changes" ? <ChangesDialog /> : shown === "shortcuts" ? <ShortcutsDialog /> : <ExportDialog onClose={close} />}
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A dialog with a title and a way out. */
export function Sheet({ title, wide, children }: { readonly title: string; readonly wide?: boolean; readonly children: ReactNode }) {
  const say = useSay();
  return (
    <Dialog.Content className={`dialog${wide ? " wide" : ""}`} aria-describedby={undefined}>
      <div className="dialog-head">
        <Dialog.Title>{title}</Dialog.Title>
        <span className="grow" />
        <Dialog.Close className="btn icon sm" aria-label={say("close")}>
          <X className="i" aria-hidden="true" />
        </Dialog.Close>
      </div>
      {children}
    </Dialog.Content>
  );
}
