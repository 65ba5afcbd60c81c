import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { box, openText, settled, e2e } from "./harness.ts";

/** A pipeline with an error, a warning, several inputs and a task of each usual kind. */
const workflow = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: check-}
spec:
  entrypoint: main
  arguments: {parameters: [{name: rows, value: "100"}]}
  templates:
  - name: main
    dag:
      tasks:
      - {name: load, template: work, arguments: {parameters: [{name: n, value: "{{workflow.parameters.rows}}"}]}}
      - {name: train, template: work, depends: load, arguments: {parameters: [{name: n, value: "{{tasks.nobody.outputs.result}}"}]}}
      - {name: notify, template: call, depends: train, when: "{{workflow.parameters.rows}} > 1"}
  - name: work
    inputs: {parameters: [{name: n}]}
    container: {image: "europe-west4-docker.pkg.dev/company/training/pytorch:2.4.1", env: [{name: MODE, value: fast}], resources: {limits: {cpu: 2}}}
  - name: call
    http: {url: "https://example.com/hook"}
`;

/**
 * What axe finds, with the rule that compares the accessible name with the visible text, which is off by default. With `coloursOnly`
 * just what depends on colours is looked at.
 */
async function violations(page: Page, coloursOnly = false): Promise<readonly string[]> {
  if (await page.evaluate(() => !("axe" in window))) {
    const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    await page.evaluate(axe);
  }
  return page.evaluate(async (isColoursOnly) => {
    interface Axe {
      run(
        on: Document,
        options: object,
      ): Promise<{ violations: readonly { id: string; nodes: readonly { html: string; failureSummary?: string }[] }[] }>;
    }
    const found = await (globalThis as unknown as { axe: Axe }).axe.run(document, {
      ...(isColoursOnly
        ? { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } }
        : { rules: { "label-content-name-mismatch": { enabled: true }, "target-size": { enabled: true } } }),
    });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
  }, coloursOnly);
}

const words = {
  en: { canvas: "Canvas", problems: /^Problems/, yaml: "YAML", add: "Add variable", run: "Export", new: "New", example: "Train" },
  ko: { canvas: "캔버스", problems: /^문제/, yaml: "YAML", add: "변수 추가", run: "내보내기", new: "새로 만들기", example: "Train" },
} as const;

for (const language of ["en", "ko"] as const) {
  const message = words[language];
  e2e(
    `axe finds nothing on the main screens, light and dark, ${language}`,
    async ({ page, screenshot }) => {
      const canvas = page.getByRole("main", { name: message.canvas });
      const clean = async (screen: string) => {
        expect(await violations(page), `${screen}, light`).toEqual([]);
        await screenshot(`accessible ${screen} light ${language}`);
        // The dark theme has the same elements in other colours.
        await page.emulateMedia({ colorScheme: "dark" });
        await page.locator('html[data-theme="dark"]').waitFor();
        expect(await violations(page, true), `${screen}, dark`).toEqual([]);
        await screenshot(`accessible ${screen} dark ${language}`);
        await page.emulateMedia({ colorScheme: "light" });
        await page.locator('html[data-theme="light"]').waitFor();
      };
      await canvas.getByRole("group", { name: message.example, exact: true }).waitFor();
      await clean("example");

      const chooser = page.waitForEvent("filechooser");
      await page.keyboard.press("Control+o");
      await (await chooser).setFiles({ name: "check.yaml", mimeType: "application/yaml", buffer: Buffer.from(workflow) });
      await canvas.getByRole("group", { name: "train", exact: true }).click();
      await page.getByRole("button", { name: message.add, exact: true }).click();
      await page.keyboard.type("LEVEL");
      await page.keyboard.press("Enter");
      await page.getByRole("contentinfo").getByRole("button", { name: message.problems }).click();
      await page.locator("#problems").getByRole("listitem").first().waitFor();
      await settled(page);
      await clean("task and problems");

      await page.getByRole("contentinfo").getByRole("button", { name: message.yaml, exact: true }).click();
      await page.getByRole("complementary", { name: "YAML" }).getByRole("document").waitFor();
      await clean("YAML");

      await page.getByRole("button", { name: message.run, exact: true }).click();
      await page.getByRole("dialog").waitFor();
      await clean("export question");
      await page.keyboard.press("Escape");

      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").getByRole("combobox").waitFor();
      await clean("command palette");
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });

      await page.keyboard.press("Control+/");
      await page.getByRole("dialog").waitFor();
      await clean("shortcuts");
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });

      await page.getByRole("button", { name: message.new, exact: true }).click();
      await canvas.getByRole("heading").first().waitFor();
      await settled(page);
      await clean("empty pipeline");
    },
    { language: language === "ko" ? "ko-KR" : "en-US" },
  );
}

e2e("Tab comes to the skip links first; they show themselves and lead to the canvas and to the problems", async ({ page }) => {
  await box(page, "Train").waitFor();
  const toCanvas = page.getByRole("link", { name: "To the canvas" });
  await toCanvas.focus();
  expect(await toCanvas.evaluate((link) => link.getBoundingClientRect().top)).toBeGreaterThanOrEqual(0);
  expect(await page.evaluate(() => document.querySelector("a, button, input, [tabindex='0']")?.textContent)).toBe("To the canvas");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.closest("#canvas") !== null)).toBe(true);

  const toProblems = page.getByRole("link", { name: "To the problems" });
  await toProblems.focus();
  expect(await toProblems.evaluate((link) => link.getBoundingClientRect().top)).toBeGreaterThanOrEqual(0);
  await page.keyboard.press("Enter");
  await page.locator("#problems:focus").waitFor();
});

e2e(
  "320 px wide nothing scrolls sideways, and every command and panel is within reach",
  async ({ page, screenshot }) => {
    const width = () => page.evaluate(() => document.scrollingElement?.scrollWidth);
    /** Whether all of an element can be seen and is not covered. */
    const isInReach = async (name: string) => {
      const button = page.getByRole("button", { name, exact: true });
      const at = await button.boundingBox();
      if (!at || at.x < 0 || at.x + at.width > 320 || at.y < 0 || at.y + at.height > 640) return false;
      return button.evaluate((element, { x, y }) => element.contains(document.elementFromPoint(x, y)), {
        x: at.x + at.width / 2,
        y: at.y + at.height / 2,
      });
    };
    await settled(page);
    await screenshot("narrow example");
    expect(await width()).toBe(320);
    for (const name of ["New", "Open", "Export", "Copy YAML", "Undo", "Redo", "Arrange", "Command palette", "Palette", "Inspector"])
      expect(await isInReach(name), name).toBe(true);

    await openText({ page }, "check.yaml", workflow);
    expect(await width()).toBe(320);
    await page.getByRole("button", { name: "Inspector", exact: true }).click();
    const inspector = page.getByRole("complementary", { name: "Inspector" });
    await inspector.getByLabel("Pipeline name").fill("narrow");
    await screenshot("narrow inspector");
    const panel = await inspector.boundingBox();
    expect(panel && panel.x >= 0 && panel.x + panel.width <= 320).toBe(true);
    expect(await width()).toBe(320);
    await inspector.getByRole("button", { name: "Collapse" }).click();

    await page.getByRole("button", { name: "Palette", exact: true }).click();
    const palette = page.getByRole("complementary", { name: "Palette" });
    await palette.getByRole("searchbox").first().waitFor();
    await screenshot("narrow palette");
    expect(await width()).toBe(320);
    await palette.getByRole("button", { name: "Collapse" }).click();

    await page
      .getByRole("contentinfo")
      .getByRole("button", { name: /^Problems/ })
      .click();
    await page.locator("#problems").getByRole("listitem").first().waitFor();
    await screenshot("narrow problems");
    expect(await width()).toBe(320);
    await page
      .getByRole("contentinfo")
      .getByRole("button", { name: /^Problems/ })
      .click();

    await page.getByRole("contentinfo").getByRole("button", { name: "YAML", exact: true }).click();
    await page.getByRole("complementary", { name: "YAML" }).waitFor();
    await screenshot("narrow YAML");
    expect(await width()).toBe(320);
    await page.getByRole("complementary", { name: "YAML" }).getByRole("button", { name: "Close" }).click();
    await inspector.getByRole("button", { name: "Collapse" }).click();

    await page.getByRole("button", { name: "Command palette", exact: true }).click();
    await page.getByRole("dialog").getByRole("combobox").waitFor();
    await screenshot("narrow commands");
    expect(await width()).toBe(320);
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "New", exact: true }).click();
    await page.getByText("Add a first task").waitFor();
    await screenshot("narrow empty");
    expect(await width()).toBe(320);
    expect(await isInReach("Export")).toBe(true);
  },
  { width: 320, height: 640 },
);
