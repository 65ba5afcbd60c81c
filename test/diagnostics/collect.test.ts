import { describe, expect, test } from "vitest";
import { checkDocument } from "#compiler/checking.ts";
import { openDocument } from "#compiler/document.ts";
import { bounded, collect } from "#diagnostics/collect.ts";
import type { AnyValues, Diagnostic, Level } from "#diagnostics/diagnostic.ts";
import { dagwright } from "../cli/terminal.ts";

const made = (code: string, at: number, level: Level = "warning"): Diagnostic =>
  ({ code, level, values: {}, path: [at] }) as unknown as Diagnostic;
const many = (code: string, n: number) => Array.from({ length: n }, (_, index) => made(code, index));
const checked = (text: string) => checkDocument(openDocument(text));
const workflow = (container: string) =>
  `kind: Workflow\nspec:\n  entrypoint: a\n  templates:\n  - name: a\n    container:\n      image: a\n${container}`;

describe("a list of diagnostics", () => {
  test("holds a thousand of one code, and then says how many more there are and where the first is", () => {
    const list = bounded([...many("a", 1_500), made("b", 7)]);
    expect(list).toHaveLength(1_002);
    expect(list.at(-1)).toEqual({ code: "diagnostics-omitted", level: "warning", values: { code: "a", n: 500 }, path: [1_000] });
  });
  test("of exactly a thousand is complete", () => {
    expect(bounded(many("a", 1_000))).toEqual(many("a", 1_000));
  });
  test("holds ten thousand in all, and the first of each code", () => {
    const codes = Array.from({ length: 15 }, (_, index) => `code${index}`);
    const list = bounded(codes.flatMap((code) => many(code, 1_000)));
    expect(list.filter(({ code }) => code !== "diagnostics-omitted")).toHaveLength(10_005);
    expect(new Set(list.map(({ code }) => code)).size).toBe(16);
    expect(list.reduce((sum, { values }) => sum + Number((values as AnyValues).n ?? 1), 0)).toBe(15_000);
  });
  test("omits with the gravest level of what it omits", () => {
    expect(bounded([...many("a", 1_000), made("a", 1), made("a", 2, "error"), made("a", 3, "info")]).at(-1)?.level).toBe("error");
  });
  test("adds up what other lists omitted", () => {
    const list = bounded([...bounded(many("a", 1_200)), ...bounded(many("a", 1_300))]);
    expect(list).toHaveLength(1_001);
    expect(list.at(-1)?.values).toEqual({ code: "a", n: 1_500 });
  });
  test("completes only what it keeps", () => {
    let completed = 0;
    const collector = collect((found) => (completed++, found));
    many("a", 5_000).forEach((one) => collector.report(one));
    expect([completed, collector.list().length]).toEqual([1_000, 1_001]);
  });
});

describe("a document with more problems of a kind than are listed", () => {
  test("counts unknown fields exactly", () => {
    const list = checked(workflow(Array.from({ length: 3_000 }, (_, index) => `      unknown${index}: 1\n`).join("")));
    expect(list.filter(({ code }) => code === "unknown-field")).toHaveLength(1_000);
    expect(list.at(-1)).toMatchObject({ code: "diagnostics-omitted", level: "error", values: { code: "unknown-field", n: 2_000 } });
    expect(list.at(-1)?.span?.[0]).toBeGreaterThan(0);
  });
  test("counts once what the reader and the lint both find", () => {
    const templates = Array.from({ length: 3_000 }, () => "  - 1\n").join("");
    const list = checked(`kind: WorkflowTemplate\nspec:\n  templates:\n${templates}`);
    expect(list.filter(({ code }) => code === "wrong-type")).toHaveLength(1_000);
    expect(list.at(-1)?.values).toEqual({ code: "wrong-type", n: 2_000 });
  });
  test("counts duplicate keys of the YAML exactly", () => {
    const list = openDocument(`a:\n${"  b: 1\n".repeat(2_500)}`).diagnostics;
    expect(list).toHaveLength(1_001);
    expect(list.at(-1)?.values).toMatchObject({ n: 1_499 });
  });
  test("still ends with 1, and --disable leaves the omitted ones out, too", async () => {
    const text = workflow(Array.from({ length: 1_100 }, (_, index) => `      unknown${index}: 1\n`).join(""));
    const { code, out } = await dagwright(["check", "-"], text);
    expect([code, out.split("\n").filter((line) => line.includes("diagnostics-omitted")).length]).toEqual([1, 1]);
    const without = await dagwright(["check", "-", "--disable", "unknown-field", "--disable", "object-name-required"], text);
    expect(without.out).not.toContain("diagnostics-omitted");
  });
});
