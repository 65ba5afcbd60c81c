/** What all end-to-end tests of one run share: one browser, one server of the built page, and a folder for locks. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { serveFile } from "#cli/open-server.ts";
import { findBrowser } from "#test/browser/find.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where to connect to the browser. */
    browser: string;
    /** The address of the page, served without a file. */
    page: string;
    locks: string;
  }
}

/** Starts them; returns the function that ends them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [browser, page] = await Promise.all([
    findBrowser().then((options) => chromium.launchServer(options)),
    serveFile({ folder: process.env.DAGWRIGHT_PAGE ?? "dist/page" }),
  ]);
  const locks = mkdtempSync(join(tmpdir(), "dagwright-locks-"));
  project.provide("browser", browser.wsEndpoint());
  project.provide("page", page.address);
  project.provide("locks", locks);
  return async () => {
    await browser.close();
    await page.close();
    rmSync(locks, { recursive: true });
  };
}
