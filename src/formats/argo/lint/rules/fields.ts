/**
 * The form of the data: fields that Argo does not have, and values of another type than the field's. Argo decodes strictly, so both fail
 * before anything else is checked. Fields that Argo dropped in 4.0 get a code of their own: Kubeflow's Argo 3 still reads them.
 * docs/spec/argo-lint.md#fields
 */
import type { Report } from "#diagnostics/diagnostic.ts";
import { type Data, type DataMap, field, isList, isMap, type Path } from "#data/data.ts";
import { fieldTable } from "../field-table.ts";
import { nearestField } from "../nearest-field.ts";
import { isQuantity } from "../quantity.ts";
import { found, type Rule, type Subject } from "../checked-workflow.ts";
import { flavorOf } from "../../flavor/flavor-of.ts";

type Fields = ReadonlyMap<string, string>;
let table: ReadonlyMap<string, Fields> | undefined;

/** Fields that Argo 4 took out, by type. */
const removed: Readonly<Record<string, readonly string[]>> = {
  CronWorkflowSpec: ["schedule"],
  Synchronization: ["mutex", "semaphore"],
  Template: ["template", "templateRef", "arguments", "resubmitPendingPods"],
  TemplateRef: ["runtimeResolution"],
  WorkflowSpec: ["ttlSecondsAfterFinished"],
};
/** Annotations and notes that people write beside the fields; decoders do not know them. */
const deepest = 100;

/** Fields and types of one object. */
export const checkFields: Rule = (subject, report) => {
  const { object, workflow } = subject;
  for (const key of Object.keys(object)) {
    if (key === "spec") continue;
    const type = fieldsOf(workflow.resource).get(key);
    if (type === undefined) unknownField(workflow.path, key, workflow.resource, subject, report);
    else checkValue(object[key] as Data, type, [...workflow.path, key], subject, report, 0);
  }
  const spec = field(object, "spec");
  const specType = workflow.resource === "CronWorkflow" ? "CronWorkflowSpec" : "WorkflowSpec";
  if (spec !== undefined) checkValue(spec, specType, [...workflow.path, "spec"], subject, report, 0);
};

function checkValue(value: Data, type: string, path: Path, subject: Subject, report: Report, depth: number): void {
  if (value === null || type === "a" || depth > deepest) return;
  if (type.startsWith("[]")) {
    if (!isList(value)) return wrongType("list", value, path, report);
    value.forEach((item, index) => checkValue(item, type.slice(2), [...path, index], subject, report, depth + 1));
  } else if (type.startsWith("{}")) {
    if (!isMap(value)) return wrongType("mapping", value, path, report);
    for (const key of Object.keys(value)) checkValue(value[key] as Data, type.slice(2), [...path, key], subject, report, depth + 1);
  } else if (type.length === 1) {
    checkScalar(value, type, path, report);
  } else {
    if (!isMap(value)) return wrongType("mapping", value, path, report);
    checkMap(value, type, path, subject, report, depth);
  }
}

function checkMap(value: DataMap, type: string, path: Path, subject: Subject, report: Report, depth: number): void {
  const fields = fieldsOf(type);
  for (const key of Object.keys(value)) {
    const wanted = fields.get(key);
    if (wanted === undefined) unknownField(path, key, type, subject, report);
    else checkValue(value[key] as Data, wanted, [...path, key], subject, report, depth + 1);
  }
}

function checkScalar(value: Data, type: string, path: Path, report: Report): void {
  const is = typeof value;
  switch (type) {
    case "s":
      if (is !== "string") stringExpected(value, path, report);
      return;
    case "i":
      if (is !== "number" || !Number.isInteger(value)) wrongType("integer", value, path, report);
      return;
    case "n":
      if (is !== "number") wrongType("number", value, path, report);
      return;
    case "b":
      if (is !== "boolean") wrongType("boolean", value, path, report);
      return;
    case "x":
      if (is !== "string" && !(is === "number" && Number.isInteger(value))) wrongType("integer-or-text", value, path, report);
      return;
    case "q":
      if (is !== "string" && is !== "number") wrongType("quantity", value, path, report);
      else if (!isQuantity(value as string | number)) found(report, "error", "quantity-syntax", path, { value: String(value) });
      return;
    case "o":
      if (!isMap(value)) wrongType("mapping", value, path, report);
      return;
    case "A":
      // Argo takes any scalar for text here, and silently makes a list or mapping the empty text.
      if (isList(value) || isMap(value)) found(report, "warning", "anystring-lost-value", path, { field: String(path.at(-1)) });
      return;
    default:
      throw new Error(`unknown type ${type} in the field table`);
  }
}

function stringExpected(value: Data, path: Path, report: Report): void {
  const list = typeof path.at(-1) === "number" ? path.at(-2) : undefined;
  const scalar = typeof value === "number" || typeof value === "boolean";
  if (scalar && (list === "args" || list === "command")) {
    found(report, "error", "args-not-string", path, { field: list, value: String(value) });
  } else wrongType("text", value, path, report);
}

function wrongType(wanted: string, value: Data, path: Path, report: Report): void {
  const last = path.at(-1);
  const code =
    path.includes("steps") && wanted === "list" && typeof last === "number" && path.at(-2) === "steps" ? "steps-shape" : "wrong-type";
  found(report, "error", code, path, { field: fieldName(path), expected: wanted, actual: typeOf(value) });
}

/** The last key of a place with the indexes behind it, such as `args[1]`. */
function fieldName(path: Path): string {
  const last = path.findLastIndex((step) => typeof step === "string");
  return path
    .slice(Math.max(last, 0))
    .map((step) => (typeof step === "number" ? `[${step}]` : step))
    .join("");
}

function typeOf(value: Data): string {
  return isList(value) ? "list" : isMap(value) ? "mapping" : typeof value === "string" ? "text" : typeof value;
}

function unknownField(path: Path, key: string, type: string, { workflow }: Subject, report: Report): void {
  const below = [...path, key];
  if (removed[type]?.includes(key)) return found(report, "warning", "field-removed", below, { field: key });
  const near = nearestField(key, [...fieldsOf(type).keys()]);
  const level = flavorOf(workflow).unknownFieldLevel;
  found(report, level, near === undefined ? "unknown-field" : "unknown-field-near", below, { field: key, near: near ?? "" });
}

function fieldsOf(type: string): Fields {
  table ??= readTable();
  const fields = table.get(type);
  if (fields === undefined) throw new Error(`no type ${type} in the field table`);
  return fields;
}

function readTable(): ReadonlyMap<string, Fields> {
  const lines = fieldTable
    .trim()
    .replace(/\n {2}/g, " ")
    .split("\n");
  return new Map(
    lines.map((line) => {
      const [type = "", ...fields] = line.split(" ");
      return [type, new Map(fields.map((one) => one.split(":") as [string, string]))];
    }),
  );
}
