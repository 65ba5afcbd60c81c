import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { Model, Template, Workflow } from "#pipeline/model.ts";
import { calleeOf } from "#pipeline/resolve-call.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import { startsWith } from "#data/data.ts";
import { goTo, currentGraph, selectedGraph, currentWorkflow } from "../actions.ts";
import type { Editor } from "../editor.ts";
import { readDraftId } from "../field-drafts.ts";
import { editPython, writePython } from "../library/place-entry.ts";
import { workflowAt } from "../view.ts";
import type { CommandContext } from "./command.ts";

const severity = { error: 0, cluster: 1, warning: 2, info: 3 } as const;

/** Problems in the order of the list: the most severe first, then by position in the text. */
export function sortedProblems(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((a, b) => severity[a.level] - severity[b.level] || (a.span?.[0] ?? Infinity) - (b.span?.[0] ?? Infinity));
}

/** Where a path of the data is visible on the canvas: the graph and, if one call represents it, that call. */
export function boxOfPath(
  model: Model,
  workflow: Workflow | undefined,
  path: Diagnostic["path"],
): { readonly graph: Template; readonly task?: string } | undefined {
  if (!workflow) return undefined;
  const holder = workflow.templates.find((template) => startsWith(path, template.path));
  if (!holder) return undefined;
  const task = holder.tasks.find((one) => startsWith(path, one.path));
  if (isGraph(holder)) return task ? { graph: holder, task: task.id } : { graph: holder };
  for (const graph of workflow.templates.filter(isGraph)) {
    const call = graph.tasks.find((one) => calleeOf(model, workflow, one.call)?.template.id === holder.id);
    if (call) return { graph, task: call.id };
  }
  return workflow.entrypoint === holder.name ? { graph: holder } : undefined;
}

/** Shows the box of a problem and the lines of its text. */
export function showProblem(editor: Editor, problem: Diagnostic): string | undefined {
  const index = problem.path[0];
  const state = editor.store.getState();
  const { model } = state.document;
  if (typeof index === "number" && index !== state.session.workflow && workflowAt(model, index)) {
    editor.session({ workflow: index, trail: [], selection: [] });
  }
  const box = boxOfPath(model, currentWorkflow(editor.store.getState()), problem.path);
  if (box && currentGraph(editor.store.getState())?.id !== box.graph.id) goTo(editor, box.graph.id);
  editor.session((now) => ({
    selection: box?.task ? [box.task] : [],
    visited: keyOf(problem),
    reveal: { path: problem.path, ...(problem.span ? { span: problem.span } : {}), id: (now.reveal?.id ?? 0) + 1 },
  }));
  return box?.task;
}

/** Selects what a draft belongs to and opens the inspector; the field takes the focus when it appears. */
export function showDraft(editor: Editor, id: string): void {
  const { owner } = readDraftId(id);
  const state = editor.store.getState();
  const graph = currentWorkflow(state)?.templates.find((template) => template.tasks.some((task) => task.id === owner));
  if (graph && !selectedGraph(state)?.tasks.some((task) => task.id === owner)) goTo(editor, graph.id);
  editor.session((now) => ({
    selection: graph ? [owner] : [],
    panels: { ...now.panels, right: "inspector" },
    wantedField: id,
    visited: `draft\n${id}`,
  }));
}

/** Opens the function editor on a text that was left there: of a task, or (with an empty id) of a new function. */
export function showUnfinishedFunction(editor: Editor, task: string): void {
  if (task === "") writePython(editor);
  else editPython(editor, task);
  editor.session({ visited: `function\n${task}` });
}

/** A stop of “next problem”. */
interface Stop {
  readonly key: string;
  readonly show: () => string | undefined | void;
}

/** Everything that the list of problems shows about the pipeline, in its order: what is unfinished, then the diagnostics. */
function stops(editor: Editor): readonly Stop[] {
  const { document, session } = editor.store.getState();
  const all: readonly Stop[] = [
    ...Object.keys(session.drafts).map((id) => ({ key: `draft\n${id}`, show: () => showDraft(editor, id) })),
    ...Object.keys(session.unfinishedPython).map((task) => ({
      key: `function\n${task}`,
      show: () => showUnfinishedFunction(editor, task),
    })),
    ...sortedProblems(document.diagnostics).map((problem) => ({ key: keyOf(problem), show: () => showProblem(editor, problem) })),
  ];
  // Two equal problems of one path lead to the same place.
  return [...new Map(all.map((one) => [one.key, one])).values()];
}

/** Goes to the next (1) or previous (-1) problem or unfinished field, relative to the one shown last. */
export function goToProblem({ editor, canvas }: CommandContext, by: 1 | -1): void {
  const list = stops(editor);
  if (list.length === 0) return;
  const { visited } = editor.store.getState().session;
  const here = list.findIndex(({ key }) => key === visited);
  const next = list[(here < 0 && by < 0 ? list.length - 1 : here + by + list.length) % list.length] as Stop;
  const task = next.show();
  if (task) canvas?.focusBox(task, "center");
}

function keyOf(problem: Diagnostic): string {
  return [problem.code, ...problem.path].join("\n");
}
