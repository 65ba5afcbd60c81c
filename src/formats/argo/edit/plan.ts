import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { Data } from "#data/data.ts";
import type { Edit, Renames } from "#pipeline/edit.ts";
import type { Model } from "#pipeline/model.ts";
import type { Operation } from "#data/operations.ts";
import { readModel } from "../read/read.ts";
import { mountEdits, unmountEdits } from "./authoring/mounts.ts";
import { groupTasks } from "./authoring/group.ts";
import { operandEdits } from "./authoring/operand-route.ts";
import { planAuthoring } from "./authoring/plan.ts";
import { settle } from "./authoring/settle.ts";
import { routeEdits } from "./authoring/routes.ts";
import { bindParameter, clearArgument, setArgument } from "./arguments.ts";
import { clearLoop, clearWhen, setLoop, setWhen } from "./control.ts";
import { crossingEdits } from "./crossing.ts";
import { type Draft, type Refused, startDraft } from "./draft.ts";
import { fallbackEdits } from "./fallback.ts";
import { labelOf } from "./label.ts";
import { setLayout, setNote } from "./notes.ts";
import { addDependency, removeDependency } from "./order.ts";
import { addParameter, removeParameter, renameParameter, renameWorkflow, setParameter } from "./parameters.ts";
import { addPort, removePort, renamePort } from "./ports.ts";
import { renamesOf } from "./renames.ts";
import { changeIdentifier, makeSeparate, renameTask } from "./rename-task.ts";
import { moveSetting, setSetting, unsetSetting } from "./settings.ts";
import { findTemplate, isRefused, note } from "./scope.ts";
import { badShape } from "./shape.ts";
import { addTask, duplicateTask, moveTask, retargetTask } from "./tasks.ts";
import { removeTask } from "./remove-task.ts";
import { addTemplate, changeTemplateKind, moveTemplate, removeTemplate, renameTemplate } from "./templates.ts";
import { connect, disconnect } from "./wires.ts";

/** What an edit does: the operations on the data, its name for the undo menu, how ids follow, what else happened. Or why not. */
export type Plan =
  | {
      readonly ok: true;
      readonly operations: readonly Operation[];
      /** The data after the operations; its model is read already where ids could have changed. */
      readonly stream: readonly Data[];
      readonly label: { readonly code: string; readonly values: Diagnostic["values"] };
      readonly renames: Renames;
      readonly notes: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly refusal: Diagnostic };

/**
 * Plans one edit of a document. Pure: `model` must be the model of `stream`, whose documents the operations' paths begin with.
 * An edit that is done already gives a plan without operations. Never throws for what a user can ask for.
 */
export function planEdit(model: Model, stream: readonly Data[], edit: Edit): Plan {
  const draft = startDraft(model, stream);
  const refused = badShape(edit) ?? otherFormat(model) ?? planInto(draft, edit);
  if (refused) return { ok: false, refusal: refused.refusal };
  settle(draft, edit);
  return {
    ok: true,
    operations: draft.operations,
    stream: draft.stream(),
    label: labelOf(draft, edit),
    renames: renamesOf(model, draft.stream(), draft.operations),
    notes: draft.notes,
  };
}

/** Why an edit cannot be done, or undefined if it can; menus ask before they offer. */
export function refusal(model: Model, stream: readonly Data[], edit: Edit): Diagnostic | undefined {
  return (badShape(edit) ?? otherFormat(model) ?? planInto(startDraft(model, stream), edit))?.refusal;
}

/** Pipeline specs are shown, and not yet edited: their data is not Argo's. */
function otherFormat(model: Model): Refused | undefined {
  const object = model.objects.find((one) => one.kind === "workflow" && one.dialect === "kfp-v2");
  return object && { refusal: { code: "edit-not-in-format", level: "error", values: {}, place: object.place } };
}

/** Several edits as one step, each planned on what the ones before it left; all or none. */
export function planEdits(model: Model, stream: readonly Data[], edits: readonly Edit[]): PlanOfMany {
  const operations: Operation[] = [];
  const labels: { code: string; values: Diagnostic["values"] }[] = [];
  const renames: Renames[] = [];
  const notes: Diagnostic[] = [];
  let [data, current] = [stream, model];
  for (const [index, edit] of edits.entries()) {
    const plan = planEdit(current, data, edit);
    if (!plan.ok) return { ok: false, refusal: plan.refusal, index };
    operations.push(...plan.operations);
    labels.push(plan.label);
    renames.push(plan.renames);
    notes.push(...plan.notes);
    if (plan.operations.length === 0) continue;
    data = plan.stream;
    current = readModel(data).model;
  }
  return { ok: true, operations, labels, renames, notes, stream: data, model: current };
}

/** The outcome of `planEdits`; `index` says which edit was refused, `renames` stand in the order of the edits. */
export type PlanOfMany =
  | {
      readonly ok: true;
      readonly operations: readonly Operation[];
      readonly labels: readonly { readonly code: string; readonly values: Diagnostic["values"] }[];
      readonly renames: readonly Renames[];
      readonly notes: readonly Diagnostic[];
      readonly stream: readonly Data[];
      readonly model: Model;
    }
  | { readonly ok: false; readonly refusal: Diagnostic; readonly index: number };

