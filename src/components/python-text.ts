/**
 * Text as Python prints it. Kubeflow's SDK is a Python program: what it writes into a file (defaults, arguments, the JSON of its
 * annotations) has Python's number format, separators and escapes, and files created here must not differ.
 */
import { type Data, isList, isMap } from "#data/data.ts";

/**
 * A number as Python prints it: `1`, `0.5`, `1e-05`, `1e+16`. A whole number is an int unless `float` is set; then it gets `.0`. Numbers
 * beyond 2^53, which JavaScript only has rounded, count as floats. Python: repr() of int and float.
 */
export function numberText(value: number, float = false): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Number.isSafeInteger(value) && !float) return Object.is(value, -0) ? "0" : value.toString();
  if (Object.is(value, -0)) return "-0.0";
  const [mantissa = "", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  // Python switches to an exponent below 1e-4 and from 1e16 on; JavaScript at other limits and without the leading zero.
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    const digits = Math.abs(exponent).toString().padStart(2, "0");
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${digits}`;
  }
  if (Number.isInteger(value)) return `${BigInt(value)}.0`;
  return value.toString();
}

/** A scalar as Python's `str()` gives it: `True`, `False`, `None`, numbers as `numberText` has them. */
export function scalarText(value: string | number | boolean | null): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "number" ? numberText(value) : value;
}

/** JSON as Python's `json.dumps(value, sort_keys=True)` writes it: keys by code point, `", "` and `": "`, ASCII only. */
export function pythonJson(value: Data): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "number") return jsonNumber(value);
  if (typeof value === "string") return jsonText(value);
  if (isList(value)) return `[${value.map(pythonJson).join(", ")}]`;
  if (!isMap(value)) return "null";
  const keys = Object.keys(value).sort(byCodePoint);
  return `{${keys.map((key) => `${jsonText(key)}: ${pythonJson(value[key] as Data)}`).join(", ")}}`;
}

function jsonNumber(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  return numberText(value);
}

function jsonText(text: string): string {
  // Python also escapes DEL and everything beyond ASCII, as surrogate pairs for characters outside the basic plane.
  const json = JSON.stringify(text);
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Compares by code point, as Python sorts; plain JavaScript would compare UTF-16 code units. */
export function byCodePoint(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left === right) continue;
    // Surrogates (0xd800 to 0xdfff) represent characters beyond 0xffff, so they sort after all others.
    return isHalf(left) === isHalf(right) ? left - right : isHalf(left) ? 1 : -1;
  }
  return a.length - b.length;
}

function isHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
