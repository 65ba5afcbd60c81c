import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { Data } from "#data/data.ts";
import { corpusFolder } from "#test/corpus-folder.ts";

/** The corpus of real files, or the small one of our own. */
export const corpus = corpusFolder;

/** All YAML files below a folder of the corpus. */
export function corpusFiles(folder: string): readonly string[] {
  return readdirSync(join(corpus, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The documents of a YAML text as data; a text which the library refuses gives what it could read. */
export function dataOf(text: string): readonly Data[] {
  return [...parseAllDocuments(text, { uniqueKeys: false, strict: false, logLevel: "silent" })].map((document) => {
    try {
      return document.toJS({ maxAliasCount: 1000 }) as Data;
    } catch {
      return null;
    }
  });
}

export function readCorpusFile(path: string): readonly Data[] {
  return dataOf(readFileSync(path, "utf8"));
}
