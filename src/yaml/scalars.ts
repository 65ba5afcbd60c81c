import type { Data } from "#data/data.ts";

/*
 * The meaning of a plain scalar for the YAML reader of Kubernetes tools (sigs.k8s.io/yaml on go-yaml v2): the words and octals of YAML 1.1,
 * but no base-60 numbers, and dates stay text.
 */

const words = new Map<string, Data>();
for (const word of ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"]) words.set(word, true);
for (const word of ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"]) words.set(word, false);
for (const word of ["", "~", "null", "Null", "NULL"]) words.set(word, null);

const integer = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const largest = (1n << 64n) - 1n;
const smallest = -(1n << 63n);

/**
 * The reader whose rules apply. Component files are read by Python only: there `y` and `n` are letters, and a number with an exponent needs
 * a point and the exponent's sign. Base-60 numbers and dates stay text here, too. Kubeflow's server reads the specs of KFP v2 with
 * go-yaml v3, for which `yes`, `no`, `on` and `off` are text.
 */
export type YamlReader = "kubernetes" | "python" | "kubeflow";

const pythonNumber =
  /^(?:[-+]?(?:0b[01_]+|0[0-7_]*|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?)|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$/;

/** The value of a plain scalar without a tag. */
export function resolvePlain(text: string, reader: YamlReader = "kubernetes"): Data {
  if (reader === "python" && !isPythons(text)) return text;
  const first = text.charCodeAt(0);
  // Only these characters can begin a number; everything else is a word or text.
  const numeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (numeric) return number(text) ?? text;
  if (text.length > 5) return text;
  const word = words.get(text);
  return word === undefined || (reader === "kubeflow" && isOldBoolean(text)) ? text : word;
}

/** A word that is a boolean in YAML 1.1 alone. */
function isOldBoolean(text: string): boolean {
  return /^(?:y|n|yes|no|on|off)$/i.test(text);
}

/** What PyYAML reads otherwise than go-yaml v3: booleans of YAML 1.1, base 60, dates, exponents without point or sign, octals of 1.2, `=`. */
const readOtherwiseByPython = [
  /^(?:yes|no|on|off)$/i,
  /^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/,
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/,
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}/,
  /^[-+]?0[oO][0-7]+$/,
  /^=$/,
];

/** Whether the KFP SDK (PyYAML) reads a plain scalar as something else than Kubeflow's server does. */
export function isReadOtherwiseByPython(text: string): boolean {
  if (text.length > 40) return false;
  if (readOtherwiseByPython.some((pattern) => pattern.test(text))) return true;
  return /^[-+.0-9]/.test(text) && /e/i.test(text) && typeof resolvePlain(text) === "number" && !pythonNumber.test(text);
}

/** Whether a plain scalar that is a word or number for Kubernetes tools is one for Python as well. */
function isPythons(text: string): boolean {
  return /^[-+.0-9]/.test(text) ? pythonNumber.test(text) : !/^[yn]$/i.test(text);
}

/** What some reader takes for a number or a date: underscores, base 60, the octals of YAML 1.2, infinities. */
const numberLike = [
  /^[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]*)?$/,
  /^[-+]?[0-9][0-9_]*(?::[0-9]+)+(?:\.[0-9_]*)?$/,
  /^[-+]?0[xXoObB][0-9a-fA-F_]*$/,
  /^[-+]?\.(?:inf|nan)$/i,
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}/,
];

/**
 * Whether some reader would take a plain scalar for something other than text. Broader than any one reader: YAML 1.1 and 1.2, Go and
 * Python.
 */
export function looksTyped(text: string): boolean {
  if (typeof resolvePlain(text) !== "string") return true;
  const first = text.charCodeAt(0);
  if ((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46) {
    return numberLike.some((pattern) => pattern.test(text));
  }
  return text === "=" || text === "<<";
}

/** Whether a number in the text cannot be represented exactly. */
export function isInexact(text: string, value: number): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^[-+]?[0-9_]+$/.test(text);
}

function number(text: string): number | undefined {
  const plain = text.includes("_") ? text.replaceAll("_", "") : text;
  if (integer.test(plain)) {
    const value = wholeNumber(plain);
    if (value !== undefined) return value;
  }
  return float.test(plain) ? finite(Number(plain)) : undefined;
}

function wholeNumber(plain: string): number | undefined {
  const negative = plain.startsWith("-");
  const digits = negative || plain.startsWith("+") ? plain.slice(1) : plain;
  if (digits.length < 15 && !digits.startsWith("0")) return negative ? 0 - Number(digits) : Number(digits);
  const octal = /^0[0-7]+$/.test(digits);
  const size = BigInt(octal ? `0o${digits}` : digits.toLowerCase());
  const value = negative ? -size : size;
  // Beyond 64 bits Go reads a decimal number as a float and anything else as text.
  if (value > largest || value < smallest) return undefined;
  return Number(value);
}

function finite(value: number): number | undefined {
  // JSON has no infinity, so the text is kept.
  return Number.isFinite(value) ? (value === 0 ? 0 : value) : undefined;
}

/** The value of a scalar with a tag; undefined: the tag does not fit the text. */
export function resolveTagged(tag: string, text: string): Data | undefined {
  switch (tag) {
    case "tag:yaml.org,2002:str":
    case "!":
      return text;
    case "tag:yaml.org,2002:null":
      return resolvePlain(text) === null ? null : undefined;
    case "tag:yaml.org,2002:bool": {
      const value = resolvePlain(text);
      return typeof value === "boolean" ? value : undefined;
    }
    case "tag:yaml.org,2002:int": {
      const value = resolvePlain(text);
      return typeof value === "number" && Number.isInteger(value) && integer.test(text.replaceAll("_", "")) ? value : undefined;
    }
    case "tag:yaml.org,2002:float": {
      const value = resolvePlain(text);
      return typeof value === "number" ? value : undefined;
    }
    case "tag:yaml.org,2002:binary":
      return decodeBase64(text);
    case "tag:yaml.org,2002:timestamp":
      return text;
    default:
      // An unknown tag has no effect: Kubernetes tools read the text as if it were not there.
      return text;
  }
}

/** Base64 bytes as text, one character per byte if they are not UTF-8; undefined if the text is not base64. */
function decodeBase64(text: string): string | undefined {
  const compact = text.replace(/\s+/g, "");
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined;
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const bytes: number[] = [];
  for (let at = 0; at < compact.length; at += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((step) => alphabet.indexOf(compact[at + step] as string)) as [number, number, number, number];
    bytes.push((a << 2) | (b >> 4));
    if (c >= 0) bytes.push(((b & 15) << 4) | (c >> 2));
    if (d >= 0) bytes.push(((c & 3) << 6) | d);
  }
  const escaped = bytes.map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  try {
    return decodeURIComponent(escaped);
  } catch {
    return bytes.map((byte) => String.fromCharCode(byte)).join("");
  }
}
