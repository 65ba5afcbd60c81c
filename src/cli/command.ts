import type { OptionSpecs, ParsedArguments } from "./parse-arguments.ts";
import type { Terminal } from "./terminal.ts";

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** Its arguments as shown in the help. */
  readonly usage: string;
  readonly options: OptionSpecs;
  /** How many file arguments it takes. */
  readonly positionalCount: readonly [least: number, most: number];
  /** Runs it and returns the exit code. The message `cli.NAME` describes it. */
  readonly run: (args: ParsedArguments, terminal: Terminal) => Promise<number>;
}
