/** Opens a document from a path on the command line. */
import { type Document, openDocument } from "#compiler/document.ts";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { bytesOf, decode, type FileText, readFileText, unreadFault, writeText } from "./files.ts";
import { option, type OptionSpecs, type Words } from "./options.ts";
import { tellFindings } from "./print-findings.ts";
import type { Terminal } from "./terminal.ts";

/** The name used for standard input in messages. */
export const inputName = "<stdin>";

/** The text at a path; `-` is standard input. */
export async function textAt(place: string, terminal: Terminal): Promise<string> {
  return (await fileAt(place, terminal)).text;
}

/** The text at a path with its encoding; `-` is standard input. */
export async function fileAt(place: string, terminal: Terminal): Promise<FileText> {
  return place === "-" ? decode(await inputOf(terminal), inputName, terminal.encoding) : readFileText(place, terminal.encoding);
}

/** All of standard input, up to a limit. Throws a FileFault. */
async function inputOf(terminal: Terminal): Promise<Uint8Array> {
  return terminal.input().catch((fault: unknown) => {
    throw unreadFault(inputName, fault);
  });
}

/** An opened document with the encoding of its file; undefined if it could not be read, which has then been reported. */
export async function load(place: string, terminal: Terminal): Promise<(Document & Pick<FileText, "encoding">) | undefined> {
  const { text, encoding } = await fileAt(place, terminal);
  const document = openDocument(text);
  const unreadable = document.diagnostics.filter(isUnreadable);
  if (unreadable.length === 0) return { ...document, encoding };
  tellFindings([{ name: place === "-" ? inputName : place, text, findings: unreadable }], terminal);
  return undefined;
}

/** Whether a diagnostic means that a document of the text has no data. */
export function isUnreadable(finding: Diagnostic): boolean {
  return (
    finding.level === "error" && (finding.code === "yaml-syntax" || finding.code === "file-too-large" || finding.code === "alias-bomb")
  );
}

/** Writes a result to the file given with `-o`, else to standard output; over a read-only file only with `--force`. */
export async function give(result: string | FileText, words: Words, terminal: Terminal): Promise<void> {
  const output = option(words, "output");
  if (output !== undefined && output !== "-") return writeText(output, result, words.options.has("force"));
  if (typeof result === "string") terminal.out(result);
  else terminal.out(result.encoding === "utf-8" ? result.text : bytesOf(result));
}

/** The options of every command that produces a result. */
export const outputOptions = { output: { short: "o", value: "OUT" }, force: {} } as const satisfies OptionSpecs;
