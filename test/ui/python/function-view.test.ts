import { describe, expect, test } from "vitest";
import type { PythonFunction } from "#python/function.ts";
import { readFunctions } from "#python/functions.ts";
import { readMetrics } from "#python/metrics.ts";
import { isBlocked, metricsChanges, metricText, portLines } from "#ui/python/function-view.ts";
import { translator as createTranslate } from "#messages/index.ts";

const t = createTranslate("en");
const first = (text: string): PythonFunction => {
  const [fn] = readFunctions(text).functions;
  if (!fn) throw new Error("no function");
  return fn;
};

/** The text after "Insert metrics code". */
function withMetrics(text: string): string {
  return [...metricsChanges(text, first(text))]
    .toSorted((a, b) => b.from - a.from)
    .reduce((now, { from, to, text: insert }) => now.slice(0, from) + insert + now.slice(to), text);
}

describe("the table of ports", () => {
  test("tells for each argument its port, kind, type and why", () => {
    const fn = first(
      `def f(rows_path: InputPath("CSV"), factor: int = 1, note=None, mlpipeline_metrics_path: OutputPath("Metrics") = None) -> float:\n    return 1.0\n`,
    );
    expect(portLines(fn, t).map(({ argument, side, name, kind, type, why }) => [argument, side, name, kind, type, why])).toEqual([
      ["rows_path", "input", "rows", "artifact", "CSV", "InputPath, “_path” dropped"],
      ["factor", "input", "factor", "parameter", "Integer", "passed as a value; optional, default 1"],
      ["note", "input", "note", "parameter", undefined, "passed as a value; optional"],
      [
        "mlpipeline_metrics_path",
        "output",
        "mlpipeline_metrics",
        "artifact",
        "Metrics",
        "OutputPath, “_path” dropped; shown in Kubeflow's run page",
      ],
      ["→", "output", "Output", "parameter", "Float", "return value"],
    ]);
  });
});

describe("inserting metrics code", () => {
  test.each([
    ["a function without arguments", "def f():\n    print(1)\n"],
    ["arguments with and without defaults", "def f(a: int, b: str = 'x', *, c=3) -> float:\n    x = a\n    return x\n"],
    ["only defaults", "def f(b: str = 'x'):\n    pass"],
    [
      "a signature over several lines, two blanks",
      "def f(\n  a: InputPath('CSV'),\n) -> int:\n  with open(a) as g:\n    n = len(g.read())\n  return n\n\ndef other():\n  return 1\n",
    ],
    ["a docstring and no return", 'def f(a):\n    """Say.\n    return nothing\n    """\n    print(a)\n'],
    ["the parameter is there already", "def f(mlpipeline_metrics_path: OutputPath('Metrics')):\n    pass\n"],
  ])("gives a function that still reads, with one metric: %s", (_, text) => {
    const after = withMetrics(text);
    const { functions, diagnostics } = readFunctions(after);
    expect(diagnostics.filter(({ level }) => level === "error").map(({ code }) => code)).toEqual([]);
    expect(functions.length).toBe(readFunctions(text).functions.length);
    expect(functions[0]?.component.outputs.map(({ name }) => name)).toContain("mlpipeline_metrics");
    const { metrics } = readMetrics(after);
    expect(metrics.map(({ name, value }) => [name, value])).toEqual([["accuracy", 0.9]]);
    expect(functions[0] && metrics[0] && metrics[0].span[0] < functions[0].sourceSpan[1]).toBe(true);
  });

  test("is inserted before the last return", () => {
    expect(withMetrics("def f(a: int) -> int:\n    b = a\n    return b\n")).toMatch(
      /b = a\n    import json\n[\s\S]*json\.dump\(metrics, metrics_file\)\n    return b\n$/,
    );
  });
});

describe("metrics as Kubeflow shows them", () => {
  test("percentages and numbers with three digits, computed ones by their expression", () => {
    const { metrics } = readMetrics(
      `m = {"metrics": [{"name": "a", "numberValue": 0.91234, "format": "PERCENTAGE"}, {"name": "b", "numberValue": 3.14159}, {"name": "c", "numberValue": right / total}]}`,
    );
    expect(metrics.map((one) => metricText(one, t))).toEqual(["91.234%", "3.142", "computed: right / total"]);
  });
});

describe("a function that cannot start", () => {
  test("is blocked by its own errors and by unreadable text, not by those of another function", () => {
    const text = "def good(a: int) -> int:\n    return a\n\ndef bad(*rows):\n    pass\n";
    const { functions, diagnostics } = readFunctions(text);
    expect(functions.map((fn) => isBlocked(fn, functions, diagnostics))).toEqual([false, true]);
    const broken = readFunctions("def good(a: int) -> int:\n    return a\n\nx = (\n");
    expect(broken.functions.every((fn) => isBlocked(fn, broken.functions, broken.diagnostics))).toBe(true);
  });
});
