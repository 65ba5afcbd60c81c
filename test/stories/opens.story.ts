import { expect } from "vitest";
import { story } from "./harness.ts";

story("the page opens with its canvas, and asks nobody else for anything", async ({ page }) => {
  await page
    .getByRole("region", { name: "Canvas" })
    .or(page.getByRole("main", { name: "Canvas" }))
    .first()
    .waitFor();
  expect(await page.title()).toContain("Dagwright");
});
