/** From a place on the command line to an opened document. */
import { type Document, openDocument } from "#compiler/document.ts";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { decode, readText, unreadFault, writeText } from "./files.ts";
import { option, type OptionSpecs, type Words } from "./options.ts";
import { tellFindings } from "./print-findings.ts";
import type { Terminal } from "./terminal.ts";

/** The name under which standard input is spoken of. */
export const inputName = "<stdin>";

/** The text at a place; `-` is standard input. */
export async function textAt(place: string, terminal: Terminal): Promise<string> {
  return place === "-" ? decode(await inputOf(terminal), inputName) : readText(place);
}

/** All of standard input, within bounds. Throws a FileFault. */
async function inputOf(terminal: Terminal): Promise<Uint8Array> {
  return terminal.input().catch((fault: unknown) => {
    throw unreadFault(inputName, fault);
  });
}

/** An opened document, and whether it could be read at all; what is unreadable was said already. */
export async function load(place: string, terminal: Terminal): Promise<Document | undefined> {
  const text = await textAt(place, terminal);
  const document = openDocument(text);
  const unreadable = document.diagnostics.filter(isUnreadable);
  if (unreadable.length === 0) return document;
  tellFindings([{ name: place === "-" ? inputName : place, text, findings: unreadable }], terminal);
  return undefined;
}

/** Whether a finding means that some document of the text has no data. */
export function isUnreadable(finding: Diagnostic): boolean {
  return (
    finding.level === "error" && (finding.code === "yaml-syntax" || finding.code === "file-too-large" || finding.code === "alias-bomb")
  );
}

/** Writes a result where `-o` says, else to standard output; over a read-only file only with `--force`. */
export async function give(text: string, words: Words, terminal: Terminal): Promise<void> {
  const output = option(words, "output");
  if (output === undefined || output === "-") terminal.out(text);
  else await writeText(output, text, words.options.has("force"));
}

/** The options of every command that gives a result. */
export const outputOptions = { output: { short: "o", value: "OUT" }, force: {} } as const satisfies OptionSpecs;
