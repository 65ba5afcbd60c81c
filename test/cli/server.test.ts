import { request } from "node:http";
import { readFileSync, statSync, writeFileSync, chmodSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { serveFile } from "#cli/open-server.ts";
import type { PageServer } from "#cli/static-server.ts";
import { folderWith } from "./terminal.ts";

const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A served page with a file, and the page's token. */
async function served(file = "a: 1\n") {
  const { path, remove } = folderWith({
    "page/index.html": "<html><head><title>t</title></head></html>",
    "page/assets/a.js": "1",
    "secret.txt": "s",
    "w.yaml": file,
  });
  const server = await serveFile({ folder: path("page"), file: path("w.yaml") });
  ends.push(remove, () => server.close());
  const html = await (await fetch(server.address)).text();
  return { server, path, token: /name="dagwright-token" content="(\w+)"/.exec(html)?.[1] ?? "", file: path("w.yaml") };
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

test("the file is given to the page, and a save with the token replaces it in place", async () => {
  const { server, token, file } = await served("a: 1\n");
  chmodSync(file, 0o600);
  const given = (await (await fetch(`${server.address}api/file`)).json()) as { name: string; text: string; etag: string };
  expect(given).toMatchObject({ name: "w.yaml", text: "a: 1\n" });
  const saved = await fetch(`${server.address}api/file`, {
    method: "PUT",
    body: "a: 2 # 데이터\n",
    headers: { "x-dagwright-token": token, "if-match": given.etag },
  });
  expect(saved.status).toBe(200);
  expect(readFileSync(file, "utf8")).toBe("a: 2 # 데이터\n");
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a save without the token, from another site or without If-Match writes nothing", async () => {
  const { server, token, file } = await served("a: 1\n");
  const { etag } = (await (await fetch(`${server.address}api/file`)).json()) as { etag: string };
  const put = async (headers: Record<string, string>) =>
    (await fetch(`${server.address}api/file`, { method: "PUT", body: "b: 1\n", headers })).status;
  expect(await put({ "if-match": etag })).toBe(403);
  expect(await put({ "if-match": etag, "x-dagwright-token": `${token.slice(1)}0` })).toBe(403);
  expect(await put({ "x-dagwright-token": token })).toBe(428);
  expect(await raw(server, "/api/file", { "sec-fetch-site": "cross-site" })).toBe(403);
  expect(readFileSync(file, "utf8")).toBe("a: 1\n");
});

test("a file that changed meanwhile is not overwritten", async () => {
  const { server, token, file } = await served("a: 1\n");
  const { etag } = (await (await fetch(`${server.address}api/file`)).json()) as { etag: string };
  writeFileSync(file, "a: other\n");
  const saved = await fetch(`${server.address}api/file`, {
    method: "PUT",
    body: "a: mine\n",
    headers: { "x-dagwright-token": token, "if-match": etag },
  });
  expect(saved.status).toBe(412);
  expect(await saved.json()).toMatchObject({ text: "a: other\n" });
  expect(readFileSync(file, "utf8")).toBe("a: other\n");
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
