import type { CommandItem, ComponentSpec } from "#components/component-spec.ts";
import { type Data, type DataMap, field, isList, listField } from "#data/data.ts";

/**
 * Old KFP compilers (before 1.2) wrote no annotation arguments.parameters. What each input was given can still be read off by laying
 * the component's command line compared with the container's: where the one has `{inputValue: X}` the other has X's text.
 */
export function alignedArguments(spec: ComponentSpec, template: DataMap): Readonly<Record<string, string>> {
  const container = field(template, "container");
  if (spec.implementation.kind !== "container") return argumentsByFlag(spec, container);
  const found = new Map<string, string>();
  for (const key of ["command", "args"] as const) {
    const texts = field(container, key);
    const items = spec.implementation[key];
    if (!isList(texts) || items === undefined) continue;
    const words = texts.map(String);
    for (const [name, text] of align(items, words) ?? []) if (!found.has(name)) found.set(name, text);
  }
  return Object.fromEntries(found);
}

/**
 * A component that states only its interface: a Python function's program takes input `a_b` behind the flag `--a-b`.
 * docs/spec/kfp-v1.md#python-functions
 */
function argumentsByFlag(spec: ComponentSpec, container: Data | undefined): Readonly<Record<string, string>> {
  const words = listField(container, "args").map(String);
  return Object.fromEntries(
    spec.inputs.flatMap(({ name }) => {
      const value = words[words.indexOf(`--${name.replaceAll("_", "-")}`) + 1];
      return value === undefined || !words.includes(`--${name.replaceAll("_", "-")}`) || value.startsWith("/tmp/inputs/")
        ? []
        : [[name, value]];
    }),
  );
}

type Given = readonly (readonly [name: string, text: string])[];

/** Matches items with words; an `if` may be present or not. Undefined if they do not match within the limit of tries. */
function align(items: readonly CommandItem[], words: readonly string[]): Given | undefined {
  let tries = 0;
  const step = (open: readonly CommandItem[], at: number): Given | undefined => {
    if (++tries > 5_000) return undefined;
    const [item, ...rest] = open;
    if (item === undefined) return at === words.length ? [] : undefined;
    if (item.kind === "if") return step([...item.then, ...rest], at) ?? step([...(item.else ?? []), ...rest], at);
    const word = words[at];
    const given = word === undefined ? undefined : matchItem(item, word);
    const behind = given && step(rest, at + 1);
    if (given && behind) return [...given, ...behind];
    // An input left open takes its word with it.
    return item.kind === "inputValue" || item.kind === "inputPath" ? step(rest, at) : undefined;
  };
  return step(items, 0);
}

function matchItem(item: CommandItem, word: string): Given | undefined {
  switch (item.kind) {
    case "text":
      return item.text === word ? [] : undefined;
    case "inputValue":
      return [[item.name, word]];
    case "inputPath":
    case "outputPath":
      return word.startsWith("/") ? [] : undefined;
    case "concat":
      return matchConcat(item.items, word);
    default:
      return undefined;
  }
}

/** Only a single value with fixed text around it can be recognised. */
function matchConcat(items: readonly CommandItem[], word: string): Given | undefined {
  const values = items.filter((item) => item.kind === "inputValue");
  const [value] = values;
  if (value?.kind !== "inputValue" || values.length > 1 || items.some((item) => item.kind !== "text" && item.kind !== "inputValue"))
    return undefined;
  const at = items.indexOf(value);
  const textOf = (some: readonly CommandItem[]) => some.map((item) => (item.kind === "text" ? item.text : "")).join("");
  const [before, behind] = [textOf(items.slice(0, at)), textOf(items.slice(at + 1))];
  if (!word.startsWith(before) || !word.endsWith(behind) || word.length < before.length + behind.length) return undefined;
  return [[value.name, word.slice(before.length, word.length - behind.length)]];
}
