import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where real workflow files lie: DAGWRIGHT_CORPUS, or `shared/corpus` beside the checkout. */
const folder = process.env.DAGWRIGHT_CORPUS ?? join(import.meta.dirname, "../../../shared/corpus");

/** The YAML and JSON files of the corpus; none if there is no corpus here. */
export function corpusFiles(): readonly { readonly name: string; readonly text: string }[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.(?:ya?ml|json)$/.test(name));
  return names.sort().map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}
