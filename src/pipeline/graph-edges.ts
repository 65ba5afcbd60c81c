import { type Binding, type Reference, referencesIn } from "./binding.ts";
import type { GraphEdge } from "./graph.ts";
import type { Argument, Hook, PortKind, Task, TaskId, Template } from "./model.ts";

/** The wires of a template: one for each reference in its calls and outputs, and one for each order between calls. */

/** The inputs for the wires of one template. */
export interface EdgeContext {
  readonly template: Template;
  /** The box of a call by its name; of calls with one name the first. */
  readonly named: ReadonlyMap<string, TaskId>;
  /** Calls in this graph whose template produces a global output of this kind and name. */
  readonly producers: (port: PortKind, name: string) => readonly { readonly node: TaskId; readonly port: string }[];
  /** The boxes of hooks. */
  readonly hooks: readonly { readonly id: TaskId; readonly hook: Hook; readonly owner: TaskId | "" }[];
}

type End = GraphEdge["to"];
type Via = GraphEdge["via"];

/** All wires of a dag or of steps, each once. */
export function edgesOf(context: EdgeContext): readonly GraphEdge[] {
  const edges = new Edges(context);
  for (const task of context.template.tasks) {
    for (const argument of task.arguments) {
      if (argument.isUndeclared) edges.references(referencesIn(argument.binding), { node: task.id, port: "settings" }, "text");
      else edges.argument(task.id, argument, undefined);
    }
    edges.references(task.when?.references ?? [], { node: task.id, port: "when" }, "when");
    if (task.loop)
      edges.references(
        referencesIn(task.loop.kind === "param" ? task.loop.source : task.loop.references),
        { node: task.id, port: loopKeys[task.loop.kind] },
        "loop",
      );
    const inner = task.call.kind === "inline" ? "inline" : "settings";
    edges.references(task.otherReferences ?? [], { node: task.id, port: inner }, "text");
  }
  for (const { id, hook, owner } of context.hooks) {
    for (const argument of hook.arguments) edges.argument(id, argument, "hook");
    edges.references(hook.references ?? [], { node: id, port: "expression" }, "hook");
    if (owner !== "") edges.order(owner, id, "hook");
  }
  for (const output of context.template.outputs) {
    if (output.source) edges.binding(output.source, { node: "", port: output.name }, output.kind, undefined);
  }
  if (context.template.kind === "steps") orderSteps(context.template.tasks, edges);
  else orderDag(context, edges);
  return edges.all();
}

const loopKeys = { items: "withItems", param: "withParam", sequence: "withSequence" } as const;

/** A data edge implies the order of its two tasks; an order edge is added only if the formula says more than "after". */
function orderDag(context: EdgeContext, edges: Edges): void {
  for (const task of context.template.tasks) {
    for (const { task: name, results } of task.order.after) {
      const from = context.named.get(name);
      if (from === undefined) continue;
      // A wire does not say that the task runs in any case, so an edge does.
      if (task.runsAlways) edges.order(from, task.id, "hook");
      else if (!task.order.plain || !edges.joins(from, task.id)) edges.order(from, task.id, undefined, results);
    }
  }
}

/** More wires than this between two groups of steps would hide the graph; the groups themselves are shown instead. */
const mostBetweenGroups = 9;

function orderSteps(tasks: readonly Task[], edges: Edges): void {
  const groups = new Map<number, Task[]>();
  for (const task of tasks) {
    const stage = task.stage ?? 0;
    const group = groups.get(stage);
    if (group) group.push(task);
    else groups.set(stage, [task]);
  }
  const ordered = [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
  ordered.forEach((group, index) => {
    const before = ordered[index - 1] ?? [];
    if (before.length * group.length > mostBetweenGroups) return;
    for (const from of before) for (const to of group) if (!edges.joins(from.id, to.id)) edges.order(from.id, to.id);
  });
}

/** Collects wires without duplicates. */
class Edges {
  readonly #edges = new Map<string, GraphEdge>();
  readonly #joined = new Set<string>();
  readonly #context: EdgeContext;

  constructor(context: EdgeContext) {
    this.#context = context;
  }

  all(): readonly GraphEdge[] {
    return [...this.#edges.values()];
  }

  /** Whether a data edge leads from one box to the other. */
  joins(from: TaskId, to: TaskId): boolean {
    return this.#joined.has(`${from}\n${to}`);
  }

  argument(node: TaskId, argument: Argument, via: Via): void {
    this.binding(argument.binding, { node, port: argument.name }, argument.kind, via);
  }

  binding(binding: Binding, to: End, toKind: PortKind, via: Via): void {
    switch (binding.kind) {
      case "constant":
        return;
      case "reference":
        return this.reference(binding.reference, to, toKind, via);
      case "text":
      case "location":
      case "one-of":
        return this.references(referencesIn(binding), to, via ?? "text", toKind);
      case "expression":
        return this.references(referencesIn(binding), to, via ?? "expression", toKind);
    }
  }

  references(references: readonly Reference[], to: End, via: Via, toKind?: PortKind): void {
    for (const reference of references) this.reference(reference, to, toKind, via);
  }

  reference(reference: Reference, to: End, toKind: PortKind | undefined, via: Via): void {
    switch (reference.kind) {
      case "task-output": {
        const from = this.#context.named.get(reference.task);
        // A call's reference to itself (its own status in a hook or retry) is not a wire.
        if (from !== undefined && from !== to.node)
          this.#data({ node: from, port: reference.output }, reference.port ?? "parameter", to, toKind, via);
        return;
      }
      case "graph-input":
        return this.#data({ node: "", port: reference.name }, reference.port, to, toKind, via);
      case "pipeline-parameter":
        return this.#data({ node: "", port: reference.name }, "parameter", to, toKind, via, "pipeline");
      case "global-output": {
        const producers = this.#context.producers(reference.port, reference.name).filter((producer) => producer.node !== to.node);
        for (const from of producers) this.#data(from, reference.port, to, toKind, via);
        if (producers.length === 0) this.#data({ node: "", port: reference.name }, reference.port, to, toKind, via, "global");
        return;
      }
      case "expression":
        return this.references(reference.references, to, via ?? "expression", toKind);
      case "item":
      case "variable":
        return;
    }
  }

  order(from: TaskId, to: TaskId, via?: Via, results: readonly string[] = []): void {
    const id = `${from}>${to}`;
    if (this.#edges.has(id)) return;
    this.#edges.set(id, {
      id,
      from: { node: from, port: null },
      to: { node: to, port: null },
      kind: "order",
      ...(via === undefined ? {} : { via }),
      ...(results.length === 0 ? {} : { results }),
    });
  }

  #data(from: GraphEdge["from"], kind: PortKind, to: End, toKind: PortKind | undefined, via: Via, scope?: GraphEdge["scope"]): void {
    const id = `${from.node}:${scope ?? ""}${kind}:${from.port}>${to.node}:${toKind ?? ""}:${to.port}`;
    if (this.#edges.has(id)) return;
    if (from.node !== "" && to.node !== "") this.#joined.add(`${from.node}\n${to.node}`);
    this.#edges.set(id, {
      id,
      from,
      to,
      kind,
      ...(toKind === undefined || toKind === kind ? {} : { toKind }),
      ...(via === undefined ? {} : { via }),
      ...(scope === undefined ? {} : { scope }),
    });
  }
}
