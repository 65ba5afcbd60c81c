import type { CommandItem, ComponentSpec } from "#model/component.ts";
import { fileName } from "#kubernetes/kfp-names.ts";

// A component's command line with given arguments, as KFP compiles it (contract 6.2). Used to tell whether a step's container is
// still what its component makes of its arguments, and what it becomes with another argument.

/** What the inputs of a step are given, by the component's input names: the text of values, and which inputs are given at all. */
export interface Given {
  /** The argument's text of every input that is given one: a constant, or `{{inputs.parameters.X}}`. Files may be "". */
  readonly text: Readonly<Record<string, string>>;
}

/** A container's command and arguments; undefined if the component is no container or says what v1 cannot do. */
export function renderContainer(spec: ComponentSpec, given: Given): { readonly command: readonly string[]; readonly args: readonly string[] } | undefined {
  if (spec.implementation.kind !== "container") return undefined;
  const { command = [], args = [], fileOutputs = {} } = spec.implementation;
  const render = (items: readonly CommandItem[]) => renderItems(items, given.text, fileOutputs);
  const [rendered, renderedArgs] = [render(command), render(args)];
  return rendered && renderedArgs && { command: rendered, args: renderedArgs };
}

type Texts = Readonly<Record<string, string>>;

function renderItems(items: readonly CommandItem[], text: Texts, fileOutputs: Texts): readonly string[] | undefined {
  const found: string[] = [];
  for (const item of items) {
    const words = renderItem(item, text, fileOutputs);
    if (!words) return undefined;
    found.push(...words);
  }
  return found;
}

function renderItem(item: CommandItem, text: Texts, fileOutputs: Texts): readonly string[] | undefined {
  switch (item.kind) {
    case "text":
      return [item.text];
    case "inputValue":
      return has(text, item.name) ? [text[item.name] as string] : [];
    case "inputPath":
      return has(text, item.name) ? [inputPath(item.name)] : [];
    case "outputPath":
      return [has(fileOutputs, item.name) ? (fileOutputs[item.name] as string) : `/tmp/outputs/${fileName(item.name)}/data`];
    case "concat": {
      const words = renderItems(item.items, text, fileOutputs);
      return words && [words.join("")];
    }
    case "if": {
      const holds = condition(item.cond, text);
      if (holds === undefined) return undefined;
      return renderItems(holds ? item.then : (item.else ?? []), text, fileOutputs);
    }
    case "v2-only":
      return undefined;
  }
}

const yes = new Set(["y", "yes", "t", "true", "on", "1"]);
const no = new Set(["n", "no", "f", "false", "off", "0"]);

function condition(cond: Extract<CommandItem, { kind: "if" }>["cond"], text: Texts): boolean | undefined {
  if (cond.kind === "isPresent") return has(text, cond.name);
  const word = (cond.kind === "inputValue" ? (text[cond.name] ?? "") : String(cond.value)).toLowerCase();
  if (yes.has(word)) return true;
  return no.has(word) ? false : undefined;
}

function has(text: Texts, name: string): boolean {
  return Object.hasOwn(text, name);
}

/** Where a file input stands in the container. */
export function inputPath(name: string): string {
  return `/tmp/inputs/${fileName(name)}/data`;
}

/** How a component uses an input: as value, as file, or both; an input that no placeholder names is a file. */
export function inputUse(spec: ComponentSpec, name: string): { readonly value: boolean; readonly path: boolean } {
  if (spec.implementation.kind !== "container") return { value: false, path: true };
  const { command = [], args = [] } = spec.implementation;
  const uses = [...command, ...args].flatMap(placeholdersIn).filter((item) => item.name === name);
  const value = uses.some((item) => item.kind === "inputValue");
  return { value, path: uses.some((item) => item.kind === "inputPath") || !value };
}

function placeholdersIn(item: CommandItem): readonly Extract<CommandItem, { kind: "inputValue" | "inputPath" | "outputPath" }>[] {
  if (item.kind === "concat") return item.items.flatMap(placeholdersIn);
  if (item.kind === "if") return [...item.then, ...(item.else ?? [])].flatMap(placeholdersIn);
  return item.kind === "text" || item.kind === "v2-only" ? [] : [item];
}
