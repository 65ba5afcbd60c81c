import type { Command } from "../command.ts";
import { graphsOf } from "../graph-json.ts";
import { mermaidOf } from "../graph-mermaid.ts";
import { svgOf } from "../graph-svg.ts";
import { give, load, outputOptions } from "../load.ts";
import { option } from "../parse-arguments.ts";
import { printableJson } from "../printable.ts";
import { exit } from "../terminal.ts";

/** Prints each graph template once, as JSON, SVG or Mermaid. */
export const graph: Command = {
  name: "graph",
  usage: "FILE [--format json|svg|mermaid] [-o OUT]",
  options: { format: { value: "json|svg|mermaid", oneOf: ["json", "svg", "mermaid"] }, ...outputOptions },
  positionalCount: [1, 1],
  run: async (args, terminal) => {
    const [file = "-"] = args.positionals;
    const document = await load(file, terminal);
    if (document === undefined) return exit.usage;
    const graphs = graphsOf(document.model);
    await give(printed(graphs, option(args, "format") ?? "json"), args, terminal);
    if (graphs.length > 0 || document.model.objects.some((object) => object.kind === "workflow")) return exit.good;
    terminal.tell(`dagwright: ${terminal.t("cli.no-workflow", { path: file })}`);
    return exit.diagnostics;
  },
};

function printed(graphs: ReturnType<typeof graphsOf>, format: string): string {
  switch (format) {
    case "svg":
      return svgOf(graphs);
    case "mermaid":
      return mermaidOf(graphs);
    default:
      return `${printableJson(JSON.stringify({ templates: graphs }, null, 2))}\n`;
  }
}
