import type { DataMap } from "#data/data.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { findTask, type FoundTask, isRefused, refuse } from "#document/edit-targets.ts";
import type { Edit } from "#pipeline/edit.ts";
import { inputsIn, parseCel } from "../syntax/cel.ts";
import { renameInCondition } from "../syntax/renaming.ts";
import { drop, fieldAt, fieldPath, put } from "./field-operations.ts";
import { isOwn } from "./free-names.ts";
import { conditionControl, type ControlInput, loopControl } from "./group-control.ts";
import { bindingOf, passIn } from "./group-ports.ts";
import { argumentPath, messagePath, portPath, type Spec, specOf } from "./pipeline-spec.ts";

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Changes what an existing condition compares, or what an existing loop runs over and how many at once. */
export function changeControl(draft: Draft, edit: Of<"change-control">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const spec = specOf(draft, found.workflow);
  return edit.as.kind === "condition" ? changeCondition(spec, found, edit.as) : changeLoop(spec, found, edit.as);
}

function changeCondition(
  spec: Spec,
  found: FoundTask,
  as: Extract<Of<"change-control">["as"], { kind: "condition" }>,
): Refused | undefined {
  const { draft } = spec;
  const { task, graph, workflow } = found;
  const path = fieldPath(draft, task.path, "triggerPolicy", "condition");
  const old = draft.at(path);
  if (typeof old !== "string") return refuse("authoring-not-a-condition", { task: task.name }, task.path);
  const control = conditionControl({ spec, workflow, graph, chosen: new Set([task.name]) }, as);
  if ("refusal" in control) return control;
  const wanted = String((control.fields.triggerPolicy as DataMap).condition);
  const text = withInputs(spec, found, wanted, control.inputs);
  if (typeof text !== "string") return text;
  put(draft, path, text);
  // Later branches of a choice repeat the negated conditions of those before.
  for (const other of graph.groupKind === "branches" ? graph.tasks : []) {
    const condition = fieldPath(draft, other.path, "triggerPolicy", "condition");
    const former = draft.at(condition);
    if (other === task || typeof former !== "string" || !former.includes(`!(${old})`)) continue;
    const branch = findTask(draft, other.id);
    if (isRefused(branch)) continue;
    const repeated = withInputs(spec, branch, wanted, control.inputs);
    if (typeof repeated !== "string") return repeated;
    draft.set(
      condition,
      former.replace(`!(${old})`, () => `!(${repeated})`),
    );
  }
  return undefined;
}

/** Gives a task the inputs that a condition reads; returns the condition with the names that they have there. */
function withInputs(spec: Spec, { graph, task, callee }: FoundTask, condition: string, inputs: readonly ControlInput[]): string | Refused {
  let text = condition;
  for (const { name, value } of inputs) {
    if (!value) continue;
    if (callee?.kind !== "dag") {
      put(spec.draft, argumentPath(spec.draft, task.path, "parameter", name), bindingOf(value));
      continue;
    }
    if (!isOwn(spec, callee.name)) return refuse("edit-group-shared", { template: callee.name, n: 2 }, task.path);
    const given = passIn(spec, { graph: graph.name, task: task.name, group: callee.name }, value);
    if (given !== name) text = renameInCondition(text, "parameter", { from: name, to: given });
  }
  return text;
}

function changeLoop(spec: Spec, found: FoundTask, as: Extract<Of<"change-control">["as"], { kind: "loop" }>): Refused | undefined {
  const { draft } = spec;
  const { task, graph, workflow, callee } = found;
  const iterator = fieldPath(draft, task.path, "parameterIterator");
  const item = fieldAt(draft, iterator, "itemInput");
  if (typeof item !== "string" || !callee) return refuse("authoring-not-a-loop", { task: task.name }, task.path);
  if (!isOwn(spec, callee.name)) return refuse("edit-group-shared", { template: callee.name, n: 2 }, task.path);
  const control = loopControl({ spec, workflow, graph, chosen: new Set([task.name]) }, as, 0);
  if ("refusal" in control) return control;
  const items = (control.fields.parameterIterator as DataMap).items as DataMap;
  const list = control.inputs.find((one) => one.value);
  const path = fieldPath(draft, iterator, "items");
  if (list?.value) {
    const name = passIn(spec, { graph: graph.name, task: task.name, group: callee.name }, list.value);
    const known = fieldPath(draft, path, "inputParameter");
    if (draft.at(known) !== undefined) draft.set(known, name);
    else draft.set(path, { inputParameter: name });
  } else if (fieldAt(draft, path, "raw") !== undefined) draft.set(fieldPath(draft, path, "raw"), items.raw as string);
  else draft.set(path, items);
  const type = control.inputs.find((one) => !one.value)?.definition.parameterType;
  const definition = portPath(draft, messagePath(spec, callee.name), { side: "input", kind: "parameter", name: item });
  if (typeof type === "string" && draft.at(definition) !== undefined) put(draft, fieldPath(draft, definition, "parameterType"), type);
  const limit = fieldPath(draft, task.path, "iteratorPolicy", "parallelismLimit");
  if (as.parallelism === undefined) drop(draft, limit, task.path);
  else put(draft, limit, as.parallelism);
  return undefined;
}

/** Sets the text of a condition, in CEL; it reads inputs that the task has. */
export function setWhen(draft: Draft, edit: Of<"set-when">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { task } = found;
  const text = edit.when.trim();
  if (text === "") return refuse("edit-when-empty", {}, task.path);
  const parsed = parseCel(text);
  if (!parsed.ok) return refuse("edit-cel-syntax", { text }, task.path);
  const missing = inputsIn(parsed.tree).find((input) => !task.arguments.some((one) => one.kind === input.port && one.name === input.name));
  if (missing) return refuse("edit-condition-input", { task: task.displayName ?? task.name, name: missing.name }, task.path);
  put(draft, fieldPath(draft, task.path, "triggerPolicy", "condition"), text);
  return undefined;
}

/** Takes the condition away; the task always runs. */
export function clearWhen(draft: Draft, edit: Of<"clear-when">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  drop(draft, fieldPath(draft, found.task.path, "triggerPolicy", "condition"), found.task.path);
  return undefined;
}

/** Sets the items of an existing loop. A task becomes a loop by being put into one. */
export function setLoop(draft: Draft, edit: Of<"set-loop">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { loop } = edit;
  if (!found.task.loop || "withSequence" in loop)
    return refuse("edit-loop-by-group", { task: found.task.displayName ?? found.task.name }, found.task.path);
  const parallelism = fieldAt(draft, found.task.path, "iteratorPolicy", "parallelismLimit");
  const over = "withItems" in loop ? { items: loop.withItems } : { text: loop.withParam };
  const as = { kind: "loop", over, ...(typeof parallelism === "number" && parallelism > 0 ? { parallelism } : {}) } as const;
  return changeControl(draft, { kind: "change-control", task: found.task.id, as });
}
