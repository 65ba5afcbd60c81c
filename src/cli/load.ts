/** Opens a document from a path on the command line. */
import { type Document, openDocument } from "#compiler/document.ts";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { bytesOf, decode, type FileText, readFileText, unreadError, writeText } from "./files.ts";
import { option, type OptionSpecs, type ParsedArguments } from "./parse-arguments.ts";
import { printDiagnostics } from "./print-diagnostics.ts";
import type { Terminal } from "./terminal.ts";

/** The name used for standard input in messages. */
export const inputName = "<stdin>";

/** The text at a path; `-` is standard input. */
export async function textAt(location: string, terminal: Terminal): Promise<string> {
  return (await fileAt(location, terminal)).text;
}

/** The text at a path with its encoding; `-` is standard input. */
export async function fileAt(location: string, terminal: Terminal): Promise<FileText> {
  return location === "-" ? decode(await inputOf(terminal), inputName, terminal.encoding) : readFileText(location, terminal.encoding);
}

/** All of standard input, up to a limit. Throws a FileError. */
async function inputOf(terminal: Terminal): Promise<Uint8Array> {
  return terminal.input().catch((error: unknown) => {
    throw unreadError(inputName, error);
  });
}

/** An opened document with the encoding of its file; undefined if it could not be read, which has then been reported. */
export async function load(location: string, terminal: Terminal): Promise<(Document & Pick<FileText, "encoding">) | undefined> {
  const { text, encoding } = await fileAt(location, terminal);
  const document = openDocument(text);
  const unreadable = document.diagnostics.filter(isUnreadable);
  if (unreadable.length === 0) return { ...document, encoding };
  printDiagnostics([{ name: location === "-" ? inputName : location, text, diagnostics: unreadable }], terminal);
  return undefined;
}

/** Whether a diagnostic means that a document of the text has no data. */
export function isUnreadable(diagnostic: Diagnostic): boolean {
  return (
    diagnostic.level === "error" &&
    (diagnostic.code === "yaml-syntax" || diagnostic.code === "file-too-large" || diagnostic.code === "alias-bomb")
  );
}

/** Writes a result to the file given with `-o`, else to standard output; over a read-only file only with `--force`. */
export async function give(result: string | FileText, args: ParsedArguments, terminal: Terminal): Promise<void> {
  const output = option(args, "output");
  if (output !== undefined && output !== "-") return writeText(output, result, args.options.has("force"));
  if (typeof result === "string") terminal.out(result);
  else terminal.out(result.encoding === "utf-8" ? result.text : bytesOf(result));
}

/** The options of every command that produces a result. */
export const outputOptions = { output: { short: "o", value: "OUT" }, force: {} } as const satisfies OptionSpecs;
