import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

// What several modules need exists once. Each entry recognises a second copy; a file with a good reason is listed with it.

const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
const textOf = new Map(files.map((file) => [file, readFileSync(join("src", file), "utf8")]));

/** The files whose code matches. */
function filesWith(pattern: RegExp): readonly string[] {
  return files.filter((file) => pattern.test(textOf.get(file) ?? "")).toSorted();
}

describe("exists once:", () => {
  test("the resolver of calls (pipeline/resolve-call.ts), which alone looks templates up by name", () => {
    expect(files.length).toBeGreaterThan(300);
    expect(filesWith(/\.templates\s*\.find\(\s*\((?:\{ name \}|(\w+))\) => (?:\1\.)?name === /)).toEqual([]);
    expect(filesWith(/templates\.map\(\((\w+)\) => \[\1\.name, \1\]\)/)).toEqual([]);
  });

  test("isGraph (pipeline/template-kinds.ts)", () => {
    expect(filesWith(/function \w*isGraph\b|kind === "dag" \|\| [\w.]*kind === "steps"/i)).toEqual([
      // Asks the same of the data in the middle of an edit, when there is no model.
      "formats/kfp-v2/edit/pipeline-spec.ts",
      "pipeline/template-kinds.ts",
    ]);
  });

  test("the test of a path's beginning (data/data.ts)", () => {
    expect(filesWith(/\.every\(\((\w+), (\w+)\) => (?:\1 === [\w.]*(?:path|to)\[\2\]|[\w.]*path\[\2\] === \1)/i)).toEqual(["data/data.ts"]);
  });
});
