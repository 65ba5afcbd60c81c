import { useState } from "react";
import { draftId } from "#editor/field-drafts.ts";
import { useEditorState } from "../use-editor.ts";

/** Whether a field for one more thing is open: asked for, or left with text that cannot be used yet. */
export function useAdding(owner: string, path: string): readonly [isAdding: boolean, set: (isAsked: boolean) => void] {
  const [isAsked, setIsAsked] = useState(false);
  const isLeft = useEditorState((state) => state.session.drafts[draftId(owner, path)] !== undefined);
  return [isAsked || isLeft, setIsAsked];
}
