import { useEffect, useRef, useState } from "react";
import { yamlTextField } from "#editor/typed-text.ts";
import { useEditor, useEditorState, useTranslate } from "../use-editor.ts";

const pause = 400;

/**
 * The text for editing by hand. What is typed is read after a short pause; while it cannot be read, Problems says where. Until then
 * it is a draft of the document, saved with every key.
 */
export function YamlText() {
  const opened = useEditorState((state) => state.document.opened);
  return <TextOf key={opened} opened={opened} />;
}

/** The text of the pipeline opened as the `opened`th; what is typed here never reaches another one. */
function TextOf({ opened }: { readonly opened: number }) {
  const t = useTranslate();
  const editor = useEditor();
  const text = useEditorState((state) => state.document.text);
  const isReadOnly = useEditorState((state) => state.status.isReadOnly);
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef<string | undefined>(undefined);
  const visit = useRef(0);
  // The text that is being changed here. The document's may change meanwhile: by an edit whose text comes a moment later, by undo.
  const base = useRef(text);

  const commit = async () => {
    clearTimeout(timer.current);
    const wanted = latest.current;
    latest.current = undefined;
    if (wanted === undefined || editor.store.getState().document.opened !== opened) return;
    const isRead = await editor.replaceText(wanted, { key: `text-${opened}-${visit.current}`, base: base.current });
    if (isRead) setTyped((now) => (now === wanted ? undefined : now));
  };
  const leave = useRef(commit);
  useEffect(() => {
    leave.current = commit;
  });
  useEffect(() => () => void leave.current(), []);

  return (
    <textarea
      className="yaml-text"
      aria-label={t("yaml-text")}
      spellCheck={false}
      autoCapitalize="off"
      autoCorrect="off"
      translate="no"
      readOnly={isReadOnly}
      value={typed ?? text}
      onFocus={() => (visit.current += 1)}
      onBlur={() => void commit()}
      onChange={(event) => {
        const { value } = event.target;
        if (typed === undefined) base.current = text;
        setTyped(value);
        latest.current = value;
        editor.typing(yamlTextField, { text: value, field: { code: "yaml-text", values: {} }, takeOver: () => leave.current() });
        clearTimeout(timer.current);
        timer.current = setTimeout(() => void commit(), pause);
      }}
    />
  );
}
