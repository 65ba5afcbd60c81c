import { expect } from "vitest";
import { box, exportedText, openText, setting, settled, e2e } from "./harness.ts";
import { nested as text } from "#test/fixtures/pipelines.ts";

e2e("groups are entered one inside the other, and the path leads out again", async (app) => {
  const { page } = app;
  await openText(app, "nested.yaml", text);
  await box(page, "outer").dblclick();
  await box(page, "inner").dblclick();
  await box(page, "bottom").click();
  await setting(page, "Image").fill("busybox:2");
  await setting(page, "Image").press("Enter");
  await page.getByRole("button", { name: "1 line changed" }).waitFor();
  const path = page.getByRole("navigation", { name: "Path" });
  await path.getByRole("button", { name: "middle" }).click();
  await box(page, "leaf").waitFor();
  await path.getByRole("button", { name: "nested" }).click();
  await box(page, "again").waitFor();
  await settled(page);
  expect(await exportedText(app)).toBe(text.replace("image: busybox}", "image: busybox:2}"));
});

e2e("a task inside a group that is expanded in place is selected and set like any other", async (app) => {
  const { page } = app;
  await openText(app, "nested.yaml", text);
  await page.getByRole("main", { name: "Canvas" }).getByRole("button", { name: "Expand “outer” in place" }).click();
  await box(page, "leaf").click();
  await setting(page, "Image").fill("busybox:3");
  await setting(page, "Image").press("Enter");
  await page.getByRole("button", { name: "1 line changed" }).waitFor();
  await settled(page);
  expect(await exportedText(app)).toBe(text.replace("image: busybox}", "image: busybox:3}"));
});
