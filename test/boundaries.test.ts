import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

/** Runs the boundary check over a small tree of its own; returns the exit code and the output. */
function check(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), "borders-"));
  folders.push(root);
  cpSync("package.json", join(root, "package.json"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const ended = spawnSync(process.execPath, ["test/boundaries.js", "--root", root], { encoding: "utf8" });
  return { code: ended.status, message: ended.stdout + ended.stderr };
}

test("imports toward the foundations pass the boundary check", () => {
  const { code, message } = check({
    "src/data/data.ts": "export type Data = string;\n",
    "src/ui/box.ts": 'import type { Data } from "#data/data.ts";\nexport const box: Data = "";\n',
  });
  expect(message).toContain("2 modules, 1 imports, 0 violations");
  expect(code).toBe(0);
});

test("an import upward fails the boundary check, even for a type and through a package import", () => {
  const { code, message } = check({
    "src/ui/box.ts": "export type Box = string;\n",
    "src/data/data.ts": 'import type { Box } from "#ui/box.ts";\nexport const data: Box = "";\n',
  });
  expect(message).toContain("data-knows-nothing-above: src/data/data.ts -> src/ui/box.ts");
  expect(code).toBe(1);
});

test("a cycle of imports fails the boundary check", () => {
  const { code, message } = check({
    "src/pipeline/a.ts": 'import { b } from "./b.ts";\nexport const a: string = b;\n',
    "src/pipeline/b.ts": 'import { a } from "./a.ts";\nexport const b: string = a;\n',
  });
  expect(message).toContain("no-circle");
  expect(code).toBe(1);
});

test("a boundary check that saw no module fails", () => {
  const { code } = check({ "src/.keep": "" });
  expect(code).toBe(1);
});

test("a format that imports another one, and an editor that imports a format, fail the boundary check", () => {
  const { code, message } = check({
    "src/formats/argo/format.ts": "export const argo = 1;\n",
    "src/formats/toy/format.ts": 'import { argo } from "../argo/format.ts";\nexport const toy = argo;\n',
    "src/compiler/readers.ts": 'import { toy } from "#formats/toy/format.ts";\nexport const formats = [toy];\n',
    "src/editor/state.ts": 'import { toy } from "#formats/toy/format.ts";\nexport const state = toy;\n',
  });
  expect(message).toContain("formats-do-not-know-each-other: src/formats/toy/format.ts -> src/formats/argo/format.ts");
  expect(message).toContain("only-the-compiler-knows-formats: src/editor/state.ts -> src/formats/toy/format.ts");
  expect(message).toContain("2 violations");
  expect(code).toBe(1);
});

test("an editor that imports a conversion fails the boundary check", () => {
  const { code, message } = check({
    "src/convert/plan.ts": "export const plan = 1;\n",
    "src/editor/state.ts": 'import { plan } from "#convert/plan.ts";\nexport const state = plan;\n',
  });
  expect(message).toContain("only-the-compiler-knows-conversions: src/editor/state.ts -> src/convert/plan.ts");
  expect(code).toBe(1);
});

test("a conversion that imports a format fails the boundary check", () => {
  const { code, message } = check({
    "src/formats/toy/format.ts": "export const toy = 1;\n",
    "src/convert/plan.ts": 'import { toy } from "#formats/toy/format.ts";\nexport const plan = toy;\n',
  });
  expect(message).toContain("only-the-compiler-knows-formats: src/convert/plan.ts -> src/formats/toy/format.ts");
  expect(code).toBe(1);
});

test("no file of ours is exempt from the rules about formats and conversions", () => {
  const { forbidden } = createRequire(import.meta.url)("../.dependency-cruiser.cjs") as {
    readonly forbidden: readonly { readonly name: string; readonly from: { readonly pathNot?: unknown } }[];
  };
  const exempt = Object.fromEntries(forbidden.map(({ name, from }) => [name, from.pathNot]));
  expect(exempt["only-the-compiler-knows-formats"]).toBe("^src/(compiler|formats)/");
  expect(exempt["only-the-compiler-knows-conversions"]).toBe("^src/(compiler|convert)/");
});
