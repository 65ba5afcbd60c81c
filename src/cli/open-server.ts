/**
 * Serves the page with one file of this machine. Another user of the machine can fetch the page, but not the file: only the address that
 * is printed and opened contains the token of the run.
 *
 *   GET  /?token=T     -> 303 to the same address without the token, and a session cookie that only this server's pages send back
 *   <meta name="dagwright-file" content="served"> in index.html: a file is being served; absent: none is.
 *   GET  api/file      -> 200 {"name", "text", "etag", "key"}; `key` identifies the file by its path, for what the browser stores about it
 *   PUT  api/file      with the text in UTF-8 as body and `If-Match: <etag>`, or `If-None-Match: *` for a file that is gone
 *                      -> 200 {"etag"}
 *
 * A client without the cookie sends `x-dagwright-token: T`. Errors are answered with {"problem", "reason"}, and nothing is written:
 *
 *   400 empty, not-text     404 gone       412 changed, with "etag" and "text" of the current content   423 read-only
 *   403 no-token, elsewhere 408 stalled    413 too-large    428 no-condition    500 failed, not-permitted   503 busy    507 no-space
 *
 * `x-dagwright-overwrite: read-only` writes a file of mode 0444, too.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { realpathSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { basename, resolve } from "node:path";
import type { NamedEncoding } from "#yaml/text-encoding.ts";
import { bytesOf, decode, FileError, type FileText, markOf, readFileText } from "./files.ts";
import { SaveError, type SaveProblem, saveFile } from "./save-file.ts";
import { type PageServer, servePage } from "./static-server.ts";

const largestBody = 64 * 1024 * 1024;

export interface FileServerOptions {
  readonly folder: string;
  readonly file?: string;
  readonly port?: number;
  /** The encoding of the file while it is not UTF-8. */
  readonly encoding?: NamedEncoding;
  /** Milliseconds after which a stalled upload is aborted. */
  readonly patience?: number;
}

/** Starts serving the page in `folder`, with `file` loaded if there is one. */
export async function serveFile(options: FileServerOptions): Promise<PageServer> {
  const { file } = options;
  if (file === undefined) return servePage(options);
  const [token, session] = [randomBytes(24).toString("base64url"), randomBytes(24).toString("base64url")];
  const served = { path: file, key: keyOf(file), encoding: options.encoding, patience: options.patience ?? 30_000 };
  const server = await servePage({
    ...options,
    html: (text) => text.replace(/<head[^>]*>/i, (head) => `${head}<meta name="dagwright-file" content="served">`),
    answer: async (request, response, path) => {
      const cookie = `dagwright-${request.socket.localPort}`;
      if (path === "/" && exchangeToken(request, response, { token, cookie: `${cookie}=${session}` })) return true;
      if (path !== "/api/file") return false;
      const isKnown = isSame(request.headers["x-dagwright-token"], token) || isSame(cookieOf(request, cookie), session);
      if (fromElsewhere(request)) refuse(response, 403, "elsewhere");
      else if (!isKnown) refuse(response, 403, "no-token");
      else if (request.method === "GET") await give(served, response);
      else if (request.method === "PUT") await take(served, request, response);
      else refuse(response, 405, "method");
      return true;
    },
  });
  return { ...server, entry: `${server.address}?token=${token}` };
}

/** An identifier for a file, derived from its path without revealing it. */
function keyOf(file: string): string {
  let path = resolve(file);
  try {
    path = realpathSync(path);
  } catch {
    // The file may be gone; its name stays the same.
  }
  return createHash("sha256").update(path).digest("hex").slice(0, 24);
}

/** Exchanges the token in an address for the session cookie, and removes it from the address. True if the request has been answered. */
function exchangeToken(
  request: IncomingMessage,
  response: ServerResponse,
  { token, cookie }: { readonly token: string; readonly cookie: string },
): boolean {
  const address = new URL(request.url ?? "/", "http://127.0.0.1");
  const given = address.searchParams.get("token");
  if (given === null || request.method !== "GET") return false;
  address.searchParams.delete("token");
  if (isSame(given, token)) response.setHeader("Set-Cookie", `${cookie}; HttpOnly; SameSite=Strict; Path=/`);
  response.writeHead(303, { Location: `/${address.search}`, "Cache-Control": "no-store" });
  response.end();
  return true;
}

