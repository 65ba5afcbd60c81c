import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commands } from "#editor/commands/all.ts";
import { translator, sections } from "#messages/index.ts";
import { fetchMessages, translator as sayOnPage } from "#messages/lazy-catalog.ts";
import { cliMessages } from "#messages/sections/cli.ts";

const placeholders = (message: string) => [...new Set([...message.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();
const folder = new URL("../../src/messages/sections", import.meta.url);

describe("the words", () => {
  it("holds every section of the folder", () => {
    const files = readdirSync(folder).filter((name) => name.endsWith(".ts"));
    const index = readFileSync(new URL("../../src/messages/index.ts", import.meta.url), "utf8");
    expect(files.filter((name) => !index.includes(`"./sections/${name}"`))).toEqual([]);
    expect(sections).toHaveLength(files.length);
  });

  it.each(sections.map((section, index) => [index, section] as const))(
    "says the same codes in both languages (section %i)",
    (_, section) => {
      const stem = (code: string) => code.replace(/\.(one|other)$/, "");
      expect([...new Set(Object.keys(section.ko).map(stem))].sort()).toEqual([...new Set(Object.keys(section.en).map(stem))].sort());
    },
  );

  it("takes the same values in both languages", () => {
    const differing = sections.flatMap((section) =>
      Object.keys(section.en).filter((code) => {
        const korean =
          section.ko[code] ?? section.ko[code.replace(/\.(one|other)$/, ".other")] ?? section.ko[code.replace(/\.(one|other)$/, "")] ?? "";
        const [a, b] = [placeholders(section.en[code] as string), placeholders(korean)];
        // A singular need not say its number, a hint need not repeat what the message says, and `direction` is an English word.
        const spare = (name: string | undefined) =>
          name === "direction" || (name === "n" && code.endsWith(".one")) || code.endsWith(".hint");
        return b.some((name) => !a.includes(name) && !spare(name)) || a.some((name) => !b.includes(name) && !spare(name));
      }),
    );
    expect(differing).toEqual([]);
  });

  it("says a code in one section only", () => {
    const seen = new Map<string, number>();
    for (const section of sections) for (const code of Object.keys(section.en)) seen.set(code, (seen.get(code) ?? 0) + 1);
    expect([...seen].filter(([, count]) => count > 1).map(([code]) => code)).toEqual([]);
  });

  it("leaves no sentence empty", () => {
    expect(
      sections.flatMap(({ en, ko }) => [...Object.entries(en), ...Object.entries(ko)]).filter(([, message]) => message.trim() === ""),
    ).toEqual([]);
  });

  it("puts no particle right behind a value in Korean", () => {
    const bare = sections.flatMap(({ ko }) =>
      Object.entries(ko).filter(([, message]) => /\}[”»"']?(은|는|이|가|을|를|와|과)(?=[\s.,]|$)/.test(message)),
    );
    expect(bare.map(([code]) => code)).toEqual([]);
  });

  it("names every command and its reasons", () => {
    const t = translator("en");
    expect(commands.filter(({ id }) => t(`command-${id}`) === `command-${id}`).map(({ id }) => id)).toEqual([]);
  });

  it("says the sentences of the checks on the page after they have come", async () => {
    await fetchMessages("en", ["first"]);
    expect(sayOnPage("en")("command-open")).toBe("Open");
    expect(sayOnPage("ko")("command-open")).toBe("Open");
    const code = Object.keys(sections.at(-1)?.en ?? {})[0] as string;
    expect(sayOnPage("en")(code)).toBe(code);
    await Promise.all([fetchMessages("en"), fetchMessages("ko")]);
    const ofTerminal = new Set(Object.keys(cliMessages.en));
    const codes = sections.flatMap(({ en }) => Object.keys(en)).filter((one) => !ofTerminal.has(one) && !/\.(one|other)$/.test(one));
    expect(codes.filter((one) => sayOnPage("en")(one) !== translator("en")(one) || sayOnPage("ko")(one) !== translator("ko")(one))).toEqual(
      [],
    );
    // Counted messages too, though English has forms that Korean has not.
    const counted = sections.flatMap(({ en }) => Object.keys(en)).filter((one) => one.endsWith(".other") && !ofTerminal.has(one));
    const messages = counted.map((one) => one.slice(0, -".other".length));
    expect(messages.filter((one) => sayOnPage("ko")(one, { n: 2 }) !== translator("ko")(one, { n: 2 }))).toEqual([]);
  });
});
