/**
 * The basis of every end-to-end test: the built page, served under its real Content-Security-Policy, in a real browser, in English.
 * A test fails if the page logs an error, throws, or asks another host for anything.
 */
import { mkdirSync, mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Download,
  type Locator,
  type Page,
} from "playwright-core";
import { expect, inject, test } from "vitest";
import { serveFile } from "#cli/open-server.ts";
import "./global-setup.ts";

/** An opened page and helpers for it. */
export interface App {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly address: string;
  /** What the page logged as an error or threw; a test that expects one removes it. */
  readonly errors: string[];
  /** Does something and gives the file which the page then offers for download. */
  download(act: () => Promise<unknown>): Promise<{ readonly name: string; readonly text: string }>;
  /** Takes a screenshot if DAGWRIGHT_SHOTS names a folder for them; nobody would look at the others. */
  screenshot(name: string): Promise<void>;
}

export interface AppOptions {
  /** Serves this file as `dagwright open FILE` does. */
  readonly file?: string;
  /** The window, 1280 × 800 if absent. */
  readonly width?: number;
  readonly height?: number;
  /** Keeps the first-visit example and hints away: tests start from an empty storage. */
  readonly hash?: string;
  readonly language?: string;
  /** How long the test may take, in milliseconds; two minutes if absent. */
  readonly timeout?: number;
  /** Reads the clipboard. All tests share it, so these run one at a time. */
  readonly clipboard?: boolean;
  /** Needs a browser context that no other test uses, since it changes the context itself. */
  readonly ownContext?: boolean;
  /** Does not wait until the page is at rest after it was loaded. */
  readonly atOnce?: boolean;
}

let browser: Promise<Browser> | undefined;
/** The contexts of this worker that wait for their next test, by their options. */
const idleContexts = new Map<string, BrowserContext>();

/** The browser of the run, started by global-setup.ts. Each worker has contexts of its own in it. */
export function theBrowser(): Promise<Browser> {
  browser ??= chromium.connect(inject("browser"));
  return browser;
}

/** One end-to-end test: opens the page, runs the test, and fails if the page reported an error meanwhile. */
export function e2e(title: string, tell: (e2e: App) => Promise<void>, options: AppOptions = {}): void {
  test(title, { timeout: options.timeout }, async () => {
    const unlock = options.clipboard === true ? await lock("clipboard") : undefined;
    const { e2e: opened, close } = await open(options);
    let passed = false;
    try {
      await tell(opened);
      expect(opened.errors, "what the page complained about").toEqual([]);
      passed = true;
    } catch (error) {
      const folder = process.env.DAGWRIGHT_SHOTS ?? mkdtempSync(join(tmpdir(), "dagwright-shots-"));
      const shot = await takeScreenshot(opened.page, folder, `failed ${title}`).catch(() => "none");
      console.error(`screenshot: ${shot}\n${opened.errors.join("\n")}`);
      throw error;
    } finally {
      await close(passed);
      unlock?.();
    }
  });
}

/** Waits until no other test of the run has the lock; returns the function that releases it. */
async function lock(name: string): Promise<() => void> {
  const folder = join(inject("locks"), name);
  for (;;) {
    try {
      mkdirSync(folder);
      return () => rmdirSync(folder);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/**
 * Opens the page with empty storage; with a file, on a server of its own. `close` ends it; its parameter says whether the context may be
 * used again.
 */
export async function open(options: AppOptions = {}): Promise<{ e2e: App; close: (isReusable?: boolean) => Promise<void> }> {
  const server =
    options.file === undefined
      ? { address: inject("page"), entry: inject("page"), close: () => Promise.resolve() }
      : await serveFile({ folder: process.env.DAGWRIGHT_PAGE ?? "dist/page", file: options.file });
  const { context, release } = await takeContext(options);
  const page = await context.newPage();
  await page.setViewportSize({ width: options.width ?? 1280, height: options.height ?? 800 });
  await clearStorage(page, server.address);
  page.setDefaultTimeout(15_000);
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
  // The browser hands file choosers over from the first listener on, a moment after that was added: a key pressed at once would come first.
  page.on("filechooser", () => undefined);
  page.on("request", (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(server.address)) errors.push(`asked for ${request.url()}`);
  });
  const address = server.address + (options.hash ?? "");
  await page.goto(server.entry + (options.hash ?? ""));
  if (options.atOnce !== true) await settled(page);
  const opened: App = {
    page,
    context,
    address,
    errors,
    download: async (act) => {
      const [download] = await Promise.all([page.waitForEvent("download"), act()]);
      return { name: download.suggestedFilename(), text: await textOf(download) };
    },
    screenshot: async (name) => {
      const folder = process.env.DAGWRIGHT_SHOTS;
      if (folder !== undefined) await takeScreenshot(page, folder, name);
    },
  };
  return {
    e2e: opened,
    close: async (isReusable = false) => {
      await release(isReusable);
      await server.close();
    },
  };
}

/**
 * A context for one test. A context that a test has left without an error is used again, with its pages closed and its storage
 * cleared: making one costs as much as loading the page, because the browser makes a whole window for it, and a new one has no cached
 * scripts. A blank page keeps that window open between tests.
 */
async function takeContext(
  options: AppOptions,
): Promise<{ readonly context: BrowserContext; readonly release: (isReusable: boolean) => Promise<void> }> {
  const settings: BrowserContextOptions = {
    viewport: { width: 1280, height: 800 },
    locale: options.language ?? "en-US",
    acceptDownloads: true,
    permissions: options.clipboard === true ? ["clipboard-read", "clipboard-write"] : ["clipboard-write"],
    reducedMotion: "reduce",
  };
  const key = JSON.stringify(settings);
  const idle = options.ownContext === true ? undefined : idleContexts.get(key);
  if (idle) idleContexts.delete(key);
  const context = idle ?? (await (await theBrowser()).newContext(settings));
  const [blank = await context.newPage()] = context.pages();
  return {
    context,
    release: async (isReusable) => {
      if (!isReusable || options.ownContext === true || idleContexts.has(key)) return context.close();
      await Promise.all(context.pages().map(async (page) => page !== blank && page.close()));
      await context.clearCookies();
      idleContexts.set(key, context);
    },
  };
}

/** Removes everything that an earlier test left in the storage of an address. */
async function clearStorage(page: Page, address: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin: new URL(address).origin, storageTypes: "all" });
  await session.detach();
}

