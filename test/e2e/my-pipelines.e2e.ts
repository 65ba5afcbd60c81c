import { strFromU8, unzipSync } from "fflate";
import type { Download } from "playwright-core";
import { expect } from "vitest";
import { box, settled, e2e } from "./harness.ts";

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

async function bytesOf(download: Download): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
