import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createTranslate } from "#messages/translate.ts";
import { yamlMessages } from "#messages/sections/yaml.ts";

const folder = join(import.meta.dirname, "../../src/yaml");
const code = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(join(folder, name), "utf8"))
  .join("\n");

test("every kind of error has a message and a hint in both languages", () => {
  const problems = new Set(
    [...code.matchAll(/fail\([^;]*?"([a-z-]+)"/g), ...code.matchAll(/problem: "([a-z-]+)"/g)].map((match) => match[1] as string),
  );
  for (const other of ["aliases", "code"]) problems.delete(other);
  expect(problems.size).toBeGreaterThan(15);
  for (const language of ["en", "ko"] as const) {
    for (const problem of problems) {
      for (const key of [`yaml-syntax.${problem}`, `yaml-syntax.${problem}.hint`])
        expect(Object.keys(yamlMessages[language]), key).toContain(key);
    }
  }
});

test("both languages say the same codes, apart from the singular that Korean lacks", () => {
  const korean = Object.keys(yamlMessages.ko);
  for (const key of Object.keys(yamlMessages.en)) if (!key.endsWith(".one")) expect(korean).toContain(key);
});

test("an error is reported with its kind and its position", () => {
  const t = createTranslate([yamlMessages], "en");
  const values = { problem: "tab", line: 2, column: 1, found: "" };
  expect(t("yaml-syntax", values)).toBe("Line 2 is indented with a tab.");
  expect(t("yaml-syntax.hint", values)).toBe("YAML is indented with spaces: replace the tab.");
  expect(t("yaml-syntax", { ...values, problem: "unheard-of" })).toBe("The YAML cannot be read at line 2, column 1.");
});
