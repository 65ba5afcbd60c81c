import type { GroupKind, GroupOperand } from "#pipeline/authoring-edit.ts";
import { type DataMap, listField } from "#data/data.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { isRefused, refuse } from "#document/edit-targets.ts";
import { sayOperand } from "./operand.ts";
import type { Selection } from "./selection.ts";
import { flavorOf } from "../../flavor/flavor-of.ts";

/** What makes a group a condition or a loop: fields of its call and of its template. */
export interface Control {
  readonly call: DataMap;
  readonly template: DataMap;
  /** A loop over a list in the file, whose item gets a number of its own. */
  readonly literal: boolean;
  /** Arguments and inputs together with the loop's item. In a KFP file the item becomes an input when something first uses it. */
  readonly withItem: (given: DataMap) => DataMap;
  readonly withItemInput: (inputs: DataMap) => DataMap;
}

const opposite = { "==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<" } as const;
const same = (data: DataMap) => data;
const plain: Control = { call: {}, template: {}, literal: false, withItem: same, withItemInput: same };

/** The control flow of a group, expressed in the graph that will contain it. */
export function controlOf(draft: Draft, selection: Selection, as: GroupKind): Control | Refused {
  switch (as.kind) {
    case "sub-dag":
    case "exit-handler":
      return plain;
    case "condition":
      return condition(draft, selection, as);
    case "loop":
      return loop(draft, selection, as);
  }
}

function condition(draft: Draft, selection: Selection, as: Extract<GroupKind, { kind: "condition" }>): Control | Refused {
  const left = operandOf(draft, selection, as.left, "condition");
  if ("refusal" in left) return left;
  const right = operandOf(draft, selection, as.right, "condition");
  if ("refusal" in right) return right;
  const operator = as.otherwise === true ? opposite[as.operator] : as.operator;
  const equality = operator === "==" || operator === "!=";
  const text = equality ? `"${left.text}" ${operator} "${right.text}"` : `${left.text} ${operator} ${right.text}`;
  return { ...plain, call: { when: text } };
}

function operandOf(
  draft: Draft,
  { workflow, graph, tasks }: Selection,
  operand: GroupOperand,
  use: "condition" | "loop",
): { readonly text: string; readonly name?: string } | Refused {
  const inside = "task" in operand ? tasks.find((task) => task.id === operand.task || task.name === operand.task) : undefined;
  if (inside) return refuse("authoring-operand-inside", { task: inside.name }, inside.path);
  return sayOperand(draft, workflow, graph, operand, use);
}

function loop(draft: Draft, selection: Selection, as: Extract<GroupKind, { kind: "loop" }>): Control | Refused {
  const { workflow, graph } = selection;
  const flavor = flavorOf(workflow);
  if (as.parallelism !== undefined && as.parallelism < 0) return refuse("authoring-parallelism", { n: as.parallelism }, graph.path);
  // Argo 4 refuses a parallelism of 0, which the SDK writes for "all at once".
  const template: DataMap = as.parallelism !== undefined && as.parallelism > 0 ? { parallelism: as.parallelism } : {};
  const item = flavor.declaresItemAtOnce
    ? { withItem: besideItem({ value: "{{item}}" }), withItemInput: besideItem({}) }
    : { withItem: same, withItemInput: same };
  if ("items" in as.over) {
    const items = flavor.loopItems(as.over.items);
    if (items === undefined) return refuse(as.over.items.length === 0 ? "authoring-loop-empty" : "authoring-loop-keys", {}, graph.path);
    return { call: { withItems: items }, template, literal: true, ...item };
  }
  const over = operandOf(draft, selection, as.over, "loop");
  return isRefused(over) ? (over as Refused) : { call: { withParam: (over as { text: string }).text }, template, literal: false, ...item };
}

/** A raw dag declares the item at once, under its plain name. */
function besideItem(fields: DataMap): (lists: DataMap) => DataMap {
  return (lists) => ({ ...lists, parameters: [...listField(lists, "parameters"), { name: "item", ...fields }] });
}
