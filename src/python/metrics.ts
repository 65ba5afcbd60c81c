import type { Report } from "#diagnostics/diagnostic.ts";
import { diagnostic } from "./python-diagnostic.ts";
import { dictionaryNodes, literalOf } from "./literals.ts";
import { floatText, quoted } from "./print-value.ts";
import type { PythonModule } from "./module.ts";
import { readModule } from "./module.ts";
import { bare, itemsOf, parsePython, type PythonNode, type Span, spanOf, textOf, walk } from "./syntax.ts";

/**
 * Metrics and UI metadata that a function writes for Kubeflow (docs/spec/kfp-v1.md#metrics): literal dictionaries in its code are shown and
 * checked before a run, where Kubeflow would drop a wrong one with only a line in a log.
 */

/** A metric as code writes it. */
export interface MetricPreview {
  /** undefined: computed, not a literal. */
  readonly name?: string;
  /** undefined: computed; `expression` then holds the code. */
  readonly value?: number;
  readonly expression: string;
  readonly format: "RAW" | "PERCENTAGE" | "UNSPECIFIED";
  readonly span: Span;
}

/** An entry of the UI metadata as code writes it. */
export interface ViewPreview {
  readonly type?: string;
  readonly storage?: string;
  readonly span: Span;
}

/** Kubeflow keeps this many metrics of a run, all steps together. */
export const mostMetrics = 50;
const metricName = /^[a-zA-Z]([-_a-zA-Z0-9]{0,62}[a-zA-Z0-9])?$/;
const formats = ["RAW", "PERCENTAGE", "UNSPECIFIED"] as const;

/** The keys that each kind of view requires beside `type` (Kubeflow: frontend OutputArtifactLoader). */
const views: Readonly<Record<string, readonly string[]>> = {
  confusion_matrix: ["source", "schema", "labels"],
  markdown: ["source"],
  roc: ["source", "schema"],
  table: ["source", "header", "format"],
  tensorboard: ["source"],
  "web-app": ["source"],
};

/** The kinds of views that Kubeflow draws. */
export const viewTypes: readonly string[] = Object.keys(views);

/** The metrics and views written as literals in Python text. */
export function readMetrics(source: string): { readonly metrics: readonly MetricPreview[]; readonly views: readonly ViewPreview[] } {
  const module = readModule(parsePython(source));
  const found = literalsIn(module, module.tree.root);
  return {
    metrics: found.metrics.map((one) => previewOf(module, one)),
    views: found.views.map((one) => ({
      type: textAt(module, one, "type"),
      storage: textAt(module, one, "storage"),
      span: spanOf(one.node),
    })),
  };
}

/** Checks the metrics and views that a function writes as literals. */
export function checkMetrics(module: PythonModule, node: PythonNode, report: Report): void {
  const found = literalsIn(module, node);
  const names = new Set<string>();
  found.metrics.forEach((one, index) => {
    checkMetric(module, one, report);
    const name = textAt(module, one, "name");
    if (name !== undefined && names.has(name)) report(diagnostic("metrics-duplicate", "warning", { name }, spanOf(one.node)));
    if (name !== undefined) names.add(name);
    if (index === mostMetrics)
      report(diagnostic("metrics-count", "warning", { limit: mostMetrics, n: found.metrics.length }, spanOf(one.node)));
  });
  for (const one of found.views) checkView(module, one, report);
}

/** A dictionary literal with its entries. */
interface Entry {
  readonly node: PythonNode;
  readonly pairs: readonly { readonly key: string; readonly value: PythonNode }[];
}

/** Dictionaries under `{"metrics": [...]}` with a numberValue or name, and under `{"outputs": [...]}` with a type. */
function literalsIn(module: PythonModule, root: PythonNode): { readonly metrics: readonly Entry[]; readonly views: readonly Entry[] } {
  const metrics: Entry[] = [];
  const found: Entry[] = [];
  walk(root, (node) => {
    if (node.name !== "DictionaryExpression") return;
    for (const { key, value } of dictionaryNodes(module.tree, node) ?? []) {
      if (key === "metrics") metrics.push(...entriesOf(module, value).filter((one) => has(one, "numberValue") || has(one, "name")));
      if (key === "outputs") found.push(...entriesOf(module, value).filter((one) => has(one, "type")));
    }
  });
  return { metrics, views: found };
}

function entriesOf(module: PythonModule, list: PythonNode): readonly Entry[] {
  const here = bare(list);
  if (here.name !== "ArrayExpression" && here.name !== "TupleExpression") return [];
  return itemsOf(here).flatMap((item) => {
    const pairs = dictionaryNodes(module.tree, item);
    return pairs ? [{ node: bare(item), pairs }] : [];
  });
}

function has(entry: Entry, key: string): boolean {
  return entry.pairs.some((one) => one.key === key);
}

function nodeAt(entry: Entry, key: string): PythonNode | undefined {
  return entry.pairs.findLast((one) => one.key === key)?.value;
}

