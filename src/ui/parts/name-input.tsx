import { useRef, useState } from "react";
import { stemOf } from "#editor/pipeline-name.ts";

/** A name in an input: Enter or leaving it takes it, Escape leaves it as it was. */
export function NameInput({
  label,
  name,
  onDone,
}: {
  readonly label: string;
  readonly name: string;
  readonly onDone: (name: string | undefined) => void;
}) {
  const [text, setText] = useState(stemOf(name));
  // Taking the input away may blur it.
  const isDone = useRef(false);
  const end = (wanted: string | undefined) => {
    if (isDone.current) return;
    isDone.current = true;
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
        // Neither the dialog nor the canvas shall hear it.
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
