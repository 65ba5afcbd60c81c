/**
 * Makes the pictures of README.md from the built page: `npm run docs:pictures`. They are kept in the repository; a picture over 200 kB
 * fails. Nothing here is a check of the product, so it is no part of `npm test`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { smallPng } from "./small-png.ts";
import { box, drag, openText, setting, settled, e2e } from "../e2e/harness.ts";

const most = 200_000;

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Takes a picture of the page or a part of it and keeps it in docs. */
async function keep(page: Page, name: string, clip?: Area): Promise<void> {
  const picture = smallPng(await page.screenshot(clip ? { clip } : {}));
  expect(picture.length, `${name} in bytes`).toBeLessThanOrEqual(most);
  writeFileSync(`docs/${name}`, picture);
}

/** The part of the page around some boxes, with room around them. */
async function around(page: Page, names: readonly string[], room: number): Promise<Area> {
  const rects = await Promise.all(names.map((name) => box(page, name).boundingBox()));
  const found = rects.filter((rect) => rect !== null);
  const x = Math.min(...found.map((rect) => rect.x)) - room;
  const y = Math.min(...found.map((rect) => rect.y)) - room;
  return {
    x,
    y,
    width: Math.max(...found.map((rect) => rect.x + rect.width)) + room - x,
    height: Math.max(...found.map((rect) => rect.y + rect.height)) + room - y,
  };
}

const port = (page: Page, name: string) => page.getByRole("main", { name: "Canvas" }).getByRole("button", { name });

e2e(
  "the page with a pipeline, a loop, and the settings of a task",
  async ({ page }) => {
    await openText({ page }, "fan-out.yaml", readFileSync("examples/fan-out.yaml", "utf8"));
    for (;;) {
      const collapsed = page.getByRole("main", { name: "Canvas" }).getByRole("button", { name: /^Expand “/ });
      if ((await collapsed.count()) === 0) break;
      await collapsed.first().click();
      await settled(page);
    }
    await page.getByRole("button", { name: "Fit", exact: true }).click();
    await box(page, "Measure").click({ position: { x: 60, y: 14 } });
    await page.getByRole("navigation", { name: "Groups of settings" }).getByRole("button", { name: "Resources" }).click();
    await page.mouse.move(1, 1);
    await settled(page);
    // Boxes show all of their rows.
    expect(parseInt((await page.getByRole("button", { name: /^Zoom \d+ %/ }).textContent()) ?? "", 10)).toBeGreaterThanOrEqual(91);
    await keep(page, "screenshot.png");
  },
  { width: 1580, height: 820 },
);

e2e("tour: a component is dragged from the palette, an output is wired to an input", async ({ page }) => {
  await page.getByRole("button", { name: "New", exact: true }).click();
  await page.getByText("Add a first task").waitFor();
  await settled(page);
  const step = page
    .getByRole("complementary", { name: "Palette" })
    .getByRole("button", { name: /Container step/ })
    .first();
  await drag(page, step, { x: 420, y: 300 });
  await box(page, "container-1").waitFor();
  await setting(page, "Name").fill("prepare");
  await setting(page, "Name").press("Enter");
  await box(page, "prepare").waitFor();
  await declare(page, "output", "parameter", "count");
  await declare(page, "output", "artifact", "rows");
  await drag(page, step, { x: 720, y: 300 });
  await box(page, "container-1").waitFor();
  await step.hover();
  await settled(page);
  await keep(page, "tour/drag.png", { x: 0, y: 0, width: 964, height: 560 });
  await setting(page, "Name").fill("train");
  await setting(page, "Name").press("Enter");
  await box(page, "train").waitFor();
  await declare(page, "input", "parameter", "epochs");
  await declare(page, "input", "artifact", "data");
  await settled(page);
  await drag(page, port(page, "output rows (artifact)"), port(page, "input data (artifact)"), async () =>
    keep(page, "tour/connect.png", await around(page, ["prepare", "train"], 48)),
  );
});

e2e("tour: the changed line before the export", async ({ page }) => {
  await box(page, "Train").click();
  await page.getByRole("button", { name: "Dismiss" }).click();
  await setting(page, "CPU limit").fill("6");
  await setting(page, "CPU limit").press("Enter");
  await settled(page);
  await page.getByRole("button", { name: "1 line changed" }).click();
  await page.getByRole("dialog", { name: "Changed lines" }).waitFor();
  await keep(page, "tour/export.png", { x: 0, y: 0, width: 1280, height: 560 });
});

async function declare(page: Page, direction: "input" | "output", kind: "parameter" | "artifact", name: string): Promise<void> {
  const panel = page.getByRole("complementary", { name: "Inspector" });
  await panel.getByRole("combobox", { name: `Add ${direction}`, exact: true }).selectOption(kind);
  const text = panel.getByRole("textbox", { name: `Add ${direction}`, exact: true });
  await text.fill(name);
  await text.press("Enter");
  await panel.getByRole("textbox", { name: new RegExp(`${direction} ${name}`) }).waitFor();
}
