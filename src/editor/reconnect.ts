import { fitRulesOf } from "#compiler/readers.ts";
import { type FitEnd, judge } from "#pipeline/port-compatibility.ts";
import type { Edit, WireEnd } from "#pipeline/edit.ts";
import type { Graph, GraphEdge, GraphPort } from "#pipeline/graph.ts";
import type { Workflow } from "#pipeline/model.ts";

// Delete and join (docs/spec/interaction.md#delete-and-join): the consumers of a removed task are fed by its sources, where that fits
// without a choice.

/** The wires to draw when tasks are removed, and the number of consumer inputs that find no source and stay open. */
export function reconnectEdits(
  graph: Graph,
  workflow: Workflow,
  removed: ReadonlySet<string>,
): { readonly edits: readonly Edit[]; readonly open: number } {
  const edits: Edit[] = [];
  let open = 0;
  for (const edge of graph.edges) {
    if (!removed.has(edge.from.node) || removed.has(edge.to.node) || edge.to.node === "") continue;
    if (edge.kind === "order" || edge.to.port === null) {
      for (const before of tasksBefore(graph, edge.from.node, removed))
        edits.push({ kind: "add-dependency", task: edge.to.node, on: before });
      continue;
    }
    const to = endAt(graph, edge, "to");
    const source =
      to && sourcesOf(graph, edge.from.node, removed).find((from) => judge(from, to, { rules: fitRulesOf(workflow), graph }).fit === "yes");
    if (!source || edge.via) open += 1;
    else
      edits.push({
        kind: "connect",
        from: wireEnd(graph, source),
        to: { task: edge.to.node, port: edge.to.port, portKind: edge.toKind ?? (edge.kind as GraphPort["kind"]) },
      });
  }
  return { edits, open };
}

/** The sources of a task, seen through other tasks that are removed, too; in the order of its inputs. */
function sourcesOf(graph: Graph, task: string, removed: ReadonlySet<string>, seen: ReadonlySet<string> = new Set()): readonly FitEnd[] {
  if (seen.has(task)) return [];
  return graph.edges
    .filter((edge) => edge.to.node === task && edge.kind !== "order" && edge.from.port !== null)
    .flatMap((edge) => {
      if (removed.has(edge.from.node)) return sourcesOf(graph, edge.from.node, removed, new Set([...seen, task]));
      const end = endAt(graph, edge, "from");
      return end ? [end] : [];
    });
}

/** The names of the tasks that run before one, seen through others that are removed. */
function tasksBefore(graph: Graph, task: string, removed: ReadonlySet<string>, seen: ReadonlySet<string> = new Set()): readonly string[] {
  if (seen.has(task)) return [];
  const names = graph.edges
    .filter((edge) => edge.to.node === task && edge.from.node !== "")
    .flatMap(({ from }) =>
      removed.has(from.node)
        ? tasksBefore(graph, from.node, removed, new Set([...seen, task]))
        : [graph.nodes.find(({ id }) => id === from.node)?.name ?? ""],
    );
  return [...new Set(names)].filter((name) => name !== "");
}

function endAt(graph: Graph, edge: GraphEdge, side: "from" | "to"): FitEnd | undefined {
  const { node: id, port } = edge[side];
  const kind = side === "to" ? (edge.toKind ?? edge.kind) : edge.kind;
  const named = (ports: readonly GraphPort[]) =>
    ports.find((one) => one.name === port && one.kind === kind) ?? ports.find((one) => one.name === port);
  if (id === "") {
    const own = named(side === "from" ? graph.inputs : graph.outputs);
    return own && { port: own, side: side === "from" ? "input" : "output" };
  }
  const node = graph.nodes.find((one) => one.id === id);
  const found = node && named(side === "from" ? node.outputs : node.inputs);
  return found && { node, port: found, side: side === "from" ? "output" : "input" };
}

function wireEnd(graph: Graph, { node, port }: FitEnd): WireEnd {
  return node
    ? { task: node.id, port: port.name, portKind: port.kind }
    : { task: "", graph: graph.template, port: port.name, portKind: port.kind };
}
