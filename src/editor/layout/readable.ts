import type { Reference } from "#pipeline/binding.ts";
import type { GraphNode } from "#pipeline/graph.ts";

/**
 * A condition or loop as displayed in a box, without the braces, quotes and roots around its references: `deploy == true` for
 * `"{{inputs.parameters.deploy}}" == "true"`. `sources`: names on the boxes of tasks, by the names of their calls.
 */
export function readable(text: string, sources?: ReadonlyMap<string, string>): string {
  return (
    text
      .replace(/["']?\{\{=?\s*([^{}]*?)\s*\}\}["']?/g, "$1")
      .replace(/\$\.inputs\.parameters\[['"]([^'"\]]+)['"]\]/g, (_, name: string) => bareName(name))
      .replace(/\b(?:inputs|workflow)\.parameters(?:\.|\[['"])([\w-]+)(?:['"]\])?/g, "$1")
      .replace(
        /\b(?:tasks|steps)(?:\.|\[['"])([\w-]+)(?:['"]\])?\.outputs\.(?:parameters(?:\.|\[['"])|artifacts(?:\.|\[['"])|(?=result|exitCode))([\w-]+)(?:['"]\])?/g,
        (_, task: string, output: string) =>
          // KFP prefixes output names with the task's name: once is enough.
          `${sources?.get(task) ?? task}.${output.startsWith(`${task}-`) ? output.slice(task.length + 1) : output}`,
      )
      .replace(/(["'])([\w.-]+)\1/g, "$2")
      .replace(/\b([\w-]+)\.\1-(?=\w)/g, "$1.")
      // A loop's source is already displayed as task and output.
      .replace(/^[\w-]+(?=\.)/, (task) => sources?.get(task) ?? task)
      .replace(/\s+/g, " ")
      .trim()
  );
}

function referenceText(reference: Reference, sources: ReadonlyMap<string, string> | undefined): string {
  switch (reference.kind) {
    case "task-output":
      return `${sources?.get(reference.task) ?? reference.task}.${bareName(reference.output)}`;
    case "graph-input":
    case "pipeline-parameter":
    case "variable":
      return bareName(reference.name);
    default:
      return "";
  }
}

/** The name of a value without the prefix that the SDK adds when it passes through a group. */
export function bareName(name: string): string {
  const inner = name.replace(/^.*pipelinechannel--/, "");
  return /^loop-item-param-\d+$/.test(inner) || inner.endsWith("-loop-item") ? "item" : inner;
}

/** The condition under which a call runs, and its loop, as text. */
export function conditionText(node: Pick<GraphNode, "when" | "sources">): string {
  const { when, sources } = node;
  if (!when) return "";
  if (!when.parts) return readable(when.text, sources);
  const text = when.parts.map((part) => (typeof part === "string" ? part : referenceText(part, sources))).join("");
  return text
    .replace(/(["'])([\w.-]+)\1/g, "$2")
    .replace(/\s+/g, " ")
    .trim();
}
export function loopText(node: Pick<GraphNode, "loop" | "sources">): string {
  return node.loop ? readable(node.loop.text, node.sources) : "";
}
