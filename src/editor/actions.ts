import { type Data, field, textField } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Model, Task, Template, Workflow } from "#pipeline/model.ts";
import { type Outcome, whenSettled } from "./dispatch.ts";
import type { Editor } from "./editor.ts";
import { INPUTS_BOX, OUTPUTS_BOX, type Point } from "./layout/geometry.ts";
import { callNames, freeTaskName, freeStepName } from "#pipeline/free-names.ts";
import { calleeOf } from "#pipeline/resolve-call.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import { graphWithTask, templateWithId, workflowAt } from "./view.ts";
import type { EditorState, Message, Session } from "./state.ts";
import { layoutAnnotationKey, layoutData } from "./layout-annotation.ts";
import { placed } from "./positions.ts";

/** Whether nothing can be changed now, such as while another tab edits the pipeline; then the message about it is shown. */
export function refuseIfLocked(editor: Editor): boolean {
  const refusal = editor.refusal([]);
  if (refusal && editor.store.getState().session.refusal?.code !== refusal.code) editor.session({ refusal });
  return refusal !== undefined;
}

/** The workflow on the screen. */
export function currentWorkflow(state: EditorState): Workflow | undefined {
  return workflowAt(state.document.model, state.session.workflow);
}

/** The template on the canvas. */
export function currentGraph(state: EditorState): Template | undefined {
  return templateWithId(currentWorkflow(state), state.session.graph);
}

/** The graph that contains the selected calls: the one shown, or one expanded inside it. */
export function selectedGraph(state: EditorState): Template | undefined {
  const shown = currentGraph(state);
  const call = state.session.selection.find((id) => id.includes("/"));
  if (call === undefined || shown?.tasks.some(({ id }) => id === call)) return shown;
  return graphWithTask(currentWorkflow(state), call) ?? shown;
}

/** The selected calls, in file order; all of one graph. */
export function selectedTasks(state: EditorState): readonly Task[] {
  const chosen = new Set(state.session.selection);
  return selectedGraph(state)?.tasks.filter((task) => chosen.has(task.id)) ?? [];
}

/** The tasks of a graph that a changed model has and the state has not, in file order. */
export function addedTasks({ document, session }: EditorState, graph: string, after: Model): readonly string[] {
  const tasksIn = (model: Model) => templateWithId(workflowAt(model, session.workflow), graph)?.tasks.map(({ id }): string => id) ?? [];
  const before = new Set(tasksIn(document.model));
  return tasksIn(after).filter((id) => !before.has(id));
}

/** The initial content of a new step: something that works at once. */
const newSteps: Readonly<Record<string, { readonly stem: string; readonly body: Readonly<Record<string, Data>> }>> = {
  container: { stem: "container", body: { container: { image: "python:3.12-slim", command: ["python", "-c"], args: ['print("hello")'] } } },
  http: { stem: "http", body: { http: { url: "https://example.com", method: "GET" } } },
  suspend: { stem: "suspend", body: { suspend: {} } },
  script: { stem: "script", body: { script: { image: "python:3.12-slim", command: ["python"], source: 'print("hello")\n' } } },
};

/** The palette entries that create something new. */
export const newStepKinds: readonly string[] = Object.keys(newSteps);

/**
 * Adds the task of a palette entry: `new:container`, `new:script`, or `template:ID`. One undoable step; the new task is selected.
 * Returns undefined if there is nothing to add.
 */
export function addEntry(editor: Editor, entry: string, at?: Point): Outcome | undefined {
  const state = editor.store.getState();
  const workflow = currentWorkflow(state);
  const graph = currentGraph(state);
  if (!workflow || !isGraph(graph)) {
    editor.session({ refusal: { code: "editor-no-graph", level: "error", values: {}, path: [] } });
    return undefined;
  }
  const [kind = "", ...rest] = entry.split(":");
  const made =
    kind === "new" ? newStep(rest.join(":"), { workflow, graph, index: state.session.workflow }) : callOf(rest.join(":"), workflow, graph);
  if (!made) return undefined;
  const task = `${graph.id}/${made.name}`;
  return editor.dispatch({
    edits: made.edits,
    label: { code: "step-add", values: { name: made.name } },
    select: [task],
    ...(at ? { places: { [graph.id]: { [task]: { x: Math.round(at.x), y: Math.round(at.y) } } } } : {}),
  });
}

/** The edits that add a new step of a kind (`container`, `script` …) to a graph, and its name; `stem`: the beginning of the name. */
export function newStep(
  kind: string,
  {
    workflow,
    graph,
    index,
    stem,
  }: { readonly workflow: Workflow; readonly graph: Template; readonly index: number; readonly stem?: string },
): { readonly name: string; readonly edits: readonly Edit[] } | undefined {
  const step = Object.hasOwn(newSteps, kind) ? newSteps[kind] : undefined;
  if (!step) return undefined;
  const name = freeStepName(stem ?? step.stem, workflow, graph);
  return {
    name,
    edits: [
      { kind: "add-template", data: { name, ...step.body }, workflow: index },
      { kind: "add-task", graph: graph.id, name, template: name },
    ],
  };
}

function callOf(id: string, workflow: Workflow, graph: Template): { readonly name: string; readonly edits: readonly Edit[] } | undefined {
  const template = templateWithId(workflow, id);
  if (!template) return undefined;
  const name = freeTaskName(template.name, callNames(graph));
  return { name, edits: [{ kind: "add-task", graph: graph.id, name, template: template.name }] };
}

