import { calleeOf } from "#pipeline/resolve-call.ts";
import { selectedTasks, currentWorkflow } from "../actions.ts";
import { loadPart } from "../missing-part.ts";
import type { EditorState } from "../state.ts";
import { type Command, reason } from "./command.ts";

const needsOneTemplate = (state: EditorState) => {
  const [task, ...more] = selectedTasks(state);
  const workflow = currentWorkflow(state);
  return task && more.length === 0 && workflow && calleeOf(state.document.model, workflow, task.call)
    ? undefined
    : reason("why-select-one-task");
};

/** Copies settings of one task to others: copied by command, pasted where the inspector offers their groups. */
export const settingsCommands: readonly Command[] = [
  {
    id: "copy-settings",
    group: "task",
    keys: [],
    scope: "page",
    unavailable: needsOneTemplate,
    run: async ({ editor }) => {
      const state = editor.store.getState();
      const [task] = selectedTasks(state);
      const workflow = currentWorkflow(state);
      const found = task && workflow && calleeOf(state.document.model, workflow, task.call);
      if (!found) return;
      const [{ copySettings }, { templateHolder }] = await loadPart(() =>
        Promise.all([import("../settings/copy-settings.ts"), import("../settings/access.ts")]),
      );
      const copied = copySettings(templateHolder(state.document.stream, found.workflow, found.template));
      editor.session({ copiedSettings: { ...copied, from: task.name } });
      editor.toast("settings-copied", { name: task.name });
    },
  },
  {
    id: "paste-settings",
    changes: true,
    group: "task",
    keys: [],
    scope: "page",
    unavailable: (state) =>
      selectedTasks(state).length === 0
        ? reason("why-select-task")
        : state.session.copiedSettings
          ? undefined
          : reason("settings-nothing-copied"),
    run: ({ editor }) => editor.session((now) => ({ pasting: true, panels: { ...now.panels, right: "inspector" } })),
  },
];
