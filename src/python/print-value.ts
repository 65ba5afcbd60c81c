import type { PythonValue } from "./python-value.ts";

// How Python prints values. Apart from what reads them, which needs the parser.

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