function valueAt(module: PythonModule, entry: Entry, key: string) {
  const node = nodeAt(entry, key);
  return node && literalOf(module.tree, node, (name) => module.assigned.get(name));
}

function textAt(module: PythonModule, entry: Entry, key: string): string | undefined {
  const value = valueAt(module, entry, key);
  return value?.kind === "str" ? value.value : undefined;
}

function previewOf(module: PythonModule, entry: Entry): MetricPreview {
  const value = valueAt(module, entry, "numberValue");
  const node = nodeAt(entry, "numberValue");
  const format = textAt(module, entry, "format");
  return {
    name: textAt(module, entry, "name"),
    value: value?.kind === "int" ? Number(value.value) : value?.kind === "float" ? value.value : undefined,
    expression: node ? textOf(module.tree, node) : "",
    format: formats.find((one) => one === format) ?? "RAW",
    span: spanOf(entry.node),
  };
}

function checkMetric(module: PythonModule, entry: Entry, report: Report): void {
  const at = (key: string): Span => spanOf(nodeAt(entry, key) ?? entry.node);
  const name = valueAt(module, entry, "name");
  if (!has(entry, "name")) report(diagnostic("metrics-name-missing", "warning", {}, spanOf(entry.node)));
  else if (name && (name.kind !== "str" || !metricName.test(name.value))) {
    report(
      diagnostic(
        "metrics-name",
        "warning",
        { name: name.kind === "str" ? name.value : textOf(module.tree, nodeAt(entry, "name") as PythonNode) },
        at("name"),
      ),
    );
  }
  const label = name?.kind === "str" ? name.value : "";
  const number = valueAt(module, entry, "numberValue");
  if (!has(entry, "numberValue")) report(diagnostic("metrics-number-missing", "warning", { name: label }, spanOf(entry.node)));
  else if (number && number.kind !== "int" && number.kind !== "float") {
    report(
      diagnostic(
        "metrics-number",
        "warning",
        { name: label, value: textOf(module.tree, nodeAt(entry, "numberValue") as PythonNode) },
        at("numberValue"),
      ),
    );
  }
  const format = valueAt(module, entry, "format");
  if (format && !(format.kind === "str" && formats.some((one) => one === format.value))) {
    report(
      diagnostic("metrics-format", "warning", { name: label, format: format.kind === "str" ? format.value : format.kind }, at("format")),
    );
  }
  for (const { key } of entry.pairs) {
    // The file is read as protobuf JSON: one unknown key, and all of it is dropped.
    if (!["name", "numberValue", "number_value", "format", "nodeId", "node_id"].includes(key)) {
      report(diagnostic("metrics-key", "warning", { name: label, key }, at(key)));
    }
  }
}

function checkView(module: PythonModule, entry: Entry, report: Report): void {
  const type = textAt(module, entry, "type");
  if (type === undefined) return;
  const wanted = Object.hasOwn(views, type) ? views[type] : undefined;
  if (!wanted)
    return report(
      diagnostic("ui-metadata-type", "warning", { type, types: viewTypes.join(", ") }, spanOf(nodeAt(entry, "type") ?? entry.node)),
    );
  const missing = wanted.filter((key) => !has(entry, key));
  if (missing.length > 0) report(diagnostic("ui-metadata-field", "warning", { type, fields: missing.join(", ") }, spanOf(entry.node)));
  const storage = textAt(module, entry, "storage");
  if (storage !== undefined && !["inline", "gcs", "s3", "minio", "http", "https", "volume"].includes(storage)) {
    report(diagnostic("ui-metadata-storage", "warning", { type, storage }, spanOf(nodeAt(entry, "storage") ?? entry.node)));
  }
}

/** A metric for a snippet: `value` is a number or a Python expression. */
export interface MetricToWrite {
  readonly name: string;
  readonly value: number | string;
  readonly format?: "RAW" | "PERCENTAGE";
}

/** The parameter that receives the path for the metrics. */
export const metricsParameter = "mlpipeline_metrics_path: OutputPath('Metrics')";

/** Lines for a function's body that write metrics; the function needs the parameter `metricsParameter`. */
export function metricsSnippet(metrics: readonly MetricToWrite[], indent = "    "): string {
  const lines = [
    "import json",
    "metrics = {",
    "    'metrics': [",
    ...metrics.map((one) => {
      const value = typeof one.value === "number" ? (Number.isInteger(one.value) ? String(one.value) : floatText(one.value)) : one.value;
      return `        {'name': ${quoted(one.name)}, 'numberValue': ${value}, 'format': '${one.format ?? "RAW"}'},`;
    }),
    "    ],",
    "}",
    "with open(mlpipeline_metrics_path, 'w') as metrics_file:",
    "    json.dump(metrics, metrics_file)",
  ];
  return lines.map((line) => `${indent}${line}\n`).join("");
}

/** Whether a text can be a metric name: 1-64 of a-z, A-Z, 0-9, `-` and `_`; a letter first, a letter or digit last. */
export function isMetricName(text: string): boolean {
  return metricName.test(text);
}
