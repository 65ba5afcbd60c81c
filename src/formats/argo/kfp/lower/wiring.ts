/**
 * Leads values through nested DAGs: from where they are made (an op's output, a pipeline parameter, a loop's item) to where they are
 * used. Each use adds what it needs to the DAGs on its way, so in the end every DAG declares exactly the inputs and outputs that
 * something uses, as a value, as a file, or both. docs/spec/kfp-v1.md#values-and-files, #group-ports
 */
import type { Report } from "#diagnostics/diagnostic.ts";
import type { Path } from "#data/data.ts";
import type { NamedReference } from "./used-references.ts";

export type Mode = "value" | "file";

/** A reference that has its name. */
export interface WiredReference extends NamedReference {
  readonly origin:
    | { readonly kind: "parameter" }
    /** `valueOnly`: a resource's output, of which there is no artifact. */
    | { readonly kind: "op"; readonly op: string; readonly valueOnly: boolean }
    | { readonly kind: "item"; readonly loop: string; readonly key?: string };
}

/** How an argument says a value: the field of the argument and the text between the braces. */
export interface Supply {
  readonly as: "value" | "from" | "raw";
  readonly path: string;
}

/** An op, a group or a recursive call: a task of some DAG. */
export interface Node {
  readonly id: string;
  readonly kind: "op" | "group" | "recursion";
  /** Name of the task. */
  readonly name: string;
  /** undefined: the entrypoint's DAG, or an exit handler's op, which is in no DAG. */
  readonly parent?: Graph;
  readonly path: Path;
  readonly arguments: Map<string, Port>;
  readonly dependencies: Set<string>;
}

/** A node that is a DAG. */
export interface Graph extends Node {
  readonly kind: "group";
  readonly group: "root" | "condition" | "loop" | "exit-handler" | "sub-dag" | "graph";
  readonly inputs: Map<string, Port>;
  readonly outputs: Map<string, Port>;
  readonly children: Node[];
  /** Calls of this graph from inside itself. */
  readonly calls: Recursion[];
}

/** A call of a graph from inside itself: what it passes instead of the inputs of the first call. */
export interface Recursion extends Node {
  readonly kind: "recursion";
  /** The template called. */
  readonly target: string;
  readonly passed: ReadonlyMap<string, WiredReference>;
}

/** An input, output or argument. `supply` is undefined for inputs. */
export interface Port {
  readonly mode: Mode;
  readonly name: string;
  readonly supply?: Supply;
}

/** Wires the nodes of one pipeline. */
export class Wiring {
  /** Names of outputs that something uses by value. */
  readonly valueOutputs = new Set<string>();
  /** Pipeline parameters used as files. */
  readonly fileParameters = new Set<string>();

  constructor(
    private readonly nodes: ReadonlyMap<string, Node>,
    private readonly report: Report,
  ) {}

  /** Gives a task an argument. An op outside all DAGs (an exit handler's) has none: Argo feeds it the workflow's arguments. */
  give(consumer: Node, name: string, reference: WiredReference, mode: Mode): void {
    if (!consumer.parent) {
      if (reference.origin.kind !== "parameter") this.problem("lower-exit-handler-input", consumer, reference.name);
      else if (mode === "file") this.fileParameters.add(reference.name);
      return;
    }
    const supply = this.supply(consumer.parent, reference, mode, consumer);
    consumer.arguments.set(key(mode, name), { mode, name, supply });
  }

  /** How `consumer`, a task of `graph`, says a reference. */
  supply(graph: Graph, reference: WiredReference, mode: Mode, consumer: Node): Supply {
    const list = mode === "value" ? "parameters" : "artifacts";
    const { origin } = reference;
    if (origin.kind === "op") {
      const producer = this.nodes.get(origin.op);
      const sibling = producer && childContaining(graph, producer);
      if (producer && sibling) {
        if (sibling === consumer) this.problem("lower-cycle", consumer, reference.name);
        consumer.dependencies.add(sibling.name);
        const made: Mode = origin.valueOnly ? "value" : mode;
        this.offer(sibling, producer, reference, made);
        if (made !== mode) return { as: "raw", path: `tasks.${sibling.name}.outputs.parameters.${reference.name}` };
        return { as: mode === "value" ? "value" : "from", path: `tasks.${sibling.name}.outputs.${list}.${reference.name}` };
      }
    }
    this.need(graph, reference, mode);
    return { as: mode === "value" ? "value" : "from", path: `inputs.${list}.${reference.name}` };
  }

