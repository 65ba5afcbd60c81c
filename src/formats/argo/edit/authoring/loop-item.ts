import type { AuthoringEdit } from "#pipeline/authoring-edit.ts";
import type { Edit, WireEnd } from "#pipeline/edit.ts";
import { itemKeyName, loopItemOf } from "#pipeline/loop-item.ts";
import type { PortKind, Template, Workflow } from "#pipeline/model.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { declarePort } from "../ports.ts";
import { findTask, findTemplate, isRefused, refuse } from "#document/edit-targets.ts";
import { writeArgument } from "../write-argument.ts";
import { flavorOf } from "../../flavor/flavor-of.ts";

// The item of a loop as an input of the loop's graph: `{{item}}` and `{{item.KEY}}` reach its tasks through it (docs/spec/kfp-v1.md#loops).

/** Declares a key of the loop's item as an input of the loop's graph. */
export function addItemKey(draft: Draft, edit: Extract<AuthoringEdit, { kind: "add-item-key" }>): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { workflow, task, callee } = found;
  const item = callee && loopItemOf(draft.model, workflow, callee);
  if (!callee || !item) return refuse("authoring-not-a-loop", { task: task.name }, task.path);
  if (!/^[a-zA-Z_][-0-9a-zA-Z_]*$/.test(edit.key)) return refuse("authoring-item-key", { key: edit.key }, task.path);
  const name = itemKeyName(item.name, edit.key);
  if (callee.inputs.some((input) => input.name === name && input.kind === "parameter")) return undefined;
  const flavor = flavorOf(workflow);
  declarePort(draft, callee, { direction: "input", port: "parameter", name }, { name }, flavor);
  writeArgument(draft, task.path, "parameter", { name, value: `{{item.${edit.key}}}` }, flavor);
  return undefined;
}

/** The edits that make a loop's item an input of its graph, before a wire is drawn from it; undefined if the port is no such item. */
export function itemEdits(draft: Draft, from: WireEnd, kind: PortKind): readonly Edit[] | undefined {
  if (from.task !== "" || from.graph === undefined) return undefined;
  const found = findTemplate(draft, from.graph);
  if (isRefused(found)) return undefined;
  const text = itemText(draft, found.workflow, found.template, from.port);
  if (text === undefined || found.template.inputs.some((input) => input.name === from.port && input.kind === kind)) return undefined;
  const call = loopItemOf(draft.model, found.workflow, found.template)?.call.id as string;
  return [
    { kind: "add-port", template: found.template.id, direction: "input", port: kind, name: from.port },
    { kind: "set-argument", task: call, input: from.port, portKind: kind, value: text },
  ];
}

/** `{{item}}` or `{{item.KEY}}` for the name of an item's port. */
export function itemText(draft: Draft, workflow: Workflow, graph: Template, port: string): string | undefined {
  const item = loopItemOf(draft.model, workflow, graph);
  if (!item) return undefined;
  if (port === item.name) return "{{item}}";
  const prefix = itemKeyName(item.name, "");
  return port.startsWith(prefix) && port.length > prefix.length ? `{{item.${port.slice(prefix.length)}}}` : undefined;
}

/** Declares a loop's item, which something in the loop's graph is about to read as a value; false if the name is no item of it. */
export function declareItem(draft: Draft, workflow: Workflow, graph: Template, name: string): boolean {
  const text = itemText(draft, workflow, graph, name);
  const call = text === undefined ? undefined : loopItemOf(draft.model, workflow, graph)?.call;
  if (text === undefined || !call) return false;
  const flavor = flavorOf(workflow);
  declarePort(draft, graph, { direction: "input", port: "parameter", name }, { name }, flavor);
  writeArgument(draft, call.path, "parameter", { name, value: text }, flavor);
  return true;
}
