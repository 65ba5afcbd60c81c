import { openDocument } from "#compiler/document.ts";
import { writeModel } from "#compiler/writers.ts";
import type { Data } from "#data/data.ts";
import type { Model } from "#pipeline/model.ts";
import { printStream } from "#yaml/print.ts";
import type { Command } from "../command.ts";
import { compilePythonFile, isPython } from "../compile-python.ts";
import { fileAt, give, inputName, isUnreadable, outputOptions } from "../load.ts";
import { option } from "../parse-arguments.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { exit, UsageError } from "../terminal.ts";

/** Writes a document: the same bytes, or with `--fresh` printed from its model alone. A Python pipeline is compiled to a Workflow. */
export const compile: Command = {
  name: "compile",
  usage: "FILE [-o OUT] [--target argo] [--fresh] [--function F] [--allow-outside]",
  options: {
    ...outputOptions,
    target: { value: "argo", oneOf: ["argo", "kfp-v2"] },
    fresh: {},
    function: { value: "F" },
    "allow-outside": {},
  },
  positionalCount: [1, 1],
  run: async (args, terminal) => {
    const [location = "-"] = args.positionals;
    if (option(args, "target") === "kfp-v2") throw new UsageError("cli.target-later", { target: "kfp-v2" });
    const { text, encoding } = await fileAt(location, terminal);
    if (isPython(location, text)) return compilePythonFile(location, text, args, terminal);
    const fromModel = printModel(text);
    if (fromModel !== undefined) {
      await give(fromModel, args, terminal);
      return exit.good;
    }
    const document = openDocument(text);
    const unreadable = document.diagnostics.filter(isUnreadable);
    printDiagnostics([{ name: location === "-" ? inputName : location, text, diagnostics: unreadable }], terminal);
    if (unreadable.length > 0) return exit.usage;
    await give(args.options.has("fresh") ? printStream(writeModel(document.model)) : { text, encoding }, args, terminal);
    return exit.good;
  },
};

/**
 * The document of a model printed by `dagwright model`; undefined for any other text. The model comes from outside and may have been edited
 * by hand, so an invalid form is an error of the input.
 */
function printModel(text: string): string | undefined {
  if (!/^\s*\{\s*"dagwright":/.test(text)) return undefined;
  try {
    const printed = JSON.parse(text, (key, value: Data) => (key === "__proto__" ? undefined : value)) as { model: Model };
    return printStream(writeModel(printed.model));
  } catch (error) {
    throw new UsageError("cli.model-invalid", { reason: error instanceof Error ? error.message : String(error) });
  }
}
