import { expect } from "vitest";
import { box, dropFile, exportedText, setting, settled, e2e } from "./harness.ts";

const text = `# kept as it is
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: drop-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - {name: one, template: work}
      - {name: two, template: work, dependencies: [one]}
  - name: work
    container: {image: "busybox:1"}
`;

e2e("a file dropped on a panel is opened, and what was not exported is there again after a reload, with its undone lines", async (app) => {
  const { page } = app;
  await box(page, "Prepare data").waitFor();
  await dropFile(app, ".left", "dropped.yaml", text);
  await box(page, "two").waitFor();
  await page.locator(".docname").getByText("dropped.yaml").waitFor();
  expect(await exportedText(app)).toBe(text);

  await box(page, "one").click();
  await setting(page, "Image").fill("busybox:2");
  await setting(page, "Image").press("Enter");
  await page.getByRole("button", { name: "1 line changed" }).waitFor();
  await settled(page);
  await page.getByRole("status").getByText("Saved", { exact: true }).waitFor();
  await page.reload();
  await box(page, "one").click();
  expect(await setting(page, "Image").inputValue()).toBe("busybox:2");
  await page.getByRole("button", { name: "1 line changed" }).waitFor();
  expect(await exportedText(app)).toBe(text.replace("busybox:1", "busybox:2"));
});
