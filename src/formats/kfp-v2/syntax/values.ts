import { type Data, isList, isMap } from "#data/data.ts";
import { placeholdersIn } from "./placeholders.ts";

/** Values of parameters by type. docs/spec/kfp-v2.md */

export const parameterTypeNames = ["STRING", "NUMBER_INTEGER", "NUMBER_DOUBLE", "BOOLEAN", "LIST", "STRUCT"] as const;

/** A value as JSON of its type, or what it should be. */
export type Typed = { readonly ok: true; readonly value: Data } | { readonly ok: false; readonly expected: string };

/**
 * A value converted to its type: text that represents a number, a boolean, a list or a mapping becomes that. A value of an unknown type,
 * null, and text with a placeholder for a type other than STRING are left as they are.
 */
export function typedValue(value: Data, type: string | undefined): Typed {
  const yes = (typed: Data): Typed => ({ ok: true, value: typed });
  if (value === null) return yes(value);
  switch (type) {
    case "STRING":
      return yes(typeof value === "string" ? value : typeof value === "object" ? JSON.stringify(value) : String(value));
    case "NUMBER_INTEGER":
    case "NUMBER_DOUBLE": {
      const number = typeof value === "string" && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value) ? Number(value) : value;
      if (typeof number === "number" && Number.isFinite(number) && (type === "NUMBER_DOUBLE" || Number.isSafeInteger(number)))
        return yes(number);
      return spliced(value, type === "NUMBER_INTEGER" ? "an integer" : "a number");
    }
    case "BOOLEAN": {
      if (typeof value === "boolean") return yes(value);
      const text = typeof value === "string" ? value.trim().toLowerCase() : "";
      return text === "true" || text === "false" ? yes(text === "true") : spliced(value, "true or false");
    }
    case "LIST":
    case "STRUCT": {
      const data = typeof value === "string" ? parsed(value) : value;
      if (type === "LIST" ? isList(data) : isMap(data)) return yes(data as Data);
      return spliced(value, type === "LIST" ? "a JSON list" : "a JSON object");
    }
    default:
      return yes(value);
  }
}

function spliced(value: Data, expected: string): Typed {
  return typeof value === "string" && placeholdersIn(value).length > 0 ? { ok: true, value } : { ok: false, expected };
}

function parsed(text: string): Data | undefined {
  try {
    return JSON.parse(text, (key: string, value: unknown) => (key === "__proto__" ? undefined : value)) as Data;
  } catch {
    return undefined;
  }
}

/** The parameter type behind a name of a type: one of KFP 2, or a type of KFP 1 or Python. Undefined: none. */
export function parameterTypeNamed(name: string): string | undefined {
  if ((parameterTypeNames as readonly string[]).includes(name)) return name;
  const known = others[name.toLowerCase()];
  return Object.hasOwn(others, name.toLowerCase()) ? known : undefined;
}

const others: Readonly<Record<string, string>> = {
  string: "STRING",
  str: "STRING",
  integer: "NUMBER_INTEGER",
  int: "NUMBER_INTEGER",
  float: "NUMBER_DOUBLE",
  double: "NUMBER_DOUBLE",
  bool: "BOOLEAN",
  boolean: "BOOLEAN",
  list: "LIST",
  jsonarray: "LIST",
  dict: "STRUCT",
  jsonobject: "STRUCT",
  struct: "STRUCT",
};
