#!/usr/bin/env node
/**
 * Starts the command that Vite builds into dist/node. In a checkout it is built on first use and again when a source is newer,
 * so that `dagwright` always matches the sources; in an installed package there are no sources and nothing is built.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const vite = join(home, "node_modules/vite/bin/vite.js");

/** The latest change below a path, in milliseconds. */
function changed(path) {
  if (!existsSync(path)) return 0;
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, changed(join(path, name))), 0);
}

function isStale(built) {
  const target = join(home, built.result);
  if (!existsSync(join(home, "src"))) return false;
  if (!existsSync(target)) return true;
  const made = statSync(target).mtimeMs;
  return built.sources.some((source) => changed(join(home, source)) > made);
}

/** Builds what is stale; one process builds, others wait for it. */
function bring(built) {
  if (!isStale(built)) return;
  if (!existsSync(vite)) {
    if (existsSync(join(home, built.result))) return;
    console.error("dagwright: not built yet; run `npm ci` in the checkout first");
    process.exit(2);
  }
  const lock = join(home, "dist/.building");
  mkdirSync(join(home, "dist"), { recursive: true });
  for (let waited = 0; ; waited += 200) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      // A build that was killed leaves its lock behind; two minutes are longer than any build.
      if (waited > 120_000) break;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  try {
    if (!isStale(built)) return;
    const ended = spawnSync(process.execPath, [vite, "build", "--logLevel", "error", ...built.words], {
      cwd: home,
      stdio: ["ignore", 2, 2],
    });
    if (ended.status !== 0) {
      console.error("dagwright: the build failed");
      process.exitCode = 2;
    }
  } finally {
    try {
      rmdirSync(lock);
    } catch {
      // A process that waited too long removed it.
    }
  }
  if (process.exitCode) process.exit();
}

bring({ result: "dist/node/cli.js", sources: ["src", "package.json", "vite.node.config.ts"], words: ["--config", "vite.node.config.ts"] });
if (process.argv[2] === "open")
  bring({ result: "dist/page/index.html", sources: ["src", "index.html", "public", "vite.config.ts"], words: [] });
await import(pathToFileURL(join(home, "dist/node/cli.js")).href);
