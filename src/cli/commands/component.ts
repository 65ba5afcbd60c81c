import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import { programOf } from "#python/program.ts";
import { type PythonFunction, readFunctions } from "#python/functions.ts";
import { printStream } from "#yaml/print.ts";
import type { Command } from "../command.ts";
import { give, inputName, outputOptions, textAt } from "../load.ts";
import { option, unknownArgument } from "../parse-arguments.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { exit, UsageError } from "../terminal.ts";

/** Turns a Python function into a component.yaml. The file is read, never run. */
export const component: Command = {
  name: "component",
  usage: "FILE.py [--function F] [--image I] [-o OUT]",
  options: { function: { value: "F" }, image: { value: "I" }, ...outputOptions },
  positionalCount: [1, 1],
  run: async (args, terminal) => {
    const [location = "-"] = args.positionals;
    const path = location === "-" ? inputName : location;
    const text = await textAt(location, terminal);
    const { functions, diagnostics: all } = readFunctions(text);
    const wished = option(args, "function");
    const others = wished === undefined ? [] : functions.filter(({ name }) => name !== wished);
    const diagnostics = all.filter((diagnostic) => !others.some((fn) => isWithin(diagnostic, fn)));
    printDiagnostics([{ name: path, text, diagnostics }], terminal);
    const broken = diagnostics.some((diagnostic) => diagnostic.level === "error");
    if (broken && functions.length === 0) return exit.usage;
    const chosen = choose(functions, wished, path);
    await give(printStream([writeComponent(programOf(chosen, { image: option(args, "image") }))]), args, terminal);
    return broken ? exit.diagnostics : exit.good;
  },
};

function isWithin({ span }: Diagnostic, fn: PythonFunction): boolean {
  return span !== undefined && span[0] >= fn.span[0] && span[1] <= fn.span[1];
}

function choose(functions: readonly PythonFunction[], wished: string | undefined, path: string): PythonFunction {
  const names = functions.map(({ name }) => name);
  if (wished !== undefined) {
    const found = functions.findLast(({ name }) => name === wished);
    if (found === undefined) throw unknownArgument("cli.function-unknown", wished, names);
    return found;
  }
  const [only, ...more] = functions;
  if (only === undefined) throw new UsageError("cli.function-none", { path });
  if (more.length > 0) throw new UsageError("cli.function-choose", { valid: names.join(", ") });
  return only;
}
