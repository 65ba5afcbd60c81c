import type { GraphNode } from "#pipeline/graph.ts";

/**
 * A condition or loop as displayed in a box, without the braces, quotes and roots around its references: `deploy == true` for
 * `"{{inputs.parameters.deploy}}" == "true"`. `sources`: names on the boxes of tasks, by the names of their calls.
 */
export function readable(text: string, sources?: ReadonlyMap<string, string>): string {
  return (
    text
      .replace(/["']?\{\{=?\s*([^{}]*?)\s*\}\}["']?/g, "$1")
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

/** The condition under which a call runs, and its loop, as text. */
export function conditionText(node: Pick<GraphNode, "when" | "sources">): string {
  return node.when ? readable(node.when.text, node.sources) : "";
}
export function loopText(node: Pick<GraphNode, "loop" | "sources">): string {
  return node.loop ? readable(node.loop.text, node.sources) : "";
}
