import { useMemo } from "react";
import { currentWorkflow } from "#editor/actions.ts";
import { namesFor, withDisplayNames } from "#editor/display-names.ts";
import type { Translate } from "#messages/lazy-catalog.ts";
import { useEditorState, useTranslate } from "./use-editor.ts";

/** Names of boxes by the identifiers of their tasks and templates. */
export function useNames(): ReadonlyMap<string, string> {
  const t = useTranslate();
  const document = useEditorState((state) => state.document.id);
  const workflow = useEditorState(currentWorkflow);
  return useMemo(() => namesFor(document, workflow, t), [document, workflow, t]);
}

/** `say` for messages about the document: boxes have the names on them, not the identifiers with which the message was created. */
export function useNamedSay(): Translate {
  const t = useTranslate();
  const document = useEditorState((state) => state.document.id);
  const workflow = useEditorState(currentWorkflow);
  return useMemo(() => {
    const names = namesFor(document, workflow, t);
    return (code, values) => t(code, values && withDisplayNames(values, names));
  }, [document, workflow, t]);
}
