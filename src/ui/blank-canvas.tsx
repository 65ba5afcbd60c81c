import { Container, FilePlus, FolderOpen, SquareFunction, SquareTerminal } from "lucide-react";
import { setPanel } from "#editor/actions.ts";
import { command } from "#editor/commands/all.ts";
import { isUnreadable } from "#editor/consequences.ts";
import { placeEntry } from "#editor/library/add.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import { ExampleList } from "./library/example-list.tsx";
import { useEditor, useEditorState, usePage, useRun, useSay } from "./use-editor.ts";

/** Shown instead of an empty graph: how to fill it, and examples. */
export function EmptyGraph() {
  const say = useSay();
  const page = usePage();
  const add = (entry: string) => {
    const task = placeEntry(page, entry, page.canvas.current?.middle());
    if (task !== undefined) page.canvas.current?.focusBox(task as never);
  };
  return (
    <div className="blank" style={{ background: "none" }}>
      <h2>{say("empty-title")}</h2>
      <p>{say("empty-text")}</p>
      <div className="row">
        <button type="button" className="btn primary" onClick={() => add("build:python")}>
          <SquareFunction className="i s" aria-hidden="true" />
          {say("door-python")}
        </button>
        <button type="button" className="btn line" onClick={() => add("new:container")}>
          <Container className="i s" aria-hidden="true" />
          {say("start-container")}
        </button>
        <button type="button" className="btn line" onClick={() => add("new:script")}>
          <SquareTerminal className="i s" aria-hidden="true" />
          {say("start-script")}
        </button>
      </div>
      <ExampleList />
    </div>
  );
}

/** Shown where no graph can be: says why, and what to do. The page is never empty for a file with content. */
export function BlankCanvas({ workflow, template }: { readonly workflow: Workflow | undefined; readonly template: Template | undefined }) {
  const say = useSay();
  const run = useRun();
  const isOpening = useEditorState((state) => state.document.id === "");
  const editor = useEditor();
  const fault = useEditorState((state) => state.document.faults.some(isUnreadable));
  if (isOpening) return <div className="blank" />;
  return (
    <div className="blank">
      {workflow && template ? (
        <>
          <h2>{say("leaf-title")}</h2>
          <p>{say("leaf-text", { name: template.name })}</p>
        </>
      ) : fault ? (
        <>
          <h2>{say("unread-title")}</h2>
          <p>{say("unread-text")}</p>
        </>
      ) : (
        <>
          <h2>{say("empty-workflow-title")}</h2>
          <p>{say("empty-workflow-text")}</p>
        </>
      )}
      <div className="row">
        {fault && !template ? (
          <button type="button" className="btn line" onClick={() => setPanel(editor, "bottom", "problems")}>
            {say("show-problems")}
          </button>
        ) : null}
        <button type="button" className="btn line" onClick={() => run(command("open"))}>
          <FolderOpen className="i s" aria-hidden="true" />
          {say("choose-file")}
        </button>
        <button type="button" className="btn line" onClick={() => run(command("new"))}>
          <FilePlus className="i s" aria-hidden="true" />
          {say("start-empty")}
        </button>
        <button type="button" className="btn line" onClick={() => run(command("show-yaml"))}>
          {say("command-show-in-yaml")}
        </button>
      </div>
    </div>
  );
}
