import type { AuthoringEdit, GroupKind, GroupOperand } from "#pipeline/authoring-edit.ts";
import type { Edit, WireEnd } from "#pipeline/edit.ts";
import type { Template } from "#pipeline/model.ts";
import type { Draft } from "#document/edit-draft.ts";
import { callsOf, findTask, type FoundTask, isRefused, uniqueName } from "#document/edit-targets.ts";
import { findSource } from "../find-source.ts";

// A condition or loop inside a group that reads an output of a task outside it: the value comes in by an input of each group on the
// way first (docs/spec/kfp-v1.md#group-ports), and the group's control flow then reads that input.

type GroupTasks = Extract<AuthoringEdit, { kind: "group-tasks" }>;

/** The edits that bring the operands in, and the group with inputs in their place; undefined if all of them are in the graph already. */
export function operandEdits(draft: Draft, edit: GroupTasks): readonly Edit[] | undefined {
  const [first = ""] = edit.tasks;
  const inside = findTask(draft, first);
  if (isRefused(inside)) return undefined;
  const brought: Edit[] = [];
  let routed = false;
  const bring = (operand: GroupOperand): GroupOperand => {
    const way = "task" in operand ? wayIn(draft, inside.graph, operand) : undefined;
    if (!way) return operand;
    routed = true;
    brought.push(...way.edits.filter((one) => !brought.some((known) => JSON.stringify(known) === JSON.stringify(one))));
    return { parameter: way.name };
  };
  const as = withOperands(edit.as, bring);
  return routed ? [...brought, { ...edit, as }] : undefined;
}

function withOperands(as: GroupKind, bring: (operand: GroupOperand) => GroupOperand): GroupKind {
  if (as.kind === "condition") return { ...as, left: bring(as.left), right: bring(as.right) };
  return as.kind === "loop" && !("items" in as.over) ? { ...as, over: bring(as.over) } : as;
}

/** How an output of a task in a graph further out reaches a graph; undefined if the task is in the same graph, or in none around it. */
function wayIn(
  draft: Draft,
  graph: Template,
  operand: { readonly task: string; readonly output: string },
): { readonly edits: readonly Edit[]; readonly name: string } | undefined {
  const from = findTask(draft, operand.task);
  if (isRefused(from) || from.graph.id === graph.id) return undefined;
  const groups: FoundTask[] = [];
  for (let here = graph; here.id !== from.graph.id;) {
    const [call, ...others] = callsOf(draft.model, here);
    if (!call || others.length > 0 || groups.some((one) => one.task.id === call.task.id)) return undefined;
    groups.unshift(call);
    here = call.graph;
  }
  const source = findSource(draft, { task: from.task.id, port: operand.output }, from.workflow, from.graph);
  if (source === "pipeline-parameter" || "refusal" in source) return undefined;
  const edits: Edit[] = [];
  let here: WireEnd = { task: from.task.id, port: operand.output };
  let name = source.name;
  for (const group of groups) {
    const template = group.callee as Template;
    name = uniqueName(
      source.name,
      (one) => template.inputs.some((input) => input.kind === "parameter" && input.name === one) && !brings(group, one, from, source.name),
    );
    if (!template.inputs.some((input) => input.kind === "parameter" && input.name === name)) {
      edits.push({ kind: "add-port", template: template.id, direction: "input", port: "parameter", name });
      edits.push({ kind: "connect", from: here, to: { task: group.task.id, port: name, portKind: "parameter" }, as: "value" });
    }
    here = { task: "", graph: template.id, port: name, portKind: "parameter" };
  }
  return { edits, name };
}

/** Whether an input of a group brings this output already: at the outermost group straight, further in under its name. */
function brings(group: FoundTask, input: string, from: FoundTask, output: string): boolean {
  const binding = group.task.arguments.find((one) => one.kind === "parameter" && one.name === input)?.binding;
  if (binding?.kind !== "reference") return false;
  const { reference } = binding;
  if (reference.kind === "task-output")
    return group.graph.id === from.graph.id && reference.task === from.task.name && reference.output === output;
  return reference.kind === "graph-input" && group.graph.id !== from.graph.id && reference.name === input && input === output;
}
