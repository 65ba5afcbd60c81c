import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formats } from "#compiler/readers.ts";
import { translator } from "#messages/index.ts";

const folders = readdirSync("src/formats");
const compiler = Object.fromEntries(
  readdirSync("src/compiler").map((file) => [file, readFileSync(`src/compiler/${file}`, "utf8")] as const),
);

describe.each(folders)("the format in src/formats/%s", (folder) => {
  const has = (file: string) => existsSync(`src/formats/${folder}/${file}`);
  const isRegistered = (module: string, file: string) => compiler[file]?.includes(`"#formats/${folder}/${module}"`) ?? false;

  it("is read, edited, written and checked by the compiler as far as it has modules for that", () => {
    const modules = [
      ["format.ts", "readers.ts"],
      ["editing.ts", "editing.ts"],
      ["write.ts", "writers.ts"],
      ["checking.ts", "checking.ts"],
      ["lowering.ts", "lowering.ts"],
      ["clipboard.ts", "clipboard.ts"],
      ["programs.ts", "programs.ts"],
    ] as const;
    expect(modules.filter(([module]) => has(module)).length).toBeGreaterThan(0);
    expect(modules.filter(([module, file]) => has(module) && !isRegistered(module, file))).toEqual([]);
  });

  it("has tests of its own, or is one of those that other folders test", () => {
    const own = existsSync(`test/formats/${folder}`) ? readdirSync(`test/formats/${folder}`, { recursive: true }) : [];
    expect(folder === "component" || own.some((file) => String(file).endsWith(".test.ts"))).toBe(true);
  });

  it("is in the table of formats of README.md", () => {
    const table = /## Formats\n([\s\S]*?)\n## /.exec(readFileSync("README.md", "utf8"))?.[1] ?? "";
    expect(table).toMatch(new RegExp(`test/formats/${folder}\\b|${folder}[.-]yaml`));
  });
});

describe.each(formats.map(({ id, vocabulary }) => [id, vocabulary] as const))("the terms of %s", (_, { component }) => {
  it.each(["en", "ko"] as const)("have messages of their own in the language %s", (language) => {
    const t = translator(language);
    const codes = [`field-${component}`, `section-ports.${component}`, `called-missing.${component}`];
    expect(codes.filter((code) => t(code) === code)).toEqual([]);
  });
});
