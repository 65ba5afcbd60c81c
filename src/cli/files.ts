/** Reads and writes the command's files: text in (see text-encoding.ts of yaml), whole files out. */
import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { largestFile, readBytes, UnreadFile } from "./read-file.ts";
import { SaveError, saveFile } from "./save-file.ts";
import { decodeAs, decodeText, encodeText, type FileEncoding, type NamedEncoding } from "#yaml/text-encoding.ts";

/** A file that cannot be read or written, or is not text; `code` identifies the message. */
export class FileError extends Error {
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
  constructor(code: string, values: Readonly<Record<string, string>>) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

/** A text with the encoding in which it is written. */
export interface FileText {
  readonly text: string;
  readonly encoding: FileEncoding;
}

/**
 * The text of a file, including its byte order mark, so that writing it gives the same bytes. `named`: the encoding of a file that is
 * neither UTF-8 nor marked as UTF-16; it is written as UTF-8. Throws a FileError.
 */
export async function readFileText(path: string, named?: NamedEncoding): Promise<FileText> {
  return decode(await bytesAt(path), path, named);
}

/** The bytes of a file, up to a limit. Throws a FileError. */
export async function bytesAt(path: string): Promise<Uint8Array> {
  return readBytes(path).catch((error: unknown) => {
    throw unreadError(path, error);
  });
}

/** The error for a file or stream that was not read, with its reason. */
export function unreadError(path: string, error: unknown): FileError {
  if (!(error instanceof UnreadFile)) return new FileError("cli.file-unreadable", { path, reason: reasonOf(error) });
  const { problem, reason } = error;
  if (problem === "unreadable") return new FileError("cli.file-unreadable", { path, reason });
  return new FileError(`cli.file-unreadable.${problem}`, { path, limit: `${largestFile / (1024 * 1024)} MB` });
}

/** Text from the bytes of a file. Throws a FileError if they are not text, or text in an encoding that was not named. */
export function decode(bytes: Uint8Array, path: string, named?: NamedEncoding): FileText {
  const decoded = decodeText(bytes);
  if (decoded.ok) return decoded;
  const text = named === undefined ? undefined : decodeAs(bytes, named);
  if (text !== undefined && !text.includes("\0")) return { text, encoding: "utf-8" };
  const { error } = decoded;
  const line = String(error.line);
  if (named !== undefined) throw new FileError("cli.file-not-in-encoding", { path, encoding: named });
  if (error.kind === "binary") throw new FileError("cli.file-binary", { path, line });
  const byte = `0x${error.byte.toString(16).padStart(2, "0")}`;
  throw new FileError("cli.file-not-text", { path, line, byte, options: error.guesses.map((one) => `--encoding ${one}`).join(", ") });
}

/** Writes a whole file and keeps its attributes (see save-file.ts); a read-only one only with `force`. Plain text becomes UTF-8. */
export async function writeText(path: string, written: string | FileText, force = false): Promise<void> {
  try {
    await saveFile(path, bytesOf(written), { overwriteReadOnly: force });
  } catch (error) {
    if (!(error instanceof SaveError)) throw error;
    throw new FileError(`cli.file-unwritable.${error.problem}`, { path, reason: error.reason });
  }
}

/** The bytes of a text as written to a file. */
export function bytesOf(written: string | FileText): Uint8Array {
  return typeof written === "string" ? encodeText(written, "utf-8") : encodeText(written.text, written.encoding);
}

/** A hash that changes when the text does. */
export function markOf(text: string): string {
  return `"${createHash("sha256").update(text, "utf8").digest("hex")}"`;
}

/** The YAML and JSON files below a path, in a stable order; a file path is returned itself, whatever its name. */
export async function filesBelow(location: string): Promise<readonly string[]> {
  const found = await stat(location).catch((error: unknown) => {
    throw new FileError("cli.file-unreadable", { path: location, reason: reasonOf(error) });
  });
  if (!found.isDirectory()) return [location];
  const entries = await readdir(location, { withFileTypes: true });
  const below: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(location, entry.name);
    if (entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith(".")) below.push(...(await filesBelow(path)));
    else if (entry.isFile() && /\.(ya?ml|json)$/i.test(entry.name)) below.push(path);
  }
  return below;
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code ?? String(error);
}
