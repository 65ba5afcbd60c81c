import { expect, test } from "vitest";
import { readFunctions } from "#python/functions.ts";
import { isMetricName, metricsParameter, metricsSnippet, readMetrics } from "#python/metrics.ts";
import { componentOf, hasPython, run } from "./run.ts";

const inFunction = (list: string, key = "metrics") =>
  `def f(mlpipeline_metrics_path: OutputPath('Metrics'), x: float):\n    data = {'${key}': [${list}]}\n    print(data)\n`;
const codes = (source: string) =>
  readFunctions(source).diagnostics.map((one) => `${one.code} @ ${source.slice(...(one.span as [number, number]))}`);

test("metrics in the code are previewed", () => {
  const source = inFunction(
    "{'name': 'accuracy', 'numberValue': 0.91, 'format': 'PERCENTAGE'}, {'name': 'loss', 'numberValue': x * 2}, {'name': name(), 'numberValue': -1}",
  );
  expect(readMetrics(source).metrics.map(({ span: _span, ...one }) => one)).toEqual([
    { name: "accuracy", value: 0.91, expression: "0.91", format: "PERCENTAGE" },
    { name: "loss", value: undefined, expression: "x * 2", format: "RAW" },
    { name: undefined, value: -1, expression: "-1", format: "RAW" },
  ]);
});

test.each([
  ["metrics-name @ 'my accuracy'", "{'name': 'my accuracy', 'numberValue': 1}"],
  ["metrics-name @ '정확도'", "{'name': '정확도', 'numberValue': 1}"],
  ["metrics-name @ 'a-'", "{'name': 'a-', 'numberValue': 1}"],
  ["metrics-name-missing @ {'numberValue': 1}", "{'numberValue': 1}"],
  ["metrics-number @ '0.9'", "{'name': 'a', 'numberValue': '0.9'}"],
  ["metrics-number @ True", "{'name': 'a', 'numberValue': True}"],
  ["metrics-number-missing @ {'name': 'a'}", "{'name': 'a'}"],
  ["metrics-format @ 'PERCENT'", "{'name': 'a', 'numberValue': x, 'format': 'PERCENT'}"],
  ["metrics-key @ 1", "{'name': 'a', 'numberValue': x, 'value': 1}"],
  ["metrics-duplicate @ {'name': 'a', 'numberValue': 2}", "{'name': 'a', 'numberValue': 1}, {'name': 'a', 'numberValue': 2}"],
])("%s", (expected, list) => {
  expect(codes(inFunction(list))).toEqual([expected]);
});

test("metrics-count: the fifty-first metric is reported", () => {
  const list = (count: number) => Array.from({ length: count }, (_, index) => `{'name': 'm${index}', 'numberValue': 1}`).join(", ");
  expect(codes(inFunction(list(50)))).toEqual([]);
  expect(codes(inFunction(list(52)))).toEqual(["metrics-count @ {'name': 'm50', 'numberValue': 1}"]);
});

test.each([
  [[], "{'type': 'markdown', 'source': '# hi', 'storage': 'inline'}"],
  [[], "{'type': 'table', 'source': x, 'header': [], 'format': 'csv'}"],
  [["ui-metadata-type @ 'chart'"], "{'type': 'chart', 'source': x}"],
  [["ui-metadata-field @ {'type': 'confusion_matrix', 'source': x}"], "{'type': 'confusion_matrix', 'source': x}"],
  [["ui-metadata-storage @ 'here'"], "{'type': 'markdown', 'source': x, 'storage': 'here'}"],
])("findings %j for the view %s", (expected, list) => {
  expect(codes(inFunction(list, "outputs"))).toEqual(expected);
});

test("views in the code are previewed", () => {
  expect(readMetrics(inFunction("{'type': 'markdown', 'source': x, 'storage': 'inline'}", "outputs")).views).toMatchObject([
    { type: "markdown", storage: "inline" },
  ]);
});

test.each([
  ["a", true],
  ["accuracy-score_1", true],
  ["A".repeat(64), true],
  ["A".repeat(65), false],
  ["1a", false],
  ["a_", false],
  ["", false],
])("whether %s can be a metric's name: %s", (name, expected) => {
  expect(isMetricName(name)).toBe(expected);
});

test.skipIf(!hasPython)("the snippet writes the metrics file", () => {
  const body = metricsSnippet([
    { name: "accuracy", value: "x / 2", format: "PERCENTAGE" },
    { name: "rows", value: 1e6 },
    { name: "small", value: 1e-7 },
  ]);
  const source = `def f(${metricsParameter}, x: float):\n${body}`;
  expect(codes(source)).toEqual([]);
  expect(JSON.parse(run(componentOf(source), { x: "1.5" }).outputs.mlpipeline_metrics ?? "")).toEqual({
    metrics: [
      { name: "accuracy", numberValue: 0.75, format: "PERCENTAGE" },
      { name: "rows", numberValue: 1000000, format: "RAW" },
      { name: "small", numberValue: 1e-7, format: "RAW" },
    ],
  });
});
