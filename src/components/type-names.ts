/**
 * The types of Kubeflow Pipelines v1: which output fits which input, a type on one line, its colour family on the canvas, and how a
 * constant of a type becomes text. docs/spec/kfp-v1.md#types; SDK: dsl/types.py, components/_data_passing.py.
 */
import type { TypeSpec } from "./component-spec.ts";
import { type Data, isList, isMap, sameData } from "#data/data.ts";
import type { PortKind } from "./component-spec.ts";
import { numberText, pythonJson, scalarText } from "./python-text.ts";

/** `same`: the SDK accepts it; `alias`: two names of one type, which the SDK refuses (`Integer`, `int`); `no`: they do not fit. */
export type Compatibility = "same" | "alias" | "no";

/** Whether an output's type fits an input's type. A missing or empty type fits everything. */
export function compatible(giving: TypeSpec | undefined, expected: TypeSpec | undefined): Compatibility {
  if (isEmpty(giving) || isEmpty(expected)) return "same";
  if (isGeneric(giving) && !isParameterType(expected)) return "same";
  if (isGeneric(expected) && !isParameterType(giving)) return "same";
  if (isList(giving) || isList(expected)) return sameData(giving, expected) ? "same" : "no";
  const given = reduced(giving);
  const wanted = reduced(expected);
  if (given.name === "" || wanted.name === "") return "same";
  // Extra properties of the expected type are allowed; those of the given type are required.
  const fits = Object.keys(given.properties).every((key) => sameData(given.properties[key], wanted.properties[key]));
  if (given.name === wanted.name) return fits ? "same" : "no";
  const canonical = canonicalName(given.name);
  return canonical !== undefined && canonical === canonicalName(wanted.name) && fits ? "alias" : "no";
}

function isEmpty(type: TypeSpec | undefined): type is undefined | null | "" {
  return type === undefined || type === null || type === "" || (isMap(type) && Object.keys(type).length === 0);
}

/** `Artifact` in any case, as a bare name: fits every type that is not a value type. */
function isGeneric(type: TypeSpec): boolean {
  return typeof type === "string" && type.toLowerCase() === "artifact";
}

const parameterTypes = new Set("string str integer int float double bool boolean dict list jsonobject".split(" "));

function isParameterType(type: TypeSpec): boolean {
  return typeof type === "string" && parameterTypes.has(type.toLowerCase());
}

/** A type as name and properties; only the first key of a mapping counts. */
function reduced(type: TypeSpec): { readonly name: string; readonly properties: { readonly [key: string]: Data } } {
  if (!isMap(type)) return { name: typeof type === "string" ? type : scalarText(type as number | boolean | null), properties: {} };
  const [name = "", properties = null] = Object.entries(type)[0] ?? [];
  return { name, properties: isMap(properties) ? properties : {} };
}

/** The value types by their aliases, lower case. The SDK is case-sensitive; people are not. */
const aliases: Readonly<Record<string, ValueType>> = {
  string: "String",
  str: "String",
  integer: "Integer",
  int: "Integer",
  float: "Float",
  double: "Float",
  boolean: "Boolean",
  bool: "Boolean",
  jsonarray: "JsonArray",
  list: "JsonArray",
  jsonobject: "JsonObject",
  dict: "JsonObject",
  dictionary: "JsonObject",
};

/** KFP's value types: their outputs are passed as parameters rather than files. */
export type ValueType = "String" | "Integer" | "Float" | "Boolean" | "JsonArray" | "JsonObject";

/** The value type that a type's name denotes, including aliases and generics such as `typing.List[int]`; undefined for any other type. */
export function valueType(type: TypeSpec | undefined): ValueType | undefined {
  if (type === undefined || isList(type)) return undefined;
  return canonicalName(reduced(type).name);
}

function canonicalName(name: string): ValueType | undefined {
  const short = shortName(name).toLowerCase();
  return Object.hasOwn(aliases, short) ? aliases[short] : undefined;
}

/** `typing.List[int]` is `List`: the last word before any bracket. */
function shortName(name: string): string {
  const [head = ""] = name.split("[");
  return head.slice(head.lastIndexOf(".") + 1).trim();
}

/** Whether outputs of this type are values (parameters) rather than files. An untyped output is a file. */
export function isValueType(type: TypeSpec | undefined): boolean {
  return valueType(type) !== undefined;
}

const longestTypeText = 200;

