import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { catalog, type ValueKinds } from "#diagnostics/catalog.ts";
import { sections } from "#messages/index.ts";
import { testText } from "./test-text.ts";

const codes: readonly (readonly [code: string, values: ValueKinds])[] = Object.entries(catalog);
const messages: Readonly<Record<"en" | "ko", Readonly<Record<string, string>>>> = {
  en: Object.assign({}, ...sections.map(({ en }) => en)),
  ko: Object.assign({}, ...sections.map(({ ko }) => ko)),
};

/** The keys of a code's messages: one, or one per number and cause. */
function keysOf(code: string, values: ValueKinds): readonly string[] {
  const causes = [values.problem, values["problem?"]].flatMap((kind) => (Array.isArray(kind) ? kind : []));
  return [code, `${code}.one`, `${code}.other`, ...causes.map((cause) => `${code}.${cause}`)];
}

describe.each(["en", "ko"] as const)("every code of the catalog, in %s", (language) => {
  const known = messages[language];
  const without = (has: (code: string, values: ValueKinds) => boolean) =>
    codes.flatMap(([code, values]) => (has(code, values) ? [] : [code]));

  test("has a message", () => {
    expect(without((code) => code in known || `${code}.other` in known)).toEqual([]);
  });
  test("has a hint, which says what to do next", () => {
    expect(without((code) => `${code}.hint` in known)).toEqual([]);
  });
  test("has all values that its messages name", () => {
    const missing = codes.flatMap(([code, values]) => {
      const names = new Set(Object.keys(values).map((name) => name.replace(/\?$/, "")));
      const texts = keysOf(code, values).flatMap((key) => [known[key] ?? "", known[`${key}.hint`] ?? ""]);
      const used = texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string));
      return used.filter((name) => !names.has(name)).map((name) => `${code}: {${name}}`);
    });
    expect(missing).toEqual([]);
  });
});

describe("every code of the catalog", () => {
  test("has a row in docs/diagnostics.md", () => {
    const rows = readFileSync("docs/diagnostics.md", "utf8");
    expect(codes.flatMap(([code]) => (rows.includes(`| \`${code}\` |`) ? [] : [code]))).toEqual([]);
  });
  test("has a case among the tests", () => {
    const text = testText("catalog.test.ts");
    expect(codes.flatMap(([code]) => (new RegExp(`["'\`|: ]${code}["'\`|: ,)]`).test(text) ? [] : [code]))).toEqual([]);
  });
});
