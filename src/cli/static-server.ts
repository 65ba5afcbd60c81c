/**
 * Serves the built page from a folder on the loopback interface: for `npm start`, `dagwright open` and the end-to-end tests. Nothing
 * outside the folder is readable, and a page of another site cannot reach it through a name of its own (DNS rebinding).
 */
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { extname, join, resolve, sep } from "node:path";

/** The page may load from and connect to its own origin only. Element styles set by script are not subject to the policy. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "worker-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Only the clipboard is used. */
const permissions = [
  "accelerometer",
  "autoplay",
  "camera",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "picture-in-picture",
  "publickey-credentials-get",
  "screen-wake-lock",
  "serial",
  "usb",
  "xr-spatial-tracking",
]
  .map((feature) => `${feature}=()`)
  .concat("clipboard-read=(self)", "clipboard-write=(self)")
  .join(", ");

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
  ".md": "text/plain; charset=utf-8",
  ".yaml": "text/yaml; charset=utf-8",
  ".py": "text/plain; charset=utf-8",
};

/** A running server. */
export interface PageServer {
  readonly address: string;
  /** The address to open first: if a file is served, it contains the token of the run. */
  readonly entry: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface PageServerOptions {
  /** The folder with index.html. */
  readonly folder: string;
  /** The port to try first; 0 or absent: any free one. */
  readonly port?: number;
  /** Modifies index.html before it is sent. */
  readonly html?: (text: string) => string;
  /** Answers a request itself and returns true; called before any file is looked up. */
  readonly answer?: (request: IncomingMessage, response: ServerResponse, path: string) => Promise<boolean>;
}

/** Starts serving; if the port is taken, the next free one of the following twenty is used. */
export async function servePage(options: PageServerOptions): Promise<PageServer> {
  const folder = resolve(options.folder);
  const server = createServer((request, response) => {
    serve(folder, options, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const port = await listen(server, options.port ?? 0);
  const address = `http://127.0.0.1:${port}/`;
  return {
    address,
    entry: address,
    port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function serve(folder: string, options: PageServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader("Content-Security-Policy", policy);
  response.setHeader("Permissions-Policy", permissions);
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "no-referrer");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  if (!isLoopback(request.headers.host)) return end(response, 403, "This address answers to loopback names only.");

  const path = pathOf(request.url);
  if (path === undefined) return end(response, 400, "This path cannot be read.");
  if (options.answer && (await options.answer(request, response, path))) return;
  if (request.method !== "GET" && request.method !== "HEAD") return end(response, 405, "Only GET is answered here.");

  const file = resolve(join(folder, path.endsWith("/") ? `${path}index.html` : path));
  if (file !== folder && !file.startsWith(folder + sep)) return end(response, 404, "No such file.");
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return end(response, 404, "No such file.");

  response.setHeader("Content-Type", types[extname(file)] ?? "application/octet-stream");
  // Built files have a hash in their names; anything else may change with the next build.
  response.setHeader("Cache-Control", /[/\\]assets[/\\]/.test(file) ? "max-age=31536000, immutable" : "no-store");
  if (options.html && file === join(folder, "index.html")) {
    response.end(request.method === "HEAD" ? undefined : options.html(await readFile(file, "utf8")));
    return;
  }
  response.setHeader("Content-Length", found.size);
  if (request.method === "HEAD") response.end();
  else
    createReadStream(file)
      .on("error", () => response.destroy())
      .pipe(response);
}

/** Answers with one line of text. */
export function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" });
  response.end(`${text}\n`);
}

/** Whether a Host header names this machine's loopback interface, on any port. */
function isLoopback(host: string | undefined): boolean {
  return host !== undefined && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host);
}

/** The decoded path of a request; undefined if it is malformed. */
function pathOf(url: string | undefined): string | undefined {
  try {
    const path = decodeURIComponent((url ?? "/").split(/[?#]/, 1)[0] ?? "/");
    return path.startsWith("/") && !path.includes("\0") ? path : undefined;
  } catch {
    return undefined;
  }
}

async function listen(server: Server, wanted: number): Promise<number> {
  const last = wanted === 0 ? 0 : wanted + 20;
  for (let port = wanted; ; port += 1) {
    const error = await tryPort(server, port);
    if (error === undefined) break;
    if (error.code !== "EADDRINUSE" || port >= last) throw error;
  }
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error(`listening on ${String(address)}, not on a port`);
  return address.port;
}

function tryPort(server: Server, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((done) => {
    const failed = (error: NodeJS.ErrnoException) => done(error);
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", failed);
      done(undefined);
    });
  });
}
