import { callersOf } from "#pipeline/find-by-id.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import {
  addEntry,
  duplicateTasks,
  enterGroup,
  goTo,
  removeTasks,
  selectedTasks,
  setPanel,
  currentGraph,
  currentWorkflow,
  calleeHere,
} from "../actions.ts";
import { layoutData } from "../layout-annotation.ts";
import { writePython } from "../library/place-entry.ts";
import { chooseFiles } from "../library/bring-files.ts";
import { exampleIds, openExample } from "../library/examples.ts";
import type { EditorState } from "../state.ts";
import { type Command, reason } from "./command.ts";
import { copyYaml, exportFile, saveInPlace } from "./file.ts";
import { arrangementCommands } from "./arrangement.ts";
import { countUnfinished } from "../field-drafts.ts";
import { canvasCommands } from "./canvas.ts";
import { goToProblem } from "./problems.ts";
import { settingsCommands } from "./settings.ts";

const needsTask = (state: EditorState) => (selectedTasks(state).length > 0 ? undefined : reason("why-select-task"));
const needsOneTask = (state: EditorState) => (selectedTasks(state).length === 1 ? undefined : reason("why-select-one-task"));
const needsGraph = (state: EditorState) => (isGraph(currentGraph(state)) ? undefined : reason("why-no-graph"));
const needsText = (state: EditorState) => (state.document.text === "" ? reason("why-nothing-open") : undefined);

const fileCommands: readonly Command[] = [
  { id: "new", group: "file", keys: [], scope: "page", run: ({ editor }) => editor.newPipeline() },
  { id: "open", group: "file", keys: ["Mod+O"], scope: "page", run: chooseFiles },
  {
    id: "my-pipelines",
    group: "file",
    keys: ["Mod+Shift+O"],
    scope: "page",
    run: ({ editor }) => setPanel(editor, "dialog", "my-pipelines"),
  },
  {
    id: "export",
    group: "file",
    keys: ["Mod+E"],
    scope: "page",
    unavailable: needsText,
    run: ({ editor }) => exportFile(editor),
  },
  { id: "save", group: "file", keys: ["Mod+S"], scope: "everywhere", unavailable: needsText, run: ({ editor }) => saveInPlace(editor) },
  { id: "copy-yaml", group: "file", keys: [], scope: "page", unavailable: needsText, run: ({ editor }) => copyYaml(editor) },
  {
    id: "changes",
    group: "file",
    keys: [],
    scope: "page",
    unavailable: (state) => (state.document.text === state.document.exported ? reason("why-unchanged") : undefined),
    run: ({ editor }) => setPanel(editor, "dialog", "changes"),
  },
];

const exampleCommands: readonly Command[] = exampleIds.map((id) => ({
  id: `example-${id}`,
  group: "file",
  keys: [],
  scope: "page",
  run: ({ editor }) => openExample(editor, id),
}));

const editCommands: readonly Command[] = [
  {
    id: "undo",
    group: "edit",
    keys: ["Mod+Z"],
    scope: "page",
    changes: true,
    unavailable: (state) => (state.history.past.length > 0 ? undefined : reason("why-nothing-to-undo")),
    run: ({ editor }) => editor.undo(),
  },
  {
    id: "redo",
    group: "edit",
    keys: ["Mod+Shift+Z", "Mod+Y"],
    scope: "page",
    changes: true,
    unavailable: (state) => (state.history.future.length > 0 ? undefined : reason("why-nothing-to-redo")),
    run: ({ editor }) => editor.redo(),
  },
  {
    id: "history",
    group: "edit",
    keys: [],
    scope: "page",
    unavailable: needsText,
    run: ({ editor }) => setPanel(editor, "dialog", "history"),
  },
  {
    id: "select-all",
    group: "edit",
    keys: ["Mod+A"],
    scope: "canvas",
    unavailable: needsGraph,
    run: ({ editor }) => editor.session({ selection: currentGraph(editor.store.getState())?.tasks.map((task) => task.id) ?? [] }),
  },
  {
    id: "write-python",
    changes: true,
    group: "edit",
    keys: [],
    scope: "page",
    unavailable: needsGraph,
    run: ({ editor }) => writePython(editor),
  },
  {
    id: "add-container",
    changes: true,
    group: "edit",
    keys: [],
    scope: "page",
    unavailable: needsGraph,
    run: ({ editor }) => void addEntry(editor, "new:container"),
  },
  {
    id: "add-script",
    changes: true,
    group: "edit",
    keys: [],
    scope: "page",
    unavailable: needsGraph,
    run: ({ editor }) => void addEntry(editor, "new:script"),
  },
];

