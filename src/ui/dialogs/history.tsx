import { useMemo } from "react";
import type { Step } from "#editor/history.ts";
import { useEditor, useEditorState, useTranslate } from "../use-editor.ts";
import { Sheet } from "./sheet.tsx";

/** The steps of the pipeline, the latest above; choosing one goes to the moment after it. */
export function HistoryDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslate();
  const editor = useEditor();
  const { past, future, isCut } = useEditorState((state) => state.history);
  const language = useEditorState((state) => state.session.language);
  const time = useMemo(() => new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "medium" }), [language]);
  const steps: readonly Step[] = [...past, ...future.toReversed()];
  const row = (done: number, step?: Step) => {
    const isNow = done === past.length;
    return (
      <li key={done}>
        <button
          type="button"
          className={`item${isNow ? " on" : ""}`}
          aria-current={isNow ? "step" : undefined}
          data-first={isNow ? true : undefined}
          onClick={() => editor.travelTo(done)}
        >
          <span className={done > past.length ? "cut muted" : "cut"}>
            {step ? t(step.label.code, step.label.values) : t("history-start")}
          </span>
          <span className="end small muted">
            {[isNow ? t("history-now") : done > past.length ? t("history-undone") : "", step?.at ? time.format(step.at) : ""]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </button>
      </li>
    );
  };
  return (
    <Sheet title={t("history-title")} onClose={onClose}>
      <div className="dialog-body">
        <p className="muted small">{t(steps.length === 0 ? "history-empty" : "history-hint")}</p>
        <ol className="history" reversed>
          {steps.map((step, index) => row(index + 1, step)).reverse()}
          {row(0)}
        </ol>
        {isCut ? <p className="muted small">{t("history-start-cut")}</p> : null}
      </div>
    </Sheet>
  );
}
