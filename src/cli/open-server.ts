/**
 * Serves the page with one file of this machine. The page's side of it is small:
 *
 *   <meta name="dagwright-token" content="…">  in index.html: a file is being served; absent: none is.
 *   GET  api/file   -> 200 {"name", "text", "etag"}
 *   PUT  api/file   with the text as body, `x-dagwright-token` and `If-Match: <etag>`
 *                   -> 200 {"etag"}; 412 {"etag", "text"} if the file changed meanwhile, nothing is written then;
 *                      403 without the token, 428 without If-Match, 413 if it is too large, 500 {"reason"} if it cannot be written.
 *
 * The token is made for each run and stands only in the page that this server sends, never in an address.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { basename } from "node:path";
import { decode, FileFault, markOf, readFileText, writeText } from "./files.ts";
import type { NamedEncoding } from "#yaml/text-encoding.ts";
import { end, type PageServer, servePage } from "./static-server.ts";

const largestBody = 64 * 1024 * 1024;

/** Starts serving the page in `folder`, with `file` loaded if there is one. */
export async function serveFile(options: { folder: string; file?: string; port?: number; encoding?: NamedEncoding }): Promise<PageServer> {
  const { encoding } = options;
  const file = options.file === undefined ? undefined : { path: options.file, encoding };
  if (file === undefined) return servePage(options);
  const token = randomBytes(32).toString("hex");
  return servePage({
    ...options,
    html: (text) => text.replace(/<head[^>]*>/i, (head) => `${head}<meta name="dagwright-token" content="${token}">`),
    answer: async (request, response, path) => {
      if (path !== "/api/file") return false;
      if (fromElsewhere(request)) end(response, 403, "Another site asks.");
      else if (request.method === "GET") await give(file, response);
      else if (!sameToken(request.headers["x-dagwright-token"], token)) end(response, 403, "The token of this run is missing.");
      else if (request.method === "PUT") await take(file, request, response);
      else end(response, 405, "Only GET and PUT are answered here.");
      return true;
    },
  });
}

interface Served {
  readonly path: string;
  /** How to read it while it is not UTF-8. */
  readonly encoding: NamedEncoding | undefined;
}

async function give(file: Served, response: ServerResponse): Promise<void> {
  try {
    const { text } = await readFileText(file.path, file.encoding);
    json(response, 200, { name: basename(file.path), text, etag: markOf(text) });
  } catch (fault) {
    json(response, 500, { reason: fault instanceof FileFault ? (fault.values.reason ?? fault.code) : String(fault) });
  }
}

/** One save at a time: the check that the file did not change and the write belong together. */
let saving: Promise<void> = Promise.resolve();

function take(file: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  saving = saving.then(
    () => save(file, request, response),
    () => save(file, request, response),
  );
  return saving;
}

async function save(file: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const expected = request.headers["if-match"];
  if (expected === undefined) return end(response, 428, "If-Match is needed.");
  const body = await bodyOf(request);
  if (body === undefined) return end(response, 413, "The file is too large.");
  try {
    const { text } = decode(body, file.path);
    const now = await readFileText(file.path, file.encoding);
    if (markOf(now.text) !== expected) return json(response, 412, { etag: markOf(now.text), text: now.text });
    // UTF-16 stays UTF-16; what was read in an encoding that the user named becomes UTF-8.
    if (now.text !== text) await writeText(file.path, { text, encoding: now.encoding });
    json(response, 200, { etag: markOf(text) });
  } catch (fault) {
    json(response, 500, { reason: fault instanceof FileFault ? (fault.values.reason ?? fault.code) : String(fault) });
  }
}

function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" });
  response.end(JSON.stringify(value));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
  }
  return size > largestBody ? undefined : Buffer.concat(chunks);
}

function sameToken(given: string | string[] | undefined, token: string): boolean {
  if (typeof given !== "string") return false;
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whether the browser says that another site asks. */
function fromElsewhere(request: IncomingMessage): boolean {
  const site = request.headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none";
}