interface Served {
  readonly path: string;
  readonly key: string;
  readonly encoding: NamedEncoding | undefined;
  readonly patience: number;
}

async function give({ path, key, encoding }: Served, response: ServerResponse): Promise<void> {
  try {
    const { text } = await readFileText(path, encoding);
    json(response, 200, { name: basename(path), text, etag: markOf(text), key });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const { reason } = error.values;
    if (reason === "ENOENT" || reason === "ENOTDIR") refuse(response, 404, "gone", { reason, name: basename(path), key });
    else refuse(response, problemOf(error) === "not-text" ? 415 : 500, problemOf(error), { reason, name: basename(path) });
  }
}

function problemOf({ code, values }: FileError): string {
  if (["cli.file-not-text", "cli.file-not-in-encoding", "cli.file-binary"].includes(code)) return "not-text";
  return values.reason === "EACCES" ? "not-permitted" : "failed";
}

/** Handles an upload. Its body is read first, so that one that stalls blocks nobody else. */
async function take({ path, encoding, patience }: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [expected, isNew] = [request.headers["if-match"], request.headers["if-none-match"] === "*"];
  if (expected === undefined && !isNew) return refuse(response, 428, "no-condition");
  if (Number(request.headers["content-length"] ?? 0) > largestBody) return refuse(response, 413, "too-large");
  const body = await bodyOf(request, patience);
  if (typeof body === "string") return refuse(response, body === "stalled" ? 408 : 413, body);
  if (body.length === 0) return refuse(response, 400, "empty");
  if (!isText(body)) return refuse(response, 400, "not-text");
  const text = body.toString("utf8");
  const read = (current: Buffer): FileText => decode(current, path, encoding);
  // UTF-16 stays UTF-16; a file read in an encoding that the user named becomes UTF-8.
  const bytes = (current?: Buffer) => bytesOf({ text, encoding: current ? read(current).encoding : "utf-8" });
  try {
    await saveFile(path, bytes, {
      overwriteReadOnly: request.headers["x-dagwright-overwrite"] === "read-only",
      isNew,
      ...(expected !== undefined && { expected: (current: Buffer) => markOf(read(current).text) === expected }),
    });
    json(response, 200, { etag: markOf(text) });
  } catch (error) {
    if (error instanceof FileError) return refuse(response, 409, problemOf(error), { reason: error.values.reason });
    if (!(error instanceof SaveError)) throw error;
    const now = error.current && read(error.current).text;
    refuse(response, statuses[error.problem], error.problem, {
      reason: error.reason,
      ...(now !== undefined && { etag: markOf(now), text: now }),
    });
  }
}

const statuses: Readonly<Record<SaveProblem, number>> = {
  changed: 412,
  gone: 404,
  "read-only": 423,
  busy: 503,
  "no-space": 507,
  "not-permitted": 500,
  failed: 500,
};

function refuse(response: ServerResponse, status: number, problem: string, more: object = {}): void {
  // An unread rest of the body would be taken for the next request.
  if (!response.req.complete) response.setHeader("Connection", "close");
  json(response, status, { problem, ...more });
}

function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" });
  response.end(JSON.stringify(value));
}

/** The body of a request, or why it was not read completely. */
function bodyOf(request: IncomingMessage, patience: number): Promise<Buffer | "stalled" | "too-large"> {
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const give = (result: Buffer | "stalled" | "too-large") => {
      clearTimeout(timer);
      request.removeAllListeners("data");
      done(result);
    };
    let timer = setTimeout(() => give("stalled"), patience);
    request.on("data", (chunk: Buffer) => {
      clearTimeout(timer);
      timer = setTimeout(() => give("stalled"), patience);
      size += chunk.length;
      if (size > largestBody) give("too-large");
      else chunks.push(chunk);
    });
    request.on("end", () => give(Buffer.concat(chunks)));
    request.on("error", () => give("stalled"));
  });
}

function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function isSame(given: string | readonly string[] | undefined, secret: string): boolean {
  if (typeof given !== "string") return false;
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function cookieOf(request: IncomingMessage, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Whether the browser says that the request comes from another site. */
function fromElsewhere(request: IncomingMessage): boolean {
  const site = request.headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none";
}
