import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { authoringMessages } from "#messages/sections/authoring.ts";

describe("sentences of authoring", () => {
  const folder = "src/formats/argo/edit/authoring";
  const source = readdirSync(folder)
    .map((file) => readFileSync(`${folder}/${file}`, "utf8"))
    .join("\n");
  const codes = [...new Set([...source.matchAll(/"(authoring-[a-z-]+)"/g)].map((match) => match[1] as string))];

  it("say every refusal and note with a hint, in both languages, and nothing else", () => {
    const message = Object.keys(authoringMessages.en).filter((code) => code.startsWith("authoring-"));
    expect(codes.flatMap((code) => [code, `${code}.hint`]).sort()).toEqual(message.sort());
    expect(Object.keys(authoringMessages.ko).sort()).toEqual(Object.keys(authoringMessages.en).sort());
  });
});
