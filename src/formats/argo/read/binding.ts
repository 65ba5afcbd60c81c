import type { Report } from "#diagnostics/diagnostic.ts";
import type { Binding } from "#pipeline/binding.ts";
import { type DataMap, field, isMap, type Path } from "#data/data.ts";
import type { Argument, PortKind } from "#pipeline/model.ts";
import { referencesInExpression } from "../syntax/expression.ts";
import { readPortLists } from "./port-lists.ts";
import { readName, without, wrongType } from "./read-context.ts";
import { readText, referencesInData } from "../syntax/references.ts";

/** Arguments of calls and sources of outputs: where a value comes from. */

/** Keys under which an artifact may have a location of its own. Argo: ArtifactLocation. */
export const locationKeys: readonly string[] = ["raw", "s3", "git", "http", "gcs", "oss", "azure", "hdfs", "artifactory", "plugin"];

/** The arguments of a call or hook; `carried` is the block as read if its form is not the usual one. */
export function readArguments(data: DataMap, path: Path, report: Report) {
  return readPortLists(field(data, "arguments"), [...path, "arguments"], report, readArgument);
}

function readArgument(kind: PortKind, data: DataMap, path: Path, report: Report): Argument {
  const { name, exact } = readName(data, path, report);
  const { binding, keys } = kind === "parameter" ? readParameterBinding(data) : readArtifactBinding(data, path, report);
  const rest = without(data, new Set(exact ? ["name", ...keys] : keys));
  return { name, kind, path, binding, rest, order: Object.keys(data) };
}

/** A binding and the keys of the data which it holds completely. */
interface Bound {
  readonly binding: Binding;
  readonly keys: readonly string[];
}

function readParameterBinding(data: DataMap): Bound {
  if (Object.hasOwn(data, "value")) {
    const value = data.value ?? null;
    return { binding: typeof value === "string" ? readText(value, "value") : { kind: "constant", value }, keys: ["value"] };
  }
  const valueFrom = field(data, "valueFrom");
  return isMap(valueFrom) ? readValueFrom(valueFrom) : { binding: { kind: "constant" }, keys: [] };
}

/** The binding of a `valueFrom` mapping. */
export function readValueFrom(valueFrom: DataMap): Bound {
  const keys = Object.keys(valueFrom).length === 1 ? ["valueFrom"] : [];
  const { expression, parameter } = { expression: field(valueFrom, "expression"), parameter: field(valueFrom, "parameter") };
  if (typeof expression === "string") return { binding: expressionBinding(expression, "expression"), keys };
  if (typeof parameter === "string") return { binding: readText(parameter, "parameter"), keys };
  return { binding: location({ valueFrom }), keys: ["valueFrom"] };
}

function readArtifactBinding(data: DataMap, path: Path, report: Report): Bound {
  return readArtifactSource(data, path, report) ?? readLocation(data) ?? { binding: { kind: "constant" }, keys: [] };
}

/** The binding of an artifact's `from` or `fromExpression`; undefined if it has neither. */
export function readArtifactSource(data: DataMap, path: Path, report: Report): Bound | undefined {
  const { from, fromExpression } = { from: field(data, "from"), fromExpression: field(data, "fromExpression") };
  if (typeof from === "string") return { binding: readText(from, "from"), keys: ["from"] };
  if (from !== undefined && from !== null) wrongType(report, [...path, "from"], "text", from);
  if (typeof fromExpression === "string") return { binding: expressionBinding(fromExpression, "fromExpression"), keys: ["fromExpression"] };
  return undefined;
}

function readLocation(data: DataMap): Bound | undefined {
  const keys = locationKeys.filter((key) => isMap(field(data, key)));
  if (keys.length === 0) return undefined;
  return { binding: location(Object.fromEntries(Object.entries(data).filter(([key]) => keys.includes(key)))), keys };
}

function location(value: DataMap): Binding {
  return { kind: "location", value, references: referencesInData(value).map((found) => found.reference) };
}

function expressionBinding(source: string, field: "fromExpression" | "expression"): Binding {
  return { kind: "expression", source, references: referencesInExpression(source), field };
}
