import { pythonJson } from "#components/python-text.ts";
import { type Data, type DataMap, isList, isMap } from "#data/data.ts";
import type { Refused } from "#document/edit-draft.ts";
import { refuse } from "#document/edit-targets.ts";
import { calleeOf } from "#pipeline/resolve-call.ts";
import type { GroupKind, GroupOperand } from "#pipeline/authoring-edit.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import { boundaryNameOf, boundaryNameOfInput } from "../syntax/boundary-names.ts";
import { passedDefinition, type Value } from "./group-ports.ts";
import { celOf, operandsOf, type ReadOperand } from "./conditions.ts";
import type { Spec } from "./pipeline-spec.ts";

// What makes a task that runs a group a condition or a loop: fields of the task, and inputs of the group.

/** An input that the control flow needs in the group's component, with what the task gives it; an item is given by the loop. */
export interface ControlInput {
  readonly name: string;
  readonly definition: DataMap;
  readonly value?: Value;
}

/** The fields of the task, and the inputs that they need. */
export interface GroupControl {
  readonly fields: DataMap;
  readonly inputs: readonly ControlInput[];
}

/** The graph around the group, and the keys of the tasks inside. */
export interface Around {
  readonly spec: Spec;
  readonly workflow: Workflow;
  readonly graph: Template;
  readonly chosen: ReadonlySet<string>;
}

/** The control flow of a condition. */
export function conditionControl(around: Around, as: Extract<GroupKind, { kind: "condition" }>): GroupControl | Refused {
  const operands: ReadOperand[] = [];
  const inputs: ControlInput[] = [];
  for (const operand of operandsOf(as)) {
    if ("text" in operand) {
      operands.push(operand);
      continue;
    }
    const value = valueOf(around, operand);
    if ("refusal" in value) return value;
    const name = nameOf(value);
    if (!inputs.some((one) => one.name === name)) inputs.push({ name, definition: value.definition, value });
    operands.push({ input: name, type: String(value.definition.parameterType) });
  }
  const [left, right] = operands as [ReadOperand, ReadOperand];
  const text = celOf(as, left, right);
  return typeof text === "string" ? { fields: { triggerPolicy: { condition: text } }, inputs } : text;
}

/** The control flow of a loop; `number`: that of the items, which the name of a static loop's item has. */
export function loopControl(around: Around, as: Extract<GroupKind, { kind: "loop" }>, number: number): GroupControl | Refused {
  const { parallelism } = as;
  if (parallelism !== undefined && (!Number.isInteger(parallelism) || parallelism < 1))
    return refuse("authoring-parallelism", { n: parallelism });
  const policy: DataMap = parallelism === undefined ? {} : { iteratorPolicy: { parallelismLimit: parallelism } };
  const items = staticItems(as.over);
  if (items !== undefined) {
    if (!isList(items) || items.length === 0) return refuse("authoring-loop-empty", {});
    const type = itemType(items);
    if (type === undefined) return refuse("edit-loop-mixed", {});
    const name = `pipelinechannel--loop-item-param-${number}`;
    return {
      fields: { ...policy, parameterIterator: { itemInput: name, items: { raw: pythonJson(items) } } },
      inputs: [{ name, definition: { parameterType: type } }],
    };
  }
  const value = valueOf(around, as.over as Exclude<GroupOperand, { text: string }>);
  if ("refusal" in value) return value;
  if (value.definition.parameterType !== "LIST")
    return refuse("edit-loop-no-list", { name: nameOf(value), type: String(value.definition.parameterType) }, around.graph.path);
  const name = nameOf(value);
  const item = `${name}-loop-item`;
  return {
    fields: { ...policy, parameterIterator: { itemInput: item, items: { inputParameter: name } } },
    inputs: [
      { name, definition: value.definition, value },
      { name: item, definition: { parameterType: itemType(defaultOf(around, value)) ?? "STRING" } },
    ],
  };
}

function staticItems(over: Extract<GroupKind, { kind: "loop" }>["over"]): Data | undefined {
  if ("items" in over) return over.items;
  if (!("text" in over)) return undefined;
  try {
    return JSON.parse(over.text, (key: string, value: unknown) => (key === "__proto__" ? undefined : value)) as Data;
  } catch {
    return [];
  }
}

/** The type of the items of a list; undefined if they are of several kinds, or if there are none. */
function itemType(items: Data | undefined): string | undefined {
  if (!isList(items)) return undefined;
  const types = new Set(items.map(typeOfItem));
  const [only, other] = [...types];
  if (types.size === 1) return only;
  return types.size === 2 && [only, other].every((type) => type === "NUMBER_INTEGER" || type === "NUMBER_DOUBLE")
    ? "NUMBER_DOUBLE"
    : undefined;
}

function typeOfItem(item: Data): string {
  if (typeof item === "number") return Number.isInteger(item) ? "NUMBER_INTEGER" : "NUMBER_DOUBLE";
  if (typeof item === "boolean") return "BOOLEAN";
  if (isList(item)) return "LIST";
  return isMap(item) ? "STRUCT" : "STRING";
}

/** The default of a parameter of the pipeline: the only hint at what its items are. */
function defaultOf({ graph }: Around, { source }: Value): Data | undefined {
  return "input" in source ? graph.inputs.find((one) => one.name === source.input)?.fallback : undefined;
}

function nameOf({ source }: Value): string {
  return "input" in source ? boundaryNameOfInput(source.input) : boundaryNameOf(source.task, source.output);
}

/** The value of the graph around the group that an operand names. */
function valueOf({ spec, workflow, graph, chosen }: Around, operand: Exclude<GroupOperand, { text: string }>): Value | Refused {
  if ("parameter" in operand) {
    const input = graph.inputs.find(
      (one) => one.kind === "parameter" && (one.name === operand.parameter || one.label === operand.parameter),
    );
    if (!input) return refuse("authoring-operand-unknown", { name: operand.parameter }, graph.path);
    return { kind: "parameter", source: { input: input.name }, definition: passedDefinition(input.rest, "parameter") };
  }
  const task = graph.tasks.find((one) => one.id === operand.task) ?? graph.tasks.find((one) => one.name === operand.task);
  if (!task) return refuse("authoring-operand-unknown", { name: operand.task }, graph.path);
  if (chosen.has(task.name)) return refuse("authoring-operand-inside", { task: task.name }, task.path);
  const outputs = calleeOf(spec.draft.model, workflow, task.call)?.template?.outputs.filter((one) => one.kind === "parameter") ?? [];
  const output = outputs.find((one) => one.name === operand.output) ?? outputs.find((one) => one.label === operand.output);
  if (!output) return refuse("authoring-operand-unknown", { name: `${task.name}.${operand.output}` }, task.path);
  return { kind: "parameter", source: { task: task.name, output: output.name }, definition: passedDefinition(output.rest, "parameter") };
}