/** The kinds of edit, each to its planner. */
function planInto(draft: Draft, edit: Edit): Refused | undefined {
  switch (edit.kind) {
    case "add-task":
      return addTask(draft, edit);
    case "remove-task": {
      const fallbacks = fallbackEdits(draft, edit);
      return fallbacks.length > 0 ? planAll(draft, [...fallbacks, edit], "edit-argument-default") : removeTask(draft, edit);
    }
    case "rename-task":
      return renameTask(draft, edit);
    case "change-identifier":
      return changeIdentifier(draft, edit);
    case "move-task":
      return moveTask(draft, edit);
    case "duplicate-task":
      return duplicateTask(draft, edit);
    case "retarget-task":
      return retargetTask(draft, edit);
    case "make-separate":
      return makeSeparate(draft, edit);
    case "connect": {
      const crossing = crossingEdits(draft, edit) ?? routeEdits(draft, edit);
      if (crossing === undefined) return connect(draft, edit);
      return "refusal" in crossing ? crossing : planAll(draft, crossing);
    }
    case "disconnect":
      return disconnect(draft, edit);
    case "set-argument":
      return setArgument(draft, edit);
    case "clear-argument":
      return clearArgument(draft, edit);
    case "bind-parameter":
      return bindParameter(draft, edit);
    case "add-dependency":
      return addDependency(draft, edit);
    case "remove-dependency":
      return removeDependency(draft, edit);
    case "add-port":
      return addPort(draft, edit);
    case "remove-port":
      return removePort(draft, edit);
    case "rename-port":
      return renamesParameter(draft, edit)
        ? renameParameter(draft, { kind: "rename-parameter", name: edit.name, to: edit.to, ...workflowIndex(draft, edit.template) })
        : renamePort(draft, edit);
    case "add-template":
      return addTemplate(draft, edit);
    case "remove-template":
      return removeTemplate(draft, edit);
    case "rename-template":
      return renameTemplate(draft, edit);
    case "move-template":
      return moveTemplate(draft, edit);
    case "change-template-kind":
      return changeTemplateKind(draft, edit);
    case "set-setting":
      return setSetting(draft, edit);
    case "unset-setting":
      return unsetSetting(draft, edit);
    case "move-setting":
      return moveSetting(draft, edit);
    case "add-parameter":
      return addParameter(draft, edit);
    case "remove-parameter": {
      const fallbacks = fallbackEdits(draft, edit);
      return fallbacks.length > 0 ? planAll(draft, [...fallbacks, edit], "edit-argument-default") : removeParameter(draft, edit);
    }
    case "rename-parameter":
      return renameParameter(draft, edit);
    case "set-parameter":
      return setParameter(draft, edit);
    case "rename-workflow":
      return renameWorkflow(draft, edit);
    case "set-when":
      return setWhen(draft, edit);
    case "clear-when":
      return clearWhen(draft, edit);
    case "set-loop":
      return setLoop(draft, edit);
    case "clear-loop":
      return clearLoop(draft, edit);
    case "set-note":
      return setNote(draft, edit);
    case "set-layout":
      return setLayout(draft, edit);
    case "mount-volume":
      return planMade(draft, mountEdits(draft, edit));
    case "unmount-volume":
      return planMade(draft, unmountEdits(draft, edit));
    case "group-tasks": {
      const brought = operandEdits(draft, edit);
      return brought ? planAll(draft, brought) : groupTasks(draft, edit);
    }
    default:
      return planAuthoring(draft, edit);
  }
}

function workflowIndex(draft: Draft, template: string): { readonly workflow?: number } {
  const found = findTemplate(draft, template);
  return isRefused(found) ? {} : { workflow: found.workflow.place[0] as number };
}

/** In a KFP file the entrypoint's inputs are the pipeline's parameters, one and the same thing. */
function renamesParameter(draft: Draft, edit: Extract<Edit, { kind: "rename-port" }>): boolean {
  const found = findTemplate(draft, edit.template);
  if (isRefused(found) || edit.direction !== "input" || edit.port !== "parameter") return false;
  const { workflow, template } = found;
  return workflow.dialect === "kfp" && workflow.entrypoint === template.name && workflow.parameters.some((one) => one.name === edit.name);
}

function planMade(draft: Draft, edits: readonly Edit[] | Refused): Refused | undefined {
  return "refusal" in edits ? edits : planAll(draft, edits);
}

/** One edit that is made up of others: their operations and notes, or the refusal of one of them. `told`: the note for cleared arguments. */
function planAll(draft: Draft, edits: readonly Edit[], told?: string): Refused | undefined {
  const plan = planEdits(draft.model, draft.stream(), edits);
  if (!plan.ok) return { refusal: plan.refusal };
  draft.take(plan.operations);
  for (const edit of edits) {
    if (told !== undefined && edit.kind === "clear-argument")
      draft.note(note(told, { task: edit.task.slice(edit.task.indexOf("/") + 1), input: edit.input }));
  }
  plan.notes.forEach((found) => draft.note(found));
  return undefined;
}
