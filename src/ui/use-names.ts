import { useMemo } from "react";
import { shownWorkflow } from "#editor/actions.ts";
import { namesFor, withShownNames } from "#editor/shown-names.ts";
import type { Say } from "#messages/page.ts";
import { useEditorState, useSay } from "./use-editor.ts";

/** Names of boxes by the identifiers of their tasks and templates. */
export function useNames(): ReadonlyMap<string, string> {
  const say = useSay();
  const document = useEditorState((state) => state.document.id);
  const workflow = useEditorState(shownWorkflow);
  return useMemo(() => namesFor(document, workflow, say), [document, workflow, say]);
}

/** `say` for messages about the document: boxes have the names on them, not the identifiers with which the message was created. */
export function useNamedSay(): Say {
  const say = useSay();
  const document = useEditorState((state) => state.document.id);
  const workflow = useEditorState(shownWorkflow);
  return useMemo(() => {
    const names = namesFor(document, workflow, say);
    return (code, values) => say(code, values && withShownNames(values, names));
  }, [document, workflow, say]);
}
