/**
 * The only way in which the command and its server write files of the user. Owner, mode, hard links, extended attributes and symbolic links
 * are kept; an error leaves the former text and no temporary file; two processes never write at the same time.
 *
 * A new text is first written to a temporary file beside the target, which proves that there is space for it. If a rename keeps all
 * attributes (`cp --preserve` made the temporary file, and no other name refers to the same file), it replaces the target in one step. If
 * it would lose one, the text is written in place while the former text is kept beside it as a backup.
 */
import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { access, type FileHandle, lstat, mkdir, open, readFile, readlink, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

/** Why a file was not written. `changed`: `expected` refused the current content; `busy`: another process is writing it. */
export type SaveProblem = "read-only" | "changed" | "gone" | "busy" | "no-space" | "not-permitted" | "failed";

/** A file that was not written; it is unchanged. */
export class SaveError extends Error {
  readonly problem: SaveProblem;
  /** The system's error code, such as EACCES. */
  readonly reason: string;
  /** For `changed`: the current content of the file. */
  readonly current?: Buffer;
  constructor(problem: SaveProblem, reason: string = problem, current?: Buffer) {
    super(`${problem}: ${reason}`);
    this.problem = problem;
    this.reason = reason;
    this.current = current;
  }
}

export interface SaveOptions {
  /**
   * Checks the current content while the file is locked; if false, nothing is written and a `changed` error is thrown. With it, a file that
   * does not exist is a `gone` error.
   */
  readonly expected?: (current: Buffer) => boolean;
  /** The file must not exist; an existing one is a `changed` error. */
  readonly isNew?: boolean;
  /** Writes a file although nobody has permission to write it (mode 0444). */
  readonly overwriteReadOnly?: boolean;
  /** Milliseconds to wait for another process that writes the same file. */
  readonly patience?: number;
}

/** The new content, or a function that computes it from the current content (undefined: there is no file yet). */
export type Written = Uint8Array | ((current: Buffer | undefined) => Uint8Array);

/** Writes a whole file. Throws a SaveError; the file is then unchanged. */
export async function saveFile(path: string, written: Written, options: SaveOptions = {}): Promise<void> {
  const signals = holdSignals();
  try {
    const target = await targetOf(path);
    const found = await stat(target).catch(absent);
    // /dev/stdout, a pipe or a terminal accepts the text directly.
    if (found && !found.isFile() && !found.isDirectory()) return await writeFile(target, bytesOf(written, undefined));
    await locked(target, options.patience ?? 10_000, () => saveLocked(target, written, options));
  } catch (error) {
    throw errorOf(error);
  } finally {
    signals.release();
  }
}

function bytesOf(written: Written, current: Buffer | undefined): Uint8Array {
  return typeof written === "function" ? written(current) : written;
}

async function saveLocked(target: string, written: Written, options: SaveOptions): Promise<void> {
  const found = await stat(target).catch(absent);
  if (!found) {
    if (options.expected) throw new SaveError("gone", "ENOENT");
    return create(target, bytesOf(written, undefined));
  }
  if (found.isDirectory()) throw new SaveError("failed", "EISDIR");
  const current = await readFile(target);
  if (options.isNew || (options.expected && !options.expected(current))) throw new SaveError("changed", "changed", current);
  const isReadOnly = (found.mode & 0o222) === 0;
  if (isReadOnly && !options.overwriteReadOnly) throw new SaveError("read-only", "EACCES");
  const bytes = bytesOf(written, current);
  if (current.equals(bytes)) return;
  if (!isReadOnly) await access(target, constants.W_OK);
  if (found.nlink === 1 && (await replaceByRename(target, bytes, found))) return;
  await writeInPlace(target, bytes, { former: current, found, isReadOnly });
}

/** A file that does not exist yet is written completely or not at all. */
async function create(target: string, bytes: Uint8Array): Promise<void> {
  await withTemporary(target, undefined, async (temporary) => {
    await fill(temporary, bytes);
    await rename(temporary, target);
    await syncFolder(target);
  });
}

/** Writes the new name of a file to the disk, too: after a power failure the folder would still hold the former file. */
async function syncFolder(target: string): Promise<void> {
  // Windows and some network file systems cannot sync a folder.
  const folder = await open(dirname(target), "r").catch(() => undefined);
  await folder
    ?.sync()
    .catch(() => undefined)
    .finally(() => folder.close());
}

/** Replaces the target by a copy with the same attributes; false if no such copy is possible here. */
async function replaceByRename(target: string, bytes: Uint8Array, found: Stats): Promise<boolean> {
  return withTemporary(target, found.mode & 0o7777, async (temporary) => {
    if (!(await copyAttributes(target, temporary))) return false;
    const copied = await stat(temporary);
    if (copied.uid !== found.uid || copied.gid !== found.gid) return false;
    await fill(temporary, bytes);
    const filled = await open(temporary, "r");
    // Writing clears set-user-id bits; cp has set the others.
    await filled.chmod(found.mode & 0o7777).finally(() => filled.close());
    try {
      await rename(temporary, target);
      await syncFolder(target);
      return true;
    } catch (error) {
      // A file that is a mount of its own (a container's volume) cannot be replaced, but written.
      if ((error as NodeJS.ErrnoException).code === "EBUSY") return false;
      throw error;
    }
  }).catch((error: unknown) => {
    // No new names are possible in this folder: the file itself may still be writable.
    if (isForbidden(error)) return false;
    throw error;
  });
}

/** Gives the temporary file the mode, owner, extended attributes and access lists of the target; false if that fails. */
async function copyAttributes(target: string, temporary: string): Promise<boolean> {
  const words = process.platform === "darwin" ? ["-p", target, temporary] : ["--attributes-only", "--preserve=mode,ownership,xattr"];
  try {
    await promisify(execFile)("cp", process.platform === "darwin" ? words : [...words, "--", target, temporary], { timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
}

interface Former {
  readonly former: Buffer;
  readonly found: Stats;
  readonly isReadOnly: boolean;
}

/** Writes into the file itself. Until the new text is on disk, the former one is kept beside it. */
async function writeInPlace(target: string, bytes: Uint8Array, { former, found, isReadOnly }: Former): Promise<void> {
  const backup = await writeBackup(target, former);
  let handle: FileHandle | undefined;
  let isWhole = true;
  try {
    if (isReadOnly) await changeMode(target, found.mode | 0o200);
    handle = await open(target, "r+");
    try {
      isWhole = false;
      await overwrite(handle, bytes);
      isWhole = true;
    } catch (error) {
      await overwrite(handle, former);
      isWhole = true;
      throw error;
    }
  } finally {
    await handle?.close();
    if (isReadOnly) await changeMode(target, found.mode).catch(() => undefined);
    // If even the former text could not be restored, the backup is all that is left.
    if (backup !== undefined && isWhole) await rm(backup, { force: true });
  }
}

async function overwrite(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, at);
    at += bytesWritten;
  }
  await handle.truncate(bytes.length);
  await handle.sync();
}

async function changeMode(path: string, mode: number): Promise<void> {
  const handle = await open(path, "r");
  await handle.chmod(mode & 0o7777).finally(() => handle.close());
}

/** The former text beside the file, else in the folder for temporary files. */
async function writeBackup(target: string, former: Buffer): Promise<string> {
  const name = `.${basename(target)}.${randomUUID()}.backup`;
  for (const folder of [dirname(target), await ownFolder()]) {
    const path = join(folder, name);
    try {
      await fill(path, former, "wx");
      return path;
    } catch (error) {
      await rm(path, { force: true });
      if (!isForbidden(error)) throw error;
    }
  }
  throw new SaveError("not-permitted", "EACCES");
}

async function withTemporary<Result>(target: string, mode: number | undefined, work: (path: string) => Promise<Result>): Promise<Result> {
  const path = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID()}.tmp`);
  try {
    await (await open(path, "wx", mode === undefined ? undefined : mode | 0o200)).close();
    return await work(path);
  } finally {
    await rm(path, { force: true });
  }
}

async function fill(path: string, bytes: Uint8Array, flags: "r+" | "wx" = "r+"): Promise<void> {
  const handle = await open(path, flags, 0o600);
  try {
    await overwrite(handle, bytes);
  } finally {
    await handle.close();
  }
}

/**
 * Allows one writer at a time: a lock file beside the target that only one process can create. A lock whose process has died, or that is
 * older than a minute, is removed.
 */
async function locked(target: string, patience: number, work: () => Promise<void>): Promise<void> {
  const name = `.${basename(target).slice(0, 100)}.dagwright-lock`;
  let lock = join(dirname(target), name);
  const sign = `${process.pid} ${hostname()} ${randomUUID()}`;
  for (const start = Date.now(); ;) {
    try {
      await createLock(lock, sign);
      break;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (isForbidden(error)) {
        // No new names are possible beside the file: the lock is in a folder of this user.
        const elsewhere = join(await ownFolder(), `${createHash("sha256").update(target).digest("hex").slice(0, 32)}.lock`);
        if (elsewhere === lock) throw error;
        lock = elsewhere;
        continue;
      }
      if (code !== "EEXIST") throw error;
      if (await removeStale(lock)) continue;
      if (Date.now() - start >= patience) throw new SaveError("busy", "EEXIST");
      await new Promise((done) => setTimeout(done, 20));
    }
  }
  try {
    await work();
  } finally {
    if ((await readFile(lock, "utf8").catch(() => "")) === sign) await rm(lock, { force: true });
  }
}

async function createLock(lock: string, sign: string): Promise<void> {
  const handle = await open(lock, "wx", 0o600);
  try {
    await handle.writeFile(sign);
  } catch (error) {
    await rm(lock, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

async function removeStale(lock: string): Promise<boolean> {
  const [sign, found] = await Promise.all([readFile(lock, "utf8").catch(() => undefined), stat(lock).catch(() => undefined)]);
  if (sign === undefined || !found) return true;
  const [pid, host] = sign.split(" ");
  const isDead = host === hostname() && !isAlive(Number(pid));
  if (!isDead && Date.now() - found.mtimeMs < 60_000) return false;
  // If several processes see it, one of them moves it away; a process that moved a newer lock instead puts that back.
  const aside = `${lock}.${randomUUID()}`;
  await rename(lock, aside).catch(() => undefined);
  if ((await readFile(aside, "utf8").catch(() => sign)) !== sign) await rename(aside, lock).catch(() => undefined);
  else await rm(aside, { force: true });
  return true;
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A folder for temporary files that belongs to this user alone. */
async function ownFolder(): Promise<string> {
  const folder = join(tmpdir(), `dagwright-${process.getuid?.() ?? "user"}`);
  await mkdir(folder, { mode: 0o700 }).catch(() => undefined);
  const found = await lstat(folder);
  if (!found.isDirectory() || (process.getuid && found.uid !== process.getuid())) throw new SaveError("not-permitted", "EACCES");
  return folder;
}

/** The file to which a path leads, with links resolved; a dangling link leads to its target. */
async function targetOf(path: string, depth = 0): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || depth > 40) throw error;
    const link = await readlink(path).catch(() => undefined);
    return link === undefined ? resolve(path) : targetOf(resolve(dirname(path), link), depth + 1);
  }
}

/** Lets a save finish before Ctrl+C ends the process, so that no temporary file is left. */
function holdSignals(): { release(): void } {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  let held: NodeJS.Signals | undefined;
  const hold = (signal: NodeJS.Signals) => void (held = signal);
  for (const signal of signals) process.on(signal, hold);
  return {
    release() {
      for (const signal of signals) process.off(signal, hold);
      // Another listener has received it.
      if (held && process.listenerCount(held) === 0) process.kill(process.pid, held);
    },
  };
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}

function isForbidden(error: unknown): boolean {
  const code = error instanceof SaveError ? error.reason : (error as NodeJS.ErrnoException | undefined)?.code;
  return code === "EACCES" || code === "EPERM" || code === "EROFS";
}

function errorOf(error: unknown): SaveError {
  if (error instanceof SaveError) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? String(error);
  if (code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG") return new SaveError("no-space", code);
  if (code === "EROFS") return new SaveError("read-only", code);
  return new SaveError(isForbidden(error) ? "not-permitted" : "failed", code);
}
