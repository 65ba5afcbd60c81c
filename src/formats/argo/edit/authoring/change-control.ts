import type { AuthoringEdit } from "#pipeline/authoring-edit.ts";
import type { Operand } from "#pipeline/binding.ts";
import { isList, valueAt } from "#data/data.ts";
import type { Task } from "#pipeline/model.ts";
import { setLoop, setWhen } from "../loop-and-condition.ts";
import { diffOperations } from "#data/difference.ts";
import { type Draft, type Refused } from "#document/edit-draft.ts";
import { noLongerWaitFor, readsFrom } from "../order.ts";
import { findTask, type FoundTask, isRefused, refuse } from "#document/edit-targets.ts";
import { type Control, controlOf } from "./control-groups.ts";
import { flavorOf } from "../../flavor/flavor-of.ts";

type ChangeControl = Extract<AuthoringEdit, { kind: "change-control" }>;

/**
 * Changes what an existing condition compares, or what an existing loop runs over and how many at once. Only the call's `when` or loop and
 * the callee's `parallelism` change; items that stay keep their lines. Declines if the call is neither.
 */
export function changeControl(draft: Draft, edit: ChangeControl): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { task, workflow, graph } = found;
  const { as } = edit;
  if (as.kind === "condition" ? task.when === undefined : task.loop === undefined)
    return refuse(as.kind === "condition" ? "authoring-not-a-condition" : "authoring-not-a-loop", { task: task.name }, task.path);
  // The call itself is what the operands must not read.
  const control = controlOf(draft, { workflow, graph, tasks: [task], chosen: new Set([task.name]) }, as);
  if ("refusal" in control) return control;
  const refused =
    as.kind === "condition"
      ? setWhen(draft, { kind: "set-when", task: task.id, when: quotedAsBefore(String(control.call.when), task) })
      : changeLoop(draft, found, control);
  if (refused || !flavorOf(workflow).keepsOnlyWhatIsUsed) return refused;
  // In a KFP file dependencies come from data alone: that on the former source is removed with it.
  for (const { task: name } of task.order.after)
    if (readsFrom({ at: (path) => valueAt(draft.before, path) }, task.path, name) && !readsFrom(draft, task.path, name))
      noLongerWaitFor(draft, task, name);
  return undefined;
}

function changeLoop(draft: Draft, { task, callee }: FoundTask, control: Control): Refused | undefined {
  const { withItems, withParam } = control.call;
  const path = [...task.path, "withItems"];
  const old = draft.at(path);
  if (isList(withItems) && isList(old)) draft.take(diffOperations(old, withItems, path));
  else {
    const loop = isList(withItems) ? { withItems } : { withParam: String(withParam) };
    const refused = setLoop(draft, { kind: "set-loop", task: task.id, loop });
    if (refused) return refused;
  }
  if (!callee || callee.tasks.length === 0) return undefined;
  const { parallelism } = control.template;
  const limit = [...callee.path, "parallelism"];
  if (parallelism !== undefined) draft.set(limit, parallelism);
  else if (draft.at(limit) !== undefined) draft.remove(limit);
  return undefined;
}

/** The new formula with the quotation marks of the old one, where both compare in the same way and the text needs none. */
function quotedAsBefore(when: string, task: Task): string {
  const tree = task.when?.tree;
  const parts = /^"(.*)" (==|!=) "(.*)"$/s.exec(when);
  if (!parts || tree?.kind !== "compare" || (tree.operator !== "==" && tree.operator !== "!=")) return when;
  const message = (text: string, operand: Operand) => (operand.quoted || !/^(\{\{[^{}]+\}\}|[\w.-]+)$/.test(text) ? `"${text}"` : text);
  return `${message(parts[1] ?? "", tree.left)} ${parts[2]} ${message(parts[3] ?? "", tree.right)}`;
}
