import type { Reference } from "./binding.ts";
import { isMap } from "#data/data.ts";
import { indexOfModel } from "./model-index.ts";
import type { GraphPort } from "./graph.ts";
import type { Model, Task, Template, Workflow } from "./model.ts";

/**
 * The item of a loop as a port of the loop's graph. In a KFP file the item is an input only while something uses it, so a loop whose item
 * is unused shows a port that is not declared; a wire from it declares it. docs/spec/kfp-v1.md#loops
 */
export interface LoopItem {
  /** The call that loops. */
  readonly call: Task;
  /** The graph that contains it. */
  readonly around: Template;
  /** Name of the input that brings the whole item. */
  readonly name: string;
  /** Keys of the items, if they are written in the file and are mappings. */
  readonly keys: readonly string[];
}

/** The loop whose body a graph is; undefined unless exactly one call runs the graph, and that call loops. */
export function loopItemOf(model: Model, workflow: Workflow, graph: Template): LoopItem | undefined {
  return itemOf(model, workflow, graph, 0);
}

/** Name of the input that brings one key of the item. */
export function itemKeyName(item: string, key: string): string {
  return `${item}-subvar-${key}`;
}

const deepest = 100;

function itemOf(model: Model, workflow: Workflow, graph: Template, depth: number): LoopItem | undefined {
  const [entry, ...others] = indexOfModel(model).callers.get(graph.id) ?? [];
  if (!entry || others.length > 0 || entry.workflow !== workflow || !entry.task.loop || (graph.kind !== "dag" && graph.kind !== "steps"))
    return undefined;
  const { task, template: around } = entry;
  const items = task.loop?.kind === "items" ? task.loop.items : [];
  const [first] = items;
  const keys = isMap(first) ? Object.keys(first) : [];
  return { call: task, around, name: givenName(task) ?? freeName(model, workflow, around, wantedName(workflow, graph, task), depth), keys };
}

/** The name under which the call brings the item already. */
function givenName(call: Task): string | undefined {
  if (call.loop && call.loop.kind !== "sequence" && call.loop.item !== undefined) return call.loop.item;
  for (const { name, binding } of call.arguments) {
    const reference =
      binding.kind === "reference"
        ? binding.reference
        : binding.kind === "location" && binding.references.length === 1
          ? binding.references[0]
          : undefined;
    if (reference?.kind !== "item") continue;
    if (reference.key === undefined) return name;
    const suffix = `-subvar-${reference.key}`;
    if (name.endsWith(suffix)) return name.slice(0, -suffix.length);
  }
  return undefined;
}

/** A literal list has a number of its own, the one before its group's; any other item is named after the loop's source. */
function wantedName({ traits }: Workflow, graph: Template, { loop }: Task): string {
  if (traits.itemInput !== "when-used") return "item";
  const source = loop?.kind === "param" && loop.source.kind === "reference" ? sourceName(loop.source.reference) : undefined;
  if (source !== undefined) return `${source}-loop-item`;
  const number = /-(\d{1,6})$/.exec(graph.name)?.[1];
  return number === undefined || loop?.kind !== "items" ? `${graph.name}-loop-item` : `loop-item-param-${Number(number) - 1}`;
}

function sourceName(reference: Reference): string | undefined {
  if (reference.kind === "pipeline-parameter" || reference.kind === "graph-input") return reference.name;
  return reference.kind === "task-output" ? reference.output : undefined;
}

/** Nested loops over the same values get names of their own. */
function freeName(model: Model, workflow: Workflow, around: Template, wanted: string, depth: number): string {
  const taken = new Set<string>();
  let graph: Template | undefined = around;
  for (let level = depth; graph && level < deepest; level++) {
    const outer: LoopItem | undefined = itemOf(model, workflow, graph, level + 1);
    if (outer) taken.add(outer.name);
    graph = outer?.around ?? indexOfModel(model).callers.get(graph.id)?.[0]?.template;
  }
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}-${count}`;
  return name;
}

/**
 * The display names of the ports of a KFP loop's item, by the inputs that bring it: `item` and `item.KEY`, whatever number the file gave
 * it.
 */
export function itemLabel(item: LoopItem | undefined, input: string): string | undefined {
  if (item === undefined) return undefined;
  if (input === item.name) return "item";
  const key = itemKeyName(item.name, "");
  return input.startsWith(key) && input !== key ? `item.${input.slice(key.length)}` : undefined;
}

/** The ports of a KFP loop's item that its graph does not declare yet. */
export function undeclaredItemPorts(model: Model, workflow: Workflow, graph: Template): readonly GraphPort[] {
  const item = workflow.traits.itemInput === "when-used" ? loopItemOf(model, workflow, graph) : undefined;
  if (!item) return [];
  const names = [item.name, ...item.keys.map((key) => itemKeyName(item.name, key))];
  return names
    .filter((name) => !graph.inputs.some((input) => input.name === name))
    .map((name) => ({ name, label: itemLabel(item, name) ?? name, kind: "parameter", required: false }));
}

/** The display name of a KFP loop's item, `item` or `item.KEY`; undefined for any other name. */
export function itemText(name: string): string | undefined {
  const found = /^(?:loop-item-param-\d+|[\w-]+-loop-item(?:-\d+)?)(?:-subvar-(.+))?$/.exec(name);
  if (!found) return undefined;
  return found[1] === undefined ? "item" : `item.${found[1]}`;
}
