/**
 * Reads bytes of files and standard input up to a limit. Only regular files are read: a device never ends, and a FIFO without a writer
 * would block forever. A pipe of the shell (`<(command)`, /dev/fd/63) is read like standard input.
 */
import { closeSync, constants, createReadStream, fstatSync, openSync, readSync, type Stats } from "node:fs";

/** Size limit of the input in bytes; the YAML reader accepts fewer characters. */
export const largestFile = 32 * 1024 * 1024;

/** A file that was not read, with the reason as in the messages; `limit` is in bytes. */
export class UnreadFile extends Error {
  readonly problem: "not-regular" | "folder" | "too-large" | "unreadable";
  readonly reason: string;
  constructor(problem: UnreadFile["problem"], reason = "") {
    super(problem);
    this.problem = problem;
    this.reason = reason;
  }
}

/** The bytes of a file that the user named. Throws an UnreadFile. */
export async function readBytes(path: string, limit = largestFile): Promise<Buffer> {
  if (/^\/(dev|proc\/self)\/fd\/\d+$/.test(path)) {
    const descriptor = opened(path, constants.O_RDONLY);
    const found = fstatSync(descriptor);
    if (found.isFIFO()) return readStream(createReadStream(path, { fd: descriptor }), limit);
    closeSync(descriptor);
  }
  return readRegular(path, limit);
}

/** The bytes of a regular file. Never blocks: a FIFO or device is opened without blocking and refused. Throws an UnreadFile. */
export function readRegular(path: string, limit = largestFile): Buffer {
  const descriptor = opened(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    refuseUnlessRegular(fstatSync(descriptor), limit);
    const chunks: Buffer[] = [];
    // Files of /proc report that they are empty, and a file may grow in the meantime: the bytes actually read count.
    for (let size = 0; ;) {
      const chunk = Buffer.allocUnsafe(64 * 1024);
      const length = readSync(descriptor, chunk);
      if (length === 0) return Buffer.concat(chunks);
      size += length;
      if (size > limit) throw new UnreadFile("too-large", String(limit));
      chunks.push(chunk.subarray(0, length));
    }
  } catch (error) {
    throw unread(error);
  } finally {
    closeSync(descriptor);
  }
}

/** All bytes of a stream, up to the limit. Throws an UnreadFile. */
export async function readStream(stream: NodeJS.ReadableStream, limit = largestFile): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw new UnreadFile("too-large", String(limit));
      chunks.push(chunk);
    }
  } catch (error) {
    throw unread(error);
  }
  return Buffer.concat(chunks);
}

function opened(path: string, flags: number): number {
  try {
    return openSync(path, flags);
  } catch (error) {
    throw unread(error);
  }
}

function refuseUnlessRegular(found: Stats, limit: number): void {
  if (found.isDirectory()) throw new UnreadFile("folder");
  if (!found.isFile()) throw new UnreadFile("not-regular");
  if (found.size > limit) throw new UnreadFile("too-large", String(limit));
}

function unread(error: unknown): UnreadFile {
  if (error instanceof UnreadFile) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  // A socket cannot be opened at all.
  if (code === "ENXIO") return new UnreadFile("not-regular");
  return new UnreadFile("unreadable", code ?? String(error));
}
