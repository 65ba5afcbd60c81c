import { type Data, isMap, type Path } from "#data/data.ts";
import { type Draft, type Refused, removePruned } from "#document/edit-draft.ts";
import { findTask, type FoundTask, isRefused, nearestValue, refuse } from "#document/edit-targets.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { InputPort, PortKind } from "#pipeline/model.ts";
import { constantBinding } from "../syntax/bindings.ts";
import { conditionReads } from "../syntax/renaming.ts";
import { typedValue } from "../syntax/values.ts";
import { fieldAt, fieldPath, put } from "./field-operations.ts";
import { argumentPath } from "./pipeline-spec.ts";

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Gives an input a constant of its type. */
export function setArgument(draft: Draft, edit: Of<"set-argument">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const input = findInput(found, edit.input, edit.portKind);
  if (isRefused(input)) return input;
  const { task } = found;
  if (input.kind === "artifact") return refuse("edit-artifact-constant", { input: input.name, task: task.name }, task.path);
  const typed = typedValue(edit.value, input.type);
  if (!typed.ok) return refuse("edit-constant-type", { input: input.name, type: input.type ?? "", expected: typed.expected }, task.path);
  return writeConstant(draft, found, input.name, typed.value);
}

function writeConstant(draft: Draft, { task }: FoundTask, input: string, value: Data): Refused | undefined {
  const path = argumentPath(draft, task.path, "parameter", input);
  const constant = fieldPath(draft, path, "runtimeValue", "constant");
  const isConstant = isMap(draft.at(path)) && isMap(draft.at(constant.slice(0, -1))) && draft.at(constant) !== undefined;
  const done = isConstant ? put(draft, constant, value) : put(draft, path, constantBinding(value));
  return done ? undefined : refuse("edit-path-misfit", { path: path.join(".") }, task.path);
}

/** Takes away what an input is given; it falls back to its default, stays open, or is absent if it is optional. */
export function clearArgument(draft: Draft, edit: Of<"clear-argument">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const given = found.task.arguments.find(
    (one) => (one.name === edit.input || labelOf(found, one) === edit.input) && one.kind === (edit.portKind ?? one.kind),
  );
  if (given) {
    const use = controlUse(draft, found.task.path, given);
    if (use) return refuse(`edit-read-by-${use}`, { task: found.task.displayName ?? found.task.name, input: given.name }, given.path);
    removePruned(draft, given.path, found.task.path);
    return undefined;
  }
  const input = findInput(found, edit.input, edit.portKind);
  return isRefused(input) ? input : undefined;
}

/** What of the task's own control flow reads one of its inputs: it cannot go before that. */
export function controlUse(
  draft: Draft,
  task: Path,
  { name, kind }: { readonly name: string; readonly kind: PortKind },
): "condition" | "loop" | undefined {
  const condition = fieldAt(draft, task, "triggerPolicy", "condition");
  if (typeof condition === "string" && conditionReads(condition, kind, name)) return "condition";
  const list = fieldAt(draft, task, `${kind}Iterator`, "items", kind === "parameter" ? "inputParameter" : "inputArtifact");
  return list === name ? "loop" : undefined;
}

function labelOf({ callee }: FoundTask, { name, kind }: { readonly name: string; readonly kind: PortKind }): string | undefined {
  return callee?.inputs.find((one) => one.name === name && one.kind === kind)?.label;
}

/** An input of what a task runs, or an undeclared one that the task gives; by name, else by label. */
export function findInput(
  { task, callee }: FoundTask,
  name: string,
  kind?: PortKind,
): Pick<InputPort, "name" | "kind" | "type" | "label" | "isList"> | Refused {
  const declared = callee?.inputs.filter((one) => one.kind === (kind ?? one.kind)) ?? [];
  const found = declared.find((one) => one.name === name) ?? declared.find((one) => one.label === name);
  if (found) return found;
  const given = task.arguments.find((one) => one.name === name && one.kind === (kind ?? one.kind));
  if (given) return { name, kind: given.kind, label: name };
  if (!callee) return refuse("edit-template-elsewhere", { task: task.name }, task.path);
  return refuse(
    "port-undeclared",
    {
      template: callee.name,
      name,
      direction: "input",
      ...nearestValue(
        name,
        declared.map((one) => one.name),
      ),
    },
    task.path,
  );
}
