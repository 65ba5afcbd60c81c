import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseAllDocuments } from "yaml";
import type { Data } from "#model/data.ts";

/** The corpus of real files, if it is at hand. */
export const corpus = process.env.DAGWRIGHT_CORPUS ?? resolve("../shared/corpus");
export const hasCorpus = existsSync(corpus);

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
