import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import { goTo, currentGraph, currentWorkflow, templateOfCall } from "../actions.ts";
import type { Editor } from "../editor.ts";
import { isGraph, workflowAt } from "../view.ts";
import type { EditorState } from "../state.ts";
import type { CommandContext } from "./command.ts";

const severity = { error: 0, cluster: 1, warning: 2, info: 3 } as const;

/** Problems in the order of the list: the most severe first, then by position in the text. */
export function sortedProblems(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((a, b) => severity[a.level] - severity[b.level] || (a.span?.[0] ?? Infinity) - (b.span?.[0] ?? Infinity));
}

/** Where a path of the data is visible on the canvas: the graph and, if one call represents it, that call. */
export function boxOfPlace(
  workflow: Workflow | undefined,
  path: Diagnostic["path"],
): { readonly graph: Template; readonly task?: string } | undefined {
  if (!workflow) return undefined;
  const holder = workflow.templates.find((template) => startsWith(path, template.path));
  if (!holder) return undefined;
  const task = holder.tasks.find((one) => startsWith(path, one.path));
  if (isGraph(holder)) return task ? { graph: holder, task: task.id } : { graph: holder };
  for (const graph of workflow.templates.filter(isGraph)) {
    const call = graph.tasks.find((one) => templateOfCall(workflow, one)?.id === holder.id);
    if (call) return { graph, task: call.id };
  }
  return workflow.entrypoint === holder.name ? { graph: holder } : undefined;
}

function startsWith(path: Diagnostic["path"], head: Diagnostic["path"]): boolean {
  return head.length <= path.length && head.every((step, index) => path[index] === step);
}

/** Shows the box of a problem and the lines of its text. */
export function showProblem(editor: Editor, problem: Diagnostic): string | undefined {
  const index = problem.path[0];
  const state = editor.store.getState();
  const { model } = state.document;
  if (typeof index === "number" && index !== state.session.workflow && workflowAt(model, index)) {
    editor.session({ workflow: index, trail: [], selection: [] });
  }
  const box = boxOfPlace(currentWorkflow(editor.store.getState()), problem.path);
  if (box && currentGraph(editor.store.getState())?.id !== box.graph.id) goTo(editor, box.graph.id);
  editor.session((now) => ({
    selection: box?.task ? [box.task] : [],
    reveal: { path: problem.path, ...(problem.span ? { span: problem.span } : {}), id: (now.reveal?.id ?? 0) + 1 },
  }));
  return box?.task;
}

/** Goes to the next (1) or previous (-1) problem, relative to the one shown last. */
export function goToProblem({ editor, canvas }: CommandContext, by: 1 | -1): void {
  const state = editor.store.getState();
  const list = sortedProblems(state.document.diagnostics);
  if (list.length === 0) return;
  const here = list.findIndex((problem) => sameLocation(problem, state));
  const next = list[(here < 0 && by < 0 ? list.length - 1 : here + by + list.length) % list.length] as Diagnostic;
  const task = showProblem(editor, next);
  if (task) canvas?.focusBox(task as never, "center");
}

function sameLocation(problem: Diagnostic, state: EditorState): boolean {
  return state.session.reveal !== undefined && problem.path.join("\n") === state.session.reveal.path.join("\n");
}
