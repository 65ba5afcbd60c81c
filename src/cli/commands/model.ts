import type { Command } from "../command.ts";
import { give, load, outputOptions } from "../load.ts";
import { printableJson } from "../printable.ts";
import { exit } from "../terminal.ts";

/** The version of the printed form, which `compile -` reads. */
export const modelVersion = "model/1";

/** Prints the model as JSON, without any of the file's own text. */
export const model: Command = {
  name: "model",
  usage: "FILE [-o OUT]",
  options: outputOptions,
  positionalCount: [1, 1],
  run: async (args, terminal) => {
    const document = await load(args.positionals[0] ?? "-", terminal);
    if (document === undefined) return exit.usage;
    await give(`${printableJson(JSON.stringify({ dagwright: modelVersion, model: document.model }, null, 2))}\n`, args, terminal);
    return exit.good;
  },
};
