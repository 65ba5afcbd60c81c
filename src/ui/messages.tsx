import { TriangleAlert, X } from "lucide-react";
import { useEffect } from "react";
import { setPanel, currentGraph } from "#editor/actions.ts";
import { command } from "#editor/commands/all.ts";
import { unreadLine } from "#editor/follow-up-diagnostics.ts";
import { bringBackPipeline } from "#editor/deleted-pipeline.ts";
import { showFailure } from "#editor/missing-part.ts";
import { exampleFor, formatExamples, openExample } from "#editor/library/examples.ts";
import { closePythonNotice, linesLeftOut } from "#editor/library/python-pipeline.ts";
import { MissingNotice } from "./missing-part.tsx";
import { IconButton } from "./parts/icon-button.tsx";
import { LevelIcon } from "./parts/level.tsx";
import { OtherTabNotice, SaveNotice } from "./save-notice.tsx";
import { useEditor, useEditorState, useRun, useTranslate } from "./use-editor.ts";
import { useNamedSay } from "./use-names.ts";

const toastStays = 6_000;
/** Refusals while nothing can be changed here, with what makes it possible. */
const locks: Readonly<Record<string, string>> = { "editor-read-only": "edit-here", "editor-removed": "bring-back" };

/** Overlays of the canvas: the state of a broken file, the last refusal, one toast, the hints of a first visit. */
export function Messages() {
  return (
    <>
      <MissingNotice />
      <Banner />
      <Hints />
      <Refusal />
      <Toast />
    </>
  );
}

function Banner() {
  const t = useTranslate();
  const editor = useEditor();
  const errors = useEditorState((state) => state.document.errors.filter(({ level }) => level === "error").length);
  const line = useEditorState((state) => unreadLine(state.document.errors));
  // A canvas that shows nothing gives the reason itself.
  const isDrawn = useEditorState((state) => currentGraph(state) !== undefined);
  const opening = useEditorState(({ status }) => status.opening ?? status.reading);
  const isSaveFailed = useEditorState(({ status }) => status.saving === "failed");
  const isReadOnly = useEditorState(({ status }) => status.isReadOnly === true);
  const isRefused = useEditorState(({ session }) => session.refusal !== undefined && Object.hasOwn(locks, session.refusal.code));
  if (isSaveFailed) return <SaveNotice />;
  // Once something was refused, the message about it offers the same.
  if (isReadOnly) return isRefused ? null : <OtherTabNotice />;
  if (opening !== undefined) return <OpeningLine name={opening} />;
  if (errors === 0 || !isDrawn) return <PythonNotice />;
  return (
    <div className="over notice banner" role="status">
      <TriangleAlert className="i s t-warning" aria-hidden="true" />
      <span className="cut grow">
        {errors === 1 && line !== undefined ? t("broken-line", { line }) : t("broken-notice", { n: errors })}
      </span>
      <button type="button" className="btn sm" onClick={() => setPanel(editor, "bottom", "problems")}>
        {t("show-problems")}
      </button>
    </div>
  );
}

/** How much of a Python file is missing in the pipeline that was made from it. */
function PythonNotice() {
  const t = useTranslate();
  const editor = useEditor();
  const python = useEditorState((state) => state.document.python);
  const n = linesLeftOut(python);
  if (!python || python.isSeen || n === 0) return null;
  return (
    <div className="over notice banner" role="status">
      <TriangleAlert className="i s t-warning" aria-hidden="true" />
      <span className="cut grow">{t("python-notice", { n, name: python.fileName })}</span>
      <button type="button" className="btn sm" onClick={() => setPanel(editor, "bottom", "problems")}>
        {t("show-problems")}
      </button>
      <IconButton small icon={X} label={t("dismiss")} onClick={() => closePythonNotice(editor)} />
    </div>
  );
}

function OpeningLine({ name }: { readonly name: string }) {
  const t = useTranslate();
  return (
    <div className="over notice banner late" role="status">
      {t("opening", { name })}
    </div>
  );
}

function Hints() {
  const t = useTranslate();
  const run = useRun();
  const editor = useEditor();
  const isFirst = useEditorState((state) => state.session.firstVisit);
  const language = useEditorState((state) => state.session.language);
  if (!isFirst) return null;
  return (
    <div className="over notice hints">
      <div className="row">
        <b className="grow">{t("example-notice")}</b>
        <button type="button" className="btn sm line" onClick={() => run(command("open"))}>
          {t("choose-file")}
        </button>
        <button type="button" className="btn sm line" onClick={() => run(command("new"))}>
          {t("start-empty")}
        </button>
        <IconButton small icon={X} label={t("dismiss")} onClick={() => editor.session({ firstVisit: false })} />
      </div>
      <ol>
        <li>{t("example-hint-select")}</li>
        <li>{t("example-hint-wire")}</li>
        <li>{t("example-hint-open")}</li>
      </ol>
      {editor.outside.examples ? (
        <div className="row">
          <span className="muted">{t("example-formats")}</span>
          {Object.entries(formatExamples).map(([format, id]) => (
            <button key={format} type="button" className="btn link" onClick={() => void openExample(editor, exampleFor(id, language))}>
              {t(`format-${format}`)}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}

function Refusal() {
  const t = useNamedSay();
  const editor = useEditor();
  const refusal = useEditorState((state) => state.session.refusal);
  useEffect(() => {
    if (!refusal) return;
    // Escape that nothing else has handled. It works wherever the focus is.
    const dismiss = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) editor.session({ refusal: undefined });
    };
    window.addEventListener("keydown", dismiss);
    return () => window.removeEventListener("keydown", dismiss);
  }, [refusal, editor]);
  if (!refusal) return null;
  const unlock = Object.hasOwn(locks, refusal.code) ? locks[refusal.code] : undefined;
  const hint = t(`${refusal.code}.hint`, refusal.values);
  return (
    <div className="over notice refusal" role="alert">
      <LevelIcon level={refusal.level} label={t(`level-${refusal.level}`)} />
      <span className="grow">
        <b>{t(refusal.code, refusal.values)}</b>
        {hint === `${refusal.code}.hint` ? null : (
          <span className="muted" style={{ display: "block" }}>
            {hint}
          </span>
        )}
      </span>
      {unlock ? (
        <button type="button" className="btn sm primary" onClick={() => void editor.editHere()}>
          {t(unlock)}
        </button>
      ) : null}
      <IconButton small icon={X} label={t("dismiss")} onClick={() => editor.session({ refusal: undefined })} />
    </div>
  );
}

function Toast() {
  const t = useNamedSay();
  const editor = useEditor();
  const toast = useEditorState((state) => state.session.toast);
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => editor.session({ toast: undefined }), toastStays);
    return () => clearTimeout(timer);
  }, [toast, editor]);
  return (
    <div role="status" aria-live="polite">
      {toast ? (
        <div className="over notice toast">
          <span className="cut grow">{t(toast.code, toast.values)}</span>
          {toast.undo || toast.bringBack ? (
            <button
              type="button"
              className="btn sm"
              style={{ color: "var(--accent-text)" }}
              onClick={() => {
                editor.session({ toast: undefined });
                if (toast.undo) editor.undo();
                else void bringBackPipeline(editor).catch((error: unknown) => showFailure(editor, error));
              }}
            >
              {t("bring-back")}
            </button>
          ) : null}
          <IconButton small icon={X} label={t("dismiss")} onClick={() => editor.session({ toast: undefined })} />
        </div>
      ) : null}
    </div>
  );
}
