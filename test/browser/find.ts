/**
 * Finds a browser for the e2e tests: DAGWRIGHT_BROWSER, an installed Chrome or Chromium, else one from the npm package locked in
 * this folder, which is installed only then.
 */
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { LaunchOptions } from "playwright-core";

const names = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome", "microsoft-edge"];
const locations = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/opt/google/chrome/chrome",
  "/snap/bin/chromium",
  ...["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"]
    .map((key) => process.env[key])
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, "Google/Chrome/Application/chrome.exe")),
];
/** No sandbox: a container's root has none. The rest keeps the browser from talking to anyone but us. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** What to start, and how. */
export async function findBrowser(): Promise<LaunchOptions> {
  return { executablePath: await executable(), headless: true, args: flags };
}

async function executable(): Promise<string> {
  const wished = process.env.DAGWRIGHT_BROWSER;
  if (wished !== undefined && wished !== "") {
    if (!isExecutable(wished)) throw new Error(`DAGWRIGHT_BROWSER names ${wished}, which cannot be run`);
    return wished;
  }
  const onPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...locations].find(isExecutable) ?? (await packaged());
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The packaged Chromium (Linux on x64 only), unpacked by its own package into the temporary folder. */
async function packaged(): Promise<string> {
  const here = join(process.cwd(), "test/browser");
  const entry = join(here, "node_modules/@sparticuz/chromium/build/esm/index.js");
  if (!existsSync(entry)) execFileSync("npm", ["ci"], { cwd: here, stdio: ["ignore", "ignore", "inherit"] });
  // The package unpacks the libraries that the browser needs (nss, nspr, expat) only where it believes to be on Lambda.
  process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x";
  const { default: chromium } = (await import(pathToFileURL(entry).href)) as { default: { executablePath(): Promise<string> } };
  return chromium.executablePath();
}
