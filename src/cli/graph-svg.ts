import { isGraph } from "#pipeline/template-kinds.ts";
/** Graphs as one self-contained SVG: layers from top to bottom, one template below the other. A picture for documents, not the canvas. */
import type { PrintedEdge, PrintedGraph, PrintedNode } from "./graph-json.ts";
import { printable } from "./printable.ts";

const box = { width: 180, height: 44, across: 28, down: 46 } as const;
const margin = 24;

interface Placed {
  readonly node: PrintedNode;
  readonly x: number;
  readonly y: number;
}

/** All graphs in one picture. Deterministic: the same graphs give the same text. */
export function svgOf(graphs: readonly PrintedGraph[]): string {
  const body: string[] = [];
  let top = margin;
  let width = 320;
  for (const graph of graphs) {
    const placed = place(graph);
    const right = Math.max(box.width, ...placed.map((one) => one.x + box.width));
    const height = Math.max(box.height, ...placed.map((one) => one.y + box.height));
    body.push(`<g transform="translate(${margin},${top})">`, `<text class="name" x="0" y="12">${escaped(graph.name || graph.path)}</text>`);
    body.push(`<g transform="translate(0,28)">`, ...wires(graph.edges, placed), ...placed.map(drawn), "</g>", "</g>");
    top += height + 28 + margin * 2;
    width = Math.max(width, right + margin * 2);
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top}" viewBox="0 0 ${width} ${top}" font-family="sans-serif" font-size="12">`,
    "<style>.name{font-weight:600}.box{fill:#fff;stroke:#64748b}.group{fill:#f1f5f9}.sub{fill:#64748b;font-size:10px}path{fill:none;stroke:#94a3b8}.artifact{stroke:#7c3aed}.parameter{stroke:#0284c7}.order{stroke-dasharray:4 3}</style>",
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...body,
    "</svg>\n",
  ].join("\n");
}

/** Each node one layer below its lowest predecessor; edges that close a cycle are ignored. */
function place(graph: PrintedGraph): readonly Placed[] {
  const before = new Map(graph.nodes.map((node) => [node.path, [] as string[]]));
  for (const edge of graph.edges)
    if (edge.from.path !== edge.to.path && before.has(edge.from.path)) before.get(edge.to.path)?.push(edge.from.path);
  const layers = layersOf(before);
  const taken: number[] = [];
  return graph.nodes.map((node) => {
    const layer = layers.get(node.path) ?? 0;
    const column = taken[layer] ?? 0;
    taken[layer] = column + 1;
    return { node, x: column * (box.width + box.across), y: layer * (box.height + box.down) };
  });
}

/** The longest path from a start to each node, without recursion: a chain may have thousands of nodes. */
function layersOf(before: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, number> {
  const layers = new Map<string, number>();
  const open = new Set<string>();
  for (const start of before.keys()) {
    const stack = [start];
    for (let path = stack.at(-1); path !== undefined; path = stack.at(-1)) {
      const waiting = layers.has(path) ? undefined : before.get(path)?.find((one) => !layers.has(one) && !open.has(one));
      open.add(path);
      if (waiting !== undefined) {
        stack.push(waiting);
        continue;
      }
      if (!layers.has(path)) layers.set(path, 1 + Math.max(-1, ...(before.get(path) ?? []).map((one) => layers.get(one) ?? -1)));
      stack.pop();
    }
  }
  return layers;
}

function wires(edges: readonly PrintedEdge[], placed: readonly Placed[]): readonly string[] {
  const at = new Map(placed.map((one) => [one.node.path, one]));
  const drawnOnce = new Set<string>();
  return edges.flatMap((edge) => {
    const [from, to] = [at.get(edge.from.path), at.get(edge.to.path)];
    const key = `${edge.from.path}\n${edge.to.path}\n${edge.kind}`;
    if (from === undefined || to === undefined || drawnOnce.has(key)) return [];
    drawnOnce.add(key);
    const [x1, y1, x2, y2] = [from.x + box.width / 2, from.y + box.height, to.x + box.width / 2, to.y];
    const bend = Math.max(20, (y2 - y1) / 2);
    return [`<path class="${edge.kind}" d="M${x1},${y1} C${x1},${y1 + bend} ${x2},${y2 - bend} ${x2},${y2}"/>`];
  });
}

function drawn({ node, x, y }: Placed): string {
  const group = isGraph(node) ? " group" : "";
  const notes = [node.kind, node.when && `when ${node.when}`, node.loop && "loop"].filter(Boolean).join(" · ");
  const title = `<title>${escaped(node.path)}</title>`;
  const words = `<text x="${x + 10}" y="${y + 19}">${escaped(short(node.title, 26))}</text><text class="sub" x="${x + 10}" y="${y + 34}">${escaped(short(notes, 34))}</text>`;
  return `<g>${title}<rect class="box${group}" x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="6"/>${words}</g>`;
}

function short(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("")}…`;
}

function escaped(text: string): string {
  return printable(text).replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
}