const taskCommands: readonly Command[] = [
  {
    id: "delete",
    changes: true,
    group: "task",
    keys: ["Delete", "Backspace"],
    scope: "canvas",
    unavailable: needsTask,
    run: ({ editor }) => void removeTasks(editor, editor.store.getState().session.selection),
  },
  {
    id: "duplicate",
    changes: true,
    group: "task",
    keys: ["Mod+D"],
    scope: "canvas",
    unavailable: needsTask,
    run: ({ editor }) => duplicateTasks(editor),
  },
  {
    id: "rename",
    changes: true,
    group: "task",
    keys: ["F2"],
    scope: "canvas",
    unavailable: needsOneTask,
    run: ({ editor, canvas }) => {
      const [task] = selectedTasks(editor.store.getState());
      if (task) canvas?.renameInPlace(task.id);
    },
  },
  {
    id: "connect",
    changes: true,
    group: "task",
    keys: ["C"],
    scope: "canvas",
    unavailable: needsOneTask,
    run: ({ editor, canvas }) => {
      const [task] = selectedTasks(editor.store.getState());
      if (task) canvas?.connectTo(task.id);
    },
  },
  {
    id: "make-separate",
    changes: true,
    group: "task",
    keys: [],
    scope: "page",
    unavailable: (state) => needsOneTask(state) ?? (usesOfSelected(state) > 1 ? undefined : reason("why-not-shared")),
    run: ({ editor }) => {
      const task = selectedTasks(editor.store.getState())[0];
      if (task) editor.dispatch({ edits: [{ kind: "make-separate", task: task.id }] });
    },
  },
  {
    id: "enter-group",
    group: "task",
    keys: [],
    scope: "canvas",
    unavailable: (state) => {
      const task = selectedTasks(state)[0];
      return task && isGraph(calleeHere(state, task)) ? undefined : reason("why-no-group");
    },
    run: ({ editor }) => enterGroup(editor, selectedTasks(editor.store.getState())[0]?.id ?? ""),
  },
  {
    id: "leave-group",
    group: "task",
    keys: ["Shift+Enter"],
    scope: "canvas",
    unavailable: (state) => (state.session.trail.length > 0 ? undefined : reason("why-outermost")),
    run: ({ editor }) => goTo(editor, editor.store.getState().session.trail.at(-1) ?? ""),
  },
  {
    id: "show-in-yaml",
    group: "task",
    keys: ["Y"],
    scope: "canvas",
    unavailable: needsText,
    run: ({ editor }) => {
      const state = editor.store.getState();
      const path = selectedTasks(state)[0]?.path ?? currentGraph(state)?.path ?? [];
      editor.session((now) => ({ panels: { ...now.panels, right: "yaml" }, reveal: { path, id: (now.reveal?.id ?? 0) + 1 } }));
    },
  },
];

