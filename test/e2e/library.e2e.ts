import type { Page } from "playwright-core";
import { expect } from "vitest";
import { openDocument } from "#compiler/document.ts";
import { field, listField, textField } from "#data/data.ts";
import { drag, type App, e2e } from "./harness.ts";

const score = `name: Score rows
description: Counts what fits.
inputs:
- {name: Rows, type: CSV}
- {name: Threshold, type: Float, default: '0.5'}
- {name: Strict, type: Boolean, optional: true}
outputs:
- {name: Kept rows, type: CSV}
implementation:
  container:
    image: example/score:1
    command: [score]
    args: [--in, {inputPath: Rows}, {concat: [--threshold=, {inputValue: Threshold}]}, {if: {cond: {isPresent: Strict}, then: [--strict, {inputValue: Strict}]}}, --out, {outputPath: Kept rows}]
`;
const load = `name: 데이터 준비
inputs:
- {name: count, type: Integer}
outputs:
- {name: Table, type: CSV}
implementation:
  container: {image: example/load:1, command: [load, {inputValue: count}, {outputPath: Table}]}
`;
const hostile = `name: "<img src=x onerror=alert(1)>"
description: "[click](javascript:alert(1)) <script>alert(1)</script>"
metadata: {annotations: {canonical_location: "javascript:alert(1)"}}
__proto__: {polluted: true}
inputs:
- {name: "<b>in</b>", type: String, default: "${"x".repeat(300_000)}"}
implementation:
  container: {image: example/x:1, command: [x, {inputValue: "<b>in</b>"}]}
`;

const file = (name: string, text: string) => ({ name, mimeType: "application/yaml", buffer: Buffer.from(text) });
const palette = (page: Page) => page.getByRole("complementary", { name: "Palette" });
const canvas = (page: Page) => page.getByRole("main", { name: "Canvas" });
const box = (page: Page, title: string) =>
  canvas(page)
    .getByRole("group", { name: new RegExp(`^${title}`) })
    .first();
const bring = (page: Page, ...files: ReturnType<typeof file>[]) => page.locator('[data-input="components"]').setInputFiles(files);
const exported = ({ page, download }: App) => download(() => page.getByRole("button", { name: "Export", exact: true }).click());

async function emptyCanvas(page: Page): Promise<void> {
  await box(page, "Train").waitFor();
  await page.getByRole("button", { name: "New", exact: true }).click();
  await page.getByText("Add a first task").waitFor();
}

e2e("components are brought in, found again after a reload by their types, and added with Enter", async (app) => {
  const { page, screenshot } = app;
  await emptyCanvas(page);
  await bring(
    page,
    file("score.yaml", score),
    file("load.yaml", load),
    file("broken.yaml", "name: a\nimplementation:\n  container: {image: a\n"),
    file("wrong.yaml", score.replace("{inputPath: Rows}", "{inputPath: Lines}")),
  );
  const report = page.getByRole("status", { name: "Import report" });
  await report.getByText("2 components added").waitFor();
  await report.getByText("wrong.yaml, line 13").waitFor();
  await report.getByText("broken.yaml, line 3").waitFor();
  await screenshot("library report");
  await report.getByRole("button", { name: "Dismiss" }).click();

  await page.reload();
  await palette(page).getByRole("button", { name: "Score rows" }).waitFor();
  await page.getByRole("searchbox", { name: "Search components" }).fill("ㄷㅇㅌ");
  expect(await palette(page).getByRole("button", { name: "Score rows" }).count()).toBe(0);
  await palette(page).getByRole("button", { name: "데이터 준비" }).press("Enter");
  await box(page, "데이터 준비").waitFor();
  await page.getByRole("searchbox", { name: "Search components" }).fill("csv float");
  await palette(page).getByRole("button", { name: "Score rows" }).press("Enter");
  await box(page, "Score rows").waitFor();
  await screenshot("library added");

  const { text } = await app.download(async () => {
    await page.getByRole("button", { name: "Export", exact: true }).click();
    await page.getByRole("button", { name: "Export anyway" }).click();
  });
  const [workflow = null] = openDocument(text).stream;
  const template = listField(field(workflow, "spec"), "templates").find((one) => textField(one, "name") === "score-rows");
  expect(textField(field(template, "container"), "image")).toBe("example/score:1");
  expect(textField(field(field(template, "metadata"), "annotations"), "pipelines.kubeflow.org/component_ref")).toMatch(
    /^\{"digest": "[0-9a-f]{64}"\}$/,
  );
});

