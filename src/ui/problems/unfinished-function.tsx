import { useEffect, useState } from "react";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { showUnfinishedFunction } from "#editor/commands/problems.ts";
import { loadPart, showFailure } from "#editor/missing-part.ts";
import { atLine } from "#messages/at-line.ts";
import { LevelIcon } from "../parts/level.tsx";
import { useEditor, useTranslate } from "../use-editor.ts";
import { useNames } from "../use-names.ts";

/** Returns the name of a function that was left unfinished in the function editor, by the id of its task ("": a new function). */
export function useFunctionName(): (task: string) => string {
  const t = useTranslate();
  const names = useNames();
  return (task) => {
    if (task === "") return t("unfinished-new-function");
    const name = task.slice(task.lastIndexOf("/") + 1);
    return t("unfinished-function", { task: names.get(name) ?? name });
  };
}

/** A function whose text was written and not saved to its task: pressing it opens the function editor. A syntax error is the reason given. */
export function FunctionRow({ task, text }: { readonly task: string; readonly text: string }) {
  const t = useTranslate();
  const editor = useEditor();
  const name = useFunctionName()(task);
  const error = useSyntaxError(text);
  const line = text.slice(0, error?.span?.[0] ?? 0).split("\n").length;
  return (
    <div role="listitem" className="item problem-row">
      <button type="button" className="item problem-go" onClick={() => showUnfinishedFunction(editor, task)}>
        <LevelIcon level={error ? "error" : "warning"} label={t(error ? "level-error" : "level-warning")} />
        <span className="cut grow">
          {name}: {error ? atLine(t, line, error) : t("function-not-saved")}
        </span>
      </button>
      <span className="fix">
        <button
          type="button"
          className="btn sm line"
          aria-label={`${t("draft-discard")}: ${name}`}
          onClick={() =>
            editor.session(({ unfinishedPython }) => ({
              unfinishedPython: Object.fromEntries(Object.entries(unfinishedPython).filter(([id]) => id !== task)),
            }))
          }
        >
          {t("draft-discard")}
        </button>
      </span>
    </div>
  );
}

/** The first error of a Python text; undefined until the parser, which is loaded only for this, has read it. */
function useSyntaxError(text: string): Diagnostic | undefined {
  const editor = useEditor();
  const [found, setFound] = useState<{ readonly text: string; readonly error: Diagnostic | undefined }>();
  useEffect(() => {
    let isGone = false;
    loadPart(() => import("#python/functions.ts")).then(
      ({ readFunctions }) => {
        if (!isGone) setFound({ text, error: readFunctions(text).diagnostics.find(({ level }) => level === "error") });
      },
      (error: unknown) => showFailure(editor, error),
    );
    return () => {
      isGone = true;
    };
  }, [text, editor]);
  return found?.text === text ? found.error : undefined;
}
