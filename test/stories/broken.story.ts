import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { box, exportedText, openText, settled, story, type Story } from "./harness.ts";

const head = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: odd-}
spec:
  entrypoint: main
`;

/** Opens a text and gives the rows of the problem list, which opens by itself for a file that cannot be read in full. */
async function problemsOf(told: Story, name: string, text: string): Promise<string[]> {
  await openText(told, name, text);
  const list = told.page.getByRole("region", { name: "Problems" });
  await settled(told.page);
  const tab = told.page.getByRole("contentinfo").getByRole("button", { name: /^Problems/ });
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

story("a truncated file opens as far as it can, and says at which line it ends too early", async (told) => {
  const rows = await problemsOf(
    told,
    "cut.yaml",
    `${head}  templates:\n  - name: main\n    dag:\n      tasks:\n      - name: a\n        template: work\n  - name: work\n    container: {image: busybox, args: ["one`,
  );
  expect(rows.join("\n")).toMatch(/line 13/);
  await box(told.page, "a").waitFor();
  await told.page.getByText("Line 13 could not be read; the canvas shows what comes before it.").waitFor();
  // One fault is one problem: what is behind the fault is not reported as missing.
  expect(rows).toHaveLength(1);
  await stillWorks(told.page);
});

story("a wrong kind of value in the place of a template is named with its place, and the rest is drawn", async (told) => {
  const rows = await problemsOf(
    told,
    "kinds.yaml",
    `${head}  templates:\n  - name: main\n    dag:\n      tasks: {a: 1}\n  - just a text\n  - name: [x]\n    container: 7\n`,
  );
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.join("\n")).toMatch(/line (8|9|10|11|12)/);
  await stillWorks(told.page);
});

story("the fault of a text of which nothing can be drawn is described once, and the canvas does not contradict it", async (told) => {
  const rows = await problemsOf(
    told,
    "open.yaml",
    "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {generateName: x-\nspec: {}\n",
  );
  expect(rows).toHaveLength(1);
  const sentence = rows[0]!.split("\n")[0]!.trim();
  const canvas = told.page.getByRole("main", { name: "Canvas" });
  await canvas.getByText("This text cannot be read yet").waitFor();
  expect(await told.page.getByText(sentence).count()).toBe(1);
  expect(await canvas.getByText(/the rest is shown|No workflow/).count()).toBe(0);
});

story("a file that is no workflow says so and keeps its text", async (told) => {
  const text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {b: c}\n";
  await openText(told, "map.yaml", text);
  await told.page.getByText("No workflow in this file").waitFor();
  expect(await exportedText(told)).toBe(text);
  await stillWorks(told.page);
});

story("a bomb of aliases is refused with its place, and the page goes on", async (told) => {
  const lines = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"];
  for (let level = 1; level < 12; level++) {
    const [name, before] = [String.fromCharCode(97 + level), String.fromCharCode(96 + level)];
    lines.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`);
  }
  const rows = await problemsOf(told, "bomb.yaml", `${lines.join("\n")}\n`);
  expect(rows.join("\n")).toMatch(/alias/i);
  expect(rows.join("\n")).toMatch(/line \d+/);
  await stillWorks(told.page);
});

story("templates that call each other twice, 26 levels deep, are shown and not unrolled", async (told) => {
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  const graphs = letters.map((letter, index) => {
    const next = letters[(index + 1) % letters.length];
    return `  - name: ${letter}\n    dag:\n      tasks:\n      - {name: left, template: ${next}}\n      - {name: right, template: ${next}, dependencies: [left]}\n`;
  });
  const { page } = told;
  await openText(told, "deep.yaml", `${head.replace("main", "a")}  templates:\n${graphs.join("")}`);
  await box(page, "left").waitFor();
  await page.getByRole("button", { name: "Outline" }).first().click();
  await page.getByRole("tree", { name: "Outline" }).getByRole("treeitem").first().waitFor();
  await settled(page);
  await stillWorks(page);
});

story("a file of 50 MB is refused in words, and nothing is lost", async (told) => {
  const { page } = told;
  await openText(told, "small.yaml", `${head}  templates:\n  - {name: main, container: {image: busybox}}\n`);
  const huge = join(mkdtempSync(join(tmpdir(), "dagwright-story-")), "huge.yaml");
  writeFileSync(huge, Buffer.alloc(50 * 1024 * 1024, "- a: b\n"));
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open", exact: true }).click()]);
  await chooser.setFiles(huge);
  await page.getByText(/The text has 52,428,800 characters/).waitFor();
  await settled(page);
  await stillWorks(page);
});

story("keys that name an object's own machinery are keys like others", async (told) => {
  const text = `${head}  templates:\n  - name: main\n    __proto__: {polluted: yes}\n    dag:\n      tasks:\n      - name: constructor\n        template: __proto__\n        __proto__: {template: work}\n      - {name: toString, template: hasOwnProperty, dependencies: [constructor]}\n  - name: __proto__\n    container: {image: busybox, __proto__: {image: evil}}\n  - name: hasOwnProperty\n    container: {image: busybox}\n`;
  const { page } = told;
  await openText(told, "proto.yaml", text);
  await box(page, "constructor").click();
  await box(page, "toString").click();
  expect(await page.evaluate(() => "polluted" in {})).toBe(false);
  expect(await page.evaluate(() => "image" in {})).toBe(false);
  await settled(page);
  expect(await exportedText(told)).toBe(text);
});

story("HTML in names is shown as text and never run", async (told) => {
  const evil = "<img src=x onerror=\"document.title='run'\">";
  const text = `${head}  templates:\n  - name: main\n    dag:\n      tasks:\n      - name: ${JSON.stringify(evil)}\n        template: work\n        when: "<script>document.title='run'</script> == 1"\n  - name: work\n    metadata: {annotations: {pipelines.kubeflow.org/task_display_name: ${JSON.stringify(evil)}}}\n    container: {image: ${JSON.stringify(evil)}}\n`;
  const { page } = told;
  await openText(told, "html.yaml", text);
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
  expect(await exportedText(told)).toBe(text);
});

story("a file that is no text is refused, and the pipeline at hand stays", async (told) => {
  const { page } = told;
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open", exact: true }).click()]);
  await chooser.setFiles({ name: "picture.yaml", mimeType: "image/png", buffer: Buffer.from([137, 80, 78, 71, 0, 0, 0, 1]) });
  await page.getByRole("alert").getByText("“picture.yaml” is not a text file").waitFor();
  await box(page, "Prepare data").waitFor();
});
