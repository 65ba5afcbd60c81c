import { decodeAs, decodeText, type NamedEncoding } from "#yaml/text-encoding.ts";
import { setPanel } from "../actions.ts";
import type { Editor } from "../editor.ts";
import type { ReadFile, UndecodedFile } from "../ports.ts";
import type { NamedText } from "./library.ts";

/** A file of the browser, reduced to what is needed here. */
export interface ByteFile {
  readonly name: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Reads files that were chosen, dropped or pasted, in their order. What is not text of a known encoding is returned as bytes. */
export async function readFiles(files: Iterable<ByteFile>): Promise<readonly ReadFile[]> {
  return Promise.all([...files].map(async (file) => readFile(file.name, new Uint8Array(await file.arrayBuffer()))));
}

/** Decodes the bytes of one file. */
export function readFile(name: string, bytes: Uint8Array): ReadFile {
  const decoded = decodeText(bytes);
  if (!decoded.ok) return { name, bytes, error: decoded.error };
  return { name, text: decoded.text, ...(decoded.encoding !== "utf-8" && { encoding: decoded.encoding }) };
}

export function isText(file: ReadFile): file is NamedText {
  return "text" in file;
}

/**
 * Tells about files that could not be decoded: a binary file is refused with the reason; for text in another encoding a dialog offers
 * those that fit. The dialog shows one file after the other.
 */
export function refuseUndecoded(editor: Editor, files: readonly UndecodedFile[]): void {
  const binary = files.find(({ error }) => error.kind === "binary");
  if (binary)
    editor.session({
      refusal: { code: "editor-not-text", level: "error", values: { name: binary.name, line: binary.error.line }, path: [] },
    });
  const foreign = files.filter(({ error }) => error.kind === "encoding");
  if (foreign.length === 0) return;
  editor.session(({ undecoded = [] }) => ({ undecoded: [...undecoded, ...foreign] }));
  setPanel(editor, "dialog", "encoding");
}

/** The first file that waits for an encoding in the encoding named, as a file in UTF-8; undefined if its bytes do not fit. */
export function decodedAs(file: UndecodedFile, encoding: NamedEncoding): NamedText | undefined {
  const text = decodeAs(file.bytes, encoding);
  return text === undefined || text.includes("\0") ? undefined : { name: file.name, text };
}

/** Takes the first file that waits for an encoding off the list; the dialog closes with the last one. */
export function dropUndecoded(editor: Editor): void {
  const { undecoded = [] } = editor.store.getState().session;
  const rest = undecoded.slice(1);
  editor.session({ undecoded: rest.length > 0 ? rest : undefined });
  if (rest.length === 0) setPanel(editor, "dialog", undefined);
}
