import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

// Code asks what it wants to know, by a trait or a member of the flavor, and never who wrote a file: a further way to write pipelines then
// answers the same questions.

/** Comparisons of a variant. */
const asksWhoWroteIt = /isSdkCompiled|\.variant\s*[!=]==|[!=]==\s*[\w.]*\.variant\b/;

/** The source without comments. */
const codeOf = (file: string) =>
  readFileSync(join("src", file), "utf8")
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/(^|\s)\/\/.*$/gm, "$1");

const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));

test("no code asks whether KFP v1 wrote a file; only a setting is matched with the variant that it is for", () => {
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter((file) => asksWhoWroteIt.test(codeOf(file)))).toEqual(["editor/settings/access.ts"]);
});

test("the annotations of KFP v1 are known to its own folder only", () => {
  const own = files.filter((file) => file.startsWith("formats/argo/"));
  expect(
    own.filter((file) => codeOf(file).includes("pipelines.kubeflow.org")).filter((file) => !file.startsWith("formats/argo/kfp/")),
  ).toEqual([]);
});

test("in the format of Argo, only reading and the choice of a flavor and of fit rules know that there are two", () => {
  const own = files.filter((file) => file.startsWith("formats/argo/") && !/^formats\/argo\/(kfp|settings)\//.test(file));
  expect(own.length).toBeGreaterThan(90);
  expect(own.filter((file) => /\bkfpV1(Traits)?\b/.test(codeOf(file))).toSorted()).toEqual([
    "formats/argo/edit/authoring/update-component.ts",
    "formats/argo/flavor/flavor-of.ts",
    "formats/argo/read/workflow.ts",
    "formats/argo/traits.ts",
  ]);
});
