import type { CommandItem, ComponentSpec } from "./component-spec.ts";
import type { PortKind } from "./component-spec.ts";
import { isValueType } from "./type-names.ts";

/** The kinds of a component's ports. docs/spec/kfp-v1.md#values-and-files, #components */

/** An input is a file if the program takes it by path, else a value. */
export function inputKind(spec: ComponentSpec, name: string): PortKind {
  const items = itemsOf(spec);
  const byPath = items.some((item) => item.kind === "inputPath" && item.name === name);
  return byPath && !items.some((item) => item.kind === "inputValue" && item.name === name) ? "artifact" : "parameter";
}

/**
 * What an output is: a Python function's return values are parameters and its OutputPaths artifacts, whatever their type; in a
 * component.yaml the type decides.
 */
export function outputNature(spec: ComponentSpec, name: string): PortKind {
  const items = itemsOf(spec);
  if (isPythonFunction(spec)) return isReturned(items, name) ? "parameter" : "artifact";
  return isValueType(spec.outputs.find((output) => output.name === name)?.type) ? "parameter" : "artifact";
}

/**
 * Whether the KFP SDK made the component from a Python function: its program reads its own arguments. docs/spec/kfp-v1.md#python-functions
 */
export function isPythonFunction(spec: ComponentSpec): boolean {
  if (spec.implementation.kind !== "container") return false;
  const command = spec.implementation.command ?? [];
  const texts = command.map((item) => (item.kind === "text" ? item.text : ""));
  const program = texts.at(-1) ?? "";
  return texts.at(-3) === "-ec" && texts.at(-4) === "sh" && program.includes("argparse");
}

/** The outputs after the flag `----output-paths` are the function's return values. */
function isReturned(items: readonly CommandItem[], name: string): boolean {
  const flag = items.findIndex((item) => item.kind === "text" && item.text === "----output-paths");
  return flag >= 0 && items.slice(flag).some((item) => item.kind === "outputPath" && item.name === name);
}

function itemsOf(spec: ComponentSpec): readonly CommandItem[] {
  if (spec.implementation.kind !== "container") return [];
  return [...(spec.implementation.command ?? []), ...(spec.implementation.args ?? [])].flatMap(flatten);
}

function flatten(item: CommandItem): readonly CommandItem[] {
  switch (item.kind) {
    case "concat":
      return item.items.flatMap(flatten);
    case "if":
      return [...item.then, ...(item.else ?? [])].flatMap(flatten);
    default:
      return [item];
  }
}
