/** Converts the expressions of a Python pipeline for a plan: data with references in it, text, or the source of an input. */
import type { TypeSpec } from "#components/component-spec.ts";
import type { Data } from "#data/data.ts";
import { serialize } from "#python/kfp-types.ts";
import { type PythonValue } from "#python/literals.ts";
import { str } from "#python/print-value.ts";
import type { Value } from "#python/pipeline-tree.ts";
import { type PlanReference, type Source, token } from "#pipeline/pipeline-plan.ts";
import { all } from "./arguments.ts";
import { objectData, type Sayings } from "./kubernetes-objects.ts";

/** The values that are known only at run time. */
export type RunTimeValue = Extract<Value, { readonly kind: "parameter" | "output" | "item" }>;

/** Finds what a run-time value refers to; undefined if the plan has no such thing. */
export type Resolve = (value: RunTimeValue) => PlanReference | undefined;

/** A value as plain data, run-time values as tokens in it; undefined if it has no such form. */
export function dataOf(value: Value, resolve: Resolve): Data | undefined {
  switch (value.kind) {
    case "constant":
      return constantData(value.value);
    case "parameter":
    case "output":
    case "item": {
      const reference = resolve(value);
      return reference && token(reference);
    }
    case "text":
      return textOf(value, resolve);
    case "list":
      return all(value.items.map((item) => dataOf(item, resolve)));
    case "map": {
      const keys = all(value.entries.map(([key]) => textOf(key, resolve)));
      const values = all(value.entries.map(([, inner]) => dataOf(inner, resolve)));
      return (
        keys && values && Object.fromEntries(keys.flatMap((key, index) => (key === "__proto__" ? [] : [[key, values[index] as Data]])))
      );
    }
    case "object":
      return objectData(value, sayings(resolve));
    default:
      return undefined;
  }
}

/** How the parts of Kubernetes objects are converted. */
export function sayings(resolve: Resolve): Sayings {
  return { data: (value) => dataOf(value, resolve), words: (value) => wordsOf(value, resolve) };
}

/** A value as Python's `str()` writes it; undefined for lists and objects with run-time values in them. */
export function textOf(value: Value | undefined, resolve: Resolve): string | undefined {
  switch (value?.kind) {
    case "constant":
      return str(value.value);
    case "parameter":
    case "output":
    case "item": {
      const reference = resolve(value);
      return reference && token(reference);
    }
    case "text":
      return all(value.parts.map((part) => (typeof part === "string" ? part : textOf(part, resolve))))?.join("");
    default:
      return undefined;
  }
}

/** The source of an input of a type; undefined if it cannot be known. Constants are written as Python writes them. */
export function sourceOf(value: Value, type: TypeSpec | undefined, resolve: Resolve): Source | undefined {
  switch (value.kind) {
    case "constant": {
      const { text, fits } = serialize(value.value, type);
      if (fits) return { kind: "constant", value: text };
      // Data keeps the given value, so that lowering can report what would have fitted.
      const data = constantData(value.value);
      return data === undefined ? undefined : { kind: "constant", value: data };
    }
    case "parameter":
    case "output":
    case "item":
      return resolve(value);
    case "text": {
      const parts = all(value.parts.map((part) => (typeof part === "string" ? part : partOf(part, resolve))));
      return parts && { kind: "text", parts };
    }
    case "list":
    case "map": {
      const data = dataOf(value, resolve);
      return data === undefined ? undefined : { kind: "constant", value: data };
    }
    default:
      return undefined;
  }
}

function partOf(value: Value, resolve: Resolve): string | PlanReference | undefined {
  return value.kind === "parameter" || value.kind === "output" || value.kind === "item" ? resolve(value) : textOf(value, resolve);
}

/** A literal as data; undefined if YAML cannot represent it exactly. */
export function constantData(value: PythonValue): Data | undefined {
  switch (value.kind) {
    case "none":
      return null;
    case "bool":
    case "str":
      return value.value;
    case "int": {
      const number = Number(value.value);
      return Number.isSafeInteger(number) ? number : undefined;
    }
    case "float":
      return Number.isFinite(value.value) ? value.value : undefined;
    case "list":
    case "tuple":
      return all(value.items.map(constantData));
    case "set":
      return undefined;
    case "dict": {
      const values = all(value.entries.map(([, inner]) => constantData(inner)));
      return (
        values &&
        Object.fromEntries(value.entries.flatMap(([key], index) => (str(key) === "__proto__" ? [] : [[str(key), values[index] as Data]])))
      );
    }
  }
}

/** A command or its arguments as a list of text, as in the SDK: one value is a list of one, numbers become text; null: none. */
export function wordsOf(value: Value, resolve: Resolve): readonly string[] | null | undefined {
  if (value.kind === "list") return all(value.items.map((item) => textOf(item, resolve)));
  if (value.kind === "constant") {
    const { value: constant } = value;
    if (constant.kind === "none") return null;
    if (constant.kind === "list" || constant.kind === "tuple") return constant.items.map(str);
  }
  const only = textOf(value, resolve);
  return only === undefined ? undefined : [only];
}
