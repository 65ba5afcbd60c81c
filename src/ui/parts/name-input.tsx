import { useRef } from "react";
import { stemOf } from "#editor/pipeline-name.ts";
import { useEditor } from "../use-editor.ts";
import { useFormState } from "./use-form-state.ts";

/** A name in an input: Enter or leaving commits it, Escape leaves it as it was. */
export function NameInput({
  label,
  name,
  form,
  about = "",
  onDone,
}: {
  readonly label: string;
  /** What is being typed is kept under this name until it is taken (open-forms.ts). */
  readonly form: string;
  /** Whose name it is. */
  readonly about?: string;
  readonly name: string;
  /** `byKey`: it was ended by Enter or Escape, not by going elsewhere. */
  readonly onDone: (name: string | undefined, byKey: boolean) => void;
}) {
  const [text, setText] = useFormState({ form, part: "name", about }, stemOf(name));
  const editor = useEditor();
  // Removing the input may blur it.
  const isDone = useRef(false);
  const end = (wanted: string | undefined, byKey: boolean) => {
    if (isDone.current) return;
    isDone.current = true;
    editor.fillIn({ form, part: "name" });
    onDone(wanted, byKey);
  };
  const done = (byKey: boolean) => end(text.trim() === "" || text === stemOf(name) ? undefined : text, byKey);
  return (
    <input
      className="name-input grow"
      aria-label={label}
      value={text}
      translate="no"
      ref={selectAll}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => done(false)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") done(true);
        else if (event.key === "Escape") end(undefined, true);
        else return;
        // Neither the dialog nor the canvas may receive it.
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}

/** Once, when it appears. */
function selectAll(element: HTMLInputElement | null): void {
  element?.focus();
  element?.select();
}
