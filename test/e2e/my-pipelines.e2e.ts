import { strFromU8, unzipSync } from "fflate";
import type { Download } from "playwright-core";
import { expect } from "vitest";
import { box, openText, settled, e2e } from "./harness.ts";

e2e("two pipelines are made, renamed, duplicated, deleted, brought back and taken home as one zip", async ({ page, screenshot }) => {
  const name = page.locator(".docname b");
  const dialog = page.getByRole("dialog", { name: "My pipelines" });
  const rows = dialog.getByRole("listitem");
  const make = async (expected: string) => {
    await page.getByRole("button", { name: "New", exact: true }).click();
    await name.filter({ hasText: expected }).waitFor();
    await settled(page);
    await page.getByRole("complementary", { name: "Palette" }).getByRole("button", { name: "Container step" }).press("Enter");
    await box(page, "container-1").waitFor();
    await settled(page);
  };
  await make("pipeline.yaml");
  await make("pipeline-2.yaml");

  // In place: the file and the pipeline's title are one.
  await name.dblclick();
  await page.getByRole("textbox", { name: "Name of the pipeline" }).fill("nightly");
  await page.keyboard.press("Enter");
  await name.filter({ hasText: "nightly.yaml" }).waitFor();
  await settled(page);

  await name.click();
  await dialog.waitFor();
  await expect.poll(() => rows.count()).toBe(2);
  expect(await rows.first().innerText()).toMatch(/nightly\.yaml\s+1 task · now · not exported · open/);
  expect(await dialog.locator(".pipeline-picture rect").count()).toBeGreaterThanOrEqual(2);
  await dialog.getByRole("button", { name: "Duplicate nightly.yaml" }).click();
  await dialog.getByRole("button", { name: "nightly-2.yaml", exact: true }).waitFor();
  await screenshot("my pipelines");

  await dialog.getByRole("button", { name: "Delete nightly.yaml" }).click();
  await dialog.getByText("“nightly.yaml” was deleted.").waitFor();
  await expect.poll(() => rows.count()).toBe(2);
  await dialog.getByRole("button", { name: "Bring back" }).click();
  await expect.poll(() => rows.count()).toBe(3);

  const offered = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Export all (zip)" }).click();
  const download = await offered;
  expect(download.suggestedFilename()).toBe("pipelines.zip");
  const files = unzipSync(await bytesOf(download));
  expect(Object.keys(files).sort()).toEqual(["nightly-2.yaml", "nightly.yaml", "pipeline.yaml"]);
  expect(strFromU8(files["nightly.yaml"] ?? new Uint8Array())).toContain('{"name": "nightly"}');
  await dialog.getByText("3 pipelines exported").waitFor();

  await dialog.getByRole("searchbox", { name: "Search pipelines" }).fill("pipeline");
  await expect.poll(() => rows.count()).toBe(1);
  await dialog.getByRole("button", { name: "pipeline.yaml", exact: true }).click();
  await name.filter({ hasText: "pipeline.yaml" }).waitFor();
  await box(page, "container-1").waitFor();
});

e2e("a pipeline that another tab edits is renamed there, and deleted without loss", async (app) => {
  const { page, context, address, screenshot } = app;
  await openText(app, "mine.yaml", text);
  await box(page, "a").click();
  await page.keyboard.press("Control+d");
  await box(page, "a-2").waitFor();
  const second = await context.newPage();
  await second.goto(address);
  await settled(second);
  await openText({ page: second }, "other.yaml", text);
  const dialog = second.getByRole("dialog", { name: "My pipelines" });
  await second.keyboard.press("Control+Shift+O");
  await dialog.getByRole("button", { name: "mine.yaml", exact: true }).focus();
  await second.keyboard.press("F2");
  await second.keyboard.type("weekly");
  await second.keyboard.press("Enter");
  await page.locator(".docname b").filter({ hasText: "weekly.yaml" }).waitFor();
  await dialog.getByRole("button", { name: "weekly.yaml", exact: true }).waitFor();
  await second.keyboard.press("Delete");
  await dialog.getByRole("button", { name: "weekly.yaml", exact: true }).waitFor({ state: "detached" });
  const notice = page.getByText("This pipeline was deleted in another tab. It is no longer saved.");
  await notice.waitFor();
  await screenshot("deleted in another tab");
  await second.keyboard.press("Escape");
  await second.getByRole("button", { name: "Bring back" }).click();
  await notice.waitFor({ state: "detached" });
  await box(page, "a-2").click();
  await page.keyboard.press("Delete");
  await box(page, "a-2").waitFor({ state: "detached" });
  await page.getByRole("status").getByText("Saved", { exact: true }).waitFor();
});

const text = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: mine-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag: {tasks: [{name: a, template: work}]}
  - name: work
    container: {image: alpine:3.20}
`;

async function bytesOf(download: Download): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
