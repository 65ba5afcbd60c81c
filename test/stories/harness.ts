/**
 * What every story stands on: the built page, served under its real Content-Security-Policy, in a real browser, in English.
 * A story fails if the page logs an error, throws, or asks another host for anything.
 */
import { mkdirSync, mkdtempSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Download, type Locator, type Page } from "playwright-core";
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
  const context = await (
    await theBrowser()
  ).newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    locale: options.language ?? "en-US",
    acceptDownloads: true,
    permissions: ["clipboard-read", "clipboard-write"],
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
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

/** Chooses a file by the button Open and waits until its name stands above. */
export async function openText({ page }: Pick<Story, "page">, name: string, text: string): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open", exact: true }).click()]);
  await chooser.setFiles({ name, mimeType: "application/yaml", buffer: Buffer.from(text) });
  await page.locator(".docname b").filter({ hasText: name }).waitFor();
}

/** Drops a file on some place of the page, as a file manager does. */
export async function dropFile({ page }: Pick<Story, "page">, on: string, name: string, text: string): Promise<void> {
  const files = await page.evaluateHandle(
    ([named, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content as string], named as string, { type: "application/yaml" }));
      return data;
    },
    [name, text],
  );
  await page.dispatchEvent(on, "dragover", { dataTransfer: files });
  await page.dispatchEvent(on, "drop", { dataTransfer: files });
}

/** Pastes text where the focus is, through the clipboard's own event. */
export async function pasteText({ page }: Pick<Story, "page">, text: string): Promise<void> {
  await page.evaluate((content) => {
    const data = new DataTransfer();
    data.setData("text/plain", content);
    (document.activeElement ?? document.body).dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
}

/** The box of a task on the canvas. */
export function box(page: Page, name: string): Locator {
  return page.getByRole("main", { name: "Canvas" }).getByRole("group", { name, exact: true });
}

/** A field of the inspector by its usual name. */
export function setting(page: Page, name: string): Locator {
  return page.getByRole("complementary", { name: "Inspector" }).getByLabel(name, { exact: true });
}

/** The text at the moment, as Export gives it; a question about open problems is answered with yes. */
export async function exportedText({ page }: Pick<Story, "page">): Promise<string> {
  const offered = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const anyway = page.getByRole("button", { name: "Export anyway" });
  const asked = await Promise.race([anyway.waitFor().then(() => true), offered.then(() => false)]);
  if (asked) await anyway.click();
  return textOf(await offered);
}

/** Waits until every edit stands in the text and the checks have seen it. */
export async function settled(page: Page): Promise<void> {
  await page.locator('.check[aria-busy="false"]').waitFor();
}

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), "utf8");
}
