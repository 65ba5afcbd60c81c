import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { corpusFolder } from "#test/corpus-folder.ts";

/** The YAML and JSON files of the corpus. */
export function corpusFiles(): readonly { readonly name: string; readonly text: string }[] {
  const names = readdirSync(corpusFolder, { recursive: true, encoding: "utf8" }).filter((name) => /\.(?:ya?ml|json)$/.test(name));
  return names.sort().map((name) => ({ name, text: readFileSync(join(corpusFolder, name), "utf8") }));
}