/** Removes the selected calls in one step. */
export function removeTasks(editor: Editor, ids: readonly string[], more: readonly Edit[] = []): Outcome | undefined {
  const tasks = ids.filter((id) => id !== INPUTS_BOX && id !== OUTPUTS_BOX);
  if (tasks.length === 0 && more.length === 0) return undefined;
  const named: Message =
    tasks.length === 1
      ? { code: "step-remove-one", values: { name: tasks[0]?.split("/").at(-1) ?? "" } }
      : { code: "step-remove", values: { n: tasks.length } };
  const outcome = editor.dispatch({
    edits: [...more, ...tasks.map((task): Edit => ({ kind: "remove-task", task }))],
    ...(tasks.length > 0 ? { label: named } : {}),
    select: [],
  });
  whenSettled(outcome, ({ ok }) => {
    if (ok && tasks.length > 0) editor.toast(tasks.length === 1 ? "toast-removed-one" : "toast-removed", named.values, true);
  });
  return outcome;
}

/** Duplicates the selected calls beside the originals; the copies are selected. */
export function duplicateTasks(editor: Editor): void {
  const state = editor.store.getState();
  const graph = selectedGraph(state);
  const tasks = selectedTasks(state);
  if (!graph || tasks.length === 0) return;
  const taken = new Set(callNames(graph));
  const copies = tasks.map((task) => {
    const name = freeTaskName(task.name, taken);
    taken.add(name);
    return { task, name, id: `${graph.id}/${name}` };
  });
  const boxes = state.document.places[graph.id] ?? {};
  const places = Object.fromEntries(
    copies.flatMap(({ task, id }) => {
      const point = boxes[task.id];
      return point ? [[id, { x: point.x + 32, y: point.y + 32 }]] : [];
    }),
  );
  editor.dispatch({
    edits: copies.map(({ task, name }) => ({ kind: "duplicate-task", task: task.id, name })),
    label: { code: "step-duplicate", values: { n: tasks.length } },
    select: copies.map(({ id }) => id),
    places: { [graph.id]: places },
  });
}

/** Enters the graph that a selected call runs. */
export function enterGroup(editor: Editor, task: string): void {
  const state = editor.store.getState();
  const graph = currentGraph(state);
  const call = graph?.tasks.find((one) => one.id === task);
  const inside = call && calleeHere(state, call);
  if (!graph || !isGraph(inside)) return;
  editor.session({ graph: inside.id, trail: [...state.session.trail, graph.id], selection: [] });
}

/** Goes from the graph shown to another one. */
export function enterGraph(editor: Editor, graph: string): void {
  editor.session(({ graph: from, trail }) => ({ graph, trail: from === undefined ? trail : [...trail, from] }));
}

/** Shows a graph: one on the trail (leaving what is inside it), or any other. After leaving a group, the group is selected. */
export function goTo(editor: Editor, template: string): void {
  const state = editor.store.getState();
  const { trail, graph } = state.session;
  const at = trail.indexOf(template);
  const left = at >= 0 ? [...trail, graph][at + 1] : undefined;
  const shown = templateWithId(currentWorkflow(state), template);
  if (!shown) return;
  const call = shown.tasks.find((task) => calleeHere(state, task)?.id === left);
  editor.session({ graph: template, trail: at >= 0 ? trail.slice(0, at) : [], selection: call && left !== undefined ? [call.id] : [] });
}

/** The template of the workflow on the screen that a call of it runs; templates of other objects of the file cannot be entered. */
export function calleeHere(state: EditorState, task: Task): Template | undefined {
  const workflow = currentWorkflow(state);
  const callee = workflow && calleeOf(state.document.model, workflow, task.call);
  return callee?.workflow === workflow ? callee?.template : undefined;
}

/** Shows another workflow of the same file. */
export function showWorkflow(editor: Editor, index: number, first: string | undefined): void {
  editor.session({ workflow: index, graph: first, trail: [], selection: [] });
}

/** Opens or closes one panel. */
export function setPanel<Side extends keyof Session["panels"]>(editor: Editor, side: Side, panel: Session["panels"][Side]): void {
  editor.session((now) => ({ panels: { ...now.panels, [side]: panel } }));
}

/**
 * Boxes moved by hand (docs/spec/interaction.md#kept-positions). Positions of an opened file are stored in this browser; those of a
 * pipeline created here, and of a file that carries its layout, go into the annotation, as part of the same step.
 */
export function moveBoxes(editor: Editor, graph: string, moved: Readonly<Record<string, Point>>, label: Message, key?: string): void {
  const state = editor.store.getState();
  const workflow = currentWorkflow(state);
  if (!workflow || !carriesLayout(state)) return editor.place(graph, moved, label, key);
  const layout = layoutData(placed(state.document.places, graph, moved), workflow);
  editor.dispatch({
    edits: [{ kind: "set-layout", workflow: state.session.workflow, layout }],
    label,
    places: { [graph]: moved },
    ...(key === undefined ? {} : { key }),
  });
}

function carriesLayout(state: EditorState): boolean {
  if (state.document.exported === "") return true;
  const annotations = field(field(currentWorkflow(state)?.rest, "metadata"), "annotations");
  return textField(annotations, layoutAnnotationKey) !== undefined;
}
