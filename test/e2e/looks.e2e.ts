import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { box, openText, pasteText, settled, e2e } from "./harness.ts";

const example = readFileSync("examples/train-and-score.yaml", "utf8");

/** Left edges and widths of all buttons of the bar above. */
function bar(page: Page): Promise<Record<string, readonly number[]>> {
  return page
    .locator("header.top")
    .getByRole("button")
    .evaluateAll((buttons) =>
      Object.fromEntries(
        buttons
          .filter((one) => !one.classList.contains("chip"))
          .map((one) => {
            const { left, width } = one.getBoundingClientRect();
            // The check state is named by what it found, the document by its own name.
            const message = one.closest(".docname") ? "document" : (one.ariaLabel ?? one.textContent ?? "");
            return [one.classList.contains("check") ? "check" : message, [Math.round(left), Math.round(width)]];
          }),
      ),
    );
}

for (const width of [1024, 1280, 1440])
  e2e(
    `no button of the bar moves by what the bar says, ${width} px wide`,
    async ({ page }) => {
      await box(page, "Train").waitFor();
      const before = await bar(page);
      expect(Object.keys(before).length).toBeGreaterThanOrEqual(9);
      await box(page, "Train").click();
      await page.keyboard.press("Delete");
      // While it saves, and when it has saved.
      expect(await bar(page)).toEqual(before);
      await settled(page);
      await page.locator(".docname").getByText("Saved").waitFor();
      expect(await bar(page)).toEqual(before);
      await openText({ page }, `${"a-rather-long-name-of-a-pipeline-".repeat(3)}.yaml`, example.replace("image:", "imag:"));
      expect(await bar(page)).toEqual(before);
      await openText({ page }, "x.yaml", example);
      expect(await bar(page)).toEqual(before);
    },
    { width },
  );

