import { type RefObject, useEffect } from "react";
import { useEditor, useEditorState } from "../use-editor.ts";

/** Focuses the first input of an element when somebody asked for the draft with this id, as the list of problems does. */
export function useWantedField(id: string, element: RefObject<HTMLElement | null>): void {
  const editor = useEditor();
  const isWanted = useEditorState((state) => state.session.wantedField === id);
  useEffect(() => {
    if (!isWanted) return;
    const input =
      element.current?.querySelector<HTMLElement>('[aria-invalid="true"]') ??
      element.current?.querySelector<HTMLElement>("input, textarea");
    input?.scrollIntoView({ block: "nearest" });
    input?.focus();
    editor.session({ wantedField: undefined });
  }, [isWanted, editor, element]);
}
