/** A browser with a profile on disk that can be killed at any moment and started again. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { findBrowser } from "#test/browser/find.ts";

/** One life of the browser, from its start to its end by SIGKILL. */
export interface Life {
  readonly page: Page;
  /** Kills the browser and all its processes at once, as the kernel does when memory runs out. Resolves when they are gone. */
  kill(): Promise<void>;
}

export interface Profile {
  /** Starts the browser with this profile, at an address. */
  start(address: string): Promise<Life>;
  /** Kills what still runs and removes the profile. */
  remove(): Promise<void>;
}

/** Makes a new empty profile. */
export function makeProfile(): Profile {
  const folder = mkdtempSync(join(tmpdir(), "dagwright-profile-"));
  let running: ChildProcess | undefined;

  async function end(): Promise<void> {
    const browser = running;
    running = undefined;
    if (browser?.pid === undefined || browser.exitCode !== null || browser.signalCode !== null) return;
    const gone = new Promise((resolve) => browser.once("exit", resolve));
    // Its renderers are in its process group.
    process.kill(-browser.pid, "SIGKILL");
    await gone;
  }

  return {
    async start(address) {
      const { executablePath, args = [] } = await findBrowser();
      const browser = spawn(
        executablePath as string,
        [
          ...args,
          "--headless=new",
          "--remote-debugging-port=0",
          `--user-data-dir=${folder}`,
          "--window-size=1280,800",
          "--lang=en-US",
          "about:blank",
        ],
        { detached: true, stdio: ["ignore", "ignore", "pipe"] },
      );
      running = browser;
      const endpoint = await endpointOf(browser);
      const connection: Browser = await chromium.connectOverCDP(endpoint);
      const context = connection.contexts()[0] ?? (await connection.newContext());
      const page = context.pages()[0] ?? (await context.newPage());
      page.setDefaultTimeout(30_000);
      await page.goto(address);
      return {
        page,
        async kill() {
          await end();
          await connection.close().catch(() => undefined);
        },
      };
    },
    async remove() {
      await end();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** Where the browser listens; it says so on its standard error. */
function endpointOf(browser: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let message = "";
    browser.stderr?.on("data", (chunk: Buffer) => {
      message += chunk.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(message);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    browser.once("exit", () => reject(new Error(`the browser ended: ${message.slice(-500)}`)));
  });
}
