/** Templates to which a file refers and which are in other files of its folder. */
import { openDocument, type Document } from "#compiler/document.ts";
import type { Model } from "#pipeline/model.ts";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readFileText } from "./files.ts";
import type { NamedEncoding } from "#yaml/text-encoding.ts";

/** A folder with more files than this is not searched. */
const mostFiles = 500;
const folders = new Map<string, Promise<readonly Model[]>>();

/**
 * The models of the files beside `name`, if the document refers to a template that the given models lack. `encoding`: of those that are not
 * UTF-8.
 */
export async function neighboursOf(
  { name, document }: { readonly name: string; readonly document: Document },
  given: readonly Model[],
  encoding?: NamedEncoding,
): Promise<readonly Model[]> {
  if (!/[tT]emplateRef/.test(document.text) || name.startsWith("<")) return [];
  const defined = new Set(given.flatMap((model) => model.objects).map((object) => (object.kind === "companion" ? undefined : object.name)));
  const wanted = [...document.text.matchAll(/[tT]emplateRef:(?:\s*\{)?\s*name:\s*["']?([-\w.]+)/g)].map((match) => match[1]);
  if (wanted.length > 0 && wanted.every((one) => defined.has(one))) return [];
  const folder = dirname(name);
  let models = folders.get(folder);
  if (models === undefined) folders.set(folder, (models = modelsIn(folder, encoding)));
  return models;
}

async function modelsIn(folder: string, encoding: NamedEncoding | undefined): Promise<readonly Model[]> {
  const files = (await readdir(folder)).filter((file) => /\.ya?ml$/i.test(file)).sort();
  if (files.length > mostFiles) return [];
  const models: Model[] = [];
  for (const file of files) {
    const text = await readFileText(join(folder, file), encoding).then(
      ({ text }) => text,
      () => "",
    );
    if (/kind:\s*["']?(Cluster)?WorkflowTemplate\b/.test(text)) models.push(openDocument(text).model);
  }
  return models;
}