/** The type on one line: `dict`, `{GCSPath: {data_type: CSV}}`, `[String, Integer]`; undefined if there is none. */
export function typeText(type: TypeSpec | undefined): string | undefined {
  if (isEmpty(type)) return undefined;
  const text = inline(type, 0).replace(/\s+/g, " ");
  return text.length <= longestTypeText ? text : `${text.slice(0, longestTypeText - 1)}…`;
}

function inline(value: Data, depth: number): string {
  if (depth > 8) return "…";
  if (isList(value)) return `[${value.map((item) => inline(item, depth + 1)).join(", ")}]`;
  if (!isMap(value)) return typeof value === "boolean" ? String(value) : scalarText(value);
  const entries = Object.entries(value);
  const [only] = entries;
  // `{GCSPath: {}}` is equivalent to its name.
  if (depth === 0 && only && entries.length === 1 && (only[1] === null || (isMap(only[1]) && Object.keys(only[1]).length === 0)))
    return only[0];
  return `{${entries.map(([key, inner]) => `${key}: ${inline(inner, depth + 1)}`).join(", ")}}`;
}

/** The colour family of a port on the canvas. */
export type PortFamily = "text" | "number" | "bool" | "json" | "dataset" | "model" | "metrics" | "any";

/** The colour family of a port of a type; the kind decides between value and file families. */
export function portFamily(type: TypeSpec | undefined, kind: PortKind): PortFamily {
  if (isEmpty(type) || isList(type)) return "any";
  const name = shortName(reduced(type).name);
  if (name === "" || /^(any|artifact)$/i.test(name)) return "any";
  if (kind === "parameter") return valueFamily(name);
  if (/metrics|ui[ _-]?metadata|confusion|roc\b|^roccurve|tensorboard/i.test(name)) return "metrics";
  return /model/i.test(name) ? "model" : "dataset";
}

function valueFamily(name: string): PortFamily {
  switch (canonicalName(name)) {
    case "Integer":
    case "Float":
      return "number";
    case "Boolean":
      return "bool";
    case "JsonArray":
    case "JsonObject":
      return "json";
    default:
      return /json/i.test(name) ? "json" : "text";
  }
}

/** A constant as the text that the program receives, or what the type would have needed. */
export type Serialized = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly expected: string };

/** Serialises a constant for an input of a type. Text passes unchanged: it is taken as already serialised. */
export function serializeConstant(type: TypeSpec | undefined, value: Data): Serialized {
  if (typeof value === "string") return { ok: true, text: value };
  const name = type === undefined || isEmpty(type) || isList(type) ? inferredType(value) : shortName(reduced(type).name);
  const text = (fits: boolean, expected: string, made: () => string): Serialized =>
    fits ? { ok: true, text: made() } : { ok: false, expected };
  switch (name) {
    case "Integer":
    case "int":
      return text(typeof value === "boolean" || Number.isInteger(value), "a whole number", () => scalarText(value as number));
    case "Float":
    case "float":
      return text(typeof value === "number" || typeof value === "boolean", "a number", () => scalarText(value as number));
    case "Boolean":
    case "Bool":
    case "bool":
      return text(typeof value === "boolean", "true or false", () => scalarText(value as boolean));
    case "JsonArray":
    case "List":
    case "list":
    case "JsonObject":
    case "Dictionary":
    case "Dict":
    case "dict":
    case "Json":
      return { ok: true, text: pythonJson(value) };
    default:
      return { ok: false, expected: "text" };
  }
}

function inferredType(value: Data): string {
  if (typeof value === "number") return Number.isInteger(value) ? "Integer" : "Float";
  if (typeof value === "boolean") return "Boolean";
  if (isList(value)) return "JsonArray";
  return isMap(value) ? "JsonObject" : "";
}

/**
 * A default as the text that an open input receives. The SDK reads defaults typed exactly `Integer` or `Float` as numbers first, so a
 * `Float` default "1" arrives as "1.0". Text that is not a number is unchanged.
 */
export function defaultAsText(type: TypeSpec | undefined, text: string): string {
  const trimmed = text.trim().replace(/(?<=\d)_(?=\d)/g, "");
  if (type === "Integer" && /^[+-]?\d+$/.test(trimmed)) return BigInt(trimmed.replace(/^\+/, "")).toString();
  if (type === "Float" && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) return numberText(Number(trimmed), true);
  return text;
}
