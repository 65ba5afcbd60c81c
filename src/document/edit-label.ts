import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { textField } from "#data/data.ts";
import type { Edit, SettingTarget, WireEnd } from "#pipeline/edit.ts";
import type { Draft } from "./edit-draft.ts";
import type { EditLabel } from "./edit-plan.ts";
import { findTask, findTemplate, findWorkflow, isRefused } from "./edit-targets.ts";

/** The name of an edit for menu and history: its code `edit.<kind>` and the names that its sentence shows. */
export function labelOf(draft: Draft, edit: Edit): EditLabel {
  return { code: `edit.${edit.kind}`, values: labelValues(draft, edit) };
}

function labelValues(draft: Draft, edit: Edit): Diagnostic["values"] {
  switch (edit.kind) {
    case "add-task":
      return { name: edit.name };
    case "rename-task":
    case "change-identifier":
      return { task: taskName(draft, edit.task), name: edit.name };
    case "retarget-task":
      return { task: taskName(draft, edit.task), template: edit.template };
    case "connect":
      return { from: endName(draft, edit.from), out: edit.from.port, to: endName(draft, edit.to), in: edit.to.port };
    case "disconnect":
      return { to: endName(draft, edit.to), in: edit.to.port };
    case "set-argument":
    case "clear-argument":
      return { task: taskName(draft, edit.task), input: edit.input };
    case "bind-parameter":
      return { task: taskName(draft, edit.task), input: edit.input, parameter: edit.parameter };
    case "add-dependency":
    case "remove-dependency":
      return { task: taskName(draft, edit.task), on: taskName(draft, edit.on) };
    case "add-port":
    case "remove-port":
      return { template: edit.template, name: edit.name };
    case "rename-port":
      return { template: edit.template, name: edit.name, to: edit.to };
    case "add-template":
      return {};
    case "remove-template":
    case "move-template":
    case "change-template-kind":
      return { template: edit.template };
    case "rename-template":
      return { template: edit.template, name: edit.name };
    case "set-setting":
    case "unset-setting":
    case "move-setting":
      return { setting: edit.path.join("."), target: targetName(draft, edit.target) };
    case "add-parameter":
    case "remove-parameter":
    case "set-parameter":
      return { name: edit.name };
    case "rename-parameter":
      return { name: edit.name, to: edit.to };
    case "rename-workflow":
      return { name: edit.name };
    case "set-note":
    case "set-layout":
      return {};
    case "add-component":
      return { name: edit.name ?? textField(edit.spec, "name") ?? "Component" };
    case "add-volume":
    case "add-snapshot":
    case "add-resource":
      return { name: edit.name };
    case "mount-volume":
    case "unmount-volume":
      return { task: taskName(draft, edit.task), path: edit.mountPath };
    case "group-tasks":
      return { n: edit.tasks.length, problem: edit.as.kind };
    case "change-control":
      return { task: taskName(draft, edit.task), problem: edit.as.kind };
    case "add-item-key":
      return { task: taskName(draft, edit.task), key: edit.key };
    default:
      return { task: taskName(draft, edit.task) };
  }
}

function taskName(draft: Draft, task: string): string {
  const found = findTask(draft, task);
  return isRefused(found) ? task : found.task.name;
}

function endName(draft: Draft, end: WireEnd): string {
  return end.task === "" ? (end.graph ?? "") : taskName(draft, end.task);
}

function targetName(draft: Draft, target: SettingTarget): string {
  switch (target.kind) {
    case "template": {
      const found = findTemplate(draft, target.template);
      return isRefused(found) ? "" : found.template.name;
    }
    case "task": {
      const found = findTask(draft, target.task);
      return isRefused(found) || !found.callee ? "" : found.task.name;
    }
    case "call": {
      const found = findTask(draft, target.task);
      return isRefused(found) ? "" : found.task.name;
    }
    case "workflow": {
      const found = findWorkflow(draft, target.workflow);
      return isRefused(found) ? "" : found.title;
    }
  }
}