  /** Makes an output available at `node`, which is its producer or a group around it. */
  private offer(node: Node, producer: Node, reference: WiredReference, mode: Mode): void {
    if (node === producer) {
      if (mode === "value") this.valueOutputs.add(reference.name);
      return;
    }
    const graph = node as Graph;
    if (graph.outputs.has(key(mode, reference.name))) return;
    const inner = childContaining(graph, producer);
    if (!inner) return;
    if (graph.group === "loop") this.problem("lower-loop-output", graph, reference.name);
    if (graph.group === "condition") this.problem("lower-condition-output", graph, reference.name);
    const list = mode === "value" ? "parameters" : "artifacts";
    const supply: Supply = { as: mode === "value" ? "value" : "from", path: `tasks.${inner.name}.outputs.${list}.${reference.name}` };
    graph.outputs.set(key(mode, reference.name), { mode, name: reference.name, supply });
    this.offer(inner, producer, reference, mode);
  }

  /** Declares an input of a DAG and gives it to every call of the DAG. */
  private need(graph: Graph, reference: WiredReference, mode: Mode): void {
    const port = key(mode, reference.name);
    if (graph.inputs.has(port)) return;
    graph.inputs.set(port, { mode, name: reference.name });
    const { origin } = reference;
    if (!graph.parent) {
      if (origin.kind !== "parameter") this.problem("lower-out-of-reach", graph, reference.name);
      else if (mode === "file") this.fileParameters.add(reference.name);
      return;
    }
    if (origin.kind === "item" && origin.loop === graph.id) {
      const path = origin.key === undefined ? "item" : `item.${origin.key}`;
      graph.arguments.set(port, { mode, name: reference.name, supply: { as: mode === "value" ? "value" : "raw", path } });
    } else this.give(graph, reference.name, reference, mode);
    for (const call of graph.calls) this.give(call, reference.name, call.passed.get(reference.name) ?? reference, mode);
  }

  /** Makes one node wait for another; between different DAGs the groups around them wait. */
  after(node: Node, earlier: Node): void {
    for (let here: Node | undefined = node; here?.parent; here = here.parent) {
      const sibling = childContaining(here.parent, earlier);
      if (sibling === here) return this.problem("lower-cycle", node, earlier.name);
      if (sibling) return void here.dependencies.add(sibling.name);
    }
    this.problem("lower-exit-handler-order", node, earlier.name);
  }

  /** Reports a cycle of tasks that wait for one another, if a DAG has one. */
  checkCycles(graph: Graph): void {
    const left = new Map(graph.children.map((child) => [child.name, child]));
    for (let before = -1; before !== left.size;) {
      before = left.size;
      // Deleting during iteration removes an ordered chain in one round.
      for (const child of [...left.values()]) if (![...child.dependencies].some((name) => left.has(name))) left.delete(child.name);
    }
    // Some of the remaining tasks only wait for the cycle; following the dependencies ends inside it.
    const seen = new Set<Node>();
    let [here] = left.values();
    while (here && !seen.has(here)) {
      seen.add(here);
      here = [...here.dependencies].map((name) => left.get(name)).find((node) => node !== undefined);
    }
    const [earlier] = here ? [...here.dependencies].filter((name) => left.has(name)) : [];
    if (here && earlier !== undefined) this.problem("lower-cycle", here, earlier);
  }

  /** Reports that a node cannot refer to what it refers to. */
  private problem(code: ReferenceCode, node: Node, reference: string): void {
    const level = code === "lower-condition-output" ? "warning" : "error";
    this.report({ code, level, values: { task: node.name, reference }, path: node.path });
  }
}

type ReferenceCode =
  | "lower-cycle"
  | "lower-exit-handler-input"
  | "lower-exit-handler-order"
  | "lower-loop-output"
  | "lower-condition-output"
  | "lower-out-of-reach";

function key(mode: Mode, name: string): string {
  return `${mode} ${name}`;
}

/** The task of `graph` that is `node` or holds it; undefined if the node is elsewhere. */
function childContaining(graph: Graph, node: Node): Node | undefined {
  for (let here: Node | undefined = node; here; here = here.parent) if (here.parent === graph) return here;
  return undefined;
}
