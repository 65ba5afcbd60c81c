import { openDocument } from "#compiler/document.ts";
import { writeModel } from "#compiler/writers.ts";
import type { Data } from "#data/data.ts";
import type { Model } from "#pipeline/model.ts";
import { printStream } from "#yaml/print.ts";
import type { Command } from "../command.ts";
import { compilePythonFile, isPython } from "../compile-python.ts";
import { fileAt, give, inputName, isUnreadable, outputOptions } from "../load.ts";
import { option } from "../options.ts";
import { tellFindings } from "../print-findings.ts";
import { exit, UsageFault } from "../terminal.ts";

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
  places: [1, 1],
  run: async (words, terminal) => {
    const [place = "-"] = words.places;
    if (option(words, "target") === "kfp-v2") throw new UsageFault("cli.target-later", { target: "kfp-v2" });
    const { text, encoding } = await fileAt(place, terminal);
    if (isPython(place, text)) return compilePythonFile(place, text, words, terminal);
    const fromModel = printModel(text);
    if (fromModel !== undefined) {
      await give(fromModel, words, terminal);
      return exit.good;
    }
    const document = openDocument(text);
    const unreadable = document.diagnostics.filter(isUnreadable);
    tellFindings([{ name: place === "-" ? inputName : place, text, findings: unreadable }], terminal);
    if (unreadable.length > 0) return exit.usage;
    await give(words.options.has("fresh") ? printStream(writeModel(document.model)) : { text, encoding }, words, terminal);
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
  } catch (fault) {
    throw new UsageFault("cli.model-invalid", { reason: fault instanceof Error ? fault.message : String(fault) });
  }
}
