import { useCallback, useEffect, useRef, useState } from "react";
import type { Editor } from "#editor/editor.ts";
import type { FormPart } from "#editor/open-forms.ts";
import type { Data } from "#data/data.ts";
import { useEditor } from "../use-editor.ts";

/**
 * State of a form that survives a reload and a crash: like `useState`, but a value that the user has set is saved with the drafts of the
 * pipeline until the form closes (open-forms.ts). `form` is the same as long as the component is mounted.
 */
export function useFormState<Value extends Data>(
  where: Pick<FormPart, "form" | "part" | "about">,
  initial: Value | (() => Value),
): [Value, (value: Value) => void] {
  const editor = useEditor();
  const { form, part, about } = where;
  const [start] = useState(() => ({ value: keptValue(editor, where), opened: editor.store.getState().document.opened }));
  const [value, setValue] = useState<Value>(
    () => (start.value as Value | undefined) ?? (typeof initial === "function" ? initial() : initial),
  );
  const set = useRef(start.value);
  const subject = useRef(about);
  useEffect(() => {
    // What belongs to one pipeline never reaches the next.
    const isHere = () => editor.store.getState().document.opened === start.opened;
    // A development build ends and starts each effect once more.
    if (set.current !== undefined && isHere()) editor.fillIn({ form, part, value: set.current, about: subject.current });
    return () => {
      if (isHere()) editor.fillIn({ form, part });
    };
  }, [editor, form, part, start]);
  const change = useCallback(
    (now: Value) => {
      set.current = now;
      setValue(now);
      if (editor.store.getState().document.opened === start.opened) editor.fillIn({ form, part, value: now, about: subject.current });
    },
    [editor, form, part, start],
  );
  return [value, change];
}

/** The value that was in the form when the page was closed, if the same thing is shown. */
function keptValue(editor: Editor, { form, part, about }: Pick<FormPart, "form" | "part" | "about">): Data | undefined {
  const { reopened, selection, graph } = editor.store.getState().session;
  const kept = reopened && Object.hasOwn(reopened, form) ? reopened[form] : undefined;
  if (!kept || !Object.hasOwn(kept.values, part)) return undefined;
  const isSame =
    about === undefined
      ? kept.view.graph === graph && kept.view.selection.join("\n") === selection.join("\n")
      : JSON.stringify(kept.about) === JSON.stringify(about);
  return isSame ? kept.values[part] : undefined;
}
