import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Files that we write: the examples, and what the compiler makes of plans, Python pipelines and edits. Made ones go into `folder`.
 * Gives their paths.
 */
export function writtenFiles(root: string, _corpus: string, _folder: string): readonly string[] {
  return [...examples(root)];
}

function examples(root: string): readonly string[] {
  const place = join(root, "examples");
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => join(place, name));
}
