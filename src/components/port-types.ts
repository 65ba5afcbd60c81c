import type { TypeSpec } from "./component-spec.ts";
import type { Data } from "#data/data.ts";
import { type Compatibility, compatible } from "./type-names.ts";

/** Types of ports as the graph shows them: text on one line, as `typeText` writes it. */

/** Whether an output of one type fits an input of another, both given as the text on their ports. */
export function portTypesMatch(given: string | undefined, expected: string | undefined): Compatibility {
  if (given === expected) return "same";
  return compatible(parseTypeText(given), parseTypeText(expected));
}

/** Parses the type text of a port; text that is not in braces is a type's name. */
export function parseTypeText(text: string | undefined): TypeSpec | undefined {
  return text !== undefined && /^[{[]/.test(text) ? parseFlow(text) : text;
}

/** Reads `{Name: {key: value}}` and `[A, B]`, names and values bare or quoted. Numbers stay text on both sides. */
function parseFlow(text: string): Data {
  const tokens = text.match(/[{}[\],:]|[^{}[\],:]+/g)?.filter((token) => token.trim() !== "") ?? [];
  let at = 0;
  const value = (depth: number): Data => {
    const token = tokens[at++] ?? "";
    if (depth > 20 || (token !== "{" && token !== "[")) return token.trim();
    const close = token === "{" ? "}" : "]";
    const items: Data[] = [];
    const entries: [string, Data][] = [];
    while (at < tokens.length && tokens[at] !== close) {
      if (token === "[") items.push(value(depth + 1));
      else {
        const key = (tokens[at++] as string).trim();
        if (tokens[at] === ":") at++;
        entries.push([key, tokens[at] === close || tokens[at] === "," ? null : value(depth + 1)]);
      }
      if (tokens[at] === ",") at++;
    }
    at++;
    return token === "[" ? items : Object.fromEntries(entries);
  };
  return value(0);
}
