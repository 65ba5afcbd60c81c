import { isMap } from "#data/data.ts";
import type { TypeSpec } from "#components/component-spec.ts";
import { type PythonValue } from "./literals.ts";
import { json, str } from "./print-value.ts";

/** The value types of KFP v1 and how a constant of each is written (KFP: components/_data_passing.py). Other types are passed as text. */
export type ValueKind = "string" | "integer" | "float" | "boolean" | "json" | "pickle" | "untyped" | "other";

const kinds: Readonly<Record<string, ValueKind>> = {
  String: "string",
  str: "string",
  Integer: "integer",
  int: "integer",
  Float: "float",
  float: "float",
  Boolean: "boolean",
  Bool: "boolean",
  bool: "boolean",
  JsonArray: "json",
  List: "json",
  list: "json",
  JsonObject: "json",
  Dictionary: "json",
  Dict: "json",
  dict: "json",
  Json: "json",
  Base64Pickle: "pickle",
};

/** The kind of value that a type denotes; a generic counts by its short name (`typing.List[int]` is `List`). */
export function valueKind(type: TypeSpec | undefined): ValueKind {
  const name = typeName(type);
  if (name === undefined || name === "") return "untyped";
  const short = name.replace(/\[.*$/s, "").split(".").at(-1) ?? name;
  return Object.hasOwn(kinds, short) ? (kinds[short] as ValueKind) : "other";
}

/** The name of a type: text, or the first key of a mapping. */
export function typeName(type: TypeSpec | undefined): string | undefined {
  if (typeof type === "string") return type;
  return isMap(type) ? Object.keys(type)[0] : undefined;
}

/** A constant as text for its type, or why it does not fit: `text` is then what Python would print. */
export function serialize(value: PythonValue, type: TypeSpec | undefined): { readonly text: string; readonly fits: boolean } {
  // Text counts as already serialised, whatever the type.
  if (value.kind === "str") return { text: value.value, fits: true };
  const kind = valueKind(type);
  const plain = str(value);
  switch (kind) {
    case "string":
      return { text: plain, fits: false };
    case "integer":
      return { text: plain, fits: value.kind === "int" };
    case "float":
      return { text: plain, fits: value.kind === "int" || value.kind === "float" };
    case "boolean":
      return { text: plain, fits: value.kind === "bool" };
    case "json": {
      const text = json(value);
      return { text: text ?? plain, fits: text !== undefined };
    }
    case "untyped": {
      if (value.kind === "int" || value.kind === "float" || value.kind === "bool") return { text: plain, fits: true };
      const text = value.kind === "list" || value.kind === "dict" ? json(value) : undefined;
      return { text: text ?? plain, fits: text !== undefined };
    }
    case "pickle":
    case "other":
      return { text: plain, fits: false };
  }
}
