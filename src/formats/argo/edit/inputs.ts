import type { Data } from "#data/data.ts";
import type { PortKind } from "#pipeline/model.ts";
import { referencesInData } from "../syntax/references.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { noLongerWaitFor } from "./order.ts";
import { itemNow } from "./drop-readers.ts";
import { type FoundTask, refuse } from "#document/edit-targets.ts";
import { dropUnreadTwins, producersOf } from "../kfp/edit/output-twins.ts";
import { undeclared } from "./undeclared.ts";
import { flavorOf } from "../flavor/flavor-of.ts";

// The inputs of a call, as arguments name them, and what follows when one of them is fed otherwise.

/** An input as an argument names it: declared, given already, or of a template that is not in this file. */
export function findInput(
  { task, callee }: FoundTask,
  input: string,
  kind: PortKind | undefined,
): { readonly name: string; readonly kind: PortKind } | Refused {
  const fits = (one: { readonly name: string; readonly label?: string; readonly kind: PortKind }) =>
    (one.name === input || one.label === input) && one.kind === (kind ?? one.kind);
  const found = callee?.inputs.find((one) => one.name === input && fits(one)) ?? callee?.inputs.find(fits) ?? task.arguments.find(fits);
  if (found) return found;
  if (!callee) return { name: input, kind: kind ?? "parameter" };
  if (callee.component && Object.hasOwn(callee.component.constants, input)) {
    return refuse("edit-constant-fixed", { task: task.name, input }, callee.path);
  }
  return undeclared(callee, { direction: "input", name: input, port: kind ?? "parameter" }, task.path);
}

/**
 * After an argument of a call changed: in a KFP file the order that the former wire brought goes, and the producer's value output
 * if nothing else reads it. A raw file spelled its dependencies out; they stay (docs/spec/interaction.md#dependency-kept).
 */
export function releaseReads(draft: Draft, { workflow, graph, task }: FoundTask, before: Data | undefined): void {
  if (!flavorOf(workflow).keepsOnlyWhatIsUsed) return;
  const path = itemNow(draft, task.path, task.name) ?? task.path;
  const namesIn = (data: Data | undefined) =>
    new Set(referencesInData(data).flatMap(({ reference }) => (reference.kind === "task-output" ? [reference.task] : [])));
  const now = namesIn(draft.at(path));
  for (const name of namesIn(before)) if (!now.has(name)) noLongerWaitFor(draft, task, name, path);
  dropUnreadTwins(draft, workflow, producersOf(draft, workflow, graph, before));
}
