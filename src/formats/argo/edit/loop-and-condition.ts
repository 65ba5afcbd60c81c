import type { Data } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { referencesInData, referencesInText } from "../syntax/references.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { orderRefusal, waitFor } from "./order.ts";
import { reportItems } from "./drop-readers.ts";
import { findTask, type FoundTask, isRefused, refuse } from "#document/edit-targets.ts";

// Conditions and loops of one call: its `when`, `withItems`, `withParam` and `withSequence`.

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;
const loopKeys = ["withItems", "withParam", "withSequence"] as const;

/** Sets the condition of a call. What it reads from siblings is waited for, as with a wire. */
export function setWhen(draft: Draft, edit: Of<"set-when">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  if (edit.when.trim() === "") return refuse("edit-when-empty", { task: found.task.name }, found.task.path);
  const read = readSiblings(found, edit.when);
  if (isRefused(read)) return read;
  draft.set([...found.task.path, "when"], edit.when);
  for (const name of read) waitFor(draft, found, name);
  return undefined;
}

/** Takes the condition of a call away. */
export function clearWhen(draft: Draft, edit: Of<"clear-when">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  if (found.task.when !== undefined) draft.remove([...found.task.path, "when"]);
  return undefined;
}

/** Lets a call run once for each item. A loop of another kind is replaced at its place. */
export function setLoop(draft: Draft, edit: Of<"set-loop">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { task } = found;
  const [key, value] = Object.entries(edit.loop)[0] as [string, Data];
  const read = readSiblings(found, value);
  if (isRefused(read)) return read;
  const old = loopKeys.filter((one) => draft.at([...task.path, one]) !== undefined);
  draft.set([...task.path, key], value, old[0]);
  for (const one of old) if (one !== key) draft.remove([...task.path, one]);
  for (const name of read) waitFor(draft, found, name);
  return undefined;
}

/** Removes a call's loop. Arguments that still read the loop's item are reported. */
export function clearLoop(draft: Draft, edit: Of<"clear-loop">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { task } = found;
  for (const key of loopKeys) if (draft.at([...task.path, key]) !== undefined) draft.remove([...task.path, key]);
  reportItems(draft, task.path, task.name);
  return undefined;
}

/** The siblings whose outputs a text or value reads; a refusal if one of them cannot come before this call. */
function readSiblings(found: FoundTask, value: Data): readonly string[] | Refused {
  const references = typeof value === "string" ? referencesInText(value) : referencesInData(value).map((one) => one.reference);
  const names: string[] = [];
  for (const reference of references.flatMap((one) => (one.kind === "expression" ? one.references : [one]))) {
    if (reference.kind !== "task-output" || names.includes(reference.task)) continue;
    const sibling = found.graph.tasks.find((task) => task.name === reference.task);
    if (!sibling) return refuse("edit-sibling-unknown", { name: reference.task, task: found.task.name }, found.task.path);
    const bad = orderRefusal(found.graph, sibling, found.task);
    if (bad) return bad;
    names.push(reference.task);
  }
  return names;
}
