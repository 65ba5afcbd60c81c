import { fitRulesOf } from "#compiler/readers.ts";
import type { WireEnd } from "#pipeline/edit.ts";
import { type Fit, type FitEnd, judge } from "#pipeline/port-compatibility.ts";
import type { Graph, GraphNode, GraphPort } from "#pipeline/graph.ts";
import type { TemplateId, Workflow } from "#pipeline/model.ts";
import type { Judgement } from "./canvas/canvas-props.ts";

/**
 * Judges wires of one graph and of the groups expanded in it: the ends are looked up by id, so that every port in view can be asked for
 * in one frame. A wire between two graphs is judged where they meet: an output inside of a group counts as an output of the group.
 */
export function wireJudge(
  graph: Graph,
  workflow: Workflow,
  graphAt?: (template: TemplateId) => Graph,
): (from: WireEnd, to: WireEnd) => Judgement {
  const { parameters } = workflow;
  const rules = fitRulesOf(workflow);
  const wayTo = ways(graph, graphAt);
  const nodeIn = nodeFinder();
  const end = (wire: WireEnd, side: "from" | "to", of: Graph): FitEnd | undefined => {
    const node = nodeIn(of, wire.task);
    if (node) {
      const port = portNamed(side === "from" ? node.outputs : node.inputs, wire);
      return port && { node, port, side: side === "from" ? "output" : "input" };
    }
    const own = portNamed(side === "from" ? of.inputs : of.outputs, wire);
    if (own) return { port: own, side: side === "from" ? "input" : "output" };
    const parameter = side === "from" && of === graph ? parameters.find(({ name }) => name === wire.port) : undefined;
    return (
      parameter && {
        port: { name: parameter.name, label: parameter.name, kind: "parameter", type: parameter.type, required: false },
        side: "input",
        source: "pipeline",
      }
    );
  };
  return (from, to) => {
    const [fromWay, toWay] = [wayTo(from.graph), wayTo(to.graph)];
    const [source, target] = [end(from, "from", fromWay.graph), end(to, "to", toWay.graph)];
    if (!source || !target) return { fits: "no", reason: { code: "same-side-outputs", values: {} } };
    let shared = 0;
    while (fromWay.groups[shared] && fromWay.groups[shared] === toWay.groups[shared]) shared += 1;
    const meeting = fromWay.graphs[shared]!;
    return judgementOf(
      judge({ ...lifted(source, fromWay.groups[shared]), left: fromWay.groups.slice(shared) }, lifted(target, toWay.groups[shared]), {
        rules,
        graph: meeting,
      }),
    );
  };
}

/** An end in a group as seen by the graph around the group: it is where the group is, and runs as often. */
function lifted(end: FitEnd, group: GraphNode | undefined): FitEnd {
  if (!group || !end.node) return end;
  const { stage: _, hook: __, ...node } = end.node;
  return {
    ...end,
    node: {
      ...node,
      id: group.id,
      ...(group.stage === undefined ? {} : { stage: group.stage }),
      ...(group.hook ? { hook: group.hook } : {}),
      ...(end.node.loop || !group.loop ? {} : { loop: group.loop }),
    },
  };
}

function nodeFinder(): (graph: Graph, id: string) => GraphNode | undefined {
  const known = new Map<Graph, ReadonlyMap<string, GraphNode>>();
  return (graph, id) => {
    let nodes = known.get(graph);
    if (!nodes) known.set(graph, (nodes = new Map(graph.nodes.map((node) => [node.id, node]))));
    return nodes.get(id);
  };
}

/** The position of a graph below the one shown: the groups around it, and the graphs from the one shown down to it. */
interface Way {
  readonly graph: Graph;
  readonly groups: readonly GraphNode[];
  readonly graphs: readonly Graph[];
}

/** Finds the path to a graph by its id. All paths are computed at once, when a wire first leads into a group. */
function ways(graph: Graph, graphAt: ((template: TemplateId) => Graph) | undefined): (id: string | undefined) => Way {
  const top: Way = { graph, groups: [], graphs: [graph] };
  let all: ReadonlyMap<string, Way> | undefined;
  return (id) => {
    if (id === undefined || id === graph.template || !graphAt) return top;
    all ??= waysBelow(top, graphAt);
    return all.get(id) ?? top;
  };
}

function waysBelow(top: Way, graphAt: (template: TemplateId) => Graph): ReadonlyMap<string, Way> {
  const found = new Map<string, Way>([[top.graph.template, top]]);
  for (const way of found.values()) {
    for (const node of way.graph.nodes) {
      if (!node.group || node.recursive || node.template === undefined || found.has(node.template)) continue;
      const graph = graphAt(node.template);
      found.set(node.template, { graph, groups: [...way.groups, node], graphs: [...way.graphs, graph] });
    }
  }
  return found;
}

function portNamed(ports: readonly GraphPort[], wire: WireEnd): GraphPort | undefined {
  return (
    ports.find((port) => port.name === wire.port && (wire.portKind === undefined || port.kind === wire.portKind)) ??
    ports.find((port) => port.label === wire.port)
  );
}

function judgementOf(fit: Fit): Judgement {
  switch (fit.fit) {
    case "yes":
      return { fits: "yes" };
    case "help":
      return {
        fits: "help",
        reason: { code: fit.code, values: fit.values },
        offers: fit.choices.map((choice) => ({ code: `fit-choice.${choice}`, values: fit.values, as: choice })),
      };
    case "no":
      return { fits: "no", reason: { code: fit.code, values: fit.values } };
  }
}
