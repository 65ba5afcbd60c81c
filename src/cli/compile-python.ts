/** The part of `dagwright compile` that handles a Python file with a KFP pipeline. The file is read, never run. */
import { realpathSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { compilePython, isIncomplete, type LoadText, looksLikePipeline, stampsAt } from "#compiler/python.ts";
import { decode } from "./files.ts";
import { inputName, give } from "./load.ts";
import { option, unknownArgument, type ParsedArguments } from "./parse-arguments.ts";
import { printDiagnostics } from "./print-diagnostics.ts";
import { readRegular, UnreadFile } from "./read-file.ts";
import { exit, type Terminal, UsageError } from "./terminal.ts";
import type { NamedEncoding } from "#yaml/text-encoding.ts";

/** Whether a path on the command line holds Python rather than YAML. */
export function isPython(location: string, text: string): boolean {
  return /\.py$/i.test(location) || (location === "-" && looksLikePipeline(text));
}

/** Compiles the pipeline. The YAML is written even if something was left out; then the exit code is 1 and the diagnostics say what. */
export async function compilePythonFile(location: string, text: string, args: ParsedArguments, terminal: Terminal): Promise<number> {
  const wished = option(args, "function");
  const compiled = compilePython(text, stampsAt(now()), {
    pipeline: wished,
    load: filesBeside(location, args.options.has("allow-outside"), terminal.encoding),
  });
  if (wished !== undefined && compiled.text !== undefined && !compiled.pipelines.includes(wished))
    throw unknownArgument("cli.function-unknown", wished, compiled.pipelines);
  if (wished === undefined && compiled.pipelines.length > 1)
    throw new UsageError("cli.function-choose", { valid: compiled.pipelines.join(", ") });
  printDiagnostics([{ name: location === "-" ? inputName : location, text, diagnostics: compiled.diagnostics }], terminal);
  if (compiled.text === undefined) return exit.usage;
  await give(compiled.text, args, terminal);
  return isIncomplete(compiled.diagnostics) ? exit.diagnostics : exit.good;
}

/** Size limit of a component file in bytes. */
const largestComponent = 2 * 1024 * 1024;

/**
 * Component files that the Python file names: from the folder of the script and the working folder, with links resolved; from elsewhere
 * only if the user allows it, since a script could name any file that its reader may read. Addresses are not fetched.
 */
function filesBeside(source: string, allowOutside: boolean, encoding: NamedEncoding | undefined): LoadText {
  const folder = source === "-" ? "." : dirname(source);
  // The root of the disk as working folder would allow everything.
  const roots = [...new Set([resolve(folder), resolve(".")].flatMap((root) => [root, realPath(root) ?? root]))].filter(
    (root) => root !== "/",
  );
  const isInside = (path: string) => roots.some((root) => path === root || path.startsWith(root + sep));
  return (location) => {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location) || location.includes("\0")) return undefined;
    const path = resolve(folder, location);
    if (!allowOutside && !isInside(path)) return { refused: "outside" };
    const real = realPath(path);
    if (real === undefined) return undefined; // it is listed as left out
    if (!allowOutside && !isInside(real)) return { refused: "outside" };
    try {
      return decode(readRegular(real, largestComponent), location, encoding).text;
    } catch (error) {
      if (!(error instanceof UnreadFile) || error.problem === "unreadable") return undefined;
      return { refused: error.problem === "too-large" ? "too-large" : "special" };
    }
  };
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** The time of compilation; SOURCE_DATE_EPOCH (seconds) makes two runs produce the same bytes. */
function now(): Date {
  const seconds = Number(process.env["SOURCE_DATE_EPOCH"] ?? "");
  return process.env["SOURCE_DATE_EPOCH"] && Number.isFinite(seconds) ? new Date(seconds * 1000) : new Date();
}