const viewCommands: readonly Command[] = [
  {
    id: "commands",
    group: "view",
    keys: ["Mod+K", "F1"],
    scope: "everywhere",
    run: ({ editor }) => setPanel(editor, "dialog", "commands"),
  },
  { id: "shortcuts", group: "view", keys: ["?", "Mod+/"], scope: "page", run: ({ editor }) => setPanel(editor, "dialog", "shortcuts") },
  {
    id: "arrange",
    changes: true,
    group: "view",
    keys: ["Shift+L"],
    scope: "canvas",
    unavailable: needsGraph,
    run: ({ canvas }) => canvas?.arrange(),
  },
  {
    id: "keep-layout",
    changes: true,
    group: "view",
    keys: [],
    scope: "page",
    unavailable: needsGraph,
    run: ({ editor }) => {
      const state = editor.store.getState();
      const workflow = currentWorkflow(state);
      if (workflow)
        editor.dispatch({
          edits: [{ kind: "set-layout", workflow: state.session.workflow, layout: layoutData(state.document.places, workflow) }],
          label: { code: "command-keep-layout", values: {} },
        });
    },
  },
  { id: "fit", group: "view", keys: ["1"], otherKeys: ["Shift+1"], scope: "canvas", run: ({ canvas }) => canvas?.fit() },
  { id: "zoom-100", group: "view", keys: ["0"], otherKeys: ["Shift+0"], scope: "canvas", run: ({ canvas }) => canvas?.zoomTo(1) },
  {
    id: "next-problem",
    group: "view",
    keys: ["F8"],
    scope: "everywhere",
    unavailable: noProblems,
    run: (context) => goToProblem(context, 1),
  },
  {
    id: "previous-problem",
    group: "view",
    keys: ["Shift+F8"],
    scope: "everywhere",
    unavailable: noProblems,
    run: (context) => goToProblem(context, -1),
  },
  {
    id: "toggle-panels",
    group: "view",
    keys: ["Mod+\\"],
    scope: "page",
    run: ({ editor }) =>
      editor.session(({ panels }) => ({
        panels: {
          ...panels,
          ...(panels.left || panels.right ? { left: undefined, right: undefined } : { left: "palette", right: "inspector" }),
        },
      })),
  },
  { id: "show-palette", group: "view", keys: [], scope: "page", run: ({ editor }) => setPanel(editor, "left", "palette") },
  { id: "show-outline", group: "view", keys: [], scope: "page", run: ({ editor }) => setPanel(editor, "left", "outline") },
  { id: "show-inspector", group: "view", keys: [], scope: "page", run: ({ editor }) => setPanel(editor, "right", "inspector") },
  { id: "show-yaml", group: "view", keys: [], scope: "page", run: ({ editor }) => setPanel(editor, "right", "yaml") },
  {
    id: "show-problems",
    group: "view",
    keys: [],
    scope: "page",
    run: ({ editor }) =>
      editor.session(({ panels }) => ({ panels: { ...panels, bottom: panels.bottom === "problems" ? undefined : "problems" } })),
  },
];

const settingCommands: readonly Command[] = [
  ...(["system", "light", "dark", "contrast"] as const).map((theme): Command => ({
    id: `theme-${theme}`,
    group: "settings",
    keys: [],
    scope: "page",
    run: ({ editor }) => editor.session({ theme }),
  })),
  ...(["en", "ko"] as const).map((language): Command => ({
    id: `language-${language}`,
    group: "settings",
    keys: [],
    scope: "page",
    run: ({ editor }) => editor.session({ language }),
  })),
];

const allCommands: readonly Command[] = [
  ...fileCommands,
  ...editCommands,
  ...taskCommands,
  ...arrangementCommands,
  ...canvasCommands,
  ...settingsCommands,
  ...viewCommands,
  ...exampleCommands,
  ...settingCommands,
];

/** All commands. */
export const commands: readonly Command[] = allCommands.map((one) =>
  one.changes ? { ...one, unavailable: (state) => (state.status.isReadOnly ? reason("why-read-only") : one.unavailable?.(state)) } : one,
);

const byId = new Map(commands.map((command) => [command.id, command]));

/** A command by its id. Throws for an unknown id. */
export function command(id: string): Command {
  const found = byId.get(id);
  if (!found) throw new Error(`no command ${id}`);
  return found;
}

function noProblems(state: EditorState) {
  return state.document.diagnostics.length + countUnfinished(state.session) > 0 ? undefined : reason("why-no-problems");
}

function usesOfSelected(state: EditorState): number {
  const task = selectedTasks(state)[0];
  const callee = task?.call.kind === "template" ? calleeHere(state, task) : undefined;
  return callee ? callersOf(state.document.model, callee.id).length : 0;
}
