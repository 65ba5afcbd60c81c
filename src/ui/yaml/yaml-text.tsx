import { useEffect, useRef, useState } from "react";
import { useEditor, useEditorState, useSay } from "../use-editor.ts";

const pause = 400;

/** The text for editing by hand. What is typed is read after a short pause; while it cannot be read, Problems says where. */
export function YamlText() {
  const say = useSay();
  const editor = useEditor();
  const text = useEditorState((state) => state.document.text);
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef<string | undefined>(undefined);
  const visit = useRef(0);

  const commit = () => {
    clearTimeout(timer.current);
    const wanted = latest.current;
    latest.current = undefined;
    if (wanted === undefined) return;
    void editor
      .replaceText(wanted, { code: "step-text", values: {} }, `text-${visit.current}`)
      .then(() => setTyped((now) => (now === wanted ? undefined : now)));
  };
  const leave = useRef(commit);
  useEffect(() => {
    leave.current = commit;
  });
  useEffect(() => () => leave.current(), []);

  return (
    <textarea
      className="yaml-text"
      aria-label={say("yaml-text")}
      spellCheck={false}
      autoCapitalize="off"
      autoCorrect="off"
      translate="no"
      value={typed ?? text}
      onFocus={() => (visit.current += 1)}
      onBlur={commit}
      onChange={(event) => {
        setTyped(event.target.value);
        latest.current = event.target.value;
        clearTimeout(timer.current);
        timer.current = setTimeout(commit, pause);
      }}
    />
  );
}
