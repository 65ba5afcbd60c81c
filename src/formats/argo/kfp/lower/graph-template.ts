import type { DataMap } from "#data/data.ts";
import { byCodePoint } from "#components/python-text.ts";
import { compact } from "./op.ts";
import type { Graph, Node, Port, Recursion, Supply } from "./wiring.ts";

/** The tag of a supply; "" if there is none. */
export function braced(supply: Supply | undefined): string {
  return supply ? `{{${supply.path}}}` : "";
}

function portsOf(ports: ReadonlyMap<string, Port>, mode: Port["mode"]): readonly Port[] {
  return [...ports.values()].filter((port) => port.mode === mode).sort((a, b) => byCodePoint(a.name, b.name));
}

/** The template of a graph with its calls; `calls`: what groups add to theirs, by id. */
export function graphTemplate(node: Graph, calls: ReadonlyMap<string, DataMap>, parallel: number | undefined): DataMap {
  const children = [...node.children].sort((a, b) => byCodePoint(a.name, b.name));
  const names = (mode: Port["mode"]) => portsOf(node.inputs, mode).map(({ name }) => ({ name }));
  const outputs = {
    parameters: portsOf(node.outputs, "value").map((port) => ({ name: port.name, valueFrom: { parameter: braced(port.supply) } })),
    artifacts: portsOf(node.outputs, "file").map((port) => ({ name: port.name, from: braced(port.supply) })),
  };
  return {
    ...compact({
      name: node.name,
      parallelism: parallel,
      inputs: compact({ parameters: names("value"), artifacts: names("file") }),
      outputs: compact(outputs),
    }),
    dag: { tasks: children.map((child) => callOf(child, calls)) },
  };
}

function callOf(node: Node, calls: ReadonlyMap<string, DataMap>): DataMap {
  return {
    ...compact({
      name: node.name,
      template: node.kind === "recursion" ? (node as Recursion).target : node.name,
      dependencies: [...node.dependencies].sort(byCodePoint),
      arguments: compact({
        parameters: portsOf(node.arguments, "value").map((port) => ({ name: port.name, value: braced(port.supply) })),
        artifacts: portsOf(node.arguments, "file").map((port) => ({
          name: port.name,
          ...(port.supply?.as === "raw" ? { raw: { data: braced(port.supply) } } : { from: braced(port.supply) }),
        })),
      }),
    }),
    ...calls.get(node.id),
  };
}
