import { describe, expect, test } from "vitest";
import { compilePython } from "#compiler/python.ts";
import { readDocstring } from "#python/docstring.ts";
import { readFunctions } from "#python/functions.ts";
import { longestSource, parsePython } from "#python/syntax.ts";

const stamps = { sdkVersion: "1.8.22", compiledAt: "2024-01-01T00:00:00" };
const file = (body: string, before = "") =>
  `from kfp import dsl\nimport json\n${before}@dsl.pipeline(name='p')\ndef p():\n${body}    dsl.ContainerOp(name='x', image='i', arguments=[x])\n`;
const chain = (line: (index: number) => string, count = 28) => Array.from({ length: count }, (_, index) => line(index)).join("");
/** Milliseconds are no measure on a busy machine; characters and steps are. All of these took minutes or all memory before. */
const most = 3_000_000;

describe("values that grow by themselves are left out, with the line that says so", () => {
  test.each([
    ["a text added to itself", file(`    x = 'ab'\n${chain(() => "    x = x + x\n")}`)],
    ["an f-string", file(`    x = 'ab'\n${chain(() => "    x = f'{x}{x}'\n")}`)],
    ["format", file(`    x = 'ab'\n${chain(() => "    x = '{}{}'.format(x, x)\n")}`)],
    ["percent", file(`    x = 'ab'\n${chain(() => "    x = '%s%s' % (x, x)\n")}`)],
    ["constants of the module", file("    x = A40\n", `A0 = 'ab'\n${chain((n) => `A${n + 1} = A${n} + A${n}\n`, 40)}`)],
    ["a constant that names itself", file("    x = A\n", "A = A + A\n")],
    ["a list in itself", file(`    x = ['ab']\n${chain(() => "    x = [x, x]\n")}`)],
    ["a list added to itself", file(`    x = ['ab']\n${chain(() => "    x = x + x\n")}`)],
    ["a dictionary in itself", file(`    x = {}\n${chain(() => "    x = {'a': x, 'b': x}\n")}    x = json.dumps(x)\n`)],
    ["a deep list", file(`    x = ['ab']\n${chain(() => "    x = [x]\n", 5_000)}`)],
    ["a multiplied text", file("    x = 'x' * 10**9\n")],
    ["a wide number", file("    x = '%1000000000d' % 5\n")],
    ["a wide field", file("    x = f'{5:>1000000000}'\n")],
    ["a padded text", file("    x = 'a'.ljust(10**9)\n")],
    ["a power", file("    x = 9**9**9**9\n")],
    ["a number of many digits", file(`    x = ${"9".repeat(100_000)} * ${"9".repeat(100_000)}\n`)],
  ])("%s", (_, source) => {
    const { text, diagnostics } = compilePython(source, stamps);
    expect((text ?? "").length).toBeLessThan(most);
    expect(diagnostics.map(({ code }) => code)).toContain("python-pipeline-left-out");
  });

  test("a value that is small alone is left out once all of them are too large", () => {
    const step = "    dsl.ContainerOp(name='x', image='i', arguments=[x])\n";
    const { text, diagnostics } = compilePython(file(`    x = 'ab'\n${chain(() => "    x = x + x\n", 17)}${step.repeat(200)}`), stamps);
    expect((text ?? "").length).toBeLessThan(10_000_000);
    expect(diagnostics.length).toBeGreaterThan(100);
  });
  test("texts of a usual size are joined as before", () => {
    const { text, diagnostics } = compilePython(file(`    x = 'ab'\n${chain(() => "    x = x + x\n", 10)}`), stamps);
    expect(diagnostics).toEqual([]);
    expect(text).toContain("ab".repeat(1024));
  });
  test("not more than some thousand lines are listed", () => {
    const { diagnostics } = compilePython(file("    foo(1)\n".repeat(20_000)), stamps);
    expect(diagnostics.length).toBeLessThanOrEqual(2_000);
  });
});

describe("text that is too long or too deep is not read, with a diagnostic", () => {
  test.each([
    ["brackets", `x = ${"[".repeat(100_000)}${"]".repeat(100_000)}\n`],
    ["open brackets", `x = ${"(".repeat(100_000)}\n`],
    ["signs", `x = ${"-".repeat(100_000)}1\n`],
    ["not", `x = ${"not ".repeat(100_000)}1\n`],
    ["powers", `x = 2${"**2".repeat(100_000)}\n`],
    ["lambdas", `x = ${"lambda: ".repeat(50_000)}1\n`],
    ["blocks", Array.from({ length: 1_200 }, (_, depth) => `${" ".repeat(depth)}if x:\n`).join("")],
  ])("%s", (_, source) => {
    expect(parsePython(source).unread).toBe("depth");
    expect(readFunctions(source).diagnostics).toMatchObject([{ code: "python-unread", level: "error", values: { problem: "depth" } }]);
  });
  test("a megabyte", () => {
    const source = "x = 1\n".repeat(longestSource / 5);
    expect(compilePython(source, stamps).diagnostics).toMatchObject([
      { code: "python-unread", values: { problem: "size", limit: longestSource } },
    ]);
  });
  test("a hundred brackets are read", () => {
    expect(parsePython(`x = ${"(".repeat(100)}1${")".repeat(100)}\n`).unread).toBeUndefined();
  });
});

describe("docstrings of 200,000 lines", () => {
  const argsOf = (text: string) => readDocstring(text).parameters;
  test("text alone", () => {
    expect(readDocstring(`Sums up.\n${"    a\n".repeat(200_000)}`).summary).toBe("Sums up.");
  });
  test("Google", () => {
    const found = argsOf(`Doc.\n\nArgs:\n${chain((n) => `    a${n}: text ${n}\n`, 200_000)}`);
    expect([found.size, found.get("a199999")]).toEqual([200_000, "text 199999"]);
  });
  test("NumPy", () => {
    const found = argsOf(`Doc.\n\nParameters\n----------\n${chain((n) => `a${n} : int\n    text ${n}\n`, 100_000)}`);
    expect([found.size, found.get("a99999")]).toEqual([100_000, "text 99999"]);
  });
  test("reST and epydoc", () => {
    const found = argsOf(`Doc.\n\n${chain((n) => `:param int a${n}: text ${n}\n@param b${n}: other\n`, 100_000)}`);
    expect([found.size, found.get("a99999"), found.get("b0")]).toEqual([200_000, "text 99999", "other"]);
  });
  test.each([
    ["blanks in a Google item", `Args:\n    a${" ".repeat(300_000)}x`],
    ["brackets in a Google item", `Args:\n    a (${")".repeat(300_000)}`],
    ["words of a field", `:param ${"a ".repeat(200_000)}`],
    ["blanks of a field", `:param${" ".repeat(300_000)}x`],
    ["letters of a field", `:${"a".repeat(300_000)}`],
  ])("no expression goes back and forth over %s", (_, text) => {
    expect(argsOf(`Doc.\n\n${text}`).size).toBeLessThanOrEqual(1);
  });
});

test("a function of thousands of parameters and decorators is read", () => {
  const parameters = chain((n) => `a${n}: str = 'x', `, 20_000);
  const { functions } = readFunctions(`${"@a\n".repeat(130_000)}def f(${parameters}):\n    pass\n`);
  expect(functions[0]?.parameters.length).toBe(20_000);
});
