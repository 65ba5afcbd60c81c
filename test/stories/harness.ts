/**
 * What every story stands on: the built page, served under its real Content-Security-Policy, in a real browser, in English.
 * A story fails if the page logs an error, throws, or asks another host for anything.
 */
import { mkdirSync, mkdtempSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Download, type Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { serveFile } from "#cli/open-server.ts";
import { findBrowser } from "#test/browser/find.ts";

/** An opened page and what a story may want of it. */
export interface Story {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly address: string;
  /** What the page logged as an error or threw; a story that expects one takes it out. */
  readonly faults: string[];
  /** Does something and gives the file which the page then offers for download. */
  download(act: () => Promise<unknown>): Promise<{ readonly name: string; readonly text: string }>;
  /** Keeps a picture in a temporary folder (DAGWRIGHT_SHOTS names another) and gives its path. */
  screenshot(name: string): Promise<string>;
}

export interface StoryOptions {
  /** Serves this file as `dagwright open FILE` does. */
  readonly file?: string;
  /** The window, 1280 × 800 if absent. */
  readonly width?: number;
  readonly height?: number;
  /** Keeps the first-visit example and hints away: an empty storage is what stories start from. */
  readonly hash?: string;
  readonly language?: string;
}

let browser: Promise<Browser> | undefined;
let shots: string | undefined;
afterAll(async () => {
  await (await browser)?.close();
  browser = undefined;
});

/** A browser shared by the stories of one file. */
export function theBrowser(): Promise<Browser> {
  browser ??= findBrowser().then((options) => chromium.launch(options));
  return browser;
}

/** One user story: opens the page, tells the story, and fails if the page complained on the way. */
export function story(title: string, tell: (story: Story) => Promise<void>, options: StoryOptions = {}): void {
  test(title, async () => {
    const { story: opened, close } = await open(options);
    try {
      await tell(opened);
      expect(opened.faults, "what the page complained about").toEqual([]);
    } catch (fault) {
      const shot = await opened.screenshot(`failed ${title}`).catch(() => "none");
      console.error(`picture: ${shot}\n${opened.faults.join("\n")}`);
      throw fault;
    } finally {
      await close();
    }
  });
}

/** Opens the page in a fresh browser profile on a port of its own. */
export async function open(options: StoryOptions = {}): Promise<{ story: Story; close: () => Promise<void> }> {
  const server = await serveFile({ folder: process.env.DAGWRIGHT_PAGE ?? "dist/page", file: options.file });
  const context = await (await theBrowser()).newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    locale: options.language ?? "en-US",
    acceptDownloads: true,
    permissions: ["clipboard-read", "clipboard-write"],
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  page.on("pageerror", (fault) => faults.push(fault.stack ?? fault.message));
  page.on("request", (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(server.address)) faults.push(`asked for ${request.url()}`);
  });
  const address = server.address + (options.hash ?? "");
  await page.goto(address);
  const opened: Story = {
    page,
    context,
    address,
    faults,
    download: async (act) => {
      const [download] = await Promise.all([page.waitForEvent("download"), act()]);
      return { name: download.suggestedFilename(), text: await textOf(download) };
    },
    screenshot: async (name) => {
      shots ??= process.env.DAGWRIGHT_SHOTS ?? mkdtempSync(join(tmpdir(), "dagwright-shots-"));
      mkdirSync(shots, { recursive: true });
      const path = join(shots, `${name.replace(/[^\p{L}\p{N}]+/gu, "-")}.png`);
      await page.screenshot({ path });
      return path;
    },
  };
  return {
    story: opened,
    close: async () => {
      await context.close();
      await server.close();
    },
  };
}

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), "utf8");
}
