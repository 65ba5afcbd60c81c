import { useMemo, useState } from "react";
import { bringIn } from "#editor/library/bring-files.ts";
import { decodedAs, dropUndecoded } from "#editor/library/read-files.ts";
import type { UndecodedFile } from "#editor/ports.ts";
import { namedEncodings, type NamedEncoding } from "#yaml/text-encoding.ts";
import { useEditor, useEditorState, usePage, useTranslate } from "../use-editor.ts";
import { Sheet } from "./sheet.tsx";

/** Lines of the preview, and characters of each. */
const previewLines = 6;
const previewWidth = 120;

/** Asks for the encoding of files that are not UTF-8, one after the other, with a preview of the lines where it matters. */
export function EncodingDialog() {
  const file = useEditorState((state) => state.session.undecoded?.[0]);
  const count = useEditorState((state) => state.session.undecoded?.length ?? 0);
  return file ? <OneFile key={`${file.name} ${count}`} file={file} /> : null;
}

function OneFile({ file }: { readonly file: UndecodedFile }) {
  const t = useTranslate();
  const editor = useEditor();
  const { library, canvas } = usePage();
  const guesses = file.error.kind === "encoding" ? file.error.guesses : [];
  const [encoding, setEncoding] = useState<NamedEncoding>(guesses[0] ?? "windows-1252");
  const decoded = useMemo(() => decodedAs(file, encoding), [file, encoding]);
  const order = [...guesses, ...namedEncodings.filter((one) => !guesses.includes(one))];
  const byte = file.error.kind === "encoding" ? `0x${file.error.byte.toString(16).padStart(2, "0")}` : "";
  const open = () => {
    if (!decoded) return;
    dropUndecoded(editor);
    void bringIn({ editor, library }, [decoded], { at: canvas.current?.middle(), chosen: true, isNew: true });
  };
  return (
    <Sheet title={t("encoding-title", { name: file.name })} onClose={() => dropUndecoded(editor)}>
      <form
        className="dialog-body stack"
        onSubmit={(event) => {
          event.preventDefault();
          open();
        }}
      >
        <p className="muted" style={{ marginTop: 0 }}>
          {t("encoding-text", { line: file.error.line, byte })}
        </p>
        <label className="stack">
          {t("encoding-label")}
          <span className="field">
            <select data-first value={encoding} onChange={(event) => setEncoding(event.target.value as NamedEncoding)}>
              {order.map((one) => (
                <option key={one} value={one}>
                  {t(`encoding-${one}`)}
                </option>
              ))}
            </select>
          </span>
        </label>
        <section aria-label={t("encoding-preview")} aria-live="polite">
          {decoded ? (
            <pre className="code" translate="no" style={{ margin: 0, whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
              {previewOf(decoded.text)}
            </pre>
          ) : (
            <p className="t-warning">{t("encoding-no-fit")}</p>
          )}
        </section>
        <div className="row" style={{ justifyContent: "flex-end" }}>
          <button type="button" className="btn line" onClick={() => dropUndecoded(editor)}>
            {t("cancel")}
          </button>
          <button type="submit" className="btn primary" disabled={!decoded}>
            {t("encoding-open")}
          </button>
        </div>
      </form>
    </Sheet>
  );
}

/** The first lines that hold more than ASCII: the others read the same in every encoding. */
function previewOf(text: string): string {
  return text
    .split(/\r?\n/)
    .filter((line) => /[^\0-\x7f]/.test(line))
    .slice(0, previewLines)
    .map((line) => (line.length > previewWidth ? `${line.trim().slice(0, previewWidth)}…` : line.trim()))
    .join("\n");
}
