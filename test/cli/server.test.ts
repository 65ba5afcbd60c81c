import { request } from "node:http";
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { portOf } from "#cli/commands/open.ts";
import { serveFile } from "#cli/open-server.ts";
import type { PageServer } from "#cli/static-server.ts";
import { folderWith } from "./terminal.ts";

const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A served page with a file, and the token of the run. */
async function served(file = "a: 1\n", options: { patience?: number } = {}) {
  const { path, remove } = folderWith({
    "page/index.html": "<html><head><title>t</title></head></html>",
    "page/assets/a.js": "1",
    "secret.txt": "s",
    "w.yaml": file,
  });
  const server = await serveFile({ folder: path("page"), file: path("w.yaml"), ...options });
  ends.push(remove, () => server.close());
  const token = new URL(server.entry).searchParams.get("token") ?? "";
  const api = `${server.address}api/file`;
  const read = async () => (await (await fetch(api, { headers: { "x-dagwright-token": token } })).json()) as Record<string, string>;
  const put = async (body: BodyInit, headers: Record<string, string> = {}) => {
    const answer = await fetch(api, { method: "PUT", body, headers: { "x-dagwright-token": token, ...headers } });
    return { status: answer.status, ...((await answer.json()) as { problem?: string; etag?: string; text?: string; reason?: string }) };
  };
  return { server, path, token, api, read, put, file: path("w.yaml") };
}

/** One request as written, which fetch would tidy up. */
function raw(server: PageServer, path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((done, failed) => {
    const asked = request({ port: server.port, host: "127.0.0.1", path, headers }, (response) => {
      response.resume();
      done(response.statusCode ?? 0);
    });
    asked.on("error", failed).end();
  });
}

test("the page is sent under a policy that lets it talk to its own origin only", async () => {
  const { server } = await served();
  const answer = await fetch(server.address);
  expect(answer.headers.get("content-security-policy")).toContain("connect-src 'self'");
  expect(answer.headers.get("content-security-policy")).toContain("script-src 'self';");
  expect(answer.headers.get("content-security-policy")).toContain("style-src 'self';");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect((await fetch(`${server.address}assets/a.js`)).headers.get("content-type")).toContain("text/javascript");
});

test("nothing outside the page's folder is readable", async () => {
  const { server } = await served();
  for (const path of ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt", "/%00", "/%zz"]) {
    expect([path, [400, 404].includes(await raw(server, path))]).toEqual([path, true]);
  }
});

test("a name that only points to this machine is refused", async () => {
  const { server } = await served();
  expect(await raw(server, "/", { host: "evil.example" })).toBe(403);
  expect(await raw(server, "/", { host: `localhost:${server.port}` })).toBe(200);
});

test("the page may use no feature of the browser but the clipboard, and no inline style", async () => {
  const { server } = await served();
  const { headers } = await fetch(server.address);
  expect(headers.get("permissions-policy")).toContain("camera=()");
  expect(headers.get("permissions-policy")).toContain("clipboard-write=(self)");
  expect(headers.get("content-security-policy")).not.toContain("unsafe");
});

