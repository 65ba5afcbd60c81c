import { Container, FilePlus, FolderOpen, SquareFunction, SquareTerminal, Workflow as WorkflowIcon } from "lucide-react";
import { setPanel } from "#editor/actions.ts";
import { command } from "#editor/commands/all.ts";
import { whenMade } from "#editor/dispatch.ts";
import { isUnreadable } from "#editor/follow-up-diagnostics.ts";
import { placeEntry } from "#editor/library/place-entry.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import { useEditor, useEditorState, usePage, useRun, useTranslate } from "./use-editor.ts";
import { examplesFor, openExample } from "#editor/library/examples.ts";

/**
 * Shown instead of an empty graph: how to fill it, and examples. If the canvas shows the pipeline's inputs or outputs already, it is below
 * them, and without the examples, which would replace what was begun.
 */
export function EmptyGraph({ isBegun }: { readonly isBegun: boolean }) {
  const t = useTranslate();
  const page = usePage();
  const add = (entry: string) =>
    whenMade(placeEntry(page, entry, page.canvas.current?.middle()), (task) => page.canvas.current?.focusBox(task));
  return (
    <div className={`blank clear${isBegun ? " begun" : ""}`}>
      <h2>{t("empty-title")}</h2>
      <p>{t("empty-text")}</p>
      <div className="row">
        <button type="button" className="btn primary" onClick={() => add("build:python")}>
          <SquareFunction className="i s" aria-hidden="true" />
          {t("door-python")}
        </button>
        <button type="button" className="btn line" onClick={() => add("new:container")}>
          <Container className="i s" aria-hidden="true" />
          {t("start-container")}
        </button>
        <button type="button" className="btn line" onClick={() => add("new:script")}>
          <SquareTerminal className="i s" aria-hidden="true" />
          {t("start-script")}
        </button>
      </div>
      {isBegun ? null : <ExampleList />}
    </div>
  );
}

/** Shown if there is no graph to show: the reason, and what to do. The page is never empty for a file with content. */
export function BlankCanvas({ workflow, template }: { readonly workflow: Workflow | undefined; readonly template: Template | undefined }) {
  const t = useTranslate();
  const run = useRun();
  const isOpening = useEditorState((state) => state.document.id === "");
  const editor = useEditor();
  const error = useEditorState((state) => state.document.errors.some(isUnreadable));
  if (isOpening) return <div className="blank" />;
  return (
    <div className="blank">
      {workflow && template ? (
        <>
          <h2>{t("leaf-title")}</h2>
          <p>{t("leaf-text", { name: template.name })}</p>
        </>
      ) : error ? (
        <>
          <h2>{t("unread-title")}</h2>
          <p>{t("unread-text")}</p>
        </>
      ) : (
        <>
          <h2>{t("empty-workflow-title")}</h2>
          <p>{t("empty-workflow-text")}</p>
        </>
      )}
      <div className="row">
        {error && !template ? (
          <button type="button" className="btn line" onClick={() => setPanel(editor, "bottom", "problems")}>
            {t("show-problems")}
          </button>
        ) : null}
        <button type="button" className="btn line" onClick={() => run(command("open"))}>
          <FolderOpen className="i s" aria-hidden="true" />
          {t("choose-file")}
        </button>
        <button type="button" className="btn line" onClick={() => run(command("new"))}>
          <FilePlus className="i s" aria-hidden="true" />
          {t("start-empty")}
        </button>
        <button type="button" className="btn line" onClick={() => run(command("show-yaml"))}>
          {t("command-show-in-yaml")}
        </button>
      </div>
    </div>
  );
}

/** The examples, one click each. */
function ExampleList() {
  const t = useTranslate();
  const editor = useEditor();
  const language = useEditorState((state) => state.session.language);
  if (!editor.outside.examples) return null;
  return (
    <section aria-label={t("examples")} style={{ width: "min(340px, 100%)", marginTop: "var(--s-3)" }}>
      <div className="list-h">{t("examples")}</div>
      {examplesFor(language).map((id) => (
        <button key={id} type="button" className="item" onClick={() => void openExample(editor, id)}>
          <WorkflowIcon className="i s" aria-hidden="true" />
          <span className="cut">{t(`example-${id}`)}</span>
        </button>
      ))}
    </section>
  );
}
