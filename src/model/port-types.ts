import type { TypeSpec } from "./component.ts";
import { type Data, type DataMap, isList, isMap, sameData } from "./data.ts";

/** KFP's port types as one line of text, and which type fits which. KFP contract 6.3. */

/** A type in one line: `Model`, `{GCSPath: {data_type: CSV}}`; undefined for no type. */
export function typeText(type: TypeSpec | undefined): string | undefined {
  if (type === undefined || type === null || type === "") return undefined;
  return typeof type === "string" ? type : flow(type);
}

/**
 * Whether a value of type `given` may go where `expected` is wanted. "alias": the same type in another spelling (Integer, int), which
 * the SDK would refuse.
 */
export function typesMatch(given: string | undefined, expected: string | undefined): "yes" | "alias" | "no" {
  if (given === undefined || expected === undefined || given === expected) return "yes";
  if (isArtifact(given) && !isParameterName(expected)) return "yes";
  if (isArtifact(expected) && !isParameterName(given)) return "yes";
  const [g, e] = [nameAndProperties(given), nameAndProperties(expected)];
  if (g.name === "" || e.name === "") return "yes";
  if (!Object.entries(g.properties).every(([key, value]) => Object.hasOwn(e.properties, key) && sameData(value, e.properties[key]))) return "no";
  if (g.name === e.name) return "yes";
  return canonical(g.name) === canonical(e.name) ? "alias" : "no";
}

const parameterNames = new Set(["string", "str", "integer", "int", "float", "double", "bool", "boolean", "dict", "list", "jsonobject"]);
const aliases: readonly (readonly string[])[] = [
  ["string", "str"],
  ["integer", "int"],
  ["float", "double"],
  ["boolean", "bool"],
  ["jsonarray", "list"],
  ["jsonobject", "dict", "dictionary"],
];
const canonicalNames = new Map(aliases.flatMap((names) => names.map((name) => [name, names[0] as string])));

function isArtifact(type: string): boolean {
  return type.toLowerCase() === "artifact";
}

function isParameterName(type: string): boolean {
  return parameterNames.has(type.toLowerCase());
}

/** Types of one alias group have one canonical name; any other type is its own, upper and lower case apart. */
function canonical(name: string): string {
  return canonicalNames.get(name.toLowerCase()) ?? name;
}

/** Only the first key of a mapping counts, as in the SDK. */
function nameAndProperties(type: string): { readonly name: string; readonly properties: DataMap } {
  const data = type.startsWith("{") ? parseFlow(type) : type;
  if (isMap(data)) {
    const [name = "", properties] = Object.entries(data)[0] ?? [];
    return { name, properties: isMap(properties) ? properties : {} };
  }
  return { name: type, properties: {} };
}

function flow(value: Data): string {
  if (isList(value)) return `[${value.map(flow).join(", ")}]`;
  if (isMap(value)) return `{${Object.entries(value).map(([key, item]) => `${word(key)}: ${flow(item)}`).join(", ")}}`;
  return typeof value === "string" ? word(value) : JSON.stringify(value);
}

/** Plain if nothing in it could be taken for punctuation, a number or a word of JSON. */
function word(text: string): string {
  return /^[A-Za-z_][\w./ -]*$/.test(text) && !/^(true|false|null)$/.test(text) ? text : JSON.stringify(text);
}

/** Reads what `flow` wrote; anything else is text. */
function parseFlow(text: string): Data {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^{}[\],:"]+/g)?.filter((token) => token.trim() !== "") ?? [];
  let at = 0;
  const scalar = (token: string): Data => {
    try {
      return JSON.parse(token) as Data;
    } catch {
      return token.trim();
    }
  };
  const value = (depth: number): Data => {
    const token = tokens[at++] ?? "";
    if (depth > 20 || (token !== "{" && token !== "[")) return scalar(token);
    const close = token === "{" ? "}" : "]";
    const items: Data[] = [];
    const entries: [string, Data][] = [];
    while (at < tokens.length && tokens[at] !== close) {
      if (token === "[") items.push(value(depth + 1));
      else {
        const key = String(scalar(tokens[at++] as string));
        if (tokens[at] === ":") at++;
        entries.push([key, value(depth + 1)]);
      }
      if (tokens[at] === ",") at++;
    }
    at++;
    return token === "[" ? items : Object.fromEntries(entries);
  };
  return value(0);
}
