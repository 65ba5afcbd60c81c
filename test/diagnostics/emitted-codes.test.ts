import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, test } from "vitest";
import { catalog } from "#diagnostics/catalog.ts";
import { sections } from "#messages/index.ts";
import { type EmittedCodes, emittedCodes, scan } from "./emitted-codes.ts";

const messages = { en: keysOf("en"), ko: keysOf("ko") };

function keysOf(language: "en" | "ko"): ReadonlySet<string> {
  // A message with a number in it has a form for one and another for more.
  return new Set(
    sections.flatMap((section) => Object.keys(section[language]).flatMap((code) => [code, code.replace(/\.(?:one|other)$/, "")])),
  );
}

/** All that says something, as one text. */
function sourceText(): string {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
    (file) => /\.tsx?$/.test(file) && !file.startsWith("messages"),
  );
  return files.map((file) => readFileSync(join("src", file), "utf8")).join("\n");
}

describe("every code that the product can emit", () => {
  let codes: EmittedCodes;
  beforeAll(() => {
    codes = emittedCodes();
  }, 180_000);

  /** Codes for which something is missing, with the place that emits them. */
  const without = (of: ReadonlyMap<string, readonly string[]>, isThere: (code: string) => boolean) =>
    [...of].filter(([code]) => !isThere(code)).map(([code, locations]) => `${code} (${locations[0]})`);

  test("is found: nothing in the source is beyond the scan", () => {
    expect(codes.unknown).toEqual([]);
    // What the catalogue of messages explains with a hint is emitted somewhere: the scan sees all the ways that codes take.
    const hinted = [...messages.en].filter((code) => messages.en.has(`${code}.hint`));
    const seen = (code: string) =>
      codes.diagnostics.has(code) || codes.messages.has(code) || [...codes.prefixes.keys()].some((prefix) => code.startsWith(prefix));
    // A variant such as `yaml-syntax.tab` comes with its code; what is not a code at all is said by the page under its name.
    const source = sourceText();
    const isMessage = (code: string) => source.includes(`"${code}"`) || source.includes(`\`${code.slice(0, code.indexOf("-") + 1)}\${`);
    expect(hinted.filter((code) => !seen(code) && !seen(code.split(".")[0] as string) && !isMessage(code))).toEqual([]);
    expect(codes.diagnostics.size).toBeGreaterThan(300);
  });

  test("has a message in English and in Korean", () => {
    for (const language of ["en", "ko"] as const) {
      expect(without(codes.diagnostics, (code) => messages[language].has(code))).toEqual([]);
      expect(without(codes.messages, (code) => messages[language].has(code))).toEqual([]);
      for (const prefix of codes.prefixes.keys())
        expect(
          [...messages[language]].some((code) => code.startsWith(prefix)),
          prefix,
        ).toBe(true);
    }
  });

  test("that is a diagnostic is in the catalog, and every code of the catalog is emitted", () => {
    // Wires that do not fit are refused with the code of the rule (pipeline/port-compatibility.ts), which the scan takes for a message.
    const emitted = new Set([...codes.diagnostics.keys(), ...codes.messages.keys()]);
    expect([...codes.diagnostics.keys()].filter((code) => !(code in catalog))).toEqual([]);
    expect(Object.keys(catalog).filter((code) => !emitted.has(code))).toEqual([]);
  });
});

describe("the scan of the source", () => {
  /** Scans one file. */
  function scanned(text: string): EmittedCodes {
    const name = join(import.meta.dirname, "scanned.ts");
    const options = { target: ts.ScriptTarget.ES2023, strict: true, noLib: true };
    const host = ts.createCompilerHost(options);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (file, language) => (file === name ? ts.createSourceFile(file, text, language, true) : read(file, language));
    host.fileExists = (file) => file === name;
    return scan(ts.createProgram([name], options, host), () => true);
  }
  const diagnostics = (text: string) => [...scanned(text).diagnostics.keys()].toSorted();

  test("sees codes in objects, choices and constants", () => {
    expect(diagnostics(`const other = "c"; const x = [{ code: "a", level: 1 }, { code: Math ? "b" : other, level: 1 }];`)).toEqual([
      "a",
      "b",
      "c",
    ]);
  });
  test("follows functions, through one another, arrows and methods of an interface", () => {
    expect(
      diagnostics(`
        interface Sink { report(code: string): void }
        const make = (code: string) => ({ code, level: "error" });
        function twice(first: string, second: string) { make(first); return make(second); }
        const sink: Sink = { report: (code) => void make(code) };
        make("a"); twice("b", "c"); sink.report("d");`),
    ).toEqual(["a", "b", "c", "d"]);
  });
  test("knows what a template can give, and otherwise its beginning", () => {
    expect(diagnostics("function f(kind: 'x' | 'y') { return { code: `${kind}-name`, level: 1 }; }")).toEqual(["x-name", "y-name"]);
    expect([...scanned("function f(kind: string) { return { code: `fix.${kind}`, level: 1 }; }").prefixes.keys()]).toEqual(["fix."]);
  });
  test("follows a function that is handed on to another one", () => {
    expect(
      diagnostics(`
        type Report = (code: string) => void;
        function inner(report: (code: string, n: number) => void) { report("a", 1); }
        function outer(report: Report) { report("b"); deeper(report); }
        function deeper(report: Report) { report("c"); }
        const emit = (code: string) => void ({ code, level: "error" });
        inner(emit); outer(emit);`),
    ).toEqual(["a", "b", "c"]);
  });
  test("says what it cannot follow", () => {
    expect(scanned("declare function ask(): string; const x = { code: ask(), level: 1 };").unknown).toHaveLength(1);
  });
});
