import type { Data } from "#data/data.ts";
import type { CommandItem, ComponentSpec, TypeSpec } from "#components/component-spec.ts";
import { sameData } from "#data/data.ts";
import { isOutput, type Passing } from "./annotations.ts";
import type { PythonFunction } from "./function.ts";
import { readFunctions } from "./functions.ts";
import type { ProgramLens, ProgramOption } from "./program-lens.ts";
import { flagOf } from "./program-flags.ts";
import { type ProgramOptions, programOf } from "./program.ts";
import { quoted } from "./print-value.ts";
import { firstDefinition, withoutSignatureTypes } from "./strip-types.ts";
import { childOf, parametersOf, parsePython } from "./syntax.ts";

/**
 * A program has lost the annotations of its function; the component's interface has the types. This module shows the function with its
 * annotations again, and puts an edited function back into its program: in place if the interface is the same, else as a program of our
 * own.
 */

/** The function of a program as the user wrote it, as far as interface and program show: `def f(rows_path: InputPath("CSV"))`. */
export function signatureOf(spec: ComponentSpec, lens: ProgramLens): string {
  if (keepsTypes(lens)) return lens.source;
  const tree = parsePython(lens.source);
  const definition = firstDefinition(tree);
  const list = definition && childOf(definition, "ParamList");
  if (!definition || !list || tree.text !== lens.source) return lens.source;
  const inserts: [at: number, text: string][] = [];
  for (const parameter of parametersOf(tree, definition)) {
    const option = lens.options.find((one) => one.dest === parameter.name);
    const annotation = option && annotationText(spec, option, lens);
    if (annotation !== undefined) inserts.push([parameter.nameSpan[1], `: ${annotation}`]);
  }
  const returned = returnText(spec, lens);
  if (returned !== undefined) inserts.push([list.to, ` -> ${returned}`]);
  return inserts.reduceRight((text, [at, insert]) => text.slice(0, at) + insert + text.slice(at), lens.source);
}

/** Programs of KFP 2 and of the oldest SDKs contain the annotations. */
function keepsTypes(lens: ProgramLens): boolean {
  return lens.style === "kfp-v2" || withoutSignatureTypes(lens.source) !== lens.source;
}

function annotationText(spec: ComponentSpec, option: ProgramOption, lens: ProgramLens): string | undefined {
  const passing = passingOf(spec, option);
  const port = isOutput(passing)
    ? fileOutputs(spec, lens).find((one) => flagOf(one.name) === option.flag)
    : spec.inputs.find((one) => flagOf(one.name) === option.flag);
  if (!port) return undefined;
  if (passing === "value") return port.type === undefined ? undefined : typeText(port.type);
  const style = passing.charAt(0).toUpperCase() + passing.slice(1);
  return port.type === undefined ? `${style}()` : `${style}(${typeText(port.type)})`;
}

