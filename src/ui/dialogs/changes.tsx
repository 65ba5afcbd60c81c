import { useMemo, useState } from "react";
import { type DiffRow, lineDifference } from "#editor/changed-lines.ts";
import { useEditorState, useTranslate } from "../use-editor.ts";
import { piecesOf } from "../yaml/highlight.ts";
import { Sheet } from "./sheet.tsx";

const around = 3;

/** The lines that differ from the file as it was opened or last exported, with a few lines around them. */
export function ChangesDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslate();
  const text = useEditorState((state) => state.document.text);
  const exported = useEditorState((state) => state.document.exported);
  return (
    <Sheet title={t("changes-title")} wide onClose={onClose}>
      <div className="dialog-body">
        <Difference before={exported} after={text} />
      </div>
    </Sheet>
  );
}

/** Two texts line by line; stretches without a change are folded. `title`: the label of the list of lines. */
export function Difference({ before, after, title }: { readonly before: string; readonly after: string; readonly title?: string }) {
  const t = useTranslate();
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const rows = useMemo(() => lineDifference(before, after), [before, after]);
  const parts = useMemo(() => partsOf(rows), [rows]);
  const [added, removed] = [rows.filter(({ kind }) => kind === "added").length, rows.filter(({ kind }) => kind === "removed").length];
  return (
    <section aria-label={title}>
      {added + removed === 0 ? (
        <p className="muted">{t("changes-none")}</p>
      ) : (
        <p className="muted" style={{ marginTop: 0 }}>
          {t("changes-counts", { added, removed })}
        </p>
      )}
      <div className="code" translate="no" style={{ minWidth: "max-content" }}>
        {parts.map((part, index) =>
          part.isFolded && !open.has(index) ? (
            <button
              key={index}
              type="button"
              className="btn sm"
              style={{ width: "100%" }}
              onClick={() => setOpen(new Set(open).add(index))}
            >
              {t("changes-skipped", { n: part.rows.length })}
            </button>
          ) : (
            part.rows.map((row, at) => <ChangeLine key={`${index}-${at}`} row={row} />)
          ),
        )}
      </div>
    </section>
  );
}

function ChangeLine({ row }: { readonly row: DiffRow }) {
  const sign = row.kind === "added" ? "+" : row.kind === "removed" ? "−" : " ";
  return (
    <div
      className={`ln${row.kind === "added" ? " add" : row.kind === "removed" ? " del" : ""}`}
      style={{ gridTemplateColumns: "44px 44px 20px minmax(0, 1fr)" }}
    >
      <i aria-hidden="true">{row.kind === "added" ? "" : row.before}</i>
      <i aria-hidden="true">{row.kind === "removed" ? "" : row.after}</i>
      <span>{sign}</span>
      <span>
        {piecesOf(row.text).map((piece, index) =>
          piece.kind === "" ? (
            piece.text
          ) : (
            <span key={index} className={piece.kind}>
              {piece.text}
            </span>
          ),
        )}
      </span>
    </div>
  );
}

interface Part {
  readonly rows: readonly DiffRow[];
  readonly isFolded: boolean;
}

/** Rows in stretches: what changed with a few lines around it, and the unchanged between, folded. */
function partsOf(rows: readonly DiffRow[]): readonly Part[] {
  const near = new Uint8Array(rows.length);
  rows.forEach((row, index) => {
    if (row.kind === "same") return;
    for (let at = Math.max(0, index - around); at <= Math.min(rows.length - 1, index + around); at++) near[at] = 1;
  });
  const parts: Part[] = [];
  for (let start = 0; start < rows.length;) {
    let end = start;
    while (end < rows.length && near[end] === near[start]) end += 1;
    parts.push({ rows: rows.slice(start, end), isFolded: near[start] === 0 });
    start = end;
  }
  return parts;
}
