import { FileCode, ListChecks, Lock } from "lucide-react";
import { useMemo } from "react";
import { drawnEdges } from "#editor/layout/wires.ts";
import { countTasks, sumOverLevels } from "#pipeline/count-tasks.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { Model, Template, Workflow } from "#pipeline/model.ts";
import { command } from "#editor/commands/all.ts";
import { useGraphView } from "./graph-view.ts";
import { LevelCounts } from "./parts/level.tsx";
import { useEditor, useEditorState, useRun, useTranslate } from "./use-editor.ts";

/** The bar below: tabs of the drawers at the left, what is open at the right. */
export function StatusBar() {
  const t = useTranslate();
  const run = useRun();
  const editor = useEditor();
  const panels = useEditorState((state) => state.session.panels);
  const diagnostics = useEditorState((state) => state.document.diagnostics);
  return (
    <footer className="status" id="status" tabIndex={-1} aria-label={t("landmark-status")}>
      <button
        type="button"
        className={`tab${panels.bottom === "problems" ? " on" : ""}`}
        aria-pressed={panels.bottom === "problems"}
        onClick={() => run(command("show-problems"))}
      >
        <ListChecks className="i s" aria-hidden="true" />
        {t("landmark-problems")}
        <LevelCounts diagnostics={diagnostics} />
      </button>
      <button
        type="button"
        className={`tab${panels.right === "yaml" ? " on" : ""}`}
        aria-pressed={panels.right === "yaml"}
        onClick={() => editor.session({ panels: { ...panels, right: panels.right === "yaml" ? "inspector" : "yaml" } })}
      >
        <FileCode className="i s" aria-hidden="true" />
        {t("landmark-yaml")}
      </button>
      <span className="grow" />
      <Counts />
    </footer>
  );
}

function Counts() {
  const t = useTranslate();
  // Counted after the edit was shown where the user looks: a large graph is drawn for it.
  const { model, workflow, template } = useGraphView();
  const wires = useMemo(() => (workflow && template ? countWires(model, workflow, template) : 0), [model, workflow, template]);
  const tasks = useMemo(() => (workflow && template ? countTasks(model, workflow, template) : 0), [model, workflow, template]);
  const version = workflow && typeof workflow.rest.apiVersion === "string" ? workflow.rest.apiVersion.split("/").at(-1) : undefined;
  return (
    <>
      <span className="cell">
        <Lock className="i xs" aria-hidden="true" />
        {t("stays-here")}
      </span>
      {template ? (
        <span className="cell">
          {t("count-tasks", { n: tasks })} · {t("count-wires", { n: wires })}
        </span>
      ) : null}
      {workflow ? (
        <span className="cell">
          {workflow.resource} {version} · {t(`format-${workflow.traits.variant}`)}
        </span>
      ) : null}
    </>
  );
}

/** What the canvas draws with all groups expanded, and the parameters' wires that it shows as chips; a hook's condition is no line of its own. */
function countWires(model: Model, workflow: Workflow, graph: Template): number {
  const countOf = (template: Template) =>
    drawnEdges(graphOf(model, workflow, template.id), { entrypoint: template === graph, parameterWires: true }).length;
  return sumOverLevels(graph, { model, workflow, countOf });
}
