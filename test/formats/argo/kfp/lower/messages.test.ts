import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createTranslate } from "#messages/translate.ts";
import { componentMessages } from "#messages/sections/component.ts";

/** All diagnostic codes in the sources of these folders. */
function codes(): readonly string[] {
  const found = ["src/components/component-yaml", "src/formats/argo/kfp/lower"].flatMap((folder) =>
    readdirSync(folder).flatMap((file) =>
      [...readFileSync(join(folder, file), "utf8").matchAll(/"((?:component|lower)-[a-z0-9-]+)"/g)].map((match) => match[1] ?? ""),
    ),
  );
  return [...new Set(found)].sort();
}

it("every diagnostic about components and plans has a message and a hint in both languages, and no message is left over", () => {
  const known = codes();
  expect(known.length).toBeGreaterThan(30);
  for (const words of [componentMessages.en, componentMessages.ko]) {
    expect(
      Object.keys(words)
        .filter((code) => !code.endsWith(".hint"))
        .sort(),
    ).toEqual(known);
    expect(
      Object.keys(words)
        .filter((code) => code.endsWith(".hint"))
        .sort(),
    ).toEqual(known.map((code) => `${code}.hint`));
  }
});

it("both languages use the same values", () => {
  const values = (text: string) => [...text.matchAll(/(?<!\{)\{(\w+)\}(?!\})/g)].map((match) => match[1]).sort();
  for (const [code, text] of Object.entries(componentMessages.en))
    expect(values(componentMessages.ko[code] ?? ""), code).toEqual(values(text));
});

it("names of the user are in the message as they are", () => {
  const t = createTranslate([componentMessages], "en");
  expect(t("lower-argument-missing", { task: "데이터 준비", input: "rows" })).toBe(
    "Task “데이터 준비” needs a value for its input “rows”.",
  );
  expect(t("lower-exit-handler-input.hint")).toContain("{{workflow.status}}");
});
