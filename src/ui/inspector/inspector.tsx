import { selectedGraph, currentWorkflow } from "#editor/actions.ts";
import { kindOf } from "#editor/task-kind.ts";
import { templateWithId } from "#editor/view.ts";
import { calleeOf } from "#pipeline/resolve-call.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import { useSelectedGraph } from "../graph-view.ts";
import { useEditorState, useTranslate } from "../use-editor.ts";
import { InspectorHead } from "./inspector-head.tsx";
import { PipelineInspector } from "./pipeline.tsx";
import { SeveralInspector } from "./several-tasks.tsx";
import { TaskInspector } from "./task.tsx";
import { TemplateInspector } from "./template.tsx";

/** The panel at the right: what is selected, in fields; with nothing selected the pipeline itself. */
export default function Inspector() {
  const t = useTranslate();
  const model = useEditorState((state) => state.document.model);
  const workflow = useEditorState(currentWorkflow);
  const graph = useEditorState(selectedGraph);
  const drawn = useSelectedGraph();
  const selection = useEditorState((state) => state.session.selection);
  if (!workflow) {
    return (
      <div className="panel">
        <InspectorHead title={t("pipeline")} detail="" />
        <div className="empty-line">{t("inspector-no-workflow")}</div>
      </div>
    );
  }
  const chosen = new Set(selection);
  const tasks = graph?.tasks.filter((task) => chosen.has(task.id)) ?? [];
  const [task] = tasks;
  if (tasks.length > 1) return <SeveralInspector workflow={workflow} tasks={tasks} />;
  if (task && graph)
    return <TaskInspector workflow={workflow} graph={graph} task={task} template={calleeOf(model, workflow, task.call)?.template} />;
  // A hook or the exit handler is no task of the graph; its box represents the template that it runs.
  const hook = drawn?.nodes.find((node) => node.hook && chosen.has(node.id));
  const runs = hook?.template === undefined ? undefined : templateWithId(workflow, hook.template);
  if (hook && runs)
    return (
      <TemplateInspector
        workflow={workflow}
        template={runs}
        title={hook.title}
        kind={kindOf(hook)}
        target={{ kind: "template", template: runs.id }}
        owner={runs.id}
      />
    );
  if (graph && !isGraph(graph))
    return (
      <TemplateInspector
        workflow={workflow}
        template={graph}
        title={graph.name}
        target={{ kind: "template", template: graph.id }}
        owner={graph.id}
      />
    );
  return <PipelineInspector workflow={workflow} />;
}
