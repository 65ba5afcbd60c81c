import type { FormatEditing } from "#document/format.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { findTemplate, isRefused, note } from "#document/edit-targets.ts";
import { type Data, field, isList, listField } from "#data/data.ts";
import type { Operation } from "#data/operations.ts";
import type { Edit } from "#pipeline/edit.ts";
import { bindParameter, clearArgument, setArgument } from "./edit/arguments.ts";
import { changeControl } from "./edit/authoring/change-control.ts";
import { addComponent } from "./edit/authoring/add-component.ts";
import { groupTasks } from "./edit/authoring/group.ts";
import { addItemKey } from "./edit/authoring/loop-item.ts";
import { mountEdits, unmountEdits } from "./edit/authoring/mounts.ts";
import { operandEdits } from "./edit/authoring/operand-route.ts";
import { addResource, addSnapshot, addVolume } from "./edit/authoring/resources.ts";
import { routeEdits } from "./edit/authoring/route-into-graph.ts";
import { lookAheadForReads, pruneUnusedPorts } from "./kfp/edit/prune-unused-ports.ts";
import { ungroup } from "./edit/authoring/ungroup.ts";
import { updateComponent } from "./edit/authoring/update-component.ts";
import { clearLoop, clearWhen, setLoop, setWhen } from "./edit/loop-and-condition.ts";
import { crossingEdits } from "./edit/wires-across-groups.ts";
import { fallbackEdits } from "./kfp/edit/fallback.ts";
import { setLayout, setNote } from "./edit/annotations.ts";
import { addDependency, removeDependency } from "./edit/order.ts";
import { addParameter, removeParameter, renameParameter, renameWorkflow, setParameter } from "./edit/parameters.ts";
import { addPort, removePort, renamePort } from "./edit/ports.ts";
import { removeTask, templatesNamedIn } from "./edit/remove-task.ts";
import { changeIdentifier, makeSeparate, renameTask } from "./edit/rename-task.ts";
import { moveSetting, setSetting, unsetSetting } from "./edit/settings.ts";
import { addTask, duplicateTask, moveTask, retargetTask } from "./edit/tasks.ts";
import { addTemplate, changeTemplateKind, moveTemplate, removeTemplate, renameTemplate } from "./edit/templates.ts";
import { connect, disconnect } from "./edit/wires.ts";
import { referencesInData } from "./syntax/references.ts";
import { flavorOf } from "./flavor/flavor-of.ts";

type Of<Kind extends Edit["kind"]> = Extract<Edit, { readonly kind: Kind }>;

/** All edits of Argo's objects; some are made up of others. */
export const argoEditing: FormatEditing = {
  format: "argo",
  planners: {
    "add-task": addTask,
    "remove-task": (draft, edit) => withFallbacks(draft, edit, removeTask),
    "rename-task": renameTask,
    "change-identifier": changeIdentifier,
    "move-task": moveTask,
    "duplicate-task": duplicateTask,
    "retarget-task": retargetTask,
    "make-separate": makeSeparate,
    connect: planConnect,
    disconnect,
    "set-argument": setArgument,
    "clear-argument": clearArgument,
    "bind-parameter": bindParameter,
    "add-dependency": addDependency,
    "remove-dependency": removeDependency,
    "add-port": addPort,
    "remove-port": removePort,
    "rename-port": planRenamePort,
    "add-template": addTemplate,
    "remove-template": removeTemplate,
    "rename-template": renameTemplate,
    "move-template": moveTemplate,
    "change-template-kind": changeTemplateKind,
    "set-setting": setSetting,
    "unset-setting": unsetSetting,
    "move-setting": moveSetting,
    "add-parameter": addParameter,
    "remove-parameter": (draft, edit) => withFallbacks(draft, edit, removeParameter),
    "rename-parameter": renameParameter,
    "set-parameter": setParameter,
    "rename-workflow": renameWorkflow,
    "set-when": setWhen,
    "clear-when": clearWhen,
    "set-loop": setLoop,
    "clear-loop": clearLoop,
    "set-note": setNote,
    "set-layout": setLayout,
    "add-component": addComponent,
    "update-component": updateComponent,
    "add-volume": addVolume,
    "add-snapshot": addSnapshot,
    "add-resource": addResource,
    "mount-volume": (draft, edit) => planMade(draft, mountEdits(draft, edit)),
    "unmount-volume": (draft, edit) => planMade(draft, unmountEdits(draft, edit)),
    "group-tasks": planGroup,
    "change-control": changeControl,
    ungroup,
    "add-item-key": addItemKey,
  },
  pruneUnusedPorts,
  mayChangeIds,
  lookAhead,
};

