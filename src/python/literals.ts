import { calculated } from "./arithmetic.ts";
import { areBounded, isBounded, takeStep } from "./size-limits.ts";
import type { PythonValue } from "./python-value.ts";
import { bare, childrenOf, itemsOf, type PythonNode, type PythonTree, splitByComma, textOf } from "./syntax.ts";

/**
 * Literal values in Python text, read without running it. A name counts as a literal if it is a constant of the
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
