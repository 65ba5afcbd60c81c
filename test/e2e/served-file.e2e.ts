import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { box, setting, settled, e2e } from "./harness.ts";

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

/** A file of this test alone. */
function fileOf(name: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "dagwright-story-")), name);
  writeFileSync(file, text);
  return file;
}

const [saved, touched, reloaded] = ["saved.yaml", "touched.yaml", "reloaded.yaml"].map(fileOf) as [string, string, string];

e2e(
  "a file opened from the terminal is on the canvas; looking at it changes nothing, exporting saves it in place with the one line changed",
  async ({ page, address }) => {
    await box(page, "fetch").waitFor();
    await box(page, "count").waitFor();
    expect(readFileSync(saved, "utf8")).toBe(text);
    // The page comes with the notices of the packages in it.
    const notices = await (await page.request.get(`${address}THIRD-PARTY-NOTICES.txt`)).text();
    for (const name of ["react-dom", "elkjs", "@codemirror/view", "@lezer/python"]) expect(notices).toContain(`\n${name} `);
    expect(notices.split("\n").filter((line) => line.startsWith("License: ")).length).toBeGreaterThan(20);

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

e2e(
  "a file that somebody else changed meanwhile is not overwritten",
  async ({ page, errors }) => {
    await box(page, "count").click();
    await setting(page, "Image").fill("busybox:2");
    await setting(page, "Image").press("Enter");
    await settled(page);
    writeFileSync(touched, `${text}# theirs\n`);
    await page.getByRole("button", { name: "Export" }).click();
    const dialog = page.getByRole("dialog", { name: "“touched.yaml” has changed on disk" });
    await dialog.getByText("# theirs").waitFor();
    expect(readFileSync(touched, "utf8")).toBe(`${text}# theirs\n`);
    await dialog.getByRole("button", { name: "Reload from disk" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.keyboard.press("Control+z");
    await page.getByRole("button", { name: /changed/ }).waitFor();
    expect(readFileSync(touched, "utf8")).toBe(`${text}# theirs\n`);
    // The browser logs the server's answer 412 by itself.
    errors.splice(0, errors.length, ...errors.filter((error) => !error.includes("412")));
  },
  { file: touched },
);

e2e(
  "edits that were not exported are there again after a reload; a file that changed or is gone is asked about",
  async ({ page, errors, screenshot }) => {
    expect(page.url()).not.toContain("token");
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage, cookie: document.cookie }))).not.toContain(
      "token",
    );
    await box(page, "count").click();
    await setting(page, "Image").fill("busybox:2");
    await setting(page, "Image").press("Enter");
    await page.getByRole("button", { name: "1 line changed" }).waitFor();
    await settled(page);
    await page.getByText("Saved", { exact: true }).waitFor();
    await page.reload();
    await page.getByText("Showing your edits of “reloaded.yaml” that are not exported yet").waitFor();
    expect(readFileSync(reloaded, "utf8")).toBe(text);

    writeFileSync(reloaded, `${text}# theirs\n`);
    await page.reload();
    const changed = page.getByRole("dialog", { name: "“reloaded.yaml” has changed on disk" });
    await changed.getByText("# theirs").waitFor();
    await screenshot("served file changed on disk");
    await changed.getByRole("button", { name: "Overwrite" }).click();
    await page.getByText("reloaded.yaml saved").waitFor();
    expect(readFileSync(reloaded, "utf8")).toBe(text.replace("busybox:1", "busybox:2"));

    rmSync(reloaded);
    await page.getByRole("button", { name: "Export", exact: true }).click();
    await page.getByRole("button", { name: "Write the file again" }).click();
    await expect.poll(() => existsSync(reloaded) && readFileSync(reloaded, "utf8")).toBe(text.replace("busybox:1", "busybox:2"));
    // The browser logs the server's answer 404 by itself.
    errors.splice(0, errors.length, ...errors.filter((error) => !error.includes("404")));
  },
  { file: reloaded },
);