/** Whether an operation can change ids: it removes, adds or moves something, or sets a name. */
function mayChangeIds(operation: Operation): boolean {
  if (operation.op !== "set") return operation.op !== "insert" || typeof operation.value === "object";
  return operation.path.at(-1) === "name" || operation.path.length < 6;
}

/**
 * Looks for the references in an object, which the first edit asks for; one call or template at each step. What was found is remembered
 * with the data.
 */
function* lookAhead(object: Data): Generator<void> {
  const spec = field(object, "spec");
  for (const template of listField(field(spec, "workflowSpec") ?? spec, "templates")) {
    for (const task of listField(field(template, "dag"), "tasks")) {
      referencesInData(task);
      templatesNamedIn(task);
      yield;
    }
    referencesInData(template);
    yield;
  }
  const templates = field(field(spec, "workflowSpec") ?? spec, "templates");
  if (isList(templates)) yield* lookAheadForReads(templates);
}

/** Removes what others read: their fallbacks are cleared first, by separate edits. */
function withFallbacks<Kind extends "remove-task" | "remove-parameter">(
  draft: Draft,
  edit: Of<Kind>,
  remove: (draft: Draft, edit: Of<Kind>) => Refused | undefined,
): Refused | undefined {
  const fallbacks = fallbackEdits(draft, edit);
  return fallbacks.length > 0 ? planAll(draft, [...fallbacks, edit], "edit-argument-default") : remove(draft, edit);
}

function planConnect(draft: Draft, edit: Of<"connect">): Refused | undefined {
  const crossing = crossingEdits(draft, edit) ?? routeEdits(draft, edit);
  return crossing === undefined ? connect(draft, edit) : planMade(draft, crossing);
}

function planGroup(draft: Draft, edit: Of<"group-tasks">): Refused | undefined {
  const brought = operandEdits(draft, edit);
  return brought ? planAll(draft, brought) : groupTasks(draft, edit);
}

/** In a KFP file the entrypoint's inputs are the pipeline's parameters. */
function planRenamePort(draft: Draft, edit: Of<"rename-port">): Refused | undefined {
  const found = findTemplate(draft, edit.template);
  if (isRefused(found) || edit.direction !== "input" || edit.port !== "parameter") return renamePort(draft, edit);
  const { workflow, template } = found;
  const isParameter =
    flavorOf(workflow).passesParametersAsInputs &&
    workflow.entrypoint === template.name &&
    workflow.parameters.some((one) => one.name === edit.name);
  if (!isParameter) return renamePort(draft, edit);
  return renameParameter(draft, { kind: "rename-parameter", name: edit.name, to: edit.to, workflow: workflow.path[0] as number });
}

function planMade(draft: Draft, edits: readonly Edit[] | Refused): Refused | undefined {
  return "refusal" in edits ? edits : planAll(draft, edits);
}

/** One edit that is made up of others: their operations and notes, or the refusal of one. `cleared`: the note for each cleared argument. */
function planAll(draft: Draft, edits: readonly Edit[], cleared?: "edit-argument-default"): Refused | undefined {
  const plan = draft.plan(edits);
  if (!plan.ok) return { refusal: plan.refusal };
  draft.take(plan.operations);
  for (const edit of edits) {
    if (cleared !== undefined && edit.kind === "clear-argument")
      draft.note(note(cleared, { task: edit.task.slice(edit.task.indexOf("/") + 1), input: edit.input }));
  }
  plan.notices.forEach((found) => draft.note(found));
  return undefined;
}
