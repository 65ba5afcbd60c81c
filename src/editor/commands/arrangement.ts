import type { GroupKind } from "#pipeline/authoring-edit.ts";
import type { Edit } from "#pipeline/edit.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { Model, Task, Template } from "#pipeline/model.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import {
  addedTasks,
  newStep,
  removeTasks,
  selectedTasks,
  setPanel,
  selectedGraph,
  currentGraph,
  currentWorkflow,
  calleeHere,
} from "../actions.ts";
import { type Outcome, whenSettled } from "../dispatch.ts";
import type { Editor } from "../editor.ts";
import type { Point } from "../layout/geometry.ts";
import { graphWithTask } from "../view.ts";
import { loadPart } from "../missing-part.ts";
import type { EditorState } from "../state.ts";
import { type Command, type CommandContext, reason } from "./command.ts";

// Commands that move tasks: out of a chain, to the clipboard, into a group and out of one.

const needsTask = (state: EditorState) => (selectedTasks(state).length > 0 ? undefined : reason("why-select-task"));
const needsDagTasks = (state: EditorState) => needsTask(state) ?? (selectedGraph(state)?.kind === "dag" ? undefined : reason("why-no-dag"));

/** Removes tasks; their consumers are fed by their sources, where that fits. */
export async function deleteAndReconnect(
  editor: Editor,
  ids: readonly string[] = editor.store.getState().session.selection,
): Promise<void> {
  const state = editor.store.getState();
  const workflow = currentWorkflow(state);
  const graph = graphWithTask(workflow, ids[0] ?? "");
  const shown = workflow && graph && graphOf(state.document.model, workflow, graph.id);
  if (!workflow || !shown) return;
  const { reconnectEdits } = await loadPart(() => import("../reconnect.ts"));
  const { edits, open } = reconnectEdits(shown, workflow, new Set(ids));
  const outcome = removeTasks(editor, ids, edits);
  if (outcome)
    whenSettled(outcome, ({ ok }) => {
      if (ok && open > 0) editor.toast("toast-left-open", { n: open }, true);
    });
}

async function copy({ editor }: CommandContext, cut: boolean): Promise<void> {
  const { copiedText } = await loadPart(() => import("../clipboard.ts"));
  const state = editor.store.getState();
  const text = copiedText(state);
  if (text === undefined) return;
  const n = selectedTasks(state).length;
  if (!(await editor.outside.files.copy(text))) return editor.toast("toast-not-copied");
  if (cut) removeTasks(editor, state.session.selection);
  else editor.toast("toast-tasks-copied", { n });
}

/**
 * Puts the selected tasks into a group and selects it; without a selection one new container step, at a point of the canvas. Returns
 * undefined if no graph is shown.
 */
export function groupSelected(editor: Editor, as: GroupKind, at?: Point): Outcome | undefined {
  const state = editor.store.getState();
  const graph = selectedGraph(state);
  const workflow = currentWorkflow(state);
  if (!graph || !workflow) return undefined;
  const selected = selectedTasks(state).map(({ id }): string => id);
  const step = selected.length === 0 ? newStep("container", { workflow, graph, index: state.session.workflow }) : undefined;
  const tasks = step ? [`${graph.id}/${step.name}`] : selected;
  return selectMade(editor, graph, { edits: [...(step?.edits ?? []), { kind: "group-tasks", tasks, as }], at });
}

/**
 * Adds a container step that runs at exit, whatever happens; all other tasks of the graph go into a group. Selects the group;
 * returns undefined if no graph is shown.
 */
export function addExitHandler(editor: Editor, at?: Point): Outcome | undefined {
  const state = editor.store.getState();
  const graph = currentGraph(state);
  const workflow = currentWorkflow(state);
  if (!graph || !workflow) return undefined;
  const index = state.session.workflow;
  const exit = newStep("container", { workflow, graph, index, stem: "exit-handler" });
  const first = graph.tasks.length === 0 ? newStep("container", { workflow, graph, index }) : undefined;
  if (!exit) return undefined;
  const tasks = first ? [`${graph.id}/${first.name}`] : graph.tasks.map(({ id }): string => id);
  const as: GroupKind = { kind: "exit-handler", exit: `${graph.id}/${exit.name}` };
  return selectMade(editor, graph, { edits: [...(first?.edits ?? []), ...exit.edits, { kind: "group-tasks", tasks, as }], at });
}

