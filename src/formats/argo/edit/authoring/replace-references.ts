import type { Reference } from "#pipeline/binding.ts";
import { type Data, isList, isMap } from "#data/data.ts";
import { referencesInExpression } from "../../syntax/expression.ts";
import { referencesInText, tagsIn } from "../../syntax/references.ts";

// Tasks that go into a group, or out of one, name the same values otherwise: `{{tasks.a…}}` becomes `{{inputs…}}` and back.

/** What a reference becomes; undefined: it stays. */
export type Replace = (reference: Reference) => string | undefined;

const expressionKeys = new Set(["fromExpression", "expression"]);

/**
 * Data with its references replaced. An inline template has its own inputs and is left alone. An expression cannot be rewritten tag
 * by tag: `crossing` is called if one would have to be.
 */
export function withReferences(data: Data, replace: Replace, crossing: () => void): Data {
  if (typeof data === "string") return rewritten(data, replace, crossing);
  if (isList(data))
    return sameOr(
      data,
      data.map((item) => withReferences(item, replace, crossing)),
    );
  if (!isMap(data)) return data;
  const entries = Object.entries(data).map(([key, value]): [string, Data] => {
    if (key === "inline") return [key, value];
    if (expressionKeys.has(key) && typeof value === "string" && !value.includes("{{")) {
      if (referencesInExpression(value).some((one) => replace(one) !== undefined)) crossing();
      return [key, value];
    }
    return [key, withReferences(value, replace, crossing)];
  });
  return entries.every(([key, value]) => value === data[key]) ? data : Object.fromEntries(entries);
}

function sameOr(old: readonly Data[], fresh: readonly Data[]): readonly Data[] {
  return fresh.every((item, index) => item === old[index]) ? old : fresh;
}

function rewritten(text: string, replace: Replace, crossing: () => void): string {
  if (!text.includes("{{")) return text;
  let result = "";
  let at = 0;
  for (const { start, end, reference } of tagsIn(text)) {
    if (reference.kind === "expression" && reference.references.some((one) => replace(one) !== undefined)) crossing();
    const other = reference.kind === "expression" ? undefined : replace(reference);
    result += text.slice(at, start) + (other ?? text.slice(start, end));
    at = end;
  }
  return result + text.slice(at);
}

/** The only reference of a text that is nothing else. */
export function onlyReference(text: Data | undefined): Reference | undefined {
  if (typeof text !== "string") return undefined;
  const [tag, ...more] = tagsIn(text);
  return tag && more.length === 0 && tag.start === 0 && tag.end === text.length ? referencesInText(text)[0] : undefined;
}
