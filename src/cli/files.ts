/** Files as the command reads and writes them: UTF-8 text in, whole files out. */
import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { largestFile, readBytes, UnreadFile } from "./read-file.ts";
import { SaveFault, saveFile } from "./save-file.ts";

/** A file that cannot be read or written, or is not text; `code` names the sentence to say. */
export class FileFault extends Error {
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
  constructor(code: string, values: Readonly<Record<string, string>>) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

/** The text of a file, its byte order mark included, so that writing it gives the same bytes. */
export async function readText(path: string): Promise<string> {
  return decode(await bytesAt(path), path);
}

/** The bytes of a file within bounds. Throws a FileFault. */
export async function bytesAt(path: string): Promise<Uint8Array> {
  return readBytes(path).catch((fault: unknown) => {
    throw unreadFault(path, fault);
  });
}

/** The fault of a file or stream that was not read, with its reason. */
export function unreadFault(path: string, fault: unknown): FileFault {
  if (!(fault instanceof UnreadFile)) return new FileFault("cli.file-unreadable", { path, reason: reasonOf(fault) });
  const { problem, reason } = fault;
  if (problem === "unreadable") return new FileFault("cli.file-unreadable", { path, reason });
  return new FileFault(`cli.file-unreadable.${problem}`, { path, limit: `${largestFile / (1024 * 1024)} MB` });
}

/** Text from bytes; bytes which are not UTF-8 are a fault, since they could not be written back. */
export function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FileFault("cli.file-not-text", { path });
  }
}

/** Writes a whole file, keeping what belongs to it (see save-file.ts); a read-only one only with `force`. */
export async function writeText(path: string, text: string, force = false): Promise<void> {
  try {
    await saveFile(path, Buffer.from(text, "utf8"), { overwriteReadOnly: force });
  } catch (fault) {
    if (!(fault instanceof SaveFault)) throw fault;
    throw new FileFault(`cli.file-unwritable.${fault.problem}`, { path, reason: fault.reason });
  }
}

/** A mark which changes when the text does. */
export function markOf(text: string): string {
  return `"${createHash("sha256").update(text, "utf8").digest("hex")}"`;
}

/** The YAML and JSON files below a place, in a stable order; a file stands for itself whatever its name. */
export async function filesBelow(place: string): Promise<readonly string[]> {
  const found = await stat(place).catch((fault: unknown) => {
    throw new FileFault("cli.file-unreadable", { path: place, reason: reasonOf(fault) });
  });
  if (!found.isDirectory()) return [place];
  const entries = await readdir(place, { withFileTypes: true });
  const below: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(place, entry.name);
    if (entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith(".")) below.push(...(await filesBelow(path)));
    else if (entry.isFile() && /\.(ya?ml|json)$/i.test(entry.name)) below.push(path);
  }
  return below;
}

function reasonOf(fault: unknown): string {
  const code = (fault as NodeJS.ErrnoException | undefined)?.code;
  return code ?? String(fault);
}
