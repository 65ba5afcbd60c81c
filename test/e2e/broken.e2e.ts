import type { Page } from "playwright-core";
import { expect } from "vitest";
import { box, exportedText, openText, settled, e2e, type App } from "./harness.ts";

const head = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: odd-}
spec:
  entrypoint: main
`;

/** Opens a text and gives the rows of the problem list, which opens by itself for a file that cannot be read in full. */
async function problemsOf(app: App, name: string, text: string): Promise<string[]> {
  await openText(app, name, text);
  const list = app.page.getByRole("region", { name: "Problems" });
  await settled(app.page);
  const tab = app.page.getByRole("contentinfo").getByRole("button", { name: /^Problems/ });
  if ((await tab.getAttribute("aria-pressed")) === "false") await tab.click();
  await list.getByRole("listitem").first().waitFor();
  return list.getByRole("listitem").allInnerTexts();
}

/** The page still does what it is asked. */
async function stillWorks(page: Page): Promise<void> {
  await page.getByRole("button", { name: "New", exact: true }).click();
  await page.getByRole("button", { name: "Run a container" }).click();
  await box(page, "container-1").waitFor();
}

e2e("a truncated file opens as far as it can, and says at which line it ends too early", async (app) => {
  const rows = await problemsOf(
    app,
    "cut.yaml",
    `${head}  templates:\n  - name: main\n    dag:\n      tasks:\n      - name: a\n        template: work\n  - name: work\n    container: {image: busybox, args: ["one`,
  );
  expect(rows.join("\n")).toMatch(/line 13/);
  await box(app.page, "a").waitFor();
  await app.page.getByText("Line 13 could not be read; the canvas shows what comes before it.").waitFor();
  // One error is one problem: what comes after it is not reported as missing.
  expect(rows).toHaveLength(1);
  await stillWorks(app.page);
});

e2e("keys that name an object's own machinery are keys like others; HTML in names is shown as text and never run", async (app) => {
  const text = `${head}  templates:\n  - name: main\n    __proto__: {polluted: yes}\n    dag:\n      tasks:\n      - name: constructor\n        template: __proto__\n        __proto__: {template: work}\n      - {name: toString, template: hasOwnProperty, dependencies: [constructor]}\n  - name: __proto__\n    container: {image: busybox, __proto__: {image: evil}}\n  - name: hasOwnProperty\n    container: {image: busybox}\n`;
  const { page } = app;
  await openText(app, "proto.yaml", text);
  await box(page, "constructor").click();
  await box(page, "toString").click();
  expect(await page.evaluate(() => "polluted" in {})).toBe(false);
  expect(await page.evaluate(() => "image" in {})).toBe(false);
  await settled(page);
  expect(await exportedText(app)).toBe(text);

  const evil = "<img src=x onerror=\"document.title='run'\">";
  const html = `${head}  templates:\n  - name: main\n    dag:\n      tasks:\n      - name: ${JSON.stringify(evil)}\n        template: work\n        when: "<script>document.title='run'</script> == 1"\n  - name: work\n    metadata: {annotations: {pipelines.kubeflow.org/task_display_name: ${JSON.stringify(evil)}}}\n    container: {image: ${JSON.stringify(evil)}}\n`;
  await openText(app, "html.yaml", html);
  const task = page.getByRole("main", { name: "Canvas" }).locator("[data-box]").filter({ hasText: "onerror" }).first();
  await task.click();
  await page.getByRole("contentinfo").getByRole("button", { name: "YAML" }).click();
  await page
    .getByRole("contentinfo")
    .getByRole("button", { name: /^Problems/ })
    .click();
  await page.getByRole("button", { name: "Outline" }).first().click();
  await settled(page);
  expect(await page.title()).toContain("html.yaml");
  expect(await page.locator("img").count()).toBe(0);
  expect(await exportedText(app)).toBe(html);
});
