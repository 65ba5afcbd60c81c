/**
 * Reads the arguments of a task back from its command line, for files of SDKs before 1.1, which did not yet write them into an
 * annotation: the component's items are matched with the words in the template.
 */
import type { CommandItem, ComponentSpec } from "#components/component-spec.ts";
import { type Data, type DataMap, field, listField } from "#data/data.ts";

/** The texts of the inputs that are used by value, by input name, as far as the words determine them. */
export function readArguments(spec: ComponentSpec, template: DataMap): DataMap {
  if (spec.implementation.kind !== "container") return {};
  const container = field(template, "container");
  const found = new Map<string, Data>();
  for (const key of ["command", "args"] as const) {
    const bindings = match(spec.implementation[key] ?? [], listField(container, key), 0);
    for (const [name, text] of bindings ?? []) found.set(name, text);
  }
  return Object.fromEntries(found);
}

type Bindings = readonly (readonly [string, string])[];

/** Matches items with words from `at` on; undefined if they do not match. Each `if` and each open input is tried both ways. */
function match(items: readonly CommandItem[], words: readonly Data[], at: number): Bindings | undefined {
  const [item, ...rest] = items;
  if (!item) return at === words.length ? [] : undefined;
  const word = words[at];
  switch (item.kind) {
    case "text":
      return word === item.text ? match(rest, words, at + 1) : undefined;
    case "inputValue": {
      const later = typeof word === "string" ? match(rest, words, at + 1) : undefined;
      return later && typeof word === "string" ? [[item.name, word], ...later] : match(rest, words, at);
    }
    case "inputPath":
    case "outputPath":
      return (
        (typeof word === "string" ? match(rest, words, at + 1) : undefined) ??
        (item.kind === "inputPath" ? match(rest, words, at) : undefined)
      );
    case "if":
      return match([...item.then, ...rest], words, at) ?? match([...(item.else ?? []), ...rest], words, at);
    case "concat": {
      const inner = typeof word === "string" ? matchConcat(item.items, word) : undefined;
      const later = inner && match(rest, words, at + 1);
      return inner && later && [...inner, ...later];
    }
    case "v2-only":
      return match(rest, words, at + 1);
  }
}

/** Splits a concatenated word into its parts, which is unambiguous only if it contains a single value. */
function matchConcat(items: readonly CommandItem[], word: string): Bindings | undefined {
  const values = items.filter((item) => item.kind !== "text");
  const [value] = values;
  if (values.length > 1 || (value && value.kind !== "inputValue")) return undefined;
  const text = (part: readonly CommandItem[]) => part.map((item) => (item.kind === "text" ? item.text : "")).join("");
  if (!value) return word === text(items) ? [] : undefined;
  const index = items.indexOf(value);
  const [before, after] = [text(items.slice(0, index)), text(items.slice(index + 1))];
  if (!word.startsWith(before) || !word.endsWith(after) || word.length < before.length + after.length) return undefined;
  return [[value.name, word.slice(before.length, word.length - after.length)]];
}
