/** Prometheus metrics of templates and of the workflow. Argo: workflow/metrics/util.go. docs/spec/argo-lint.md#metrics */
import type { Report } from "#diagnostics/diagnostic.ts";
import { type DataMap, field, isMap, listField, type Path, textField } from "#data/data.ts";
import { found, type Rule } from "../checked-workflow.ts";

const metricName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const kinds = ["gauge", "counter", "histogram"] as const;

/** Name, help, labels and value of each metric. */
export const checkMetrics: Rule = (subject, report) => {
  // Argo does not check those of the whole workflow before the run, which then emits none of that name.
  const ofWorkflow = [...subject.workflow.specPath, "metrics", "prometheus"];
  listField(field(subject.spec, "metrics"), "prometheus").forEach((metric, index) => {
    if (isMap(metric)) checkMetric(metric, [...ofWorkflow, index], (one) => report({ ...one, level: "warning" }));
  });
  for (const template of subject.templates) {
    listField(field(subject.raw(template), "metrics"), "prometheus").forEach((metric, index) => {
      if (isMap(metric)) checkMetric(metric, [...template.path, "metrics", "prometheus", index], report);
    });
  }
};

function checkMetric(metric: DataMap, path: Path, report: Report): void {
  const name = textField(metric, "name") ?? "";
  if (!metricName.test(name)) found(report, "error", "metric-name", [...path, ...(name === "" ? [] : ["name"])], { name });
  if ((textField(metric, "help") ?? "") === "") found(report, "error", "metric-help", path, { name });
  listField(metric, "labels").forEach((label, index) => {
    const key = textField(label, "key") ?? "";
    if (!metricName.test(key)) found(report, "error", "metric-label", [...path, "labels", index], { name, key });
  });
  const given = kinds.filter((kind) => isMap(field(metric, kind)));
  if (given.length === 0) found(report, "error", "metric-value", path, { name, kind: kinds.join(", ") });
  for (const kind of given) {
    const value = textField(field(metric, kind), "value") ?? "";
    if (value === "") found(report, "error", "metric-value", [...path, kind], { name, kind });
    if (kind === "gauge" && field(field(metric, kind), "realtime") === true && value.includes("resourcesDuration.")) {
      found(report, "error", "metric-realtime", [...path, kind, "value"], { name });
    }
  }
}
