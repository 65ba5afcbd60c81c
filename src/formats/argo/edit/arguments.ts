import type { DataMap, Path } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { serializeConstant } from "#components/type-names.ts";
import { bindInput } from "./bind-input.ts";
import { type Draft, type Refused, removePruned } from "#document/edit-draft.ts";
import { defaultSource, feedStep, stepInput, stepOf } from "../kfp/edit/step.ts";
import { findInput, releaseReads } from "./inputs.ts";
import { locationData } from "./ports.ts";
import { indexByName } from "./paths-and-names.ts";
import { findTask, type FoundTask, isRefused, refuse } from "#document/edit-targets.ts";
import { writeArgument } from "./write-argument.ts";
import { flavorOf } from "../flavor/flavor-of.ts";

// What a call is given besides wires: constants, nothing, and pipeline parameters.

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Gives an input a constant. In a KFP step that is text in its command line. */
export function setArgument(draft: Draft, edit: Of<"set-argument">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { task } = found;
  const step = stepOf(draft, found);
  const input = step && stepInput(draft, step, edit.input);
  const before = draft.at(task.path);
  if (step && input) {
    const text = serializeConstant(input.type, edit.value);
    if (!text.ok)
      return refuse("edit-constant-type", { input: input.name, type: String(input.type ?? ""), expected: text.expected }, task.path);
    feedStep(draft, step, input, { kind: "constant", text: text.text });
  } else {
    const target = findInput(found, edit.input, edit.portKind);
    if (isRefused(target)) return target;
    const flavor = flavorOf(found.workflow);
    const item: DataMap =
      target.kind === "parameter"
        ? { name: target.name, value: flavor.valueData(edit.value) }
        : { name: target.name, ...locationData(edit.value) };
    writeArgument(draft, task.path, target.kind, item, flavor);
  }
  releaseReads(draft, found, before);
  return undefined;
}

/** Takes away what an input is given; a KFP step falls back to its component's default. */
export function clearArgument(draft: Draft, edit: Of<"clear-argument">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { task } = found;
  const before = draft.at(task.path);
  const step = stepOf(draft, found);
  const input = step && stepInput(draft, step, edit.input);
  if (step && input) {
    const fallback = defaultSource(input);
    // A required input stays open: its place in the command line waits for the next wire.
    if (fallback.kind === "constant" || input.optional) feedStep(draft, step, input, fallback);
    else if (!openInput(draft, found, edit.input, input.name))
      return refuse("edit-input-required", { task: task.name, input: input.name }, task.path);
  } else {
    const target = findInput(found, edit.input, edit.portKind);
    if (isRefused(target)) return target;
    const argument = task.arguments.find((one) => one.name === target.name && one.kind === target.kind);
    if (!argument) return undefined;
    removePruned(draft, argument.path, task.path);
  }
  releaseReads(draft, found, before);
  return undefined;
}

/** Leaves a required input of a step without an argument; false for a constant, which the command line cannot do without. */
function openInput(draft: Draft, { task, callee }: FoundTask, port: string, label: string): boolean {
  const names = callee?.inputs.filter((one) => one.name === port || one.label === label) ?? [];
  for (const { name, kind } of names) {
    const list: Path = [...task.path, "arguments", `${kind}s`];
    const index = indexByName(draft.at(list), name);
    if (index >= 0) removePruned(draft, [...list, index], task.path);
  }
  return names.length > 0 && !names.every((one) => one.location !== undefined);
}

/** Feeds an input from a pipeline parameter. */
export function bindParameter(draft: Draft, edit: Of<"bind-parameter">): Refused | undefined {
  const found = findTask(draft, edit.task);
  return isRefused(found) ? found : bindInput(draft, found, edit);
}
