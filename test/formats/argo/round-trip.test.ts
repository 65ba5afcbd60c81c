import { relative } from "node:path";
import { describe, expect, it } from "vitest";
import { readModel } from "#compiler/readers.ts";
import { writeModel } from "#compiler/writers.ts";
import { corpus, corpusFiles, readCorpusFile } from "./corpus.ts";

describe("the corpus comes back as it was read", () => {
  for (const folder of ["argo", "argo-invalid", "kfp-v1", "kfp-v2", "components"]) {
    it(`every file of ${folder}, with its keys in order, also through JSON`, () => {
      const files = corpusFiles(folder);
      expect(files.length).toBeGreaterThan(0);
      const different = files.filter((file) => {
        const stream = readCorpusFile(file);
        const { model } = readModel(stream);
        const text = JSON.stringify(stream);
        return JSON.stringify(writeModel(model)) !== text || JSON.stringify(writeModel(JSON.parse(JSON.stringify(model)))) !== text;
      });
      expect(different.map((file) => relative(corpus, file))).toEqual([]);
    });
  }
});
