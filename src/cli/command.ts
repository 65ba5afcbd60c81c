import type { OptionSpecs, Words } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** Its words behind the name, as the help shows them. */
  readonly usage: string;
  readonly options: OptionSpecs;
  /** How many places it takes. */
  readonly places: readonly [least: number, most: number];
  /** Does it and gives the exit code. The sentence `cli.NAME` says what it does. */
  readonly run: (words: Words, terminal: Terminal) => Promise<number>;
}
