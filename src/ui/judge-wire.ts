import type { WireEnd } from "#model/edit.ts";
import { type Fit, type FitEnd, judge } from "#model/fit.ts";
import type { Graph, GraphPort } from "#model/graph.ts";
import type { PipelineParameter } from "#model/model.ts";
import type { Judgement } from "./canvas/canvas-props.ts";

/** Judges wires of one graph: both ends are looked up once, so that every port in view can be asked for in one frame. */
export function wireJudge(graph: Graph, dialect: "kfp" | "argo", parameters: readonly PipelineParameter[]): (from: WireEnd, to: WireEnd) => Judgement {
  const nodes = new Map<string, Graph["nodes"][number]>(graph.nodes.map((node) => [node.id, node]));
  const context = { dialect, graph };
  const end = (wire: WireEnd, side: "from" | "to"): FitEnd | undefined => {
    const node = nodes.get(wire.task);
    if (node) {
      const port = portNamed(side === "from" ? node.outputs : node.inputs, wire);
      return port && { node, port, side: side === "from" ? "output" : "input" };
    }
    const own = portNamed(side === "from" ? graph.inputs : graph.outputs, wire);
    if (own) return { port: own, side: side === "from" ? "input" : "output" };
    const parameter = side === "from" ? parameters.find(({ name }) => name === wire.port) : undefined;
    return parameter && { port: { name: parameter.name, label: parameter.name, kind: "parameter", type: parameter.type, required: false }, side: "input", source: "pipeline" };
  };
  return (from, to) => {
    const [source, target] = [end(from, "from"), end(to, "to")];
    if (!source || !target) return { fits: "no", reason: { code: "same-side-outputs", values: {} } };
    return judgementOf(judge(source, target, context));
  };
}

function portNamed(ports: readonly GraphPort[], wire: WireEnd): GraphPort | undefined {
  return ports.find((port) => port.name === wire.port && (wire.portKind === undefined || port.kind === wire.portKind)) ?? ports.find((port) => port.label === wire.port);
}

function judgementOf(fit: Fit): Judgement {
  switch (fit.fit) {
    case "yes":
      return { fits: "yes" };
    case "help":
      return { fits: "help", reason: { code: fit.code, values: fit.values }, offers: fit.choices.map((choice) => ({ code: `fit-choice.${choice}`, values: fit.values, as: choice })) };
    case "no":
      return { fits: "no", reason: { code: fit.code, values: fit.values } };
  }
}