async function takeScreenshot(page: Page, folder: string, name: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name.replace(/[^\p{L}\p{N}]+/gu, "-")}.png`);
  await page.screenshot({ path });
  return path;
}

/** Chooses a file by the button Open and waits until its name is shown in the top bar and its pipeline on the canvas. */
export async function openText({ page }: Pick<App, "page">, name: string, text: string): Promise<void> {
  await settled(page);
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open", exact: true }).click()]);
  await chooser.setFiles({ name, mimeType: "application/yaml", buffer: Buffer.from(text) });
  await page.locator(".docname b").filter({ hasText: name }).waitFor();
  await settled(page);
}

/** Drops a file on some place of the page, as a file manager does. */
export async function dropFile({ page }: Pick<App, "page">, on: string, name: string, text: string): Promise<void> {
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
export async function pasteText({ page }: Pick<App, "page">, text: string): Promise<void> {
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
export async function exportedText({ page }: Pick<App, "page">): Promise<string> {
  const offered = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const anyway = page.getByRole("button", { name: "Export anyway" });
  const asked = await Promise.race([anyway.waitFor().then(() => true), offered.then(() => false)]);
  if (asked) await anyway.click();
  return textOf(await offered);
}

/**
 * Waits until the canvas says that it is at rest: every edit is in the text, the checks have seen it, the layout answered, the focus is
 * where it should be and every part of the page that is shown was loaded (src/ui/settled-mark.ts).
 */
export async function settled(page: Page): Promise<void> {
  await page.getByRole("main", { name: CANVAS }).and(page.locator('[data-settled="true"]')).waitFor();
}

/** The canvas landmark in each language of the page. */
const CANVAS = /^(?:Canvas|캔버스)$/;

/** Where a pointer goes: the middle of an element, a place in or beside it (CSS pixels from its corner), or a place on the page. */
export type Spot = Locator | { readonly of: Locator; readonly x: number; readonly y: number } | { readonly x: number; readonly y: number };

/**
 * Drags with the mouse, for every gesture: wires, boxes, entries of the palette, the marquee. Waits until the page and both ends are at
 * rest, makes sure that the pointer really is on them, and moves in steps. `meanwhile` runs before the button is let go.
 */
export async function drag(page: Page, from: Spot, to: Spot, meanwhile?: () => Promise<unknown>): Promise<void> {
  await settled(page);
  // Hover cards of the place where the pointer rests close when it leaves.
  await page.mouse.move(1, 1);
  await spotAtRest(to);
  const start = await spotAtRest(from);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  // Once the drag has started the page may have made room; where it ends is looked up again on the way.
  const { x, y } = await spotAtRest(to, false);
  await page.mouse.move((start.x + x) / 2, (start.y + y) / 2, { steps: 5 });
  const end = await spotAtRest(to, false);
  await page.mouse.move(end.x, end.y, { steps: 5 });
  await meanwhile?.();
  await page.mouse.up();
  await settled(page);
}

/**
 * The place of a spot on the page, once its element has the same box in two frames after one another and, with `checked`, the pointer would
 * meet that element or something inside it.
 */
async function spotAtRest(spot: Spot, checked = true): Promise<{ readonly x: number; readonly y: number }> {
  if (!("of" in spot) && "x" in spot) return spot;
  const [locator, within] = "of" in spot ? [spot.of, { x: spot.x, y: spot.y }] : [spot, undefined];
  await locator.waitFor();
  if (checked) await locator.scrollIntoViewIfNeeded();
  const found = await locator.evaluate(
    (element, { offset, isChecked }) =>
      new Promise<{ readonly x: number; readonly y: number; readonly covering?: string }>((resolve) => {
        let before: DOMRect | undefined;
        let frames = 0;
        const look = () => {
          const rect = element.getBoundingClientRect();
          const isStill =
            before !== undefined &&
            (["x", "y", "width", "height"] as const).every((side) => Math.abs(rect[side] - (before as DOMRect)[side]) < 0.5);
          before = rect;
          const at = offset ? { x: rect.x + offset.x, y: rect.y + offset.y } : { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
          const hit = document.elementFromPoint(at.x, at.y);
          const isBeside = at.x < rect.left || at.x > rect.right || at.y < rect.top || at.y > rect.bottom;
          if (isStill && (!isChecked || isBeside || element.contains(hit))) resolve(at);
          else if (frames++ > 300) resolve({ ...at, covering: isStill ? (hit?.outerHTML.slice(0, 200) ?? "nothing") : "it moves" });
          else requestAnimationFrame(look);
        };
        look();
      }),
    { offset: within, isChecked: checked },
  );
  if (found.covering !== undefined) throw new Error(`${String(locator)} cannot be reached by the pointer: ${found.covering}`);
  return found;
}

async function textOf(download: Download): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
