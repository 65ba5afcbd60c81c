import { expect, test } from "vitest";
import { isOffered, typeLabel } from "#compiler/readers.ts";
import { buildEntries } from "#editor/library/place-entry.ts";

test("types of KFP v2 are written on the page by the names that the SDK has for them, others as they are in the file", () => {
  expect(["NUMBER_DOUBLE", "STRING", "LIST", "system.Dataset"].map(typeLabel)).toEqual(["float", "str", "list", "Dataset"]);
  expect(["Integer", "team.Table", "__proto__", "constructor"].map(typeLabel)).toEqual([
    "Integer",
    "team.Table",
    "__proto__",
    "constructor",
  ]);
});

test("the palette offers a KFP v2 pipeline what it can hold, and an Argo workflow everything", () => {
  expect(buildEntries.filter((entry) => !isOffered(entry, "argo"))).toEqual([]);
  const left = buildEntries.filter((entry) => !isOffered(entry, "kfp-v2"));
  expect(left).toEqual(["build:volume", "build:snapshot", "build:resource", "build:http", "build:suspend"]);
});
