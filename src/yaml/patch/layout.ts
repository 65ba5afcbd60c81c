import type { Data } from "#data/data.ts";
import type { Spot } from "../spans.ts";
import type { Layout } from "../print.ts";
import { freshLayout, isLeaf } from "../print.ts";
import type { Quote } from "../quoting.ts";
import type { YamlList, YamlMap, YamlNode } from "../tree.ts";

/** The maximum number of nodes examined to find the conventions of a file, and of children of each collection on the way. */
const mostLooked = 1000;
const mostNear = 20;
/** The number of conventions looked for. */
const habits = 6;

/** The layout around a value: the nearest example of each convention counts. `spots` lead from the root to the value. */
export function layoutAround(spots: readonly Spot[]): Layout {
  const seen: { step?: number; listOffset?: number; dash?: number; quote?: Quote; flowMaps?: boolean; flowLists?: boolean } = {};
  let budget = mostLooked;
  const look = (node: YamlNode): void => {
    if (node.kind === "scalar" && (node.style === "single" || node.style === "double")) seen.quote ??= node.style;
    if (node.kind === "map" && isExample(node)) seen.flowMaps ??= node.style !== "block";
    if (node.kind === "list" && isExample(node)) seen.flowLists ??= node.style === "flow";
    if (node.kind === "list" && node.style === "block") {
      const gap = node.items.find((item) => item.value.length > 0 && item.valueStart - item.start < 10);
      if (gap && gap.value.kind !== "scalar") seen.dash ??= gap.valueStart - gap.start;
    }
    if (node.kind !== "map" || node.style !== "block") return;
    for (const { value } of node.entries) {
      if (value.kind === "map" && value.style === "block") seen.step ??= value.column - node.column;
      if (value.kind === "list" && value.style === "block") seen.listOffset ??= value.column - node.column;
    }
  };
  const walk = (node: YamlNode): void => {
    if (budget-- <= 0 || Object.keys(seen).length === habits) return;
    look(node);
    for (const child of near(node)) walk(child);
  };
  for (let index = spots.length - 1; index >= 0; index--) {
    const { node } = spots[index] as Spot;
    look(node);
    near(node).forEach(look);
  }
  if (spots[0]) walk(spots[0].node);
  return {
    step: Math.max(1, seen.step ?? freshLayout.step),
    listOffset: seen.listOffset ?? freshLayout.listOffset,
    dash: seen.dash ?? freshLayout.dash,
    quote: seen.quote ?? freshLayout.quote,
    flowMaps: seen.flowMaps ?? freshLayout.flowMaps,
    flowLists: seen.flowLists ?? freshLayout.flowLists,
  };
}

/** Whether a collection shows where nested collections of scalars are placed: it has some, and nothing else. */
function isExample(node: YamlMap | YamlList): boolean {
  const values = Object.values(node.data as object) as Data[];
  return values.length > 0 && values.every((one) => typeof one !== "object" || one === null) && isLeaf(node.data);
}

/** The first values in a collection. */
function near(node: YamlNode): readonly YamlNode[] {
  if (node.kind === "list") return node.items.slice(0, mostNear).map((item) => item.value);
  return node.kind === "map" ? node.entries.slice(0, mostNear).map((entry) => entry.value) : [];
}

/** Whether the surrounding values are written as JSON: in a flow mapping whose keys all have double quotes, or in a list inside one. */
export function isJson(spots: readonly Spot[]): boolean {
  for (let index = spots.length - 1; index >= 0; index--) {
    const { node } = spots[index] as Spot;
    if (node.kind === "map" && node.entries.length > 0) {
      return node.style === "flow" && node.entries.every(({ keyNode }) => keyNode.kind === "scalar" && keyNode.style === "double");
    }
  }
  const root = spots[0]?.node;
  if (root?.kind !== "list" || root.style !== "flow") return false;
  const first = root.items[0]?.value;
  return first?.kind === "scalar" ? first.style === "double" : first !== undefined && first !== root && isJson([{ node: first, start: 0 }]);
}

/** Whether a value is inside a flow collection. */
export function isInFlow(spots: readonly Spot[]): boolean {
  return spots.slice(0, -1).some(({ node }) => (node.kind === "map" || node.kind === "list") && node.style !== "block");
}
