import type { Binding, Reference } from "#model/binding.ts";
import { type Data, isList, isMap, type Path } from "#model/data.ts";
import { referencesInExpression } from "./expression.ts";
import { variableName, variableReference } from "./names.ts";

/** Tags in text: `{{tasks.a.outputs.result}}` and `{{=expression}}`, read and printed. Renaming is in rename.ts. */

/** One tag of a text: `[start, end)` with its braces. */
export interface Tag {
  readonly start: number;
  readonly end: number;
  readonly reference: Reference;
}

/** The tags of a text in order. As in Argo a tag ends at the next `}}`; one that never ends is text. */
export function tagsIn(text: string): readonly Tag[] {
  const tags: Tag[] = [];
  let start = text.indexOf("{{");
  while (start >= 0) {
    const close = text.indexOf("}}", start + 2);
    if (close < 0) break;
    const end = close + 2;
    tags.push({ start, end, reference: tagReference(text.slice(start, end)) });
    start = text.indexOf("{{", end);
  }
  return tags;
}

/** The references of a text, in order. */
export function referencesInText(text: string): readonly Reference[] {
  return text.includes("{{") ? tagsIn(text).map((tag) => tag.reference) : [];
}

/** A text as a binding: a constant if there is no tag in it (for `value`), one reference, or text with references. */
export function readText(text: string, field: "value" | "from" | "parameter" | "withParam"): Binding {
  const tags = text.includes("{{") ? tagsIn(text) : [];
  const [first] = tags;
  if (first === undefined) return field === "value" ? { kind: "constant", value: text } : { kind: "text", parts: [text], field };
  if (first.start === 0 && first.end === text.length) return { kind: "reference", reference: first.reference, field };
  const parts: (string | Reference)[] = [];
  let at = 0;
  for (const tag of tags) {
    if (tag.start > at) parts.push(text.slice(at, tag.start));
    parts.push(tag.reference);
    at = tag.end;
  }
  if (at < text.length) parts.push(text.slice(at));
  return { kind: "text", parts, field };
}

/** A reference as its tag; the spelling at hand if there is one. */
export function writeReference(reference: Reference): string {
  return reference.spelling ?? `{{${variableName(reference)}}}`;
}

/** The parts of a text with references, as text. */
export function writeText(parts: readonly (string | Reference)[]): string {
  return parts.map((part) => (typeof part === "string" ? part : writeReference(part))).join("");
}

/** A text found in data, with its path below the data. */
export interface FoundText {
  readonly path: Path;
  readonly text: string;
  /** The text is an expression as a whole (fromExpression, valueFrom.expression, hooks.NAME.expression …). */
  readonly expression: boolean;
}

const expressionKeys = new Set(["fromExpression", "expression"]);

/** Every text in the data that holds a tag or is an expression, in order. Keys of mappings are not looked at: Argo's are fixed. */
export function textsIn(data: Data | undefined, path: Path = []): readonly FoundText[] {
  const found: FoundText[] = [];
  walk(data, path, false, found);
  return found;
}

/** Every reference in the data with the path of the text it stands in. Expressions give their inner references. */
export function referencesInData(data: Data | undefined, path: Path = []): readonly FoundReference[] {
  return textsIn(data, path).flatMap((found) => {
    const whole = found.expression && !found.text.includes("{{");
    const references = whole ? referencesInExpression(found.text) : referencesInText(found.text);
    return references.flatMap((reference): readonly FoundReference[] =>
      reference.kind === "expression"
        ? reference.references.map((inner) => ({ path: found.path, reference: inner, expression: true }))
        : [{ path: found.path, reference, expression: whole }],
    );
  });
}

/** A reference found in data. `expression`: it stands in an expression rather than being a simple tag. */
export interface FoundReference {
  readonly path: Path;
  readonly reference: Reference;
  readonly expression: boolean;
}

function walk(data: Data | undefined, path: Path, expression: boolean, found: FoundText[]): void {
  if (typeof data === "string") {
    if (expression || data.includes("{{")) found.push({ path, text: data, expression });
  } else if (isList(data)) {
    data.forEach((item, index) => walk(item, [...path, index], false, found));
  } else if (isMap(data)) {
    for (const key of Object.keys(data)) walk(data[key], [...path, key], expressionKeys.has(key), found);
  }
}

function tagReference(tag: string): Reference {
  const inner = tag.slice(2, -2);
  const reference: Reference = inner.startsWith("=")
    ? { kind: "expression", source: inner.slice(1), references: referencesInExpression(inner.slice(1)) }
    : variableReference(inner.trim());
  return writeReference(reference) === tag ? reference : { ...reference, spelling: tag };
}
