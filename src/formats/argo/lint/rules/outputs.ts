/** Output parameters: where their values come from. Argo: validateOutputParameter. docs/spec/argo-lint.md#outputs */
import type { Report } from "#diagnostics/diagnostic.ts";
import { type DataMap, field, isMap, listField, type Path, textField } from "#data/data.ts";
import type { TemplateKind } from "#pipeline/model.ts";
import { found, type Rule } from "../checked-workflow.ts";

const sources = ["path", "jqFilter", "jsonPath", "parameter", "expression", "supplied"];
/** What each kind of template can give; kinds that are not listed are not looked at. */
const fitting: Partial<Record<TemplateKind, readonly string[]>> = {
  container: ["path"],
  containerSet: ["path"],
  script: ["path"],
  resource: ["jqFilter", "jsonPath"],
  dag: ["parameter", "expression"],
  steps: ["parameter", "expression"],
};

/** Every template's output parameters. */
export const checkOutputs: Rule = (subject, report) => {
  for (const template of subject.templates) {
    const outputs = field(subject.raw(template), "outputs");
    listField(outputs, "parameters").forEach((item, index) => {
      if (isMap(item)) checkOutput(item, template.kind, [...template.path, "outputs", "parameters", index], report);
    });
  }
};

function checkOutput(item: DataMap, kind: TemplateKind, path: Path, report: Report): void {
  const name = textField(item, "name") ?? "";
  const valueFrom = field(item, "valueFrom");
  const hasValue = (field(item, "value") ?? null) !== null;
  if (!isMap(valueFrom)) {
    if (!hasValue) found(report, "error", "output-value-missing", path, { name });
    return;
  }
  if (hasValue) found(report, "error", "output-value-both", path, { name });
  const given = sources.filter((key) => isGiven(valueFrom, key));
  const below = [...path, "valueFrom"];
  if (given.length === 0)
    return found(report, "error", "output-valuefrom-none", below, { name, valid: (fitting[kind] ?? sources).join(", ") });
  if (given.length > 1) return found(report, "error", "output-valuefrom-many", below, { name, actual: given.join(", ") });
  const fits = fitting[kind];
  const [only = ""] = given;
  if (fits && !fits.includes(only))
    found(report, "error", "output-valuefrom-kind", [...below, only], { name, kind, actual: only, valid: fits.join(", ") });
}

function isGiven(valueFrom: DataMap, key: string): boolean {
  const value = field(valueFrom, key) ?? "";
  return value !== "";
}
