import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { expect, test } from "vitest";
import { theBrowser } from "./harness.ts";

test("every golden case gives the same bytes in a browser's worker as in Node", async () => {
  const folder = mkdtempSync(join(tmpdir(), "dagwright-golden-"));
  await build({
    configFile: false,
    publicDir: false,
    logLevel: "error",
    build: { outDir: folder, target: "es2022", lib: { entry: "test/golden/worker.ts", formats: ["es"], fileName: () => "worker.js" } },
  });
  const server = createServer((request, response) => {
    const isWorker = request.url === "/worker.js";
    response.setHeader("content-type", isWorker ? "text/javascript" : "text/html");
    response.end(isWorker ? readFileSync(join(folder, "worker.js")) : "<!doctype html><title>golden</title>");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const page = await (await theBrowser()).newPage();
  try {
    const address = server.address();
    await page.goto(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`);
    const made = await page.evaluate(
      () =>
        new Promise<Record<string, string>>((done, failed) => {
          const worker = new Worker("/worker.js", { type: "module" });
          worker.addEventListener("message", ({ data }) => done(data as Record<string, string>));
          worker.addEventListener("error", (event) => failed(new Error(event.message)));
        }),
    );
    expect(Object.keys(made).length).toBeGreaterThan(8);
    for (const [name, text] of Object.entries(made))
      expect(text, name).toBe(readFileSync(join("test/golden", name, "workflow.yaml"), "utf8"));
  } finally {
    await page.close();
    server.close();
    rmSync(folder, { recursive: true });
  }
});
