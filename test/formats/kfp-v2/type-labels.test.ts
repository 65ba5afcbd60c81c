import { expect, test } from "vitest";
import { typeLabel } from "#compiler/readers.ts";

test("types of KFP v2 are written on the page by the names that KFP v1 has for them, others as they are in the file", () => {
  expect(["NUMBER_DOUBLE", "STRING", "LIST", "system.Dataset"].map(typeLabel)).toEqual(["Float", "String", "JsonArray", "Dataset"]);
  expect(["Integer", "team.Table", "__proto__", "constructor"].map(typeLabel)).toEqual([
    "Integer",
    "team.Table",
    "__proto__",
    "constructor",
  ]);
});
