import { referenceText } from "#compiler/readers.ts";
import type { GroupKind, GroupOperand } from "#pipeline/authoring-edit.ts";
import type { Binding, Operand, Reference } from "#pipeline/binding.ts";
import { type Data, isList, isMap, sameData } from "#data/data.ts";
import type { GraphNode } from "#pipeline/graph.ts";
import type { Loop, Task, Workflow } from "#pipeline/model.ts";

// What the forms for conditions and loops show for an existing one, and how their text is interpreted.

/** An operator that the form of a condition offers. */
export type Operator = Extract<GroupKind, { kind: "condition" }>["operator"];
export const operators: readonly Operator[] = ["==", "!=", "<", "<=", ">", ">="];

/** A side of a comparison: its reference, with its text in the file if the format has one for it, or plain text. */
export type Side = { readonly refers: GroupOperand; readonly text?: string } | { readonly text: string };

/** A condition for the form; undefined if it can only be shown as an expression. */
export interface ComparisonForm {
  readonly left: Side;
  readonly operator: Operator;
  readonly right: Side;
}

/** Where a condition or loop is: its pipeline, and the tasks of its graph. */
export interface Around {
  readonly workflow: Workflow | undefined;
  readonly nodes: readonly GraphNode[];
}

/** Converts a task's condition for the form. */
export function comparisonOf(task: Task, around: Around): ComparisonForm | undefined {
  const tree = task.when?.tree;
  const operator = operators.find((one) => tree?.kind === "compare" && one === tree.operator);
  if (tree?.kind !== "compare" || operator === undefined) return undefined;
  const [left, right] = [sideOf(tree.left, around), sideOf(tree.right, around)];
  return left && right && "refers" in left ? { left, operator, right } : undefined;
}

function sideOf(operand: Operand, around: Around): Side | undefined {
  if ("text" in operand) return operand.text.includes("{{") ? undefined : { text: operand.text };
  return referring(operand.reference, around);
}

function referring(reference: Reference, { workflow, nodes }: Around): Side | undefined {
  const written = referenceText(reference, workflow?.format);
  const text = written === undefined ? {} : { text: written };
  if (reference.kind === "graph-input" || reference.kind === "pipeline-parameter")
    return { refers: { parameter: reference.name }, ...text };
  if (reference.kind !== "task-output") return undefined;
  const node = nodes.find(({ name }) => name === reference.task);
  return node && { refers: { task: node.id, output: reference.output }, ...text };
}

/** The items of a loop for the form: items as text, a source, or a text that the form cannot decompose. */
export type LoopForm =
  | { readonly kind: "items"; readonly text: string }
  | { readonly kind: "source"; readonly side: Side }
  | { readonly kind: "formula"; readonly text: string }
  | { readonly kind: "sequence"; readonly text: string };

/** Converts a task's loop for the form. */
export function loopFormOf(loop: Loop, around: Around): LoopForm {
  switch (loop.kind) {
    case "items":
      return { kind: "items", text: textOfItems(loop.items) };
    case "sequence":
      return { kind: "sequence", text: JSON.stringify(loop.raw, null, 1) };
    case "param": {
      const side = loop.source.kind === "reference" ? referring(loop.source.reference, around) : undefined;
      return side ? { kind: "source", side } : { kind: "formula", text: textOf(loop.source, around) };
    }
  }
}

function textOf(binding: Binding, { workflow }: Around): string {
  const write = (reference: Reference) => referenceText(reference, workflow?.format) ?? nameOf(reference);
  switch (binding.kind) {
    case "constant":
      return typeof binding.value === "string" ? binding.value : JSON.stringify(binding.value ?? "");
    case "reference":
      return write(binding.reference);
    case "text":
      return binding.parts.map((part) => (typeof part === "string" ? part : write(part))).join("");
    case "expression":
      return binding.source;
    case "location":
      return JSON.stringify(binding.value);
    case "one-of":
      return binding.references.map(write).join(", ");
  }
}

/** A reference by names, where the format has no text for it. */
function nameOf(reference: Reference): string {
  switch (reference.kind) {
    case "task-output":
      return `${reference.task}.${reference.output}`;
    case "item":
      return reference.key ?? "item";
    case "expression":
      return reference.source;
    default:
      return reference.name;
  }
}

/** Parses typed items: a JSON list, or one per line; a line that is a number or JSON has that value, any other is text. */
export function itemsOf(text: string): readonly Data[] {
  const whole = parsed(text.trim());
  if (isList(whole)) return whole;
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => (/^[[{]/.test(line) || String(Number(line)) === line ? (parsed(line) ?? line) : line));
}

/** Items as text that `itemsOf` parses to the same items: one per line where possible, else a JSON list. */
export function textOfItems(items: readonly Data[]): string {
  const lines = items.map((item) => (isMap(item) || isList(item) ? JSON.stringify(item) : String(item))).join("\n");
  return sameData(itemsOf(lines), items) ? lines : `[\n${items.map((item) => `  ${JSON.stringify(item)}`).join(",\n")}\n]`;
}

function parsed(text: string): Data | undefined {
  try {
    return JSON.parse(text) as Data;
  } catch {
    return undefined;
  }
}
