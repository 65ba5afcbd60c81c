import type { Operation } from "#data/operations.ts";
import type { FormatEditing } from "#document/format.ts";
import { clearArgument, setArgument } from "./edit/arguments.ts";
import { addComponent, addTask, addTemplate, retargetTask } from "./edit/add-tasks.ts";
import { updateComponent } from "./edit/update-component.ts";
import { changeControl, clearWhen, setLoop, setWhen } from "./edit/change-control.ts";
import { addPort, removePort } from "./edit/ports.ts";
import { groupTasks } from "./edit/group.ts";
import { ungroup } from "./edit/ungroup.ts";
import { duplicateTask, makeSeparate } from "./edit/duplicate.ts";
import { removeTask, removeTemplate } from "./edit/remove-tasks.ts";
import { addDependency, removeDependency } from "./edit/dependencies.ts";
import { addParameter, removeParameter, renameParameter, setParameter } from "./edit/parameters.ts";
import { changeIdentifier, renamePort, renameTask, renameTemplate, renameWorkflow } from "./edit/rename.ts";
import { bindParameter, connect, disconnect } from "./edit/wires.ts";
import { pruneUnusedPorts } from "./edit/prune-unused-ports.ts";
import { moveSetting, setSetting, unsetSetting } from "./edit/settings.ts";

/** The edits of KFP v2 pipelines. What the format has no place for (steps, notes) has no planner. */
export const kfpV2Editing: FormatEditing = {
  format: "kfp-v2",
  planners: {
    "add-task": addTask,
    "add-template": addTemplate,
    "remove-task": removeTask,
    "duplicate-task": duplicateTask,
    "make-separate": makeSeparate,
    "retarget-task": retargetTask,
    "add-component": addComponent,
    "update-component": updateComponent,
    "remove-template": removeTemplate,
    "add-port": addPort,
    "remove-port": removePort,
    "set-when": setWhen,
    "clear-when": clearWhen,
    "set-loop": setLoop,
    "change-control": changeControl,
    "group-tasks": groupTasks,
    ungroup,
    "rename-task": renameTask,
    "change-identifier": changeIdentifier,
    "rename-template": renameTemplate,
    "rename-port": renamePort,
    "rename-workflow": renameWorkflow,
    "set-argument": setArgument,
    "clear-argument": clearArgument,
    connect,
    disconnect,
    "bind-parameter": bindParameter,
    "add-parameter": addParameter,
    "remove-parameter": removeParameter,
    "rename-parameter": renameParameter,
    "set-parameter": setParameter,
    "add-dependency": addDependency,
    "remove-dependency": removeDependency,
    "set-setting": setSetting,
    "unset-setting": unsetSetting,
    "move-setting": moveSetting,
  },
  pruneUnusedPorts,
  mayChangeIds,
};

/** Whether an operation can change which ids there are: those are keys of components and of tasks. */
function mayChangeIds({ path }: Operation): boolean {
  if (path.includes("deploymentSpec") || path.includes("platforms")) return path.length < 3;
  const tasks = path.lastIndexOf("tasks");
  return tasks < 0 || path[tasks - 1] !== "dag" || path.length <= tasks + 2;
}
