import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { authoringWords } from "#messages/sections/authoring.ts";

describe("sentences of authoring", () => {
  const folder = "src/formats/argo/edit/authoring";
  const source = readdirSync(folder)
    .map((file) => readFileSync(`${folder}/${file}`, "utf8"))
    .join("\n");
  const codes = [...new Set([...source.matchAll(/"(authoring-[a-z-]+)"/g)].map((match) => match[1] as string))];

  it("say every refusal and note with a hint, in both languages, and nothing else", () => {
    const said = Object.keys(authoringWords.en).filter((code) => code.startsWith("authoring-"));
    expect(codes.flatMap((code) => [code, `${code}.hint`]).sort()).toEqual(said.sort());
    expect(Object.keys(authoringWords.ko).sort()).toEqual(Object.keys(authoringWords.en).sort());
  });
});
