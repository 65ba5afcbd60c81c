import { expect } from "vitest";
import type { Page } from "playwright-core";
import { box, e2e } from "./harness.ts";

/** Parts that are fetched on demand, by the name of their file, and what asks for them. */
const parts: readonly { readonly chunk: RegExp; readonly ask?: (page: Page) => Promise<unknown>; readonly reloads?: true }[] = [
  { chunk: /\/palette-/, reloads: true },
  { chunk: /\/inspector-/ },
  { chunk: /\/yaml-pane-/, ask: (page) => page.getByRole("contentinfo").getByRole("button", { name: "YAML" }).click() },
  {
    chunk: /\/problems-/,
    ask: (page) =>
      page
        .getByRole("contentinfo")
        .getByRole("button", { name: /Problems/ })
        .click(),
  },
  {
    chunk: /\/outline-/,
    ask: (page) => page.getByRole("complementary", { name: "Palette" }).getByRole("button", { name: "Outline" }).click(),
  },
  { chunk: /\/dialogs-/, ask: (page) => page.keyboard.press("?") },
  { chunk: /\/canvas-menu-/, ask: (page) => box(page, "Train").click({ button: "right" }) },
  {
    chunk: /\/editing-/,
    ask: async (page) => {
      await box(page, "Train").click();
      await page.keyboard.press("Delete");
    },
  },
  { chunk: /\/document-worker-/, reloads: true },
  // What reads the storage (idb): without it the example is shown, with the notice.
  { chunk: /\/build-/, reloads: true },
];

e2e(
  "a part that the server no longer has gives a message and a button to reload, and the canvas stays",
  async ({ page, address, errors }) => {
    let blocked: RegExp | undefined;
    let hits = 0;
    await page.route("**/assets/**", (route) => {
      if (!blocked?.test(route.request().url())) return route.continue();
      hits += 1;
      return route.abort();
    });
    for (const { chunk, ask, reloads } of parts) {
      blocked = undefined;
      await page.goto("about:blank");
      blocked = chunk;
      hits = 0;
      await page.goto(address);
      const needsDocument = !chunk.source.includes("document-worker");
      if (needsDocument) await box(page, "Train").waitFor();
      await ask?.(page);
      const notice = page.getByRole("alert").filter({ hasText: "A part of Dagwright could not be loaded." });
      await notice.waitFor();
      expect([chunk.source, hits > 0], "the part is still a file of its own").toEqual([chunk.source, true]);
      if (needsDocument) expect(await box(page, "Train").isVisible()).toBe(true);
      expect(await page.getByText(/^Opening/).count()).toBe(0);
      expect(await page.getByText("Something went wrong on this page").count()).toBe(0);
      const reload = notice.getByRole("button", { name: "Reload page" });
      // The button is the same for all parts: pressed for one that is asked for with the page, and for the worker.
      if (reloads === undefined) {
        expect([chunk.source, await reload.isEnabled()]).toEqual([chunk.source, true]);
        continue;
      }
      // The server has it again.
      blocked = undefined;
      await Promise.all([page.waitForEvent("load"), reload.click()]);
      await box(page, "Train").waitFor();
      expect(await notice.count()).toBe(0);
    }
    // The browser itself tells about each file that it did not get.
    const others = errors.filter((error) => !/Failed to load resource|net::ERR_FAILED/.test(error));
    errors.length = 0;
    expect(others).toEqual([]);
  },
);
