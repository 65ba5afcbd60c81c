import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createLibrary } from "#editor/library/library.ts";
import { parse } from "#yaml/parse.ts";
import { spanOf } from "#yaml/spans.ts";
import { corpusFolder } from "#test/corpus-folder.ts";

const folder = join(corpusFolder, "components");

function filesIn(path: string): readonly string[] {
  return readdirSync(path).flatMap((name) => {
    const inner = join(path, name);
    return statSync(inner).isDirectory() ? filesIn(inner) : /\.ya?ml$/.test(name) ? [inner] : [];
  });
}

describe("real component files", () => {
  test("all go into the library; those which leave the image open say so", async () => {
    const read = async (text: string, paths: readonly (readonly (string | number)[])[] = []) => {
      const source = parse(text);
      return { stream: source.stream, diagnostics: source.diagnostics, spans: paths.map((dataPath) => spanOf(source, dataPath)) };
    };
    const library = createLibrary({ all: async () => [], put: async () => undefined, remove: async () => undefined }, { read }, () => 1);
    const files = filesIn(folder).map((path) => ({ name: path, text: readFileSync(path, "utf8") }));
    await library.bring(files);
    const report = library.store.getState().report;
    expect(report?.problems.filter(({ diagnostic }) => diagnostic.code !== "component-no-image")).toEqual([]);
    expect((report?.added ?? 0) + (report?.known ?? 0)).toBe(files.length);
  });
});
