import { calculated } from "./arithmetic.ts";
import { areBounded, isBounded, takeStep } from "./size-limits.ts";
import type { PythonValue } from "./python-value.ts";
import { bare, childrenOf, itemsOf, type PythonNode, type PythonTree, splitByComma, textOf } from "./syntax.ts";

/**
 * Literal values in Python text, read without running it, and how Python prints them. A name counts as a literal if it is a constant of the
 * module (`BASE_IMAGE = "python:3.9"`), which the caller passes in.
 */

export type { PythonValue };

/** Looks up the value of a module's constant. */
export type Constants = (name: string) => PythonNode | undefined;

const noConstants: Constants = () => undefined;
const deepest = 40;

/** The value of a literal; undefined if it is not one, or exceeds the bounds of this folder. */
export function literalOf(tree: PythonTree, node: PythonNode, constants: Constants = noConstants, depth = 0): PythonValue | undefined {
  if (depth > deepest || !takeStep(tree)) return undefined;
  const value = readLiteral(tree, node, constants, depth);
  return value && isBounded(value) ? value : undefined;
}

function readLiteral(tree: PythonTree, node: PythonNode, constants: Constants, depth: number): PythonValue | undefined {
  const here = bare(node);
  const inner = (of: PythonNode) => literalOf(tree, of, constants, depth + 1);
  switch (here.name) {
    case "None":
      return { kind: "none" };
    case "Boolean":
      return { kind: "bool", value: textOf(tree, here) === "True" };
    case "Number":
      return numberOf(textOf(tree, here));
    case "String": {
      const value = stringOf(textOf(tree, here));
      return value === undefined ? undefined : { kind: "str", value };
    }
    case "ContinuedString": {
      const parts = childrenOf(here).map((part) => (part.name === "String" ? stringOf(textOf(tree, part)) : undefined));
      return parts.every((part) => part !== undefined) ? { kind: "str", value: parts.join("") } : undefined;
    }
    case "UnaryExpression":
      return negated(textOf(tree, childrenOf(here)[0] as PythonNode), inner(childrenOf(here)[1] as PythonNode));
    case "ArrayExpression":
    case "TupleExpression":
    case "SetExpression": {
      const items = itemsOf(here).map((item) => (item.name === "*" ? undefined : inner(item)));
      const kind = here.name === "ArrayExpression" ? "list" : here.name === "TupleExpression" ? "tuple" : "set";
      return items.every((item) => item !== undefined) ? { kind, items } : undefined;
    }
    case "DictionaryExpression":
      return dictionaryOf(here, inner);
    case "BinaryExpression":
      return joined(tree, here, inner);
    case "MemberExpression":
      // `1.` and `2.e5`: the parser reads the dot as an attribute.
      return here.firstChild?.name === "Number" ? numberOf(textOf(tree, here)) : undefined;
    case "VariableName": {
      const constant = constants(textOf(tree, here));
      return constant && inner(constant);
    }
    default:
      return undefined;
  }
}

/** The value of a text literal. */
export function literalText(tree: PythonTree, node: PythonNode, constants: Constants = noConstants): string | undefined {
  const value = literalOf(tree, node, constants);
  return value?.kind === "str" ? value.value : undefined;
}

/** A dictionary literal with text keys, as pairs of key and node; undefined for anything else. */
export function dictionaryNodes(
  tree: PythonTree,
  node: PythonNode,
): readonly { readonly key: string; readonly value: PythonNode }[] | undefined {
  const here = bare(node);
  if (here.name !== "DictionaryExpression") return undefined;
  const pairs = splitByComma(childrenOf(here).slice(1)).map(([key, colon, value]) => {
    const text = key && colon?.name === ":" ? literalText(tree, key) : undefined;
    return text === undefined || !value ? undefined : { key: text, value };
  });
  return pairs.every((pair) => pair !== undefined) ? pairs : undefined;
}

function dictionaryOf(node: PythonNode, inner: (of: PythonNode) => PythonValue | undefined): PythonValue | undefined {
  const entries: [PythonValue, PythonValue][] = [];
  for (const [key, colon, value] of splitByComma(childrenOf(node).slice(1))) {
    if (!key || colon?.name !== ":" || !value) return undefined;
    const [left, right] = [inner(key), inner(value)];
    if (!left || !right) return undefined;
    entries.push([left, right]);
  }
  return { kind: "dict", entries };
}

function negated(operator: string, value: PythonValue | undefined): PythonValue | undefined {
  if (operator === "+" && (value?.kind === "int" || value?.kind === "float")) return value;
  if (operator !== "-") return undefined;
  if (value?.kind === "int") return { kind: "int", value: -value.value };
  return value?.kind === "float" ? { kind: "float", value: -value.value } : undefined;
}

/** Texts and lists joined by `+`, as long literals are split over lines, and arithmetic of numbers. */
function joined(tree: PythonTree, node: PythonNode, inner: (of: PythonNode) => PythonValue | undefined): PythonValue | undefined {
  const [left, operator, right] = childrenOf(node);
  if (!left || !operator || !right) return undefined;
  const sign = textOf(tree, operator);
  const [a, b] = [inner(left), inner(right)];
  if (a && b && !areBounded([a, b])) return undefined;
  if (sign === "+" && a?.kind === "str" && b?.kind === "str") return { kind: "str", value: a.value + b.value };
  if (sign === "+" && a?.kind === "list" && b?.kind === "list") return { kind: "list", items: [...a.items, ...b.items] };
  return a && b && calculated(sign, a, b);
}

