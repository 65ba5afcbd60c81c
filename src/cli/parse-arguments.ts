/**
 * Parses a command's arguments: options, their values, and the rest. An unknown option is an error that suggests the nearest valid one.
 */
import { nearest } from "./nearest.ts";
import { UsageError } from "./terminal.ts";

export interface OptionSpec {
  /** The value's name in the help; absent: the option takes none. */
  readonly value?: string;
  /** The only valid values. */
  readonly oneOf?: readonly string[];
  readonly short?: string;
  readonly many?: boolean;
}
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export interface ParsedArguments {
  readonly positionals: readonly string[];
  /** All values of an option in order; `[""]` for one that takes none and is given. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** Splits arguments into options and file arguments; everything after `--` is a file argument. */
export function readArguments(words: readonly string[], specs: OptionSpecs): ParsedArguments {
  const positionals: string[] = [];
  const options = new Map<string, string[]>();
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") {
      positionals.push(...rest.splice(0));
    } else if (word === "-" || !word.startsWith("-")) {
      positionals.push(word);
    } else {
      const [name, given] = splitOption(word, specs);
      const spec = specs[name] as OptionSpec;
      if (spec.value === undefined && given !== undefined) throw new UsageError("cli.option-takes-no-value", { option: `--${name}` });
      const value = spec.value === undefined ? "" : (given ?? rest.shift());
      if (value === undefined) throw new UsageError("cli.option-needs-value", { option: `--${name}`, value: spec.value ?? "" });
      if (spec.oneOf && !spec.oneOf.includes(value))
        throw unknownArgument("cli.option-value-unknown", value, spec.oneOf, { option: `--${name}` });
      const before = options.get(name) ?? [];
      if (before.length > 0 && !spec.many) throw new UsageError("cli.option-twice", { option: `--${name}` });
      options.set(name, [...before, value]);
    }
  }
  return { positionals, options };
}

/** An error about a word that is none of the valid ones. */
export function unknownArgument(code: string, word: string, valid: readonly string[], values: Record<string, string> = {}): UsageError {
  const near = nearest(word, valid);
  return new UsageError(near === undefined ? code : `${code}.near`, { ...values, word, near: near ?? "", valid: valid.join(", ") });
}

/** The value of an option that may be given once. */
export function option(args: ParsedArguments, name: string): string | undefined {
  return args.options.get(name)?.[0];
}

function splitOption(word: string, specs: OptionSpecs): [name: string, value: string | undefined] {
  const [, dashes = "", name = "", value] = /^(--?)([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
  const found =
    dashes === "-" ? Object.keys(specs).find((key) => specs[key]?.short === name) : Object.hasOwn(specs, name) ? name : undefined;
  if (found === undefined) {
    const valid = Object.keys(specs).map((key) => `--${key}`);
    throw unknownArgument("cli.option-unknown", word.split("=", 1)[0] ?? word, valid);
  }
  return [found, value];
}