e2e("a component is dragged from the palette, dropped as a file, and pasted", async ({ page }) => {
  await emptyCanvas(page);
  await bring(page, file("a.yaml", score), file("b.yaml", load));
  await drag(page, palette(page).getByRole("button", { name: "데이터 준비" }), { of: canvas(page), x: 40, y: 600 });
  await box(page, "데이터 준비").waitFor();
  const drop = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "whatever.txt", { type: "text/plain" }));
    return data;
  }, score);
  await page.dispatchEvent("body", "drop", { dataTransfer: drop });
  await box(page, "Score rows").waitFor();
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, load);
  await expect
    .poll(
      () =>
        canvas(page)
          .getByRole("group", { name: /^데이터 준비/ })
          .count(),
      { timeout: 10_000 },
    )
    .toBe(2);
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, "def pasted(rows: list) -> int:\n    return len(rows)\n");
  await page.getByRole("dialog").getByRole("group", { name: "Pasted" }).waitFor();
});

e2e("constants are set in controls that fit their types; a wire dropped on the canvas makes a pipeline parameter", async (app) => {
  const { page, screenshot } = app;
  await emptyCanvas(page);
  await bring(page, file("a.yaml", score));
  await box(page, "Score rows").waitFor();
  await bring(page, file("b.yaml", load));
  await box(page, "데이터 준비").waitFor();
  await box(page, "Score rows").click();
  await page.getByRole("combobox", { name: "Value of Strict" }).selectOption({ label: "Yes (True)" });
  const threshold = page.getByRole("textbox", { name: "Value of Threshold" });
  await threshold.fill("much");
  await threshold.press("Enter");
  await page.getByText("“much” is not a number").waitFor();
  await threshold.fill("0.25");
  await threshold.press("Enter");

  const port = page.getByRole("button", { name: "input count (parameter, Integer)" });
  await drag(page, port, { of: port, x: -40, y: 150 });
  await page.getByRole("option", { name: "New pipeline parameter “count”" }).click();
  await expect
    .poll(() => page.getByRole("main", { name: "Canvas" }).getByRole("button", { name: "output count (parameter, Integer)" }).count(), {
      timeout: 10_000,
    })
    .toBe(1);
  await screenshot("library constants");
  const { text } = await app.download(async () => {
    await page.getByRole("button", { name: "Export", exact: true }).click();
    await page.getByRole("button", { name: "Export anyway" }).click();
  });
  const [workflow = null] = openDocument(text).stream;
  const spec = field(workflow, "spec");
  const template = listField(spec, "templates").find((one) => textField(one, "name") === "score-rows");
  expect(listField(field(template, "container"), "args").slice(2, 5)).toEqual(["--threshold=0.25", "--strict", "True"]);
  expect(field(field(spec, "arguments"), "parameters")).toMatchObject([{ name: "count" }]);
});

e2e("a component of an opened file goes into the library, becomes a favourite, and leaves as a file", async (app) => {
  const { page, download } = app;
  await emptyCanvas(page);
  await page.getByRole("button", { name: "Passing data by value" }).click();
  await box(page, "Split amount").click();
  await page.getByRole("button", { name: "Add to library" }).click();
  const entry = palette(page).getByRole("region", { name: "Library" }).getByRole("button", { name: "Split amount" });
  await entry.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Add to favourites" }).click();
  await palette(page).getByRole("region", { name: "Favourites" }).getByRole("button", { name: "Split amount" }).waitFor();
  const { name, text } = await download(() => page.getByRole("button", { name: "Download the library as one file" }).click());
  expect(name).toBe("components.yaml");
  const [about, spec] = openDocument(text).stream;
  expect(about).toMatchObject({ kind: "DagwrightLibrary", components: [{ favourite: true, origin: "passing-by-value.yaml" }] });
  expect(spec).toMatchObject({
    name: "Split amount",
    inputs: [
      { name: "amount", type: "Integer" },
      { name: "parts", type: "Integer", default: "3", optional: true },
    ],
  });
});

e2e("a hostile component does no harm: it is text and nothing else", async (app) => {
  const { page } = app;
  await emptyCanvas(page);
  page.on("dialog", (dialog) => app.errors.push(`a dialog said ${dialog.message()}`));
  await bring(page, file("hostile.yaml", hostile));
  await canvas(page).getByText("<img src=x onerror=alert(1)>").first().waitFor();
  expect(await page.locator('img[src="x"], a[href^="javascript"], script:not([src])').count()).toBe(0);
  expect(await page.evaluate(() => "polluted" in {})).toBe(false);
  const { text } = await exported(app);
  expect(openDocument(text).diagnostics.filter(({ level }) => level === "error")).toEqual([]);
});

e2e("the examples open with one click in English and in Korean", async ({ page, address }) => {
  await emptyCanvas(page);
  await page.getByRole("button", { name: "A small training pipeline" }).click();
  await box(page, "Fit line").waitFor();
  await page.goto(`${address}?lang=ko`);
  await page.getByRole("button", { name: "새로 만들기", exact: true }).waitFor();
  await page.getByRole("button", { name: "새로 만들기", exact: true }).click();
  await page.getByRole("button", { name: "파일로 데이터 전달", exact: true }).click();
  await page
    .getByRole("main")
    .getByRole("group", { name: /^Total of basket/ })
    .first()
    .waitFor();
});
