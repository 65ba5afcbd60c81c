/**
 * Arguments of the workflow and of calls: where their values may come from. Argo: validateArgumentsFieldNames, validateArgumentsValues.
 * docs/spec/argo-lint.md#arguments
 */
import type { Report } from "#diagnostics/diagnostic.ts";
import { type Data, type DataMap, field, isList, isMap, listField, type Path, textField } from "#data/data.ts";
import { hasLocation } from "../locations.ts";
import { found, isLibrary, type Rule, type Subject } from "../checked-workflow.ts";

/** What an argument's valueFrom may be; all else is for outputs. */
const sources = ["configMapKeyRef", "event", "supplied"];

/** Values, enums and artifact locations of all arguments. */
export const checkArguments: Rule = (subject, report) => {
  const { workflow, spec, mode } = subject;
  const wanted = mode === "submit" || subject.resource === "CronWorkflow" || (mode === "default" && !isLibrary(subject));
  checkList(field(spec, "arguments"), [...workflow.specPath, "arguments"], { wanted, supplied: baseValues(subject) }, report);
  for (const { task } of subject.sites) {
    checkList(subject.at([...task.path, "arguments"]), [...task.path, "arguments"], { wanted: true, supplied: new Set() }, report);
  }
};

interface Wants {
  /** Whether a parameter must have a value. */
  readonly wanted: boolean;
  /** Parameters that have one elsewhere. */
  readonly supplied: ReadonlySet<string>;
}

/** A Workflow that runs a WorkflowTemplate takes the values which it does not give itself from there. */
function baseValues({ base }: Subject): ReadonlySet<string> {
  return new Set(typeof base === "object" ? base.parameters.filter((one) => one.value !== undefined).map((one) => one.name) : []);
}

function checkList(lists: Data | undefined, path: Path, wants: Wants, report: Report): void {
  listField(lists, "parameters").forEach(
    (item, index) => isMap(item) && checkParameter(item, [...path, "parameters", index], wants, report),
  );
  listField(lists, "artifacts").forEach((item, index) => isMap(item) && checkArtifact(item, [...path, "artifacts", index], report));
}

function checkParameter(item: DataMap, path: Path, { wanted, supplied }: Wants, report: Report): void {
  const name = textField(item, "name") ?? "";
  const value = field(item, "value") ?? undefined;
  const valueFrom = field(item, "valueFrom");
  if (isMap(valueFrom)) {
    const wrong = Object.keys(valueFrom).find((key) => key !== "default" && !sources.includes(key));
    if (wrong !== undefined || !sources.some((key) => Object.hasOwn(valueFrom, key))) {
      found(report, "error", "arg-valuefrom-kind", [...path, "valueFrom"], {
        name,
        actual: wrong ?? "default",
        valid: sources.join(", "),
      });
    }
  } else if (value === undefined && wanted && !supplied.has(name)) {
    found(report, "error", "arg-value-required", path, { name });
  }
  checkEnum(item, value, name, path, report);
}

function checkEnum(item: DataMap, value: Data | undefined, name: string, path: Path, report: Report): void {
  const allowed = field(item, "enum");
  if (!isList(allowed)) return;
  if (allowed.length === 0) return found(report, "error", "enum-empty", [...path, "enum"], { name });
  if (value === undefined || isList(value) || isMap(value)) return;
  const given = String(value);
  if (!allowed.map(String).includes(given)) {
    found(report, "error", "enum-value", [...path, "value"], { name, value: given, valid: allowed.map(String).join(", ") });
  }
}

function checkArtifact(item: DataMap, path: Path, report: Report): void {
  const name = textField(item, "name") ?? "";
  const from = (textField(item, "from") ?? "") !== "";
  const expression = (textField(item, "fromExpression") ?? "") !== "";
  if (from && expression) return found(report, "error", "from-and-from-expression", path, { name });
  if (!from && !expression && !hasLocation(item) && field(item, "optional") !== true)
    found(report, "error", "arg-artifact-location", path, { name });
}
