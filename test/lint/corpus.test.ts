import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { casesIn, errorsOf } from "./measure.ts";

const root = [process.env.DAGWRIGHT_CORPUS, "../shared/corpus"].find((place) => place !== undefined && place !== "" && existsSync(place));
const folder = join(root ?? "", "argo-invalid");
const cases = root === undefined || !existsSync(folder) ? [] : casesIn(folder);
if (cases.length === 0) console.log("lint: no corpus of known outcomes (DAGWRIGHT_CORPUS or ../shared/corpus); skipped");

describe.skipIf(cases.length === 0)("cases whose outcome Argo's own tests assert", () => {
  const failing = cases.filter(({ expect }) => expect === "error");
  const passing = cases.filter(({ expect }) => expect === "ok");
  test.each(failing.map((one) => [one.file, one] as const))("%s is an error", (file, one) => {
    expect(errorsOf(readFileSync(join(folder, file), "utf8"), one)).not.toEqual([]);
  });
  test.each(passing.map((one) => [one.file, one] as const))("%s is none", (file, one) => {
    expect(errorsOf(readFileSync(join(folder, file), "utf8"), one)).toEqual([]);
  });
});
