import type { Graph, GraphEdge, GraphNode, GraphPort } from "#pipeline/graph.ts";
import type { TaskId, TemplateId } from "#pipeline/model.ts";

/** `data:artifact:Dataset`, `lr:Float`, `!seed:Integer` (required); kind is parameter by default. */
export function port(text: string): GraphPort {
  const required = text.startsWith("!");
  const [name = "", second, third] = text.replace(/^!/, "").split(":");
  const kind = second === "artifact" ? "artifact" : "parameter";
  return { name, label: name, kind, type: (kind === "artifact" || second === "parameter" ? third : second) || undefined, required };
}

export function taskId(name: string): TaskId {
  return `main/${name}` as TaskId;
}

/** A call with its ports; anything else by `more`. */
export function node(
  name: string,
  inputs: readonly (string | GraphPort)[] = [],
  outputs: readonly (string | GraphPort)[] = [],
  more: Partial<GraphNode> = {},
): GraphNode {
  const ports = (list: readonly (string | GraphPort)[]) => list.map((one) => (typeof one === "string" ? port(one) : one));
  return {
    id: taskId(name),
    name,
    title: name,
    path: [],
    calls: name,
    template: name as TemplateId,
    kind: "container",
    subtitle: "python:3.11",
    inputs: ports(inputs),
    outputs: ports(outputs),
    group: false,
    recursive: false,
    uses: 1,
    ...more,
  };
}

/** An input fed by another call. */
export function fed(text: string, task: string, output: string): GraphPort {
  const made = port(text);
  return {
    ...made,
    binding: {
      kind: "reference",
      field: made.kind === "artifact" ? "from" : "value",
      reference: { kind: "task-output", of: "tasks", task, output, port: made.kind },
    },
  };
}

/** An input with a constant. */
export function constant(text: string, value: string | number | boolean): GraphPort {
  return { ...port(text), binding: { kind: "constant", value } };
}

/** An input that takes a pipeline parameter. */
export function parameter(text: string, name: string): GraphPort {
  return { ...port(text), binding: { kind: "reference", field: "value", reference: { kind: "pipeline-parameter", name } } };
}

/** `a.out -> b.in`, `a -> b` (order); the kind of a port's wire is that of its output. */
export function edge(text: string, nodes: readonly GraphNode[], more: Partial<GraphEdge> = {}): GraphEdge {
  const [from = "", to = ""] = text.split(/\s*->\s*/);
  const [fromName = "", fromPort] = from.split(".");
  const [toName = "", toPort] = to.split(".");
  const source = nodes.find((one) => one.name === fromName)?.outputs.find((one) => one.name === fromPort);
  return {
    id: text,
    kind: fromPort === undefined ? "order" : (source?.kind ?? "parameter"),
    from: { node: fromName && taskId(fromName), port: fromPort ?? null },
    to: { node: toName && taskId(toName), port: toPort ?? null },
    ...more,
  };
}

export function graph(nodes: readonly GraphNode[], edges: readonly (string | GraphEdge)[] = [], more: Partial<Graph> = {}): Graph {
  return {
    template: "main" as TemplateId,
    name: "main",
    kind: "dag",
    inputs: [],
    outputs: [],
    nodes,
    edges: edges.map((one) => (typeof one === "string" ? edge(one, nodes) : one)),
    ...more,
  };
}

/** A graph of `count` calls in levels, each fed by one or two of the level before: like a wide nightly job. */
export function largeGraph(count: number, perLevel = 25): Graph {
  const types = ["Dataset", "Model", "Metrics", "CSV"];
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (let i = 0; i < count; i++) {
    const level = Math.floor(i / perLevel);
    const before = level === 0 ? [] : [...new Set([i - perLevel, (level - 1) * perLevel + ((i * 7) % perLevel)])];
    const inputs = before.map((from, k) => fed(`in${k}:artifact:${types[level % 4]}`, `task-${from}`, "out"));
    nodes.push(
      node(`task-${i}`, [...inputs, constant("lr:Float", 0.1)], [`out:artifact:${types[(level + 1) % 4]}`, "score:Float"], {
        title: `Task number ${i}`,
      }),
    );
    before.forEach((from, k) =>
      edges.push({
        id: `e${i}-${k}`,
        kind: "artifact",
        from: { node: taskId(`task-${from}`), port: "out" },
        to: { node: taskId(`task-${i}`), port: `in${k}` },
      }),
    );
  }
  return graph(nodes, edges);
}
