import type { Binding, Reference } from "#pipeline/binding.ts";
import { type Data, type DataMap, isList, type Path } from "#data/data.ts";
import { referencesInExpression } from "./expression.ts";
import { variableName, variableReference } from "./reference-names.ts";

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

/** The text with another one in place of each tag. */
export function withoutTags(text: string, placeholder: string): string {
  let result = "";
  let at = 0;
  for (const { start, end } of tagsIn(text)) {
    result += text.slice(at, start) + placeholder;
    at = end;
  }
  return result + text.slice(at);
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

/** A reference as its tag, in its current spelling if it has one. */
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
  const found = below(data, false).texts;
  return path.length === 0 ? found : found.map((text) => ({ ...text, path: [...path, ...text.path] }));
}

/** Every reference in the data, with the path of its text. Expressions yield their inner references. */
export function referencesInData(data: Data | undefined, path: Path = []): readonly FoundReference[] {
  const found = below(data, false).references;
  return path.length === 0 ? found : found.map((one) => ({ ...one, path: [...path, ...one.path] }));
}

/** A reference found in data. `expression`: it is part of an expression rather than a simple tag. */
export interface FoundReference {
  readonly path: Path;
  readonly reference: Reference;
  readonly expression: boolean;
}

/** The references in a value, with paths relative to it. */
interface Below {
  readonly texts: readonly FoundText[];
  readonly references: readonly FoundReference[];
}

const nothing: Below = { texts: [], references: [] };
/** By mapping or list: after an edit only what is new is searched again, though every edit asks for all. */
const known = new WeakMap<object, Below>();

function below(data: Data | undefined, expression: boolean): Below {
  if (typeof data === "string") return expression || data.includes("{{") ? inText(data, expression) : nothing;
  if (typeof data !== "object" || data === null) return nothing;
  const before = known.get(data);
  if (before) return before;
  const found = isList(data)
    ? gathered(data.map((item, index) => [index, below(item, false)] as const))
    : gathered(Object.keys(data).map((key) => [key, below((data as DataMap)[key], expressionKeys.has(key))] as const));
  known.set(data, found);
  return found;
}

function inText(text: string, expression: boolean): Below {
  const whole = expression && !text.includes("{{");
  const references = whole ? referencesInExpression(text) : referencesInText(text);
  return {
    texts: [{ path: [], text, expression }],
    references: references.flatMap((reference): readonly FoundReference[] =>
      reference.kind === "expression"
        ? reference.references.map((inner) => ({ path: [], reference: inner, expression: true }))
        : [{ path: [], reference, expression: whole }],
    ),
  };
}

function gathered(children: readonly (readonly [string | number, Below])[]): Below {
  const full = children.filter(([, child]) => child.texts.length > 0);
  if (full.length === 0) return nothing;
  return {
    texts: full.flatMap(([step, child]) => child.texts.map((text) => ({ ...text, path: [step, ...text.path] }))),
    references: full.flatMap(([step, child]) => child.references.map((one) => ({ ...one, path: [step, ...one.path] }))),
  };
}

function tagReference(tag: string): Reference {
  const inner = tag.slice(2, -2);
  const reference: Reference = inner.startsWith("=")
    ? { kind: "expression", source: inner.slice(1), references: referencesInExpression(inner.slice(1)) }
    : variableReference(inner.trim());
  return writeReference(reference) === tag ? reference : { ...reference, spelling: tag };
}
