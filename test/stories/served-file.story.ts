import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { story } from "./harness.ts";

const file = join(mkdtempSync(join(tmpdir(), "dagwright-story-")), "two-steps.yaml");
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
writeFileSync(file, text);

story("a file opened from the terminal stands on the canvas, and looking at it changes nothing", async ({ page }) => {
  await page.getByRole("group", { name: /fetch/ }).first().waitFor();
  await page.getByRole("group", { name: /count/ }).first().waitFor();
  expect(readFileSync(file, "utf8")).toBe(text);
}, { file });