/** How an option is passed: its placeholder distinguishes path from value and input from output, its reader text from bytes. */
function passingOf(spec: ComponentSpec, option: ProgramOption): Passing {
  const placeholder = placeholderBehind(spec, option.flag);
  const mode = /'([rw]b?)t?'|FileType\(['"]([rw][bt]?)/.exec(option.reader);
  const opened = mode?.[1] ?? mode?.[2] ?? /_maker_that_returns_open_file\(['"](w[bt]?)/.exec(option.reader)?.[1];
  if (placeholder === "outputPath")
    return opened === undefined ? "outputPath" : opened.includes("b") ? "outputBinaryFile" : "outputTextFile";
  if (placeholder === "inputPath") return opened === undefined ? "inputPath" : opened.includes("b") ? "inputBinaryFile" : "inputTextFile";
  return "value";
}

function placeholderBehind(spec: ComponentSpec, flag: string): CommandItem["kind"] | undefined {
  if (spec.implementation.kind !== "container") return spec.outputs.some((one) => flagOf(one.name) === flag) ? "outputPath" : undefined;
  const lists = flattened(spec.implementation.args ?? []);
  const at = lists.findIndex((item) => item.kind === "text" && item.text === flag);
  return at < 0 ? undefined : lists[at + 1]?.kind;
}

function flattened(items: readonly CommandItem[]): readonly CommandItem[] {
  return items.flatMap((item) => (item.kind === "if" ? flattened(item.then) : [item]));
}

/** The outputs that parameters write, as opposed to those that are returned. */
function fileOutputs(spec: ComponentSpec, lens: ProgramLens): ComponentSpec["outputs"] {
  const flags = new Set(lens.options.map((one) => one.flag));
  return spec.outputs.filter((one) => flags.has(flagOf(one.name)) && !returnedNames(spec).has(one.name));
}

/** The outputs after the flag `----output-paths`. */
function returnedNames(spec: ComponentSpec): ReadonlySet<string> {
  if (spec.implementation.kind !== "container") return new Set();
  const items = flattened(spec.implementation.args ?? []);
  const at = items.findIndex((item) => item.kind === "text" && item.text === "----output-paths");
  return new Set(at < 0 ? [] : items.slice(at + 1).flatMap((item) => (item.kind === "outputPath" ? [item.name] : [])));
}

function returnText(spec: ComponentSpec, lens: ProgramLens): string | undefined {
  if (lens.returns === "none") return undefined;
  const names = returnedNames(spec);
  const flags = new Set(lens.options.map((one) => one.flag));
  const outputs = spec.outputs.filter((one) => (names.size > 0 ? names.has(one.name) : !flags.has(flagOf(one.name))));
  const [first] = outputs;
  if (lens.returns === "single" && first && outputs.length === 1) return typeText(first.type);
  const fields = outputs.map((one) => `(${quoted(one.name)}, ${typeText(one.type)})`);
  return outputs.length === 0 ? undefined : `NamedTuple('Outputs', [${fields.join(", ")}])`;
}

const classes: Readonly<Record<string, string>> = {
  String: "str",
  Integer: "int",
  Float: "float",
  Boolean: "bool",
  JsonArray: "list",
  JsonObject: "dict",
};

/** A type as an annotation that is read as the same type. */
function typeText(type: TypeSpec | undefined): string {
  // An empty text would be an annotation without a type.
  if (type === undefined) return "''";
  if (typeof type !== "string") return literalText(type);
  return Object.hasOwn(classes, type) ? (classes[type] as string) : quoted(type);
}

function literalText(value: Data): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return `[${value.map(literalText).join(", ")}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${quoted(key)}: ${literalText(item)}`)
    .join(", ")}}`;
}

/** The effect of an edited function on its component. */
export type Edited =
  /** The interface is the same: only the function in the program changes. */
  | { readonly kind: "same-interface"; readonly program: string }
  /** Ports, types or defaults change: a component with a program of our own. */
  | { readonly kind: "new-interface"; readonly fn: PythonFunction; readonly component: ComponentSpec }
  /** The text contains no function that can be read. */
  | { readonly kind: "unreadable" };

/** Puts an edited function back. `shown` is the text that `signatureOf` returned. */
export function editFunction(spec: ComponentSpec, lens: ProgramLens, edited: string, options: ProgramOptions = {}): Edited {
  const [before] = readFunctions(signatureOf(spec, lens)).functions;
  const functions = readFunctions(edited).functions;
  // Python keeps the last of two functions with one name.
  const after = functions.findLast((one) => one.name === lens.functionName) ?? functions[0];
  if (!after) return { kind: "unreadable" };
  if (before && sameInterface(before, after)) {
    const source = keepsTypes(lens) ? after.source : withoutSignatureTypes(after.source);
    return { kind: "same-interface", program: lens.prefix + source + lens.suffix };
  }
  const image = options.image ?? after.baseImage ?? (spec.implementation.kind === "container" ? spec.implementation.image : undefined);
  return { kind: "new-interface", fn: after, component: programOf(after, { ...options, image }) };
}

/** Whether two functions have the same name, ports, types, defaults and returned values. */
export function sameInterface(a: PythonFunction, b: PythonFunction): boolean {
  return a.name === b.name && a.returns === b.returns && sameData(interfaceOf(a), interfaceOf(b));
}

function interfaceOf(fn: PythonFunction): Data {
  return {
    parameters: fn.parameters.map((one) => ({
      name: one.name,
      port: one.portName,
      passing: one.passing,
      type: one.type ?? null,
      optional: one.optional,
      default: one.default?.kind === "text" ? one.default.text : one.default?.kind === "unread" ? one.default.source : null,
    })),
    outputs: fn.outputs.map((one) => ({ name: one.name, type: one.type ?? null })),
  };
}
