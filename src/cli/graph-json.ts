/** Graphs as the command prints them: each graph template once, its calls as nodes, its wires as edges. */
import type { Graph, GraphPort } from "#pipeline/graph.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import { indexOfModel } from "#pipeline/model-index.ts";
import { callersOf } from "#pipeline/find-by-id.ts";
import type { Model, Template, Workflow } from "#pipeline/model.ts";
import { templateByName } from "#pipeline/resolve-call.ts";
import { isDrawnAsGraph } from "#pipeline/template-kinds.ts";

export interface PrintedPort {
  readonly name: string;
  readonly kind: string;
  readonly type: string | null;
}
export interface PrintedNode {
  readonly path: string;
  readonly name: string;
  readonly title: string;
  readonly template: string;
  readonly kind: string;
  readonly inputs: readonly PrintedPort[];
  readonly outputs: readonly PrintedPort[];
  readonly when?: string;
  readonly loop?: string;
}
export interface PrintedEdge {
  readonly from: { readonly path: string; readonly port: string | null };
  readonly to: { readonly path: string; readonly port: string | null };
  readonly kind: "parameter" | "artifact" | "order";
  readonly via?: string;
}
export interface PrintedGraph {
  readonly name: string;
  readonly path: string;
  readonly kind: string;
  readonly callers: readonly string[];
  readonly inputs: readonly PrintedPort[];
  readonly outputs: readonly PrintedPort[];
  readonly nodes: readonly PrintedNode[];
  readonly edges: readonly PrintedEdge[];
}

/** The graph templates of all workflows; a workflow whose entrypoint is a leaf is shown as a graph without nodes. */
export function graphsOf(model: Model): readonly PrintedGraph[] {
  return model.objects
    .filter((object) => object.kind === "workflow")
    .flatMap((workflow) =>
      graphTemplates(model, workflow).map((template) => printedGraph(graphOf(model, workflow, template), model, template)),
    );
}

function graphTemplates(model: Model, workflow: Workflow): readonly Template[] {
  const entries = [...indexOfModel(model).templates.values()].filter((entry) => entry.workflow === workflow);
  const inline = entries.filter((entry) => entry.holder !== undefined).map((entry) => entry.template);
  const all = [...workflow.templates, ...inline];
  const graphs = all.filter(isDrawnAsGraph);
  const entry = templateByName(workflow, workflow.entrypoint);
  return entry !== undefined && !graphs.includes(entry) ? [entry, ...graphs] : graphs;
}

function printedGraph(graph: Graph, model: Model, template: Template): PrintedGraph {
  // An inline template's only caller is in its path.
  const callers = callersOf(model, template.id).filter(({ task }) => task.call.kind !== "inline");
  return {
    name: template.name,
    path: template.id,
    kind: template.kind,
    callers: callers.map(({ task }) => task.id),
    inputs: graph.inputs.map(printedPort),
    outputs: graph.outputs.map(printedPort),
    nodes: graph.nodes.map((node) => ({
      path: node.id,
      name: node.name,
      title: node.title,
      template: node.calls,
      kind: node.kind,
      inputs: node.inputs.map(printedPort),
      outputs: node.outputs.map(printedPort),
      ...(node.when && { when: node.when.text }),
      ...(node.loop && { loop: node.loop.text }),
    })),
    edges: graph.edges.map((edge) => ({
      from: { path: edge.from.node, port: edge.from.port },
      to: { path: edge.to.node, port: edge.to.port },
      kind: edge.kind,
      ...(edge.via && { via: edge.via }),
    })),
  };
}

function printedPort(port: GraphPort): PrintedPort {
  return { name: port.name, kind: port.kind, type: port.type ?? null };
}
