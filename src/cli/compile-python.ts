/** The part of `dagwright compile` that takes a Python file with a KFP pipeline in it. The file is read, never run. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { compilePython, isIncomplete, looksLikePipeline } from "#compiler/python/compile.ts";
import type { LoadText } from "#compiler/python/components.ts";
import { localTime, sdkVersion } from "#compiler/python/stamps.ts";
import { inputName, give } from "./load.ts";
import { option, unknownWord, type Words } from "./options.ts";
import { tellFindings } from "./print-findings.ts";
import { exit, type Terminal, UsageFault } from "./terminal.ts";

/** Whether a place on the command line holds Python rather than YAML. */
export function isPython(place: string, text: string): boolean {
  return /\.py$/i.test(place) || (place === "-" && looksLikePipeline(text));
}

/** Compiles the pipeline. The YAML is written even if something was left out; exit 1 says so, and the findings say what. */
export async function compilePythonFile(place: string, text: string, words: Words, terminal: Terminal): Promise<number> {
  const wished = option(words, "function");
  const stamps = { sdkVersion, compiledAt: localTime(now()) };
  const compiled = compilePython(text, stamps, { pipeline: wished, load: filesBeside(place) });
  if (wished !== undefined && compiled.text !== undefined && !compiled.pipelines.includes(wished))
    throw unknownWord("cli.function-unknown", wished, compiled.pipelines);
  if (wished === undefined && compiled.pipelines.length > 1)
    throw new UsageFault("cli.function-choose", { valid: compiled.pipelines.join(", ") });
  tellFindings([{ name: place === "-" ? inputName : place, text, findings: compiled.findings }], terminal);
  if (compiled.text === undefined) return exit.usage;
  await give(compiled.text, words, terminal);
  return isIncomplete(compiled.findings) ? exit.findings : exit.good;
}

/** Component files that the Python file names, from its own folder; addresses are not fetched. */
function filesBeside(place: string): LoadText {
  const folder = place === "-" ? "." : dirname(place);
  return (location) => {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location)) return undefined;
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(resolve(folder, location)));
    } catch {
      return undefined; // it is listed as left out
    }
  };
}

/** The moment of compiling; SOURCE_DATE_EPOCH (seconds) makes two runs give the same bytes. */
function now(): Date {
  const seconds = Number(process.env["SOURCE_DATE_EPOCH"] ?? "");
  return process.env["SOURCE_DATE_EPOCH"] && Number.isFinite(seconds) ? new Date(seconds * 1000) : new Date();
}
