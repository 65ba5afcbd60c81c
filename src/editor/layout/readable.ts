/**
 * A condition or loop as a box says it, without the braces, quotes and roots around its references:
 * `deploy == true` for `"{{inputs.parameters.deploy}}" == "true"`.
 */
export function readable(text: string): string {
  return (
    text
      .replace(/["']?\{\{=?\s*([^{}]*?)\s*\}\}["']?/g, "$1")
      .replace(/\b(?:inputs|workflow)\.parameters(?:\.|\[['"])([\w-]+)(?:['"]\])?/g, "$1")
      .replace(
        /\b(?:tasks|steps)(?:\.|\[['"])([\w-]+)(?:['"]\])?\.outputs\.(?:parameters(?:\.|\[['"])|artifacts(?:\.|\[['"])|(?=result|exitCode))([\w-]+)(?:['"]\])?/g,
        "$1.$2",
      )
      .replace(/(["'])([\w.-]+)\1/g, "$2")
      // KFP puts the task's name before its outputs' names: once is enough.
      .replace(/\b([\w-]+)\.\1-(?=\w)/g, "$1.")
      .replace(/\s+/g, " ")
      .trim()
  );
}
