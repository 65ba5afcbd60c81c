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
  readonly onDone: (name: string | undefined) => void;
}) {
  const [text, setText] = useFormState({ form, part: "name", about }, stemOf(name));
  const editor = useEditor();
  // Removing the input may blur it.
  const isDone = useRef(false);
  const end = (wanted: string | undefined) => {
    if (isDone.current) return;
    isDone.current = true;
    editor.fillIn({ form, part: "name" });
    onDone(wanted);
  };
  const done = () => end(text.trim() === "" || text === stemOf(name) ? undefined : text);
  return (
    <input
      className="name-input grow"
      aria-label={label}
      value={text}
      translate="no"
      ref={selectAll}
      onChange={(event) => setText(event.target.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") done();
        else if (event.key === "Escape") end(undefined);
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
