import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { box, setting, settled, story } from "./harness.ts";

const text = `# kept
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: two-}
spec:
  entrypoint: main
  templates:
    - name: main
      dag:
        tasks:
          - {name: fetch, template: work}
          - {name: count, template: work, dependencies: [fetch]}
    - name: work
      container: {image: "busybox:1"}   # pinned
`;

/** A file of this story alone. */
function fileOf(name: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "dagwright-story-")), name);
  writeFileSync(file, text);
  return file;
}

const [seen, saved, touched] = [fileOf("seen.yaml"), fileOf("saved.yaml"), fileOf("touched.yaml")];

story(
  "a file opened from the terminal stands on the canvas, and looking at it changes nothing",
  async ({ page }) => {
    await box(page, "fetch").waitFor();
    await box(page, "count").waitFor();
    expect(readFileSync(seen, "utf8")).toBe(text);
  },
  { file: seen },
);

story(
  "exporting a file opened from the terminal saves it in place, with the one line changed",
  async ({ page }) => {
    await box(page, "count").click();
    await setting(page, "Image").fill("busybox:2");
    await setting(page, "Image").press("Enter");
    await page.getByRole("button", { name: "1 line changed" }).waitFor();
    await settled(page);
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByText("saved.yaml saved").waitFor();
    expect(readFileSync(saved, "utf8")).toBe(text.replace("busybox:1", "busybox:2"));
    await box(page, "fetch").click();
    await setting(page, "CPU limit").fill("1");
    await page.keyboard.press("Control+s");
    await page.getByRole("button", { name: /changed/ }).waitFor({ state: "detached" });
    await expect.poll(() => readFileSync(saved, "utf8")).toContain("cpu");
  },
  { file: saved },
);

story(
  "a file that somebody else changed meanwhile is not overwritten",
  async ({ page, faults }) => {
    await box(page, "count").click();
    await setting(page, "Image").fill("busybox:2");
    await setting(page, "Image").press("Enter");
    await settled(page);
    writeFileSync(touched, `${text}# theirs\n`);
    await page.getByRole("button", { name: "Export" }).click();
    await page
      .getByRole("alert")
      .getByText(/was changed on disk/)
      .waitFor();
    expect(readFileSync(touched, "utf8")).toBe(`${text}# theirs\n`);
    // The browser logs the server's answer 412 by itself.
    faults.splice(0, faults.length, ...faults.filter((fault) => !fault.includes("412")));
  },
  { file: touched },
);
