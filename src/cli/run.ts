/** From arguments to an exit code: finds the command, parses its options, runs it, and reports errors. */
import manifest from "../../package.json" with { type: "json" };
import type { Command } from "./command.ts";
import { apply } from "./commands/apply.ts";
import { check } from "./commands/check.ts";
import { compile } from "./commands/compile.ts";
import { component } from "./commands/component.ts";
import { graph } from "./commands/graph.ts";
import { model } from "./commands/model.ts";
import { open } from "./commands/open.ts";
import { set } from "./commands/set.ts";
import { FileError } from "./files.ts";
import { option, type OptionSpecs, readArguments, unknownArgument } from "./parse-arguments.ts";
import { printable, printableLines } from "./printable.ts";
import { exit, type Terminal, UsageError } from "./terminal.ts";
import type { Values } from "#messages/translate.ts";
import { type NamedEncoding, namedEncodings } from "#yaml/text-encoding.ts";

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [check, compile, model, graph, set, apply, component, open];

const common: OptionSpecs = {
  help: { short: "h" },
  language: { value: "en|ko", oneOf: ["en", "ko"] },
  encoding: { value: "NAME", oneOf: namedEncodings },
};

/** Runs one command line. Never throws: an error of the user, of a file or of our own ends with a message and exit code 2. */
export async function run(argv: readonly string[], outer: Terminal): Promise<number> {
  const terminal = guarded(outer);
  try {
    return await dispatch(argv, terminal);
  } catch (error) {
    const { code, values } = error instanceof UsageError || error instanceof FileError ? error : internal(error);
    terminal.tell(`dagwright: ${terminal.t(code, values)}`);
    return exit.usage;
  }
}

/** The terminal with all text from outside escaped; values within messages stay on one line. */
function guarded(outer: Terminal): Terminal {
  return {
    ...outer,
    tell: (line) => outer.tell(printableLines(line)),
    t: (code, values) => outer.t(code, values && escapedValues(values)),
  };
}

function escapedValues(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? printable(value) : value]));
}

/** A bug of ours, reported without a stack. */
function internal(error: unknown): Pick<UsageError, "code" | "values"> {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: "cli.internal", values: { reason: reason.length > 300 ? `${reason.slice(0, 299)}…` : reason } };
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [first, ...rest] = argv;
  if (first === undefined) {
    terminal.tell(help(terminal));
    return exit.usage;
  }
  if (first === "--version" || first === "-V" || first === "version") {
    terminal.out(`${manifest.version}\n`);
    return exit.good;
  }
  if (first === "--help" || first === "-h" || first === "help") {
    const about = rest.find((word) => !word.startsWith("-"));
    terminal.out(`${about === undefined ? help(terminal) : helpOf(named(about), terminal)}\n`);
    return exit.good;
  }
  const command = named(first);
  if (rest.includes("--help") || rest.includes("-h")) {
    terminal.out(`${helpOf(command, terminal)}\n`);
    return exit.good;
  }
  const args = readArguments(rest, { ...common, ...command.options });
  const [least, most] = command.positionalCount;
  if (args.positionals.length < least) throw new UsageError("cli.place-missing", { command: command.name, usage: usageOf(command) });
  if (args.positionals.length > most)
    throw new UsageError("cli.place-extra", { command: command.name, usage: usageOf(command), word: args.positionals[most] ?? "" });
  const encoding = option(args, "encoding") as NamedEncoding | undefined;
  return command.run(args, encoding === undefined ? terminal : { ...terminal, encoding });
}

function named(word: string): Command {
  const found = commands.find((command) => command.name === word);
  if (found === undefined) {
    const names = commands.map((command) => command.name);
    throw word.startsWith("-")
      ? unknownArgument("cli.option-unknown", word, ["--help", "--version"])
      : unknownArgument("cli.command-unknown", word, names);
  }
  return found;
}

function usageOf(command: Command): string {
  return `dagwright ${command.name} ${command.usage}`.trim();
}

function help({ t }: Terminal): string {
  const rows = commands.map((command) => `  dagwright ${command.name} ${command.usage}\n      ${t(`cli.${command.name}`)}`);
  return [t("cli.intro"), "", ...rows, "", t("cli.exit-codes")].join("\n");
}

function helpOf(command: Command, { t }: Terminal): string {
  const rows = Object.entries({ ...command.options, ...common }).map(([name, spec]) => {
    const flag = `${spec.short ? `-${spec.short}, ` : ""}--${name}${spec.value ? ` ${spec.value}` : ""}`;
    return `  ${flag}\n      ${t(`cli.option.${name}`, { valid: (spec.oneOf ?? []).join(", ") })}`;
  });
  return [usageOf(command), "", t(`cli.${command.name}`), "", ...rows].join("\n");
}
