import { isGraph } from "#pipeline/template-kinds.ts";
import type { PrintedGraph } from "./graph-json.ts";
import { printable } from "./printable.ts";

/** Graphs as one Mermaid flowchart, a subgraph for each template. */
export function mermaidOf(graphs: readonly PrintedGraph[]): string {
  const lines = ["flowchart TD"];
  graphs.forEach((graph, index) => {
    const ids = new Map(graph.nodes.map((node, at) => [node.path, `t${index}n${at}`]));
    ids.set("", `t${index}`);
    lines.push(`  subgraph g${index}["${quoted(graph.name || graph.path)}"]`);
    if (graph.edges.some((edge) => edge.from.path === "" || edge.to.path === "")) lines.push(`    t${index}(["${quoted(graph.name)}"])`);
    for (const node of graph.nodes) {
      const notes = [node.title, node.when && `when ${node.when}`, node.loop && `for each ${node.loop}`];
      const [left, right] = isGraph(node) ? ["[[", "]]"] : ["[", "]"];
      lines.push(`    ${ids.get(node.path)}${left}"${notes.flatMap((note) => (note ? [quoted(note)] : [])).join("<br/>")}"${right}`);
    }
    for (const edge of graph.edges) {
      const [from, to] = [ids.get(edge.from.path), ids.get(edge.to.path)];
      if (from === undefined || to === undefined) continue;
      const label = edge.from.port === null ? "" : `|"${quoted(edge.from.port)}"|`;
      lines.push(`    ${from} ${edge.kind === "order" ? "-.->" : "-->"}${label} ${to}`);
    }
    lines.push("  end");
  });
  return `${lines.join("\n")}\n`;
}

/** Mermaid writes special characters as entity codes. */
function quoted(text: string): string {
  return printable(text).replace(/[#&"<>`]/g, (character) => `#${character.codePointAt(0)};`);
}