/** Digits of the longest number that is read; Python itself refuses to print more than 4,300. */
const longestNumber = 1_000;

function numberOf(text: string): PythonValue | undefined {
  if (text.length > longestNumber) return undefined;
  const plain = text.replaceAll("_", "").toLowerCase();
  if (plain.endsWith("j")) return undefined;
  if (/^0[xob]/.test(plain) || /^\d+$/.test(plain)) {
    return /^0\d/.test(plain) && !/^0+$/.test(plain) ? undefined : { kind: "int", value: BigInt(plain) };
  }
  const value = Number(plain);
  return Number.isNaN(value) ? undefined : { kind: "float", value };
}

const escapes: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** The value of one string token with its prefix and quotes; undefined for bytes and formatted strings. */
export function stringOf(token: string): string | undefined {
  const found = /^([a-zA-Z]*)("""|'''|"|')([\s\S]*)$/.exec(token);
  if (!found) return undefined;
  const [, prefix = "", quote = "", rest = ""] = found;
  if (/[bf]/i.test(prefix) || !rest.endsWith(quote)) return undefined;
  const body = rest.slice(0, rest.length - quote.length).replace(/\r\n?/g, "\n");
  if (/r/i.test(prefix)) return body;
  return body.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|[\s\S])/g, (whole, code: string) => {
    const first = code[0] as string;
    if (code.length > 1 && /[xuU]/.test(first)) {
      const point = Number.parseInt(code.slice(1), 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    }
    if (/[0-7]/.test(first)) return String.fromCharCode(Number.parseInt(code, 8));
    return Object.hasOwn(escapes, code) ? (escapes[code] as string) : whole;
  });
}

/** A value as `repr()` writes it. */
export function repr(value: PythonValue): string {
  switch (value.kind) {
    case "none":
      return "None";
    case "bool":
      return value.value ? "True" : "False";
    case "int":
      return value.value.toString();
    case "float":
      return floatText(value.value);
    case "str":
      return quoted(value.value);
    case "list":
      return `[${value.items.map(repr).join(", ")}]`;
    case "tuple":
      return value.items.length === 1 ? `(${repr(value.items[0] as PythonValue)},)` : `(${value.items.map(repr).join(", ")})`;
    case "set":
      return `{${value.items.map(repr).join(", ")}}`;
    case "dict":
      return `{${value.entries.map(([key, item]) => `${repr(key)}: ${repr(item)}`).join(", ")}}`;
  }
}

/** A value as `str()` writes it: text bare, anything else like `repr()`. */
export function str(value: PythonValue): string {
  return value.kind === "str" ? value.value : repr(value);
}

/** Text as a Python string literal, in single quotes unless it contains some and no double ones. */
export function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const names: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const body = text.replace(/[\\\x00-\x1f\x7f'\u2028\u2029\ufeff]/g, (char) => {
    if (char === "'") return quote === "'" ? "\\'" : char;
    if (Object.hasOwn(names, char)) return names[char] as string;
    const code = char.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
  return quote + body + quote;
}

/** A float as Python prints it: the shortest digits, with an exponent below 1e-4 and from 1e16 on. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [mantissa = "", power = "0"] = value.toExponential().split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const plain = exponent < 0 ? value.toFixed(Math.max(0, mantissa.replace(/[-.]/g, "").length - 1 - exponent)) : String(value);
  return plain.includes(".") ? plain : `${plain}.0`;
}

/** A value as `json.dumps(…, sort_keys=True)` writes it; undefined if JSON cannot represent it. */
export function json(value: PythonValue, sortKeys = true): string | undefined {
  switch (value.kind) {
    case "none":
      return "null";
    case "bool":
      return value.value ? "true" : "false";
    case "int":
      return value.value.toString();
    case "float":
      return Number.isFinite(value.value) ? floatText(value.value) : { inf: "Infinity", "-inf": "-Infinity" }[floatText(value.value)];
    case "str":
      return jsonText(value.value);
    case "list":
    case "tuple": {
      const items = value.items.map((item) => json(item, sortKeys));
      return items.every((item) => item !== undefined) ? `[${items.join(", ")}]` : undefined;
    }
    case "dict": {
      const pairs = value.entries.map(([key, item]) => [jsonKey(key), json(item, sortKeys)] as const);
      if (!pairs.every(([key, item]) => key !== undefined && item !== undefined)) return undefined;
      const sorted = sortKeys ? [...pairs].sort(([a], [b]) => byCodePoint(a as string, b as string)) : pairs;
      return `{${sorted.map(([key, item]) => `${jsonText(key as string)}: ${item}`).join(", ")}}`;
    }
    case "set":
      return undefined;
  }
}

function jsonKey(key: PythonValue): string | undefined {
  if (key.kind === "str") return key.value;
  return key.kind === "int" || key.kind === "float" || key.kind === "bool" || key.kind === "none" ? json(key) : undefined;
}

function jsonText(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function byCodePoint(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = (left[index] as string).codePointAt(0)! - (right[index] as string).codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