test("the file is given to the page, and a save with the token replaces it in place", async () => {
  const { read, put, file } = await served("a: 1\n");
  chmodSync(file, 0o600);
  const given = await read();
  expect(given).toMatchObject({ name: "w.yaml", text: "a: 1\n", key: expect.stringMatching(/^[0-9a-f]{24}$/) as string });
  expect((await put("a: 2 # 데이터\n", { "if-match": given.etag ?? "" })).status).toBe(200);
  expect(readFileSync(file, "utf8")).toBe("a: 2 # 데이터\n");
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

describe("the token", () => {
  test("is in the address to open, never in the page", async () => {
    const { server, token } = await served();
    expect(token.length).toBeGreaterThan(30);
    const html = await (await fetch(server.address)).text();
    expect(html).toContain('<meta name="dagwright-file" content="served">');
    expect(html).not.toContain(token);
    expect((await fetch(`${server.address}api/file`)).status).toBe(403);
  });
  test("is traded for a cookie that scripts cannot read, and leaves the address", async () => {
    const { server, api } = await served();
    const answer = await fetch(`${server.entry}&lang=ko`, { redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/?lang=ko"]);
    const cookie = answer.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^dagwright-\d+=[\w-]+; HttpOnly; SameSite=Strict; Path=\/$/);
    expect((await fetch(api, { headers: { cookie: cookie.split(";")[0] ?? "" } })).status).toBe(200);
  });
  test("of another run gives nothing", async () => {
    const { server, api } = await served();
    const answer = await fetch(`${server.address}?token=AAAA`, { redirect: "manual" });
    expect([answer.status, answer.headers.get("set-cookie")]).toEqual([303, null]);
    expect((await fetch(api, { headers: { cookie: `dagwright-${server.port}=AAAA` } })).status).toBe(403);
  });
});

test("a save without the token, from another site or without a condition writes nothing", async () => {
  const { server, token, file, read, put } = await served("a: 1\n");
  const { etag = "" } = await read();
  expect(await put("b: 1\n", { "if-match": etag, "x-dagwright-token": "" })).toMatchObject({ status: 403, problem: "no-token" });
  expect((await put("b: 1\n", { "if-match": etag, "x-dagwright-token": `${token.slice(1)}0` })).status).toBe(403);
  expect(await put("b: 1\n")).toMatchObject({ status: 428, problem: "no-condition" });
  expect(await raw(server, "/api/file", { "sec-fetch-site": "cross-site", "x-dagwright-token": token })).toBe(403);
  expect(readFileSync(file, "utf8")).toBe("a: 1\n");
});

describe("a save that is refused says why, and writes nothing", () => {
  test("the file changed meanwhile: its text comes along, and with its mark it is overwritten", async () => {
    const { file, read, put } = await served("a: 1\n");
    const { etag = "" } = await read();
    writeFileSync(file, "a: other\n");
    const refused = await put("a: mine\n", { "if-match": etag });
    expect(refused).toMatchObject({ status: 412, problem: "changed", text: "a: other\n" });
    expect(readFileSync(file, "utf8")).toBe("a: other\n");
    expect((await put("a: mine\n", { "if-match": refused.etag ?? "" })).status).toBe(200);
    expect(readFileSync(file, "utf8")).toBe("a: mine\n");
  });
  test("the file is gone: it is created again on request", async () => {
    const { file, read, put } = await served();
    const { etag = "" } = await read();
    rmSync(file);
    expect(await read()).toMatchObject({ problem: "gone", name: "w.yaml" });
    expect(await put("a: 2\n", { "if-match": etag })).toMatchObject({ status: 404, problem: "gone" });
    expect((await put("a: 2\n", { "if-none-match": "*" })).status).toBe(200);
    expect(readFileSync(file, "utf8")).toBe("a: 2\n");
    expect(await put("a: 3\n", { "if-none-match": "*" })).toMatchObject({ status: 412, text: "a: 2\n" });
  });
  test("the file is read-only, unless asked", async () => {
    const { file, read, put } = await served();
    const { etag = "" } = await read();
    chmodSync(file, 0o444);
    expect(await put("a: 2\n", { "if-match": etag })).toMatchObject({ status: 423, problem: "read-only" });
    expect((await put("a: 2\n", { "if-match": etag, "x-dagwright-overwrite": "read-only" })).status).toBe(200);
    expect([readFileSync(file, "utf8"), statSync(file).mode & 0o777]).toEqual(["a: 2\n", 0o444]);
  });
  test("an empty body, and one that is not UTF-8", async () => {
    const { file, read, put } = await served();
    const { etag = "" } = await read();
    expect(await put("", { "if-match": etag })).toMatchObject({ status: 400, problem: "empty" });
    expect(await put(Buffer.from([0x61, 0xff]), { "if-match": etag })).toMatchObject({ status: 400, problem: "not-text" });
    expect(readFileSync(file, "utf8")).toBe("a: 1\n");
  });
  test("a body that is too large, as its length says", async () => {
    const { server, token } = await served();
    const status = await new Promise((done) => {
      const headers = { "x-dagwright-token": token, "if-match": "x", "content-length": String(2 ** 40) };
      request({ port: server.port, host: "127.0.0.1", path: "/api/file", method: "PUT", headers }, (answer) => done(answer.statusCode))
        .on("error", () => undefined)
        .flushHeaders();
    });
    expect(status).toBe(413);
  });
});

test("an upload that stalls holds up nobody, and is given up", async () => {
  const { server, token, read, put } = await served("a: 1\n", { patience: 150 });
  const { etag = "" } = await read();
  const stalled = new Promise((done) => {
    const headers = { "x-dagwright-token": token, "if-match": etag, "content-length": "100" };
    const asked = request({ port: server.port, host: "127.0.0.1", path: "/api/file", method: "PUT", headers }, (answer) =>
      done(answer.statusCode),
    );
    asked.on("error", () => undefined).write("a: ");
  });
  expect((await put("a: 2\n", { "if-match": etag })).status).toBe(200);
  expect(await stalled).toBe(408);
});

test("two servers of one file never lose a save of the other", async () => {
  const { file, path, read, put } = await served("0");
  const other = await serveFile({ folder: path("page"), file });
  ends.push(() => other.close());
  const token = new URL(other.entry).searchParams.get("token") ?? "";
  for (let round = 0; round < 5; round += 1) {
    const { etag = "" } = await read();
    const [a, b] = await Promise.all([
      put(`a${round}`, { "if-match": etag }),
      fetch(`${other.address}api/file`, { method: "PUT", body: `b${round}`, headers: { "x-dagwright-token": token, "if-match": etag } }),
    ]);
    expect([a.status, b.status].sort()).toEqual([200, 412]);
    expect(readFileSync(file, "utf8")).toBe(a.status === 200 ? `a${round}` : `b${round}`);
  }
});

test("a taken port is followed by the next free one", async () => {
  const { server, path } = await served();
  const second = await serveFile({ folder: path("page"), port: server.port });
  ends.push(() => second.close());
  expect(second.port).toBeGreaterThan(server.port);
});

test("a file in UTF-16 stays UTF-16 when it is saved", async () => {
  const { server, file, token } = await served();
  writeFileSync(file, Buffer.from("\ufeffa: 1\n", "utf16le"));
  const headers = { "x-dagwright-token": token };
  const given = (await (await fetch(`${server.address}api/file`, { headers })).json()) as { text: string; etag: string };
  expect(given.text).toBe("\ufeffa: 1\n");
  const answer = await fetch(`${server.address}api/file`, {
    method: "PUT",
    body: "\ufeffa: 값\n",
    headers: { ...headers, "if-match": given.etag },
  });
  expect(answer.status).toBe(200);
  expect(readFileSync(file)).toEqual(Buffer.from("\ufeffa: 값\n", "utf16le"));
});

test("without a port the usual one is served, so that what the browser keeps is there again", () => {
  expect(portOf(undefined)).toBe(4174);
  expect(portOf("4173")).toBe(4173);
  for (const word of ["", " ", "x", "-1", "65536", "1.5"]) expect(() => portOf(word)).toThrow("cli.port-invalid");
});
