import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import { programOf } from "#python/program.ts";
import { type PythonFunction, readFunctions } from "#python/functions.ts";
import { printStream } from "#yaml/print.ts";
import type { Command } from "../command.ts";
import { give, inputName, outputOptions, textAt } from "../load.ts";
import { option, unknownWord } from "../options.ts";
import { tellFindings } from "../print-findings.ts";
import { exit, UsageFault } from "../terminal.ts";

/** Turns a Python function into a component.yaml. The file is read, never run. */
export const component: Command = {
  name: "component",
  usage: "FILE.py [--function F] [--image I] [-o OUT]",
  options: { function: { value: "F" }, image: { value: "I" }, ...outputOptions },
  places: [1, 1],
  run: async (words, terminal) => {
    const [place = "-"] = words.places;
    const path = place === "-" ? inputName : place;
    const text = await textAt(place, terminal);
    const { functions, findings: all } = readFunctions(text);
    const wished = option(words, "function");
    const others = wished === undefined ? [] : functions.filter(({ name }) => name !== wished);
    const findings = all.filter((finding) => !others.some((fn) => isWithin(finding, fn)));
    tellFindings([{ name: path, text, findings }], terminal);
    const broken = findings.some((finding) => finding.level === "error");
    if (broken && functions.length === 0) return exit.usage;
    const chosen = choose(functions, wished, path);
    await give(printStream([writeComponent(programOf(chosen, { image: option(words, "image") }))]), words, terminal);
    return broken ? exit.findings : exit.good;
  },
};

function isWithin({ span }: Diagnostic, fn: PythonFunction): boolean {
  return span !== undefined && span[0] >= fn.span[0] && span[1] <= fn.span[1];
}

function choose(functions: readonly PythonFunction[], wished: string | undefined, path: string): PythonFunction {
  const names = functions.map(({ name }) => name);
  if (wished !== undefined) {
    const found = functions.findLast(({ name }) => name === wished);
    if (found === undefined) throw unknownWord("cli.function-unknown", wished, names);
    return found;
  }
  const [only, ...more] = functions;
  if (only === undefined) throw new UsageFault("cli.function-none", { path });
  if (more.length > 0) throw new UsageFault("cli.function-choose", { valid: names.join(", ") });
  return only;
}
