import { useMemo } from "react";
import type { Step } from "#editor/history.ts";
import { useEditor, useEditorState, useSay } from "../use-editor.ts";
import { Sheet } from "./sheet.tsx";

/** The steps of the pipeline, the latest above; choosing one goes to the moment after it. */
export function HistoryDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
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
            {step ? say(step.label.code, step.label.values) : say("history-start")}
          </span>
          <span className="end small muted">
            {[isNow ? say("history-now") : done > past.length ? say("history-undone") : "", step?.at ? time.format(step.at) : ""]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </button>
      </li>
    );
  };
  return (
    <Sheet title={say("history-title")} onClose={onClose}>
      <div className="dialog-body">
        <p className="muted small">{say(steps.length === 0 ? "history-empty" : "history-hint")}</p>
        <ol className="history" reversed>
          {steps.map((step, index) => row(index + 1, step)).reverse()}
          {row(0)}
        </ol>
        {isCut ? <p className="muted small">{say("history-start-cut")}</p> : null}
      </div>
    </Sheet>
  );
}