/** Applies edits that end with a group in one step, selects the group and positions it. */
function selectMade(
  editor: Editor,
  graph: Template,
  { edits, at }: { readonly edits: readonly Edit[]; readonly at: Point | undefined },
): Outcome {
  const made = (after: Model) => addedTasks(editor.store.getState(), graph.id, after);
  return editor.dispatch({
    edits,
    label: { code: "edit.group-tasks", values: { problem: kindOf(edits) } },
    select: made,
    ...(at && {
      places: (after) => {
        const [group] = made(after);
        return group === undefined ? {} : { [graph.id]: { [group]: { x: Math.round(at.x), y: Math.round(at.y) } } };
      },
    }),
  });
}

function kindOf(edits: readonly Edit[]): string {
  const last = edits.at(-1);
  return last?.kind === "group-tasks" ? last.as.kind : "";
}

function oneSelected(state: EditorState): Task | undefined {
  const [task, ...more] = selectedTasks(state);
  return more.length === 0 ? task : undefined;
}

/** The group of the selected call, if it can be dissolved. */
function selectedGroupTask(state: EditorState): string | undefined {
  const [task, ...more] = selectedTasks(state);
  return task && more.length === 0 && isGraph(calleeHere(state, task)) ? task.id : undefined;
}

/**
 * The commands; the clipboard's own keys are handled as clipboard events (docs/spec/interaction.md#clipboard-events) and listed here for
 * display only.
 */
export const arrangementCommands: readonly Command[] = [
  {
    id: "delete-join",
    changes: true,
    group: "task",
    keys: ["Mod+Delete", "Mod+Backspace"],
    scope: "canvas",
    unavailable: needsTask,
    run: ({ editor }) => deleteAndReconnect(editor),
  },
  {
    id: "copy",
    group: "task",
    keys: [],
    displayKeys: "Mod+C",
    scope: "canvas",
    unavailable: needsTask,
    run: (context) => copy(context, false),
  },
  {
    id: "cut",
    changes: true,
    group: "task",
    keys: [],
    displayKeys: "Mod+X",
    scope: "canvas",
    unavailable: needsTask,
    run: (context) => copy(context, true),
  },
  {
    id: "paste",
    changes: true,
    group: "edit",
    keys: [],
    displayKeys: "Mod+V",
    scope: "canvas",
    run: ({ editor }) => editor.toast("toast-press-paste"),
  },
  {
    id: "group",
    changes: true,
    group: "task",
    keys: ["Mod+G"],
    scope: "canvas",
    unavailable: needsDagTasks,
    run: ({ editor }) => void groupSelected(editor, { kind: "sub-dag" }),
  },
  {
    id: "group-condition",
    changes: true,
    group: "task",
    keys: [],
    scope: "canvas",
    unavailable: needsDagTasks,
    run: ({ editor }) => setPanel(editor, "dialog", "group-condition"),
  },
  {
    id: "group-loop",
    changes: true,
    group: "task",
    keys: [],
    scope: "canvas",
    unavailable: needsDagTasks,
    run: ({ editor }) => setPanel(editor, "dialog", "group-loop"),
  },
  {
    id: "group-exit",
    changes: true,
    group: "task",
    keys: [],
    scope: "canvas",
    unavailable: (state) =>
      needsDagTasks(state) ??
      (selectedTasks(state).length === 1 && (selectedGraph(state)?.tasks.length ?? 0) > 1 ? undefined : reason("why-select-exit-task")),
    run: ({ editor }) => {
      const state = editor.store.getState();
      const exit = selectedTasks(state)[0]?.id;
      const tasks =
        selectedGraph(state)
          ?.tasks.map(({ id }) => id)
          .filter((id): boolean => id !== exit) ?? [];
      if (exit !== undefined)
        editor.dispatch({ edits: [{ kind: "group-tasks", tasks, as: { kind: "exit-handler", exit } } satisfies Edit] });
    },
  },
  {
    id: "condition-settings",
    changes: true,
    group: "task",
    keys: [],
    scope: "page",
    unavailable: (state) => (oneSelected(state)?.when ? undefined : reason("why-no-condition")),
    run: ({ editor }) => setPanel(editor, "dialog", "condition-settings"),
  },
  {
    id: "loop-settings",
    changes: true,
    group: "task",
    keys: [],
    scope: "page",
    unavailable: (state) => (oneSelected(state)?.loop ? undefined : reason("why-no-loop")),
    run: ({ editor }) => setPanel(editor, "dialog", "loop-settings"),
  },
  {
    id: "ungroup",
    changes: true,
    group: "task",
    keys: ["Mod+Shift+G"],
    scope: "canvas",
    unavailable: (state) => (selectedGroupTask(state) === undefined ? reason("why-no-group") : undefined),
    run: ({ editor }) => {
      const task = selectedGroupTask(editor.store.getState());
      if (task !== undefined) editor.dispatch({ edits: [{ kind: "ungroup", task }] });
    },
  },
];
