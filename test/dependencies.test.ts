import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** Packages that no module imports: types, and programs that scripts run by name. */
const withoutImport = ["@types/node", "@types/react", "@types/react-dom", "eslint", "prettier"];

test("every dependency is imported somewhere", () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, Record<string, string>>;
  const sources = execFileSync("git", ["ls-files", "src", "test", "bin", "*.config.ts", "*.js", "*.cjs", "tsconfig*.json"], {
    encoding: "utf8",
  })
    .trim()
    .split("\n")
    .filter((file) => /\.(tsx?|js|cjs|json|css)$/.test(file) && !file.startsWith("test/golden/") && file !== "test/dependencies.test.ts");
  const text = sources.map((file) => readFileSync(file, "utf8")).join("\n");
  const unused = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !new RegExp(`["']${name}["'/]`).test(text));
  expect(unused).toEqual(withoutImport);
});
