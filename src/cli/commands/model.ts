import type { PipelineTraits } from "#pipeline/model.ts";
import type { Data } from "#data/data.ts";
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
    await give(
      `${printableJson(JSON.stringify({ dagwright: modelVersion, model: document.model }, printedNames(document.stream), 2))}\n`,
      args,
      terminal,
    );
    return exit.good;
  },
};

/**
 * A replacer for `JSON.stringify`: paths into the document are called `place` and `specPlace` in `model/1`, which scripts of users read.
 * Objects of the file itself, which the model carries, keep their keys. Traits of a pipeline are printed as its `dialect`.
 */
function printedNames(stream: readonly Data[]): (key: string, value: unknown) => unknown {
  const carried = new Set<unknown>();
  const carry = (data: Data): void => {
    if (typeof data !== "object" || data === null || carried.has(data)) return;
    carried.add(data);
    Object.values(data).forEach(carry);
  };
  stream.forEach(carry);
  return (_, value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value) || carried.has(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) =>
        key === "traits" && "format" in value
          ? ["dialect", (one as PipelineTraits).variant]
          : [key === "path" && Array.isArray(one) ? "place" : key === "specPath" ? "specPlace" : key, one],
      ),
    );
  };
}
