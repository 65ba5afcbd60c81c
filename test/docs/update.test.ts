import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

test("`npm run update` runs every test that can write a generated file", () => {
  const suites = readFileSync("test/suites.js", "utf8");
  const [, list = ""] = /const generated = \[([^\]]*)\]/.exec(suites) ?? [];
  const run = [...list.matchAll(/"([^"]+)"/g)].map(([, path = ""]) => path);
  expect(run.length).toBeGreaterThan(0);
  const writers = readdirSync("test", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".test.ts"))
    .map((entry) => join(entry.parentPath, entry.name).replaceAll("\\", "/"))
    .filter((file) => /process\.env\.DAGWRIGHT_UPDATE/.test(readFileSync(file, "utf8")));
  expect(writers.filter((file) => !run.some((path) => file.startsWith(path)))).toEqual([]);
});
