/** Files as the command reads and writes them: UTF-8 text in, whole files out. */
import { createHash, randomUUID } from "node:crypto";
import { open, readdir, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

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
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (fault) {
    throw new FileFault("cli.file-unreadable", { path, reason: reasonOf(fault) });
  }
  return decode(bytes, path);
}

/** Text from bytes; bytes which are not UTF-8 are a fault, since they could not be written back. */
export function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FileFault("cli.file-not-text", { path });
  }
}

/** Replaces a file in one step: nobody ever sees half of it, and its mode and a link to it stay. */
export async function writeText(path: string, text: string): Promise<void> {
  try {
    const target = await realpath(path).catch(() => path);
    const mode = await stat(target).then(
      (found) => found.mode & 0o7777,
      () => undefined,
    );
    const beside = join(dirname(target), `.${randomUUID()}.tmp`);
    const file = await open(beside, "wx", mode);
    try {
      await file.writeFile(text, "utf8");
      if (mode !== undefined) await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, target).catch(async (fault: unknown) => {
      await rm(beside, { force: true });
      throw fault;
    });
  } catch (fault) {
    throw new FileFault("cli.file-unwritable", { path, reason: reasonOf(fault) });
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