/** The smallest text in the boxes of the canvas, in pixels on the screen, and what it says. */
function smallestText(page: Page): Promise<{ readonly px: number; readonly text: string }> {
  return page.getByRole("application").evaluate((canvas) => {
    const first = canvas.querySelector<HTMLElement>("[data-box]")!;
    const zoom = first.getBoundingClientRect().width / first.offsetWidth;
    let smallest = { px: Infinity, text: "" };
    for (const one of canvas.querySelectorAll<HTMLElement>("[data-box] *")) {
      const text = [...one.childNodes]
        .filter((node) => node.nodeType === 3)
        .map((node) => node.textContent)
        .join("")
        .trim();
      if (text === "" || !one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const px = parseFloat(getComputedStyle(one).fontSize) * zoom;
      if (px < smallest.px) smallest = { px, text };
    }
    return smallest;
  });
}

/** A chain of tasks with a value from one to the next. */
function chain(count: number): string {
  const tasks = Array.from({ length: count }, (_, i) =>
    i === 0
      ? "          - {name: t0, template: step, arguments: {parameters: [{name: in, value: a}]}}"
      : `          - {name: t${i}, template: step, arguments: {parameters: [{name: in, value: "{{tasks.t${i - 1}.outputs.parameters.out}}"}]}}`,
  );
  return `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: chain-}
spec:
  entrypoint: main
  templates:
    - name: main
      dag:
        tasks:
${tasks.join("\n")}
    - name: step
      inputs: {parameters: [{name: in}]}
      outputs: {parameters: [{name: out, valueFrom: {path: /tmp/out}}]}
      container: {image: "alpine:3"}
`;
}

e2e("a pipeline of any length opens with no text under 10 px, and its names are edited at 13 px", async ({ page }) => {
  await box(page, "Train").waitFor();
  expect((await smallestText(page)).px).toBeGreaterThanOrEqual(10);
  for (const count of [1, 3, 4, 6, 12]) {
    await openText({ page }, `chain-${count}.yaml`, chain(count));
    await box(page, "t0").waitFor();
    const smallest = await smallestText(page);
    expect(smallest.px, `${count} tasks: “${smallest.text}”`).toBeGreaterThanOrEqual(10);
    expect(await page.getByRole("button", { name: /^Zoom \d+ %/ }).textContent()).not.toMatch(/^1[1-9]\d%|^[2-9]\d\d%/);
  }
  await box(page, "t0").click();
  for (const zoomOut of [0, 4, 10]) {
    for (let i = 0; i < zoomOut; i++) await page.keyboard.press("-");
    await page.keyboard.press("F2");
    const field = page.getByRole("textbox", { name: "New name of “t0”" });
    await field.waitFor();
    const size = await field.evaluate(
      (input: HTMLInputElement) => (parseFloat(getComputedStyle(input).fontSize) * input.getBoundingClientRect().width) / input.offsetWidth,
    );
    expect(size).toBeCloseTo(13, 0);
    await page.keyboard.press("Escape");
    await field.waitFor({ state: "detached" });
  }
  // 100 % keeps the focused box in view.
  await page.keyboard.press("0");
  await page.getByRole("button", { name: /^Zoom 100 %/ }).waitFor();
  const at = await box(page, "t0").boundingBox();
  const canvas = await page.getByRole("application").boundingBox();
  expect(at!.x).toBeGreaterThanOrEqual(canvas!.x);
  expect(at!.x + at!.width).toBeLessThanOrEqual(canvas!.x + canvas!.width);
});

e2e("new and pasted pipelines are shown at 100 % at most, whatever the view was before", async ({ page }) => {
  const zoom = page.getByRole("button", { name: /^Zoom \d+ %/ });
  const percent = async () => parseInt((await zoom.textContent()) ?? "", 10);
  await box(page, "Train").click();
  for (let i = 0; i < 8; i++) await page.keyboard.press("+");
  expect(await percent()).toBeGreaterThan(150);
  await page.getByRole("button", { name: "New", exact: true }).click();
  await page.getByRole("button", { name: "Run a container" }).click();
  await box(page, "container-1").waitFor();
  await settled(page);
  expect(await percent()).toBe(100);
  await box(page, "container-1").click();
  for (let i = 0; i < 8; i++) await page.keyboard.press("+");
  await pasteText({ page }, chain(2));
  await box(page, "t0").waitFor();
  await settled(page);
  expect(await percent()).toBeLessThanOrEqual(100);
  const at = await box(page, "t0").boundingBox();
  expect(at!.x).toBeGreaterThan(0);
});

/** Pairs of parts that float over the canvas and cover one another, and parts that reach out of it. */
function overlaps(page: Page): Promise<readonly string[]> {
  return page.locator("main").evaluate((main) => {
    const canvas = main.getBoundingClientRect();
    const selectors = [".hints", ".banner", "[data-tray]", "[class*='minimap_'], [class*='_minimap']", "[class*='zoomer']"];
    const parts = selectors.flatMap((selector) => {
      const part = main.querySelector(selector);
      return part?.checkVisibility() ? [{ selector, box: part.getBoundingClientRect() }] : [];
    });
    const outside = parts.filter(
      ({ box }) => box.left < canvas.left - 1 || box.right > canvas.right + 1 || box.top < canvas.top - 1 || box.bottom > canvas.bottom + 1,
    );
    const covered = parts.flatMap((a, index) =>
      parts
        .slice(index + 1)
        .filter((b) => a.box.left < b.box.right && b.box.left < a.box.right && a.box.top < b.box.bottom && b.box.top < a.box.bottom)
        .map((b) => `${a.selector} and ${b.selector}`),
    );
    return [...outside.map(({ selector }) => `${selector} out of the canvas`), ...covered, ...(parts.length < 2 ? ["too few parts"] : [])];
  });
}

/** Texts and buttons of an element that reach out of it at the left or right, where they are cut. */
function cutOff(page: Page, selector: string): Promise<readonly string[]> {
  return page.locator(selector).evaluate((area) => {
    const { left, right } = area.getBoundingClientRect();
    return [...area.querySelectorAll("h2, p, button, li")]
      .filter((one) => one.getBoundingClientRect().left < left - 1 || one.getBoundingClientRect().right > right + 1)
      .map((one) => one.textContent ?? "");
  });
}

const partly = `${example}  - name: never-called
    container: {image: "alpine:3", args: [a]
`;

for (const width of [320, 768, 1024, 1440])
  e2e(
    `nothing over the canvas covers another part or is cut off, ${width} px wide`,
    async ({ page }) => {
      const isWide = width > 640;
      await box(page, "Train").waitFor({ state: "attached" });
      expect(await overlaps(page)).toEqual([]);
      if (isWide) {
        // The tabs of the inspector are in one row.
        await box(page, "Train").click({ position: { x: 20, y: 10 } });
        const tabs = page.getByRole("navigation", { name: "Groups of settings" }).getByRole("button");
        await tabs.getByText("Resources").click();
        const bottoms = await tabs.evaluateAll((all) => all.map((tab) => Math.round(tab.getBoundingClientRect().bottom)));
        expect(bottoms.length).toBe(7);
        expect(new Set(bottoms).size).toBe(1);
        if (width > 1000) {
          // Nothing in an empty field is cut. In a narrower window this task is out of view.
          await box(page, "Report").click({ position: { x: 20, y: 10 } });
          const request = page.getByRole("complementary", { name: "Inspector" }).getByLabel("CPU request", { exact: true });
          const room = await request.evaluate((field: HTMLInputElement) => {
            const text = document.createElement("span");
            text.style.cssText = "position: absolute; white-space: pre";
            text.style.font = getComputedStyle(field, "::placeholder").font;
            text.textContent = field.placeholder;
            document.body.append(text);
            const { width } = text.getBoundingClientRect();
            text.remove();
            return { placeholder: field.placeholder, spare: field.clientWidth - width };
          });
          expect(room.placeholder).toBe("not set");
          expect(room.spare).toBeGreaterThanOrEqual(0);
        }
        await page.getByRole("button", { name: "YAML", exact: true }).click();
        await page.getByRole("complementary", { name: "YAML" }).waitFor();
        if (width > 1000) expect(await overlaps(page)).toEqual([]);
        await page.getByRole("button", { name: "YAML", exact: true }).click();
      }
      await openText({ page }, "partly.yaml", partly);
      await page.locator(".banner").waitFor();
      expect(await overlaps(page)).toEqual([]);
      await page.getByRole("button", { name: "New", exact: true }).click();
      await page.getByText("Add a first task").waitFor();
      expect(await cutOff(page, ".blank")).toEqual([]);
    },
    { width },
  );
