import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { corpusFolder } from "#test/corpus-folder.ts";
import { casesIn, errorsOf } from "./measure.ts";

const folder = join(corpusFolder, "argo-invalid");
const cases = casesIn(folder);

describe("cases whose outcome Argo's own tests assert", () => {
  const failing = cases.filter(({ expect }) => expect === "error");
  const passing = cases.filter(({ expect }) => expect === "ok");
  test.each(failing.map((one) => [one.file, one] as const))("%s is an error", (file, one) => {
    expect(errorsOf(readFileSync(join(folder, file), "utf8"), one)).not.toEqual([]);
  });
  test.each(passing.map((one) => [one.file, one] as const))("%s is none", (file, one) => {
    expect(errorsOf(readFileSync(join(folder, file), "utf8"), one)).toEqual([]);
  });
});
