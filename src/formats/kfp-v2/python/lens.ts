import { field, isList, textField } from "#data/data.ts";
import type { Template } from "#pipeline/model.ts";
import { type ProgramLens, readProgram } from "#python/program-lens.ts";

/** The program of a component in its command. */
export interface CommandLens {
  readonly command: readonly string[];
  /** Of the program in the command. */
  readonly index: number;
  readonly lens: ProgramLens;
  readonly args: readonly string[];
  readonly image: string;
}

/** The Python function in the command of a component; undefined if it has none, or not as text. */
export function readLens({ rest, pythonFunction }: Template): CommandLens | undefined {
  const container = field(rest, "container");
  const [command, args] = [field(container, "command"), field(container, "args")];
  if (pythonFunction === undefined || !isList(command) || !isList(args)) return undefined;
  const index = command.findLastIndex((word) => typeof word === "string" && /\bdef\s/.test(word));
  const text = command[index];
  const lens = typeof text === "string" ? readProgram(text, pythonFunction) : undefined;
  if (!lens || !command.every((word) => typeof word === "string") || !args.every((word) => typeof word === "string")) return undefined;
  return { command, index, lens, args, image: textField(container, "image") ?? "" };
}
